"""PostgreSQL's `EXPLAIN (FORMAT JSON)` to steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from objectforge.query.plan.words import Names, Step

__all__ = ["postgresql_steps"]

_WORDS = {
    "Sort": "sorts what was found",
    "Incremental Sort": "sorts what the index left unsorted",
    "Aggregate": "puts what was found into groups",
    "Append": "puts the parts together",
    "Unique": "leaves out what is there twice",
    "WindowAgg": "numbers the records of each parent",
    "LockRows": "keeps others from changing the records",
}


def postgresql_steps(node: Mapping[str, Any], names: Names, alias: str = "") -> Iterator[Step]:
    """The steps of a node of the plan, what it begins with first."""
    alias = node.get("Alias", alias)
    for below in node.get("Plans", ()):
        yield from postgresql_steps(below, names, alias)
    kind = node["Node Type"]
    match kind:
        case "Seq Scan":
            yield names.scan(alias)
        case "Index Scan" | "Index Only Scan" | "Bitmap Index Scan" if node.get("Index Cond"):
            yield names.search(alias, node["Index Name"])
        case "Index Scan" | "Index Only Scan" | "Bitmap Index Scan":
            yield names.scan(alias)
        case _ if kind in _WORDS:
            yield Step(_WORDS[kind])
        case _:
            pass
