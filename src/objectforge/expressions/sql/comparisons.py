"""Comparisons, lists, patterns and periods of a typed tree to SQL: each TRUE exactly where it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.elements import Grouping

from objectforge.expressions import typed as t
from objectforge.expressions.evaluate import evaluate
from objectforge.expressions.listed import listed
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.sql.recursion import Recursion
from objectforge.expressions.sql.unsupported import UnsupportedInSql
from objectforge.values.calendar import day_bounds
from objectforge.values.date_words import resolve
from objectforge.values.kinds import Kind, ValueType, number
from objectforge.values.number_shape import NumberShape
from objectforge.values.periods import Period, days_from

__all__ = [
    "balanced", "compare", "in_list", "in_period", "includes", "like", "like_pattern", "on_day", "operate", "union",
]  # fmt: skip

_FEW = 20


def compare(compiler: Recursion, tree: t.Compare) -> Element:
    """`left op right`. A bind that holds null is the literal null: `=` with it asks for null."""
    for side, other in ((tree.left, tree.right), (tree.right, tree.left)):
        known, value = compiler.given(side)
        if known and value is None:
            asks = tree.op == "=" and isinstance(side, t.Param)
            return compiler.truth(t.IsNull(other)) if asks else sa.false()
    return operate(tree.op, *compiler.pair(tree.left, tree.right, exact=tree.exact))


def in_list(compiler: Recursion, tree: t.InList) -> Element:
    """`operand IN (...)`: few values one by one, many as one bind."""
    operand = tree.operand
    values = _spread(compiler, tree.items)
    exact = tree.exact or operand.type.case_sensitive
    if operand.type.kind is Kind.ID:
        values = [compiler.id_of(value) for value in values]
    if not values:
        return sa.false()
    if len(values) <= _FEW:
        pairs = [compiler.pair(operand, t.Const(each, _type_of(each, operand.type)), exact=exact) for each in values]
        if operand.type.kind is Kind.NUMBER:  # the literals' scales may differ
            return balanced(sa.or_, [left == right for left, right in pairs])
        return pairs[0][0].in_([right for _, right in pairs])
    shape = operand.type
    element = compiler.value(operand)
    if shape.kind is Kind.NUMBER:
        every = NumberShape.of_all(values)
        shape = union(shape, number(every.digits, every.scale))
        element = compiler.number(operand, shape)
    return compiler.backend.member(element, values, shape, exact=exact)


def like(compiler: Recursion, tree: t.Like) -> Element:
    """`operand LIKE pattern`."""
    known, value = compiler.given(tree.pattern)
    exact = tree.exact or tree.operand.type.case_sensitive
    if not known:
        return compiler.backend.like_any(compiler.text(tree.operand), compiler.text(tree.pattern), exact=exact)
    if value is None:
        return sa.false()
    pattern = sa.literal(like_pattern(value), sa.Text())
    return compiler.backend.like(compiler.text(tree.operand), pattern, exact=exact)


def includes(compiler: Recursion, tree: t.Includes) -> Element:
    """`operand INCLUDES (...)`: all values of one group at least."""
    return balanced(sa.or_, [_holds_all(compiler, tree.operand, text) for text in _spread(compiler, tree.groups)])


def in_period(compiler: Recursion, tree: t.InPeriod) -> Element:
    """`operand = THIS_MONTH`."""
    period = resolve(tree.word, tree.n, compiler.moment.today, compiler.moment.calendar)
    return _between(compiler, tree.op, tree.operand, period)


def on_day(compiler: Recursion, tree: t.OnDay) -> Element:
    """A datetime compared with a day of the org's zone."""
    day = evaluate(tree.day, _no_record, params=compiler.params, moment=compiler.moment)
    if day is None:
        asks = tree.op == "=" and isinstance(tree.day, t.Param)
        return compiler.truth(t.IsNull(tree.operand)) if asks else sa.false()
    assert isinstance(day, date), "the checker lets only dates through"
    return _between(compiler, tree.op, tree.operand, Period(day, days_from(day, 1)))


def balanced(combine: Callable[..., Element], items: Sequence[Element]) -> Element:
    """Many conditions combined as a balanced tree: engines limit the depth of an expression, not its breadth."""
    if not items:
        return sa.false() if combine is sa.or_ else sa.true()
    if len(items) <= _FEW:
        return combine(*items)
    middle = len(items) // 2
    left, right = (Grouping(balanced(combine, half)) for half in (items[:middle], items[middle:]))
    # as an operator of its own, or SQLAlchemy would make one flat list of them again
    return left.bool_op("OR" if combine is sa.or_ else "AND")(right)


def like_pattern(text: str, *, plain: bool = False) -> str:
    r"""A pattern as engines read it: a backslash at the end stands for itself; `plain` escapes the wildcards too."""
    if plain:
        return "".join(f"\\{char}" if char in "%_\\" else char for char in text)
    escapes = len(text) - len(text.rstrip("\\"))
    return text + "\\" * (escapes % 2)


def operate(op: str, left: Element, right: Element) -> Element:
    """The comparison of two elements, NULL where one is."""
    match op:
        case "=":
            return left == right
        case "!=":
            return left != right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case _:
            return left >= right


def union(a: ValueType, b: ValueType) -> ValueType:
    """The numeric type that holds the values of both."""
    shape = NumberShape(max(a.digits, 1), a.scale).union(NumberShape(max(b.digits, 1), b.scale))
    return number(shape.digits, shape.scale)


def _spread(compiler: Recursion, items: Sequence[t.Typed]) -> list[Any]:
    """The known values of a list, without nulls and blanks, each once."""
    values: list[Any] = []
    for item in items:
        if isinstance(item, t.Param) and item.many:
            values.extend(listed(compiler.params.get(item.name)))
            continue
        known, value = compiler.given(item)
        if not known:
            raise UnsupportedInSql("a list of values out of fields")
        values.append(value)
    return [value for value in dict.fromkeys(values) if value is not None and value != ""]


def _holds_all(compiler: Recursion, operand: t.Typed, text: str) -> Element:
    wanted = [part.strip() for part in text.split(";") if part.strip()]
    if not wanted:
        return sa.false()
    semicolon = sa.literal(";", sa.Text())
    held = compiler.backend.concat((semicolon, compiler.value(operand), semicolon))
    patterns = [sa.literal(f"%;{like_pattern(part, plain=True)};%", sa.Text()) for part in wanted]
    return balanced(sa.and_, [compiler.backend.like(held, pattern, exact=False) for pattern in patterns])


def _between(compiler: Recursion, op: str, operand: t.Typed, period: Period) -> Element:
    element, shape = compiler.value(operand), operand.type
    start: Any = period.start
    end: Any = period.end
    if shape.kind is Kind.DATETIME:
        start, end = day_bounds(period, compiler.moment.calendar.zone)
    first, after = compiler.backend.literal(start, shape), compiler.backend.literal(end, shape)
    match op:
        case "=":
            return sa.and_(element >= first, element < after)
        case "<":
            return element < first
        case "<=":
            return element < after
        case ">":
            return element >= after
        case _:
            return element >= first


def _type_of(value: Any, like_type: ValueType) -> ValueType:
    if like_type.kind is not Kind.NUMBER:
        return like_type
    shape = NumberShape.of(Decimal(value))
    return number(shape.digits, shape.scale)


def _no_record(ref: t.Ref) -> Any:
    raise AssertionError(f"no record decides the day that {ref} is compared with")
