"""Rows to stdout as a table, as JSON, or as CSV."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from objectforge.cli.json_text import json_text
from objectforge.query.render.csv_file import csv_text
from objectforge.query.render.screen import Screen
from objectforge.query.render.table import TableColumn, TableRow, draw_table

__all__ = ["write_csv_rows", "write_json", "write_table"]


def write_json(value: object) -> None:
    """Write a value as JSON."""
    click.echo(json_text(value))


def write_csv_rows(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as CSV, a header first, in the texts that loading a file reads back."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([csv_text(row[key]) for key in columns] for row in rows)


def write_table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> None:
    """Write texts as a table that fits the terminal; `right` are the columns of numbers."""
    numbers = set(right)
    columns = [TableColumn((heading,), place in numbers) for place, heading in enumerate(headings)]
    click.echo(draw_table(columns, [TableRow(tuple(row)) for row in rows], Screen.current()))
