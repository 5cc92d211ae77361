"""Options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import click

__all__ = ["format_option", "param_option", "read_params", "read_soql"]


def format_option(*forms: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--format`, the first form being the default; the command gets it as `form`."""
    return click.option(
        "--format", "form", type=click.Choice(forms), default=forms[0], show_default=True, help="How to print."
    )


param_option = click.option(
    "--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of the definition; may be repeated."
)


def read_params(params: tuple[str, ...], reserved: Collection[str] = ()) -> dict[str, str]:
    """`least=5000` to a name and the text of a value.

    Args:
        params: What was given.
        reserved: Names that are options of their own.

    Raises:
        click.BadParameter: there is no `=`, a name stands twice, or it is the name of an option.
    """
    found: dict[str, str] = {}
    for param in params:
        name, sign, value = param.partition("=")
        if not sign or not name:
            raise click.BadParameter(f"'{param}' is not NAME=VALUE", param_hint="--param")
        if name in found:
            raise click.BadParameter(f"'{name}' is given twice", param_hint="--param")
        if name in reserved:
            raise click.BadParameter(f"'{name}' is an option of its own, --{name}", param_hint="--param")
        found[name] = value
    return found


def read_soql(given: str) -> str:
    """The text of a query: what is given, of `-` what stands on standard input, of `@FILE` what the file holds.

    Raises:
        click.BadParameter: there is no such file, or it is no text in UTF-8.
    """
    if given != "-" and not given.startswith("@"):
        return given
    name = "standard input" if given == "-" else given[1:]
    try:
        read = sys.stdin.buffer.read() if given == "-" else Path(name).read_bytes()
        return read.decode("utf-8-sig")
    except OSError as error:
        raise click.BadParameter(f"{name} cannot be read: {error.strerror}", param_hint="SOQL") from error
    except UnicodeDecodeError as error:
        raise click.BadParameter(f"{name} is no text in UTF-8", param_hint="SOQL") from error
