"""`objectforge explain`: an issue code to the page that explains it."""

from __future__ import annotations

import click

from objectforge.errors.codes import CODES
from objectforge.errors.issue import suggest

__all__ = ["explain"]


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain an issue code, or list all of them.

    \b
    Examples:
      objectforge explain OF104
      objectforge explain
    """
    if code is None:
        for name, known in CODES.items():
            click.echo(f"{name}  {known.title}")
        return
    wanted = code.upper()
    wanted = f"OF{wanted}" if wanted.isdigit() else wanted
    found = CODES.get(wanted)
    if found is None:
        hint = suggest(wanted, CODES, limit=0) or "'objectforge explain' lists all codes"
        raise click.UsageError(f"there is no issue code '{code}'; {hint}")
    click.echo(f"{click.style(wanted, bold=True)}  {found.title}\n")
    click.echo(click.wrap_text(found.text, width=88, preserve_paragraphs=True))
