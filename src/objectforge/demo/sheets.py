"""Turns generated things into CSV files whose headers are API names and whose lookups are external ids."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Generic, TypeVar

__all__ = ["Cell", "DemoFile", "Sheet", "write_sheet"]

_T = TypeVar("_T")
Cell = str | bool | int | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True)
class DemoFile:
    """One written file: the object it fills, where it lies, how many records it holds."""

    object: str
    path: Path
    count: int


@dataclass(frozen=True, slots=True)
class Sheet(Generic[_T]):
    """The columns of one object's file: a header, and how to read its cell off a generated thing."""

    object: str
    columns: Mapping[str, Callable[[_T], Cell]]


def write_sheet(sheet: Sheet[_T], things: Sequence[_T], folder: Path, place: int) -> DemoFile:
    """Write the things as `<place>_<Object>.csv`, one row each."""
    path = folder / f"{place:02d}_{sheet.object}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(sheet.columns)
        writer.writerows([_text(cell(thing)) for cell in sheet.columns.values()] for thing in things)
    return DemoFile(sheet.object, path, len(things))


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case datetime():
            return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)
