"""How many records a second are created, found and got: 20,000 of one object with twelve fields, SQLite in memory."""

from __future__ import annotations

import argparse
import gc
import json
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.machine import machine
from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org

__all__ = ["main"]

_METADATA = """
objects:
  Thing:
    fields:
      Code: {type: text, length: 40}
      City: text
      Email: email
      Count: integer
      Amount: currency
      Rate: percent
      Weight: {type: number, precision: 10, scale: 3}
      Day: date
      At: datetime
      Open: checkbox
      Status: [New, Open, Done]
"""
_GOT = 1000


def _row(number: int) -> dict[str, Any]:
    return {
        "Name": f"Thing {number}",
        "Code": f"C{number:06d}",
        "City": "Osaka",
        "Email": f"a{number}@example.com",
        "Count": number,
        "Amount": Decimal(number) / 100,
        "Rate": Decimal("12.5"),
        "Weight": Decimal("1.25"),
        "Day": date(2026, 1, 1 + number % 28),
        "At": datetime(2026, 1, 1, tzinfo=UTC),
        "Open": number % 2 == 0,
        "Status": ("New", "Open", "Done")[number % 3],
    }


def _round(metadata: Metadata, records: int) -> dict[str, float]:
    found: dict[str, float] = {}
    rows = [_row(number) for number in range(records)]

    def timed(what: str, count: int, work: Callable[[], Any]) -> Any:
        gc.collect()
        start = time.process_time()
        result = work()
        found[what] = count / (time.process_time() - start)
        return result

    with Org.open("sqlite://") as org:
        org.deploy(metadata)
        things = org["Thing"]
        created = timed("create_many", records, lambda: things.create_many(rows))
        timed("find", records, things.find)
        some = [each.id for each in created[:_GOT]]
        timed("get", len(some), lambda: [things.get(each) for each in some])
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print a line per operation, write the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.many_records", description=__doc__)
    parser.add_argument("--records", type=int, default=20_000, help="how many records")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which the median counts")
    parser.add_argument("--out", type=Path, default=Path("many_records.json"), help="where the figures go")
    options = parser.parse_args(arguments)
    metadata = Metadata.parse(_METADATA)
    rounds = [_round(metadata, options.records) for _ in range(options.rounds)]
    figures = {what: round(median(each[what] for each in rounds)) for what in rounds[0]}
    for what, rate in figures.items():
        print(f"{what:12} {rate:8,} records per second of processor time")
    written = {"machine": machine(), "records": options.records, "rounds": options.rounds, "per_second": figures}
    options.out.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
