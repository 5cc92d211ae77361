"""How long metadata takes to load, resolve and deploy, and what memory it holds, by the number of its objects.

Each object has thirty fields of ten types - three of them lookups to other objects, in circles -, a validation, a list
view and a layout. Times are processor times, medians over several rounds, with SQLite in memory.
"""

from __future__ import annotations

import argparse
import gc
import json
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.machine import machine
from objectforge.change.planning.make import make_plan
from objectforge.metadata.emit import emit
from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org
from objectforge.relations.resolve import resolve

__all__ = ["main", "metadata_text"]

_STAGES = ("load", "resolve", "plan", "apply", "plan again")
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Measured:
    """Milliseconds of each stage for so many objects, and the megabytes that metadata and schema hold."""

    objects: int
    fields: int
    yaml_bytes: int
    milliseconds: dict[str, float]
    megabytes: float

    @property
    def total(self) -> float:
        """The milliseconds from text to tables."""
        return sum(self.milliseconds.values()) - self.milliseconds["plan again"]


def metadata_text(objects: int, fields: int = 30) -> str:
    """The YAML of so many objects."""

    def field(owner: int, number: int) -> Any:
        target = (owner * 7 + number) % objects
        return (
            {"type": "text", "length": 80},
            "number(12,2)",
            "currency",
            "date",
            "checkbox",
            ["New", "Open", "Done"],
            "datetime",
            {"type": "lookup", "to": f"Object{target}", "children": f"Object{owner}sBy{number}"},
            {"type": "formula", "returns": "number", "formula": "Field1 * 2 + Field2"},
            "long_text",
        )[number % 10]

    names = [f"Field{number}" for number in range(fields)]
    return emit(
        {
            "objects": {
                f"Object{owner}": {
                    "fields": {name: field(owner, number) for number, name in enumerate(names)},
                    "validations": {"positive": {"error_if": "Field1 < 0", "message": "Not below zero"}},
                    "list_views": {
                        "open": {
                            "columns": ["Name", "Field0", "Field7.Name"],
                            "where": "Field5 != 'Done'",
                            "sort": ["-Field2"],
                        }
                    },
                    "layouts": {"main": {"sections": [{"fields": [names[::2], names[1::2]]}]}},
                }
                for owner in range(objects)
            }
        }
    )


def measure(objects: int, rounds: int) -> Measured:
    """One size."""
    text = metadata_text(objects)
    taken = [_round(text) for _ in range(rounds)]
    gc.collect()
    tracemalloc.start()
    kept = resolve(Metadata.parse(text))
    gc.collect()
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return Measured(
        objects=objects,
        fields=sum(len(each.fields) for each in kept.metadata.objects.values()),
        yaml_bytes=len(text.encode()),
        milliseconds={stage: round(median(each[stage] for each in taken), 1) for stage in _STAGES},
        megabytes=round(held / _MEGABYTE, 1),
    )


def _round(text: str) -> dict[str, float]:
    found: dict[str, float] = {}

    def timed(stage: str, work: Callable[[], Any]) -> Any:
        gc.collect()
        start = time.process_time()
        result = work()
        found[stage] = (time.process_time() - start) * 1000
        return result

    metadata = timed("load", lambda: Metadata.parse(text))
    schema = timed("resolve", lambda: resolve(metadata))
    with Org.open("sqlite://") as org:
        plan = timed("plan", lambda: make_plan(None, None, schema))
        timed("apply", lambda: org.apply(plan))
        again = timed("plan again", lambda: org.plan(metadata))
        assert again.is_empty
    return found


def table(measured: Sequence[Measured]) -> str:
    """The figures as a Markdown table, stage times per object."""
    heads = ["objects", *(f"{stage}, ms" for stage in _STAGES), "text to tables, ms per object", "MB per 1,000 objects"]
    lines = [f"| {' | '.join(heads)} |", f"|{'--:|' * len(heads)}"]
    for each in measured:
        cells = [
            f"{each.objects}",
            *(f"{each.milliseconds[stage]:,.0f}" for stage in _STAGES),
            f"{each.total / each.objects:.2f}",
            f"{each.megabytes / each.objects * 1000:.0f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the table, write the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.metadata_scale", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 100, 200, 400], help="numbers of objects")
    parser.add_argument("--rounds", type=int, default=5, help="rounds per size, of which the median counts")
    parser.add_argument("--out", type=Path, default=Path("metadata_scale.json"), help="where the figures go")
    options = parser.parse_args(arguments)
    measure(10, 1)  # what is imported and cached once is no part of the figures
    measured = [measure(size, options.rounds) for size in options.sizes]
    print(table(measured))
    figures = {"machine": machine(), "rounds": options.rounds, "sizes": [asdict(each) for each in measured]}
    options.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(f"figures: {options.out}")


if __name__ == "__main__":
    main()
