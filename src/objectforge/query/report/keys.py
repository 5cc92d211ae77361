"""A group key to SQL and back: what rows are grouped by, what is shown for a group, and how groups are ordered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.compiler import Compiler
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.typed import Compare, Const, InList, Typed
from objectforge.metadata.leaves import Label
from objectforge.relations.report import GroupBucket, Key, RangeBucket
from objectforge.values.granularity import Granularity
from objectforge.values.granularity_labels import granularity_label
from objectforge.values.kinds import DATE, TEXT, Kind, ValueType, number
from objectforge.values.locales import Locale, pick_label
from objectforge.values.number_shape import NumberShape
from objectforge.values.periods import Calendar
from objectforge.values.text import fold_key

__all__ = ["GroupValue", "KeySql", "compile_key", "group_value", "key_base", "key_sql"]

_INDEX = number(9, 0)


@dataclass(frozen=True, slots=True)
class KeySql:
    """A key in a statement: `group` tells groups apart, `value` is what to show of a row (texts: the smallest)."""

    group: Element
    value: Element
    type: ValueType
    folds: bool
    """Whether different values may fall into the same group, so that the smallest is shown."""
    readable: bool = True
    """Whether `group` itself can be read as a value of the type."""


@dataclass(frozen=True, slots=True)
class GroupValue:
    """A key's value in one group: what tells it apart, what callers get, what people read, where it sorts."""

    identity: Any
    value: Any
    label: str
    order: tuple[Any, ...]
    raw: Any = None
    """The key's value as the statement gave it: what a condition on the group compares with."""


def key_base(key: Key, compiler: Compiler) -> Element:
    """What of a row decides its group: computed once per row, for the group's own expression names it many times."""
    value = compiler.value(key.ref)
    if key.granularity is Granularity.HOUR_IN_DAY:
        return compiler.backend.local_hour(value, compiler.moment.calendar)
    if key.granularity is not None:
        instant = key.ref.type.kind is Kind.DATETIME
        return compiler.backend.local_day(value, compiler.moment.calendar) if instant else value
    match key.bucket:
        case RangeBucket(limits=limits):
            return _range_index(key, limits, value, compiler)
        case GroupBucket():
            return _gathered(key, key.bucket, value, compiler)
        case None:
            return value


def key_sql(key: Key, base: Element, compiler: Compiler) -> KeySql:
    """A key from its base."""
    backend, shape = compiler.backend, key.ref.type
    if key.granularity is Granularity.HOUR_IN_DAY:
        return KeySql(base, base, _INDEX, folds=False)
    if key.granularity is not None:
        unit = backend.truncate(base, key.granularity, compiler.moment.calendar)
        return KeySql(unit, unit, _INDEX if key.granularity.is_part else DATE, folds=False)
    match key.bucket:
        case RangeBucket():
            return KeySql(base, base, _INDEX, folds=False)
        case GroupBucket():
            return KeySql(backend.text_key(base), base, TEXT, folds=True)
        case None if shape.kind in (Kind.TEXT, Kind.MULTI):
            folds = not shape.case_sensitive
            return KeySql(backend.text_key(base) if folds else backend.text_exact(base), base, shape, folds)
        case None if shape.kind is Kind.NUMBER:
            group = backend.comparable(base, shape)
            return KeySql(group, base, shape, folds=False, readable=group is base)
        case None:
            return KeySql(base, base, shape, folds=False)


def compile_key(key: Key, compiler: Compiler) -> KeySql:
    """The SQL of a key in one expression."""
    return key_sql(key, key_base(key, compiler), compiler)


def _range_index(key: Key, limits: Sequence[Decimal | date], value: Element, compiler: Compiler) -> Element:
    whens = [
        (compiler.truth(_at_most(key, limit)), sa.literal(index, sa.Integer())) for index, limit in enumerate(limits)
    ]
    return sa.case((value.is_(None), sa.null()), *whens, else_=sa.literal(len(limits), sa.Integer()))


def _at_most(key: Key, limit: Decimal | date) -> Typed:
    if isinstance(limit, date):
        return Compare("<=", key.ref, Const(limit, DATE))
    shape = NumberShape.of(limit)
    return Compare("<=", key.ref, Const(limit, number(shape.digits, shape.scale)))


def _gathered(key: Key, bucket: GroupBucket, value: Element, compiler: Compiler) -> Element:
    """The index of the bucket as a text `#n`; other values as they are, or all as one more bucket."""
    text = sa.Text()
    whens = [
        (compiler.truth(InList(key.ref, tuple(Const(item, TEXT) for item in values))), sa.literal(f"#{index}", text))
        for index, values in enumerate(bucket.groups.values())
    ]
    others = compiler.backend.concat((sa.literal("=", text), value))
    rest = others if bucket.other is None else sa.literal(f"#{len(whens)}", text)
    return sa.case((value.is_(None), sa.null()), *whens, else_=rest)


def group_value(
    key: Key,
    raw: Any,
    calendar: Calendar,
    locale: Locale,
    format_id: Callable[[int], str],
    show: Callable[[Key, Any], str],
) -> GroupValue:
    """A key's decoded value from a row as a group's value. Nulls come first in every order."""
    return replace(_group_value(key, raw, calendar, locale, format_id, show), raw=raw)


def _group_value(
    key: Key,
    raw: Any,
    calendar: Calendar,
    locale: Locale,
    format_id: Callable[[int], str],
    show: Callable[[Key, Any], str],
) -> GroupValue:
    if raw is None:
        return GroupValue(None, None, "", (0,))
    if key.granularity is not None:
        value = int(raw) if key.granularity.is_part else raw
        return GroupValue(value, value, granularity_label(value, key.granularity, calendar, locale), (1, value))
    match key.bucket:
        case RangeBucket(labels=labels):
            return _labelled(labels, int(raw), locale)
        case GroupBucket(groups=groups, other=other):
            if raw.startswith("#"):
                labels = (*groups, *(() if other is None else (other,)))
                return _labelled(labels, int(raw[1:]), locale)
            return GroupValue((fold_key(raw[1:]),), raw[1:], show(key, raw[1:]), (2, fold_key(raw[1:])))
        case None:
            return _plain(key, raw, format_id, show)


def _labelled(labels: Sequence[Label], index: int, locale: Locale) -> GroupValue:
    label = pick_label(labels[index], locale)
    return GroupValue(index, label, label, (1, index))


def _plain(key: Key, raw: Any, format_id: Callable[[int], str], show: Callable[[Key, Any], str]) -> GroupValue:
    shape = key.ref.type
    match shape.kind:
        case Kind.ID:
            text = format_id(raw)
            return GroupValue(raw, text, show(key, text), (1, raw))
        case Kind.TEXT | Kind.MULTI:
            identity = raw if shape.case_sensitive else fold_key(raw)
            place = next(
                (i for i, value in enumerate(shape.order) if fold_key(value) == fold_key(raw)), len(shape.order)
            )
            return GroupValue(identity, raw, show(key, raw), (1, place, identity))
        case _:
            value = key.field_type.canonical(raw)
            return GroupValue(raw, value, show(key, value), (1, raw))
