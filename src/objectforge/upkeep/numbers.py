"""The counters of ids and autonumbers against those in use: a counter behind would give one a second time."""

from __future__ import annotations

import re
from collections.abc import Iterator

import sqlalchemy as sa

from objectforge.errors.issue import Severity
from objectforge.storage.counters import FIELD, OBJECT
from objectforge.storage.finding import Finding
from objectforge.storage.registry import StoredField, StoredObject
from objectforge.storage.registry_tables import counters
from objectforge.upkeep.examination import Examination
from objectforge.values.ids import counter, id_range

__all__ = ["examine_counters", "number_pattern"]

_TOKEN = re.compile(r"\{(0+|YYYY|YY|MM|DD)\}")
_DIGITS = {"YYYY": r"\d{4}", "YY": r"\d{2}", "MM": r"\d{2}", "DD": r"\d{2}"}
_BATCH = 5000


def examine_counters(examination: Examination) -> Iterator[Finding]:
    """The counters that are missing or behind."""
    if not examination.has(counters):
        return
    rows = examination.connection.execute(sa.select(counters.c.series, counters.c.number, counters.c.next))
    following = {(series, number): next_ for series, number, next_ in rows}
    for stored in examination.objects:
        yield from _ids(examination, stored, following.get((OBJECT, stored.number)))
        for field in examination.fields(stored):
            declared = examination.declared_field(stored, field)
            numbering = declared.type.numbering if declared is not None else None
            if numbering is not None:
                name = f"{stored.name}.{field.name}"
                following_number = following.get((FIELD, field.identity))
                yield from _autonumbers(examination, field, name, number_pattern(numbering.format), following_number)


def number_pattern(numbering: str) -> re.Pattern[str]:
    """A format of autonumbers to the pattern of its texts, whose one group is the number."""
    pattern, at = "", 0
    for found in _TOKEN.finditer(numbering):
        width = len(found[1])
        part = _DIGITS.get(found[1], rf"(\d{{{width}}}|[1-9]\d{{{width},}})")
        pattern += re.escape(numbering[at : found.start()]) + part
        at = found.end()
    return re.compile(pattern + re.escape(numbering[at:]), re.ASCII)


def _ids(examination: Examination, stored: StoredObject, following: int | None) -> Iterator[Finding]:
    table = examination.tables.table(stored.number)
    of_it = table.c.id.between(*id_range(stored.number))
    last = examination.connection.scalar(sa.select(sa.func.max(table.c.id)).where(of_it))
    used = 0 if last is None else counter(last)
    if following is None:
        yield _finding("no_counter", stored.name, "its counter of ids is gone: no record can be made", used, OBJECT,
                       stored.number)  # fmt: skip
    elif following <= used:
        message = f"its counter of ids is at {following}, and {used} is in use: the next record would get an id twice"
        yield _finding("counter_behind", stored.name, message, used, OBJECT, stored.number)


def _autonumbers(
    examination: Examination, field: StoredField, name: str, pattern: re.Pattern[str], following: int | None
) -> Iterator[Finding]:
    column = examination.tables.column(field)
    texts = examination.connection.execute(
        sa.select(sa.type_coerce(column, sa.Text())).where(column.is_not(None)), execution_options={"yield_per": _BATCH}
    ).scalars()
    used = max((int(found[1]) for text in texts if (found := pattern.fullmatch(str(text)))), default=0)
    if following is None:
        message = "its counter is gone: no record can be made"
        yield _finding("no_counter", name, message, used, FIELD, field.identity)
    elif following <= used:
        # Not surely wrong: a number of another format may look like one of this.
        message = f"its counter is at {following}, and {used} is in use: a number may be given twice"
        yield _finding("number_behind", name, message, used, FIELD, field.identity, Severity.WARNING)


def _finding(
    kind: str, name: str, message: str, used: int, series: str, number: int, severity: Severity = Severity.ERROR
) -> Finding:
    hint = f"set next to {used + 1} in of_counter, where series is '{series}' and number is {number}"
    return Finding(kind, name, message, hint, "table of_counter", severity)
