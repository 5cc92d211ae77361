"""The list views or reports of an org to a table of their names and labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import click

from objectforge.cli.rows_out import write_csv_rows, write_json, write_table
from objectforge.metadata.leaves import Label
from objectforge.values.locales import Locale, pick_label

__all__ = ["write_definitions"]


class _Labelled(Protocol):
    @property
    def label(self) -> Label: ...


def write_definitions(what: str, found: Mapping[str, _Labelled], locale: Locale, form: str) -> None:
    """Write name and label of each; `what` they are is the heading."""
    rows = [{"name": name, "label": pick_label(each.label, locale)} for name, each in found.items()]
    match form:
        case "json":
            write_json(rows)
        case "csv":
            write_csv_rows(("name", "label"), rows)
        case _ if not rows:
            click.echo(f"the org has no {what}s")
        case _:
            write_table((what.capitalize(), "Label"), [(row["name"], row["label"]) for row in rows])
