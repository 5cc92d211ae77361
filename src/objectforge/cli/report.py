"""`objectforge report`: run a report."""

from __future__ import annotations

import click

from objectforge.cli.completing import complete_report
from objectforge.cli.options import format_option, param_option, read_params
from objectforge.cli.target import Target, with_org

__all__ = ["report"]


@click.command()
@click.argument("name", metavar="[REPORT]", required=False, shell_complete=complete_report)
@with_org
@param_option
@click.option("--explain", is_flag=True, help="Show the joins, the grain of every measure, and the SQL instead.")
@format_option("table", "json", "csv")
def report(name: str | None, target: Target, params: tuple[str, ...], explain: bool, form: str) -> None:
    """Run a report and show it with its subtotals, or without REPORT show which reports there are.

    \b
    Examples:
      objectforge report
      objectforge report won_amount_by_industry
      objectforge report won_amount_by_industry --explain
      objectforge report won_amount_by_industry --format csv > won.csv
    """
    given = read_params(params)
    with target.open() as org:
        if name is None:
            from objectforge.cli.definitions import write_definitions  # not for --help

            write_definitions("report", org.schema.reports, org.state.locale, form)
            return
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
