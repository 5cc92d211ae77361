"""A plan to the terminal: coloured lines, SQL, JSON, and the records in its way as a file."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from objectforge.cli.wording import command_words

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

    from objectforge.change.all_failures import Obstacle
    from objectforge.change.plan import Plan

__all__ = ["agreed", "confirm", "explain_losses", "explain_refusal", "show_advice", "show_plan", "write_rejects"]

_COLORS = {"+": "green", "~": "yellow", "-": "red", "!": "bright_red", "?": "cyan"}


def show_plan(made: Plan, dialect: Dialect | None = None, form: str = "text") -> None:
    """Write a plan to stdout; with a dialect its SQL too."""
    if form == "json":
        from objectforge.cli.json_text import json_text  # not for --help

        click.echo(json_text(made.data(dialect)))
        return
    for line in command_words(str(made)).splitlines():
        color = _COLORS.get(line[:1])
        click.echo(click.style(line, fg=color) if color and line[1:2] == " " else line)
    if dialect is not None and not made.is_empty:
        click.echo()
        statements = made.sql(dialect)
        if any("of_retype(" in statement for statement in statements):
            click.echo("-- of_retype(x) is what x becomes; Python computes it")
        for statement in statements:
            click.echo(f"{statement};")


def show_advice(made: Plan) -> None:
    """Say on stderr what deserves a look in the metadata that a plan is for."""
    from objectforge.errors.issue import render  # not for --help

    for issue in () if made.is_empty else made.advice:
        click.echo(f"{render(issue)}\n", err=True)


def explain_refusal(made: Plan, *, applied: bool = False) -> None:
    """Say on stderr that a plan would be refused, or was."""
    count = len(made.refused)
    steps = "a step" if count == 1 else f"{count} steps"
    so = "nothing was changed" if applied else "it would be refused and the org unchanged"
    click.echo(f"\nthe plan has {steps} that cannot be made, marked with !; {so}", err=True)


def explain_losses(made: Plan) -> None:
    """Say on stderr what to type for a plan that loses something."""
    from objectforge.change.applying.allowing import how_to_allow  # the engine: not for --help

    if told := how_to_allow(made.steps):
        click.echo(command_words(told), err=True)


def agreed(made: Plan, allow: tuple[str, ...], *, yes: bool) -> bool:
    """Whether a plan that was shown may be carried out: it can be, loses only what is allowed, and is wanted.

    Raises:
        PlanRefused: it would lose what was not allowed, or asks something.
        click.UsageError: nobody can say whether it is wanted.
    """
    from objectforge.change.applying.apply import check_allowed  # the engine: not for --help

    if made.refused:
        explain_refusal(made, applied=True)
        return False
    check_allowed(made, allow)
    return confirm("Apply this plan?", yes=yes)


def write_rejects(found: Iterable[Obstacle], path: Path) -> None:
    """Write every record in a plan's way to a CSV file.

    Raises:
        click.ClickException: the file is there already.
    """
    if path.exists():
        raise click.ClickException(f"{path} is there already; name another file")
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("Object", "Field", "Id", "Value", "Reason"))
        for one in found:
            writer.writerow((one.object, one.field, one.id, "" if one.value is None else one.value, one.reason))
            count += 1
    values = "1 value" if count == 1 else f"{count:,} values"
    click.echo(f"{values} in the way: {path}", err=True)


def confirm(question: str, *, yes: bool) -> bool:
    """Whether to go on: as the option says, else as the person at the terminal does.

    Raises:
        click.UsageError: nobody can answer.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise click.UsageError("this asks before it changes anything; where nobody can answer, add --yes")
    if click.confirm(question):
        return True
    click.echo("nothing was changed", err=True)
    return False
