"""What a SOQL query finds, in plain Python over plain records: written from the language's reference, to check against.

Records are dicts by lower-case field name; ids are texts that name their record. Nothing of the product is asked but
the tree of the query.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from soql_days import days
from soql_shown import About, distance, formatted

from objectforge.expressions import syntax as s
from objectforge.expressions.soql import syntax as q

__all__ = ["Plain", "PlainObject", "Untold"]

AGGREGATES = {"COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MIN", "MAX"}
_WIDE = Context(prec=60)
Row = dict[str, Any]


class Untold(Exception):
    """The query asks for something that is not told here."""


@dataclass
class PlainObject:
    """An object's records in the order of their ids, its lookups by path, its children by name, its spelling."""

    name: str
    records: list[Row] = field(default_factory=list)
    lookups: dict[str, tuple[str, str, tuple[str, ...]]] = field(default_factory=dict)
    """Path in declared spelling, field and targets by lower-case path."""
    children: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Name, child object and its field by lower-case name."""
    names: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)


@dataclass
class Plain:
    """An org."""

    objects: dict[str, PlainObject]
    now: datetime
    zone: ZoneInfo
    user: str

    def __post_init__(self) -> None:
        self.by_id = {record["id"]: (thing, record) for thing in self.objects.values() for record in thing.records}

    def query(self, query: q.Query) -> list[Row]:
        """The rows of a query."""
        thing = self.objects[query.sources[0].path.parts[0].name.lower()]
        return _Asking(self, query, thing).rows(thing.records)


@dataclass
class _Asking:
    org: Plain
    query: q.Query
    thing: PlainObject

    def __post_init__(self) -> None:
        source, *others = self.query.sources
        self.aliases: dict[str, tuple[s.Part, ...]] = {self.thing.name.lower(): ()}
        if source.alias:
            self.aliases[source.alias.name.lower()] = ()
        for other in others:
            parts = (*self.aliases[other.path.parts[0].name.lower()], *other.path.parts[1:])
            if other.alias:
                self.aliases[other.alias.name.lower()] = parts

    # -- clauses ----------------------------------------------------------------------------------------------------
    def rows(self, records: Sequence[Row]) -> list[Row]:
        query = self.query
        found = [record for record in records if self.passes(record)]
        if query.counts_only:
            return [{"expr0": len(self.cut(found))}]
        if query.group or any(isinstance(item, q.Column) and _adds(item.value) for item in query.items):
            return self.groups(found)
        places = {id(record): place for place, record in enumerate(found)}
        found.sort(key=lambda record: places[id(record)])
        for sort in reversed(query.sorts):
            found = self.sorted(found, sort, lambda record, node: self.value(node, record))
        return [self.shown(record) for record in self.cut(found)]

    def passes(self, record: Row) -> bool:
        query = self.query
        if query.scope and query.scope.name.lower() not in ("everything", "mine", "mine_and_my_groups"):
            return False
        for category in query.categories:
            names = {part.name.lower() for part in category.names}
            if (self.path(s.Path((category.group,), 0, 0), record) or "").lower() not in names:
                return False
        return query.where is None or self.holds(query.where, record)

    def cut(self, rows: list[Any]) -> list[Any]:
        start = int(self.query.offset.value) if isinstance(self.query.offset, s.Number) else 0
        rows = rows[start:]
        return rows[: int(self.query.limit.value)] if isinstance(self.query.limit, s.Number) else rows

    def sorted(self, rows: list[Any], sort: q.Sort, value: Callable[[Any, s.Expression], Any]) -> list[Any]:
        keyed = [(_key(value(row, sort.by)), row) for row in rows]
        nulls = [row for key, row in keyed if key is None]
        others = sorted((pair for pair in keyed if pair[0] is not None), key=lambda pair: pair[0])
        if sort.descending:  # the order of what is equal stays
            others = sorted(others, key=lambda pair: pair[0], reverse=True)
        first = sort.nulls == "FIRST" if sort.nulls else not sort.descending
        rest = [row for _, row in others]
        return [*nulls, *rest] if first else [*rest, *nulls]

    # -- rows ---------------------------------------------------------------------------------------------------------
    def shown(self, record: Row) -> Row:
        row: Row = {}
        unnamed = 0
        for item in self.query.items:
            match item:
                case q.Column(value=value, alias=alias):
                    inner, read = _unwrapped(value)
                    if alias:
                        key = alias.name
                    elif isinstance(inner, s.Path):
                        key = self.key(inner)
                    else:
                        key, unnamed = f"expr{unnamed}", unnamed + 1
                    found = self.value(inner, record)
                    row.setdefault(key, formatted(found, self.org.zone) if read else _given(found))
                case q.Fields(which=which):
                    for key, name in self.thing.names.items():
                        if which == "ALL" or name.endswith("__c") is (which == "CUSTOM"):
                            row[name] = record.get(key)
                case q.TypeOf():
                    row |= self.by_type(item, record)
                case q.Child(query=child):
                    name, other, link = self.thing.children[child.sources[0].path.parts[-1].name.lower()]
                    thing = self.org.objects[other.lower()]
                    own = [each for each in thing.records if each.get(link.lower()) == record["id"]]
                    row[name] = _Asking(self.org, child, thing).rows(own)
        return row

    def by_type(self, item: q.TypeOf, record: Row) -> Row:
        """The fields that TYPEOF names, of whichever object the parent is of; the others are null."""
        (last,) = item.path.parts
        declared, link, targets = self.thing.lookups[last.name.lower()]
        parent = self.org.by_id.get(record.get(link.lower()))
        cases = {case.object.name.lower(): case.paths for case in item.cases}
        row: Row = {}
        for target in targets:
            asking = _Asking(self.org, self.query, self.org.objects[target.lower()])
            for path in cases.get(target.lower(), item.otherwise):
                own = parent is not None and parent[0] is asking.thing
                key = f"{declared}.{asking.key(path)}"
                row[key] = asking.path(path, parent[1]) if own and parent else row.get(key)
        return row

    def key(self, path: s.Path) -> str:
        thing, names = self.thing, []
        parts = self.plain(path)
        for part in parts[:-1]:
            declared, _, targets = thing.lookups[part.name.lower()]
            names.append(declared)
            thing = self.org.objects[targets[0].lower()]
        return ".".join((*names, thing.names[parts[-1].name.lower()]))

    def plain(self, path: s.Path) -> tuple[s.Part, ...]:
        first = path.parts[0].name.lower()
        if len(path.parts) > 1 and first in self.aliases and first not in self.thing.lookups:
            return (*self.aliases[first], *path.parts[1:])
        return path.parts

    # -- groups -------------------------------------------------------------------------------------------------------
    def groups(self, records: list[Row]) -> list[Row]:
        group = self.query.group
        by = list(group.by) if group else []
        every = tuple(range(len(by)))
        match group.subtotals if group else None:
            case "ROLLUP":
                levels = [every[:length] for length in range(len(by), -1, -1)]
            case "CUBE":
                levels = [tuple(k for k in every if mark >> k & 1) for mark in range(2 ** len(by))]
            case _:
                levels = [every]
        found: list[_Group] = []
        for level in levels:
            cells: dict[Any, _Group] = {}
            for record in records:
                keys = [self.value(node, record) if place in level else None for place, node in enumerate(by)]
                told = cells.setdefault(tuple(map(_key, keys)), _Group(self, by, keys, level, []))
                told.keys = [_smaller(a, b) for a, b in zip(told.keys, keys, strict=True)]
                told.records.append(record)
            if not level and not cells:  # the total of everything is a row, also over nothing
                cells[()] = _Group(self, by, [None] * len(by), level, [])
            found.extend(cells.values())
        if self.query.having is not None:
            found = [each for each in found if each.holds(self.query.having)]
        found.sort(key=lambda each: [
            part for place, key in enumerate(each.keys)
            for part in (place not in each.level, key is not None, _key(key) if key is not None else 0)
        ])  # fmt: skip
        for sort in reversed(self.query.sorts):
            found = self.sorted(found, sort, lambda each, node: each.value(node))
        return [each.shown() for each in self.cut(found)]

    # -- values -------------------------------------------------------------------------------------------------------
    def path(self, path: s.Path, record: Row) -> Any:
        thing, at = self.thing, record
        parts = self.plain(path)
        for part in parts[:-1]:
            _, link, _ = thing.lookups[part.name.lower()]
            target = self.org.by_id.get(at.get(link.lower()))
            if target is None:
                return None
            thing, at = target
        return at.get(parts[-1].name.lower())

    def value(self, node: s.Expression, record: Row) -> Any:
        match node:
            case s.Path():
                return self.path(node, record)
            case s.Call(name=name, args=(argument,)) if name.upper() in ("TOLABEL", "CONVERTCURRENCY"):
                return self.value(argument, record)
            case s.Call(name=name, args=(start, end, s.Text(value=unit))) if name.upper() == "DISTANCE":
                return distance(self.place(start, record), self.place(end, record), unit)
            case s.Call(name=name, args=(argument,)):
                return self.day_part(name.upper(), argument, record)
            case _:
                return _literal(node)

    def place(self, node: s.Expression, record: Row) -> tuple[float, float] | None:
        match node:
            case s.Call(args=(latitude, longitude)):
                return float(_literal(latitude)), float(_literal(longitude))
            case _:
                found = self.value(node, record)
                return found and (float(found["Latitude"]), float(found["Longitude"]))

    def day_part(self, name: str, argument: s.Expression, record: Row) -> Any:
        zone: Any = UTC
        if isinstance(argument, s.Call) and argument.name.upper() == "CONVERTTIMEZONE":
            argument, zone = argument.args[0], self.org.zone
        value = self.value(argument, record)
        if value is None:
            return None
        if isinstance(value, datetime):
            value = value.astimezone(zone)
        return _part(name, value)

    def holds(self, node: s.Expression, record: Row) -> bool:
        return _holds(node, lambda each: self.asked(each, record), self)

    def asked(self, node: s.Expression, record: Row) -> Any:
        """A value in a condition: a checkbox of a missing parent is false."""
        found = self.value(node, record)
        return False if found is None and isinstance(node, s.Path) and self.kind(node) == "checkbox" else found

    def kind(self, path: s.Path) -> str | None:
        thing, parts = self.thing, self.plain(path)
        for part in parts[:-1]:
            thing = self.org.objects[thing.lookups[part.name.lower()][2][0].lower()]
        return thing.kinds.get(parts[-1].name.lower())


@dataclass
class _Group:
    asking: _Asking
    by: list[s.Expression]
    keys: list[Any]
    level: tuple[int, ...]
    records: list[Row]

    def value(self, node: s.Expression) -> Any:
        if isinstance(node, s.Path) and (named := self.named().get(str(node).lower())) is not None:
            return self.value(named)
        for place, each in enumerate(self.by):
            if str(q.Column(each, None, 0, 0)).lower() == str(q.Column(node, None, 0, 0)).lower():
                return self.keys[place]
        match node:
            case s.Call(name=name, args=(argument,)) if name.upper() == "GROUPING":
                texts = [str(q.Column(each, None, 0, 0)).lower() for each in self.by]
                return int(texts.index(str(argument).lower()) not in self.level)
            case s.Call(name=name, args=args) if name.upper() in AGGREGATES:
                return self.total(name.upper(), args)
            case s.Path():
                raise Untold
            case _:
                return _literal(node)

    def named(self) -> dict[str, s.Expression]:
        items = self.asking.query.items
        aliases = {i.alias.name.lower(): i.value for i in items if isinstance(i, q.Column) and i.alias}
        return {name: value for name, value in aliases.items() if name not in self.asking.thing.names}

    def total(self, name: str, args: tuple[s.Expression, ...]) -> Any:
        if not args:
            return len(self.records)
        values = [self.asking.value(args[0], record) for record in self.records]
        values = [value for value in values if value is not None]
        match name:
            case "COUNT":
                return len(values)
            case "COUNT_DISTINCT":
                return len({_key(value) for value in values})
            case _ if not values:
                return None
            case "SUM":
                return sum(values, Decimal(0))
            case "AVG":
                mean = _WIDE.divide(sum(values, Decimal(0)), Decimal(len(values)))
                return mean.quantize(Decimal("1e-18"), ROUND_HALF_UP, _WIDE)
            case "MIN":
                return min(values, key=lambda value: (_key(value), value))
            case _:
                return max(values, key=lambda value: (_key(value), value))

    def holds(self, node: s.Expression) -> bool:
        return _holds(node, self.value, self.asking)

    def shown(self) -> Row:
        row: Row = {}
        unnamed = 0
        for item in self.asking.query.items:
            if not isinstance(item, q.Column):
                raise Untold
            inner, read = _unwrapped(item.value)
            if item.alias:
                key = item.alias.name
            elif isinstance(inner, s.Path):
                key = self.asking.key(inner)
            else:
                key, unnamed = f"expr{unnamed}", unnamed + 1
            found = self.value(inner)
            row.setdefault(key, formatted(found, self.asking.org.zone) if read else found)
        return row


def _unwrapped(node: s.Expression) -> tuple[s.Expression, bool]:
    """What is shown, without what only says how, and whether it is to be read by people."""
    read = False
    while isinstance(node, s.Call) and node.name.upper() in ("TOLABEL", "CONVERTCURRENCY", "FORMAT"):
        read = read or node.name.upper() == "FORMAT"
        node = node.args[0]
    return node, read


def _given(value: Any) -> Any:
    return About(value) if isinstance(value, float) else value


def _holds(node: s.Expression, value: Callable[[s.Expression], Any], asking: _Asking) -> bool:
    def inner(each: s.Expression) -> bool:
        return _holds(each, value, asking)

    match node:
        case s.And(items=items):
            return all(map(inner, items))
        case s.Or(items=items):
            return any(map(inner, items))
        case s.Not(operand=operand):
            return not inner(operand)
        case s.Binary(op=op, left=left, right=s.DateWord(word=word, n=n)):
            return _in_period(op, value(left), days(word, n, asking.org.now.astimezone(asking.org.zone).date()), asking)
        case s.Binary(op=op, left=left, right=right):
            return _compare(op, value(left), value(right))
        case s.In(operand=operand, items=items, negated=negated):
            own = value(operand)
            found = any(_in(own, item, value, asking) for item in items)
            return found is not negated
        case s.Like(operand=operand, pattern=pattern, negated=negated):
            own, form = value(operand), value(pattern)
            return (own is not None and _like(own, form)) is not negated
        case s.Includes(operand=operand, items=items, negated=negated):
            own = {part.lower() for part in (value(operand) or "").split(";")}
            found = any({part.strip().lower() for part in value(item).split(";")} <= own for item in items)
            return found is not negated
        case s.InSelect(operand=operand, select=select, negated=negated):
            other = asking.org.objects[select.object.name.lower()]
            inside = _Asking(asking.org, _empty(select), other)
            own = value(operand)
            values = [
                inside.path(select.column, r)
                for r in other.records
                if not select.where or inside.holds(select.where, r)
            ]
            return (own is not None and _key(own) in [_key(each) for each in values if each is not None]) is not negated
        case _:
            return value(node) is True


def _in(own: Any, item: s.Expression, value: Callable[[s.Expression], Any], asking: _Asking) -> bool:
    if isinstance(item, s.DateWord):
        return _in_period("=", own, days(item.word, item.n, asking.org.now.astimezone(asking.org.zone).date()), asking)
    other = value(item)
    return other not in (None, "") and _compare("=", own, other)


def _empty(select: s.SubSelect) -> q.Query:
    source = q.Source(s.Path((select.object,), 0, 0), select.alias, 0, 0)
    return q.Query((), (source,), None, None, (), None, None, None, (), None, None, False, (), (), 0, 0)


def _compare(op: str, left: Any, right: Any) -> bool:
    if op in ("=", "!="):
        if right is None or right == "":
            return (left is None) is (op == "=")
        equal = left is not None and _key(left) == _key(right)
        if isinstance(left, str) and len(left) == 18 and isinstance(right, str) and len(right) in (15, 18):
            equal = equal or left[:15] == right[:15]
        return equal is (op == "=")
    if left is None or right is None:
        return False
    a, b = _key(left), _key(right)
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[op]


def _in_period(op: str, value: Any, period: tuple[date, date], asking: _Asking) -> bool:
    if value is None:
        return op == "!="
    day = value.astimezone(asking.org.zone).date() if isinstance(value, datetime) else value
    start, end = period
    inside = start <= day < end
    return {"=": inside, "!=": not inside, "<": day < start, "<=": day < end, ">": day >= end, ">=": day >= start}[op]


def _like(text: str, pattern: str) -> bool:
    parts: list[str] = []
    escaped = False
    for char in pattern:
        if escaped or char not in "%_\\":
            parts.append(re.escape(char))
            escaped = False
        elif char == "\\":
            escaped = True
        else:
            parts.append(".*" if char == "%" else ".")
    return re.fullmatch("".join(parts), text, re.IGNORECASE | re.ASCII | re.DOTALL) is not None


def _key(value: Any) -> Any:
    if isinstance(value, str):
        return "".join(char.lower() if "A" <= char <= "Z" else char for char in value)
    return value


def _smaller(a: Any, b: Any) -> Any:
    return min(a, b) if isinstance(a, str) and isinstance(b, str) else a


def _literal(node: s.Expression) -> Any:
    match node:
        case s.Text(value=value) | s.Number(value=value) | s.Money(value=value) | s.Boolean(value=value):
            return value
        case s.DateLiteral(value=value) | s.DateTimeLiteral(value=value) | s.TimeLiteral(value=value):
            return value
        case s.Null():
            return None
        case s.Unary(op=op, operand=operand):
            return -_literal(operand) if op == "-" else _literal(operand)
        case _:
            raise Untold


def _part(name: str, value: date) -> Any:
    day = value.date() if isinstance(value, datetime) else value
    of_year = (day - date(day.year, 1, 1)).days
    parts: Mapping[str, Any] = {
        "CALENDAR_MONTH": day.month, "CALENDAR_QUARTER": (day.month + 2) // 3, "CALENDAR_YEAR": day.year,
        "DAY_IN_MONTH": day.day, "DAY_IN_WEEK": (day.weekday() + 1) % 7 + 1, "DAY_IN_YEAR": of_year + 1,
        "DAY_ONLY": day, "FISCAL_MONTH": day.month, "FISCAL_QUARTER": (day.month + 2) // 3, "FISCAL_YEAR": day.year,
        "WEEK_IN_MONTH": (day.day - 1) // 7 + 1, "WEEK_IN_YEAR": of_year // 7 + 1,
    }  # fmt: skip
    if name == "HOUR_IN_DAY":
        return value.hour if isinstance(value, datetime) else None
    if name not in parts:
        raise Untold
    return parts[name]


def _adds(node: s.Expression) -> bool:
    return isinstance(node, s.Call) and (node.name.upper() in AGGREGATES or any(map(_adds, node.args)))
