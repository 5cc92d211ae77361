"""Records to a CSV file that spreadsheets open as it is meant: UTF-8 with a byte order mark, canonical texts."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from objectforge.values.numbers import plain

__all__ = ["csv_text", "write_csv"]


def write_csv(path: Path, records: Sequence[Mapping[str, Any]], columns: Sequence[str] | None = None) -> None:
    """Write records to a file, a header first; lines end as spreadsheets expect.

    Args:
        path: The file; one that is there is written over.
        records: The rows, all with the same keys.
        columns: The keys to write, in order; without them those of the first record. A result without rows has a
            header only when they are given.
    """
    header = list(columns) if columns is not None else list(records[0]) if records else []
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        if header:
            writer.writerow(header)
        writer.writerows([csv_text(record[key]) for key in header] for record in records)


def csv_text(value: Any) -> str:
    """The canonical text of a value, which loading a file reads back equal: ISO dates, plain decimals, true/false."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value)
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, default=csv_text)
        case _:
            return str(value)
