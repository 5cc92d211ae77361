"""SQLite's `EXPLAIN QUERY PLAN` to steps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from objectforge.query.plan.words import Names, Step

__all__ = ["sqlite_steps"]

_READ = re.compile(r"(SCAN|SEARCH) (\S+)(?: USING (?:AUTOMATIC |COVERING |PARTIAL )*INDEX (\S+))?")
_WORDS = {
    "USE TEMP B-TREE FOR ORDER BY": "sorts what was found",
    "USE TEMP B-TREE FOR GROUP BY": "sorts what was found into groups",
    "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY": "sorts what the index left unsorted",
    "USE TEMP B-TREE FOR DISTINCT": "leaves out what is there twice",
    "UNION ALL": "puts the parts together",
}


def sqlite_steps(details: Iterable[str], names: Names) -> Iterator[Step]:
    """The steps of the lines that SQLite gives."""
    for detail in details:
        found = _READ.match(detail)
        if found is None:
            word = next((text for start, text in _WORDS.items() if detail.startswith(start)), None)
            if word is not None:
                yield Step(word)
            elif "SUBQUERY" in detail and "LIST" in detail:
                yield Step("asks for the values that IN (SELECT ...) compares with")
            continue
        kind, alias, index = found.groups()
        if kind == "SEARCH" and "AUTOMATIC" in detail:
            yield Step(f"makes an index for this query over {names.objects.get(alias, 'what was made before')}")
        elif kind == "SEARCH":
            yield names.search(alias, index)
        else:
            yield names.scan(alias)
