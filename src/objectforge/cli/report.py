"""`objectforge report`: run a report."""

from __future__ import annotations

import click

from objectforge.cli.options import format_option, param_option, read_params
from objectforge.cli.target import Target, with_org

__all__ = ["report"]


@click.command()
@click.argument("name")
@with_org
@param_option
@click.option("--explain", is_flag=True, help="Show the joins, the grain of every measure, and the SQL instead.")
@format_option("table", "json", "csv")
def report(name: str, target: Target, params: tuple[str, ...], explain: bool, form: str) -> None:
    """Run a report and show it with its subtotals.

    \b
    Examples:
      objectforge report won_amount_by_industry
      objectforge report won_amount_by_industry --explain
      objectforge report won_amount_by_industry --format csv > won.csv
    """
    given = read_params(params)
    with target.open() as org:
        found = org.report(name)
        if explain:
            click.echo(found.explain(**given))
            return
        result = found.run(**given)
    from objectforge.cli.rows_out import write_csv_rows, write_json  # not for --help

    match form:
        case "json":
            write_json({"records": result.records(), "totals": result.totals, "limited": result.limited})
        case "csv":
            records = result.records()
            write_csv_rows(list(records[0]) if records else [], records)
        case _:
            click.echo(result.to_text())
