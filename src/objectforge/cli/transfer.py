"""`objectforge load` and `objectforge export`: records from and to CSV files."""

from __future__ import annotations

import codecs
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from objectforge.cli.completing import complete_object
from objectforge.cli.progress import progress
from objectforge.cli.target import Target, with_org

if TYPE_CHECKING:
    from objectforge import Org

__all__ = ["export", "load"]

_STDOUT = Path("-")


def _encoding(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Check that Python knows the encoding."""
    try:
        return value if value is None else codecs.lookup(value).name
    except LookupError:
        raise click.BadParameter(f"'{value}' is no encoding; utf-8, cp932 and utf-16 are") from None


def _delimiter(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Check that it is one sign; a tab may be spelled."""
    sign = {"\\t": "\t", "tab": "\t"}.get(value, value)
    if len(sign) != 1 or sign in '"\r\n':
        raise click.BadParameter(f"'{value}' is not one sign such as ';', or \\t for a tab")
    return sign


@click.command()
@click.argument("object_name", metavar="OBJECT", shell_complete=complete_object)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_org
@click.option("--upsert", metavar="FIELD", help="Update the records that have the row's value of this unique field.")
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="HEADER=FIELD",
    help="The field a header means; without a field (HEADER=) the column is passed over. May be repeated.",
)
@click.option("--all-or-none", is_flag=True, help="Load nothing if one row is wrong.")
@click.option("--batch", type=click.IntRange(min=1), metavar="N", help="Commit after every N rows.")
@click.option("--encoding", callback=_encoding, help="Of the file. Without it UTF-8 and cp932 are told apart.")
@click.option(
    "--delimiter",
    default=",",
    show_default=True,
    callback=_delimiter,
    metavar="SIGN",
    help="What stands between cells; \\t is a tab.",
)
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where rows that are wrong go. Default: NAME.rejects.csv in the current directory.",
)
def load(
    object_name: str,
    file: Path,
    target: Target,
    upsert: str | None,
    maps: tuple[str, ...],
    all_or_none: bool,
    batch: int | None,
    encoding: str | None,
    delimiter: str,
    rejects: Path | None,
) -> int:
    """Load records from a CSV file. Good rows are written; wrong ones go to a file of their own, with reasons.

    Headers are field names; a lookup's column holds an id, or is headed by a unique field of the parent
    (Account.Code__c). The exit code is 1 when rows were rejected.

    \b
    Examples:
      objectforge load Account accounts.csv
      objectforge load Account accounts.csv --upsert Code__c --map company=Name --map notes=
      objectforge load Contact kontakte.csv --encoding cp932 --all-or-none
      objectforge load Contact contacts.csv --delimiter ';'
    """
    columns = _columns(maps)
    if all_or_none and batch:
        raise click.UsageError("--all-or-none is one transaction and --batch makes several; choose one of them")
    from objectforge.cli.failure import told_rows  # the exceptions: not for --help
    from objectforge.cli.interrupted import told_when_interrupted  # SQLAlchemy: not for --help
    from objectforge.records.load import LoadRefused

    try:
        with target.open() as org, told_when_interrupted(org, lambda count: _saved(count, batch)), progress() as show:
            records = org[object_name]
            if upsert is not None:
                _check_key(org, object_name, upsert)
            result = records.load(
                file,
                columns=columns,
                upsert=upsert,
                all_or_none=all_or_none,
                batch=batch,
                encoding=encoding,
                delimiter=delimiter,
                rejects=rejects,
                progress=lambda rows, position, size: show(position or 0, size, f"{rows:,} rows"),
            )
    except LoadRefused as refused:
        count = refused.rejected
        click.echo(f"nothing was loaded: {count:,} row{' is' if count == 1 else 's are'} wrong", err=True)
        click.echo(told_rows(refused.errors), err=True)
        _tell_rejects(refused.rejects_path)
        return 1
    click.echo(f"{result.created:,} created, {result.updated:,} updated, {result.rejected:,} rejected")
    _tell_rejects(result.rejects_path)
    return int(bool(result.rejected))


@click.command()
@click.argument("object_name", metavar="OBJECT", shell_complete=complete_object)
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@with_org
@click.option("--where", metavar="CONDITION", help="Only the records that meet it.")
@click.option("--columns", metavar="PATHS", help="Field paths with commas between them. Default: all fields.")
def export(object_name: str, file: Path, target: Target, where: str | None, columns: str | None) -> None:
    """Write records to a CSV file; FILE - is the standard output.

    \b
    Examples:
      objectforge export Account accounts.csv
      objectforge export Account - --columns Id,Name | head
      objectforge export Account big.csv --where "AnnualRevenue > 1000000" --columns Name,Owner.Name,AnnualRevenue
    """
    chosen = None if columns is None else [path.strip() for path in columns.split(",")]
    with target.open() as org:
        if file == _STDOUT:
            org[object_name].export(sys.stdout, where=where, columns=chosen)
            return
        count = org[object_name].export(file, where=where, columns=chosen)
    click.echo(f"{count:,} records in {file}")


def _saved(count: int, batch: int | None) -> str:
    """What an interrupted load has saved, after so many transactions."""
    if batch is None:
        return "the rows were just being saved: see whether they are there before you load them again"
    return f"{count:,} batch{'' if count == 1 else 'es'} of {batch:,} rows were saved before; go on with --upsert"


def _tell_rejects(path: Path | None) -> None:
    if path is not None:
        click.echo(f"the rejected rows and the reasons are in {_short(path)}", err=True)


def _short(path: Path) -> Path:
    """The path from here, where it lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _columns(maps: tuple[str, ...]) -> dict[str, str | None] | None:
    found: dict[str, str | None] = {}
    for given in maps:
        header, sign, field = given.rpartition("=")
        if not sign or not header:
            raise click.BadParameter(f"'{given}' is not HEADER=FIELD", param_hint="--map")
        found[header] = field or None
    return found or None


def _check_key(org: Org, object_name: str, field_name: str) -> None:
    """Refuse a field by which records cannot be found."""
    from objectforge.records.upsert import upsert_field  # not for --help

    found = org.schema.object(object_name)
    assert found is not None, "its records were just asked for"
    try:
        upsert_field(found, field_name)
    except ValueError as wrong:
        raise click.BadParameter(str(wrong), param_hint="--upsert") from wrong
