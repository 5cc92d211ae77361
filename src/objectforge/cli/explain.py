"""`objectforge explain`: an issue code to the page that explains it, a query to what the engine does for it."""

from __future__ import annotations

import click

from objectforge.cli.options import read_params, read_soql
from objectforge.cli.target import Target, with_org
from objectforge.errors.codes import CODES
from objectforge.errors.issue import suggest

__all__ = ["explain"]


@click.command()
@click.argument("code", metavar="[CODE|SOQL]", required=False)
@with_org
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="The value of a query's bind.")
def explain(code: str | None, target: Target, params: tuple[str, ...]) -> None:
    """Explain an issue code, or list all of them; tell what the engine does for a SOQL query.

    '-' reads the query from standard input, '@FILE' from a file.

    \b
    Examples:
      objectforge explain OF104
      objectforge explain
      objectforge explain "SELECT Name FROM Account WHERE Industry = 'Energy'"
    """
    if code is None:
        for name, known in CODES.items():
            click.echo(f"{name}  {known.title}")
        return
    code = read_soql(code)
    if code.lstrip().upper().startswith("SELECT"):
        from objectforge.cli.given import values_of  # not for --help

        with target.open() as org:
            click.echo(org.explain(code, **values_of(read_params(params))))
        return
    wanted = code.upper()
    wanted = f"OF{wanted}" if wanted.isdigit() else wanted
    found = CODES.get(wanted)
    if found is None:
        hint = suggest(wanted, CODES, limit=0) or "'objectforge explain' lists all codes"
        raise click.UsageError(f"there is no issue code '{code}'; {hint}")
    click.echo(f"{click.style(wanted, bold=True)}  {found.title}\n")
    click.echo(click.wrap_text(found.text, width=88, preserve_paragraphs=True))
