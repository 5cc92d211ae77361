"""`objectforge query`: what a SOQL query finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import click

from objectforge.cli.options import format_option, read_params, read_soql
from objectforge.cli.target import Target, with_org

__all__ = ["query"]

_NESTED_SHOWN = 3


@click.command()
@click.argument("text", metavar="SOQL")
@with_org
@click.option("--strict", is_flag=True, help="Take only what Salesforce's API takes, within its limits.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="The value of a bind; may be repeated.")
@format_option("table", "json", "csv")
def query(text: str, target: Target, strict: bool, params: tuple[str, ...], form: str) -> None:
    """Show the records that a SOQL query finds; '-' reads it from standard input, '@FILE' from a file.

    \b
    Examples:
      objectforge query "SELECT Name, Industry FROM Account ORDER BY Name LIMIT 5"
      objectforge query "SELECT StageName, SUM(Amount) total FROM Opportunity GROUP BY StageName"
      objectforge query "SELECT Name FROM Account WHERE Industry = :i" --param i=Energy
      objectforge query "SELECT Name, (SELECT LastName FROM Contacts) FROM Account" --format json
      objectforge query "SELECT COUNT() FROM Lead"
      objectforge query @totals.soql --format csv
    """
    from objectforge.cli.given import values_of  # not for --help
    from objectforge.cli.rows_out import write_csv_rows, write_json

    with target.open() as org:
        found = org.query(read_soql(text), strict, **values_of(read_params(params)))
        match form:
            case "json":
                write_json(list(found))
            case "csv":
                write_csv_rows(found.columns, ({key: _flat(value) for key, value in row.items()} for row in found))
            case _:
                _write_table(found.columns, found)


def _write_table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    from objectforge.cli.rows_out import write_table  # not for --help

    read = [[row[key] for key in columns] for row in rows]
    right = [
        place
        for place in range(len(columns))
        if read and all(_is_number(row[place]) or row[place] is None for row in read)
    ]
    if columns:  # FIELDS(CUSTOM) of an object may be none
        write_table(columns, ([_text(value) for value in row] for row in read), right=right)
    click.echo(f"{len(read):,} row{'' if len(read) == 1 else 's'}")


def _is_number(value: object) -> bool:
    from decimal import Decimal  # not for --help

    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _text(value: Any) -> str:
    """What a cell of a table shows: of child records how many, and the first of them."""
    from objectforge.query.render.csv_file import csv_text  # not for --help

    match value:
        case list():
            rows = cast("list[Mapping[str, Any]]", value)
            shown = "; ".join(" ".join(filter(None, map(_text, row.values()))) for row in rows[:_NESTED_SHOWN])
            return f"{len(rows)}: {shown}{' ...' if len(rows) > _NESTED_SHOWN else ''}" if rows else ""
        case Mapping():
            parts = cast("Mapping[str, Any]", value)
            return " ".join(filter(None, map(_text, parts.values())))
        case _:
            return csv_text(value)


def _flat(value: Any) -> Any:
    """Child records as plain data, which a cell of a CSV file holds as JSON."""
    match value:
        case list():
            rows = cast("list[Mapping[str, Any]]", value)
            return [{key: _flat(each) for key, each in row.items()} for row in rows]
        case _:
            return value
