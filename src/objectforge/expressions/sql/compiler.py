"""A typed tree to a SQL element, on any backend.

Conditions are two-valued, SQL's are not: `truth` gives an element that is TRUE exactly where the condition holds (NULL
or FALSE elsewhere), `falsity` one that is TRUE exactly where it does not, so that NOT is never applied to a NULL.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

import sqlalchemy as sa

from objectforge.expressions import typed as t
from objectforge.expressions.evaluate import evaluate
from objectforge.expressions.moment import Moment
from objectforge.expressions.sql.backend import Backend, Element
from objectforge.expressions.sql.functions import FUNCTIONS, UnsupportedInSql
from objectforge.values.calendar import Period, day_bounds, resolve
from objectforge.values.kinds import BOOLEAN, ID, TEXT, Kind, ValueType, number
from objectforge.values.number_shape import NumberShape
from objectforge.values.periods import days_from

__all__ = ["Columns", "Compiler", "UnsupportedInSql", "balanced", "like_pattern"]

_INVERSE: dict[str, str] = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_FEW = 20


class Columns(Protocol):
    """Where a compiler finds the columns that references mean."""

    def column(self, ref: t.Ref) -> Element:
        """The stored column of a reference, joined in if need be."""
        ...

    def formula(self, ref: t.Ref) -> t.Typed | None:
        """What stands for a reference to a formula field, its own references rooted where that one is."""
        ...


@dataclass(frozen=True)
class Compiler:
    """Compiles typed trees for one statement: backend, columns, bind values, the moment, and ids by their text."""

    backend: Backend
    columns: Columns
    params: Mapping[str, Any]
    moment: Moment
    id_number: Callable[[str], int | None]

    # -- conditions -----------------------------------------------------------------------------------------------
    def truth(self, tree: t.Typed) -> Element:
        """TRUE exactly where the condition holds."""
        match tree:
            case t.And(items=items):
                return balanced(sa.and_, [self.truth(item) for item in items])
            case t.Or(items=items):
                return balanced(sa.or_, [self.truth(item) for item in items])
            case t.Not(operand=operand):
                return self.falsity(operand)
            case t.Const(value=value):
                return sa.true() if value else sa.false()
            case t.IsNull(operand=operand):
                return self.value(operand).is_(None)
            case t.Compare() if tree.op == "!=":
                return self.falsity(t.Compare("=", tree.left, tree.right, tree.exact))
            case t.Compare():
                return self._compare(tree, negated=False)
            case t.InPeriod() if tree.op == "!=":
                return self.falsity(t.InPeriod("=", tree.operand, tree.word, tree.n))
            case t.InPeriod():
                return self._period(tree, negated=False)
            case t.OnDay() if tree.op == "!=":
                return self.falsity(t.OnDay("=", tree.operand, tree.day))
            case t.OnDay():
                return self._on_day(tree, negated=False)
            case t.InList():
                return self._member(tree)
            case t.Like():
                return self._like(tree)
            case t.Includes():
                return balanced(sa.or_, [self._holds_all(tree.operand, group) for group in tree.groups])
            case _:
                return self._is(self.value(tree), True)

    def falsity(self, tree: t.Typed) -> Element:
        """TRUE exactly where the condition does not hold."""
        match tree:
            case t.And(items=items):
                return balanced(sa.or_, [self.falsity(item) for item in items])
            case t.Or(items=items):
                return balanced(sa.and_, [self.falsity(item) for item in items])
            case t.Not(operand=operand):
                return self.truth(operand)
            case t.Const(value=value):
                return sa.false() if value else sa.true()
            case t.IsNull(operand=operand):
                return self.value(operand).is_not(None)
            case t.Compare() if tree.op == "!=":
                return self.truth(t.Compare("=", tree.left, tree.right, tree.exact))
            case t.Compare():
                return self._compare(tree, negated=True)
            case t.InPeriod() if tree.op == "!=":
                return self.truth(t.InPeriod("=", tree.operand, tree.word, tree.n))
            case t.InPeriod():
                return self._period(tree, negated=True)
            case t.OnDay() if tree.op == "!=":
                return self.truth(t.OnDay("=", tree.operand, tree.day))
            case t.OnDay():
                return self._on_day(tree, negated=True)
            case t.InList():
                return self._or_null(sa.not_(self._member(tree)), tree.operand)
            case t.Like():
                return self._or_null(sa.not_(self._like(tree)), tree.operand, tree.pattern)
            case t.Includes():
                held = balanced(sa.or_, [self._holds_all(tree.operand, group) for group in tree.groups])
                return self._or_null(sa.not_(held), tree.operand)
            case _:
                value = self.value(tree)
                return sa.or_(self._is(value, False), value.is_(None))

    def _is(self, element: Element, value: bool) -> Element:
        return element == self.backend.literal(value, BOOLEAN)

    def _or_null(self, element: Element, *operands: t.Typed) -> Element:
        nullable = [self.value(operand).is_(None) for operand in operands if not isinstance(operand, t.Const | t.Fill)]
        return sa.or_(element, *nullable) if nullable else element

    def _given(self, tree: t.Typed) -> tuple[bool, Any]:
        """Whether the tree's value is known before the query runs, and what it is."""
        match tree:
            case t.Const(value=value):
                return True, value
            case t.Param(name=name):
                return True, self.params.get(name)
            case _:
                return False, None

    def _compare(self, tree: t.Compare, *, negated: bool) -> Element:
        for side, other in ((tree.left, tree.right), (tree.right, tree.left)):
            known, value = self._given(side)
            if known and value is None:
                if tree.op != "=":
                    return sa.true() if negated else sa.false()
                return self.falsity(t.IsNull(other)) if negated else self.truth(t.IsNull(other))
        left, right = self.pair(tree.left, tree.right, exact=tree.exact)
        if not negated:
            return _operate(tree.op, left, right)
        return self._or_null(_operate(_INVERSE[tree.op], left, right), tree.left, tree.right)

    def pair(self, left: t.Typed, right: t.Typed, *, exact: bool) -> tuple[Element, Element]:
        """Two operands as elements that compare rightly with each other."""
        if left.type.kind is Kind.NUMBER and right.type.kind is Kind.NUMBER:
            shape = _union(left.type, right.type)
            return self.backend.comparable(self.number(left, shape), shape), self.backend.comparable(
                self.number(right, shape), shape
            )
        if Kind.ID in (left.type.kind, right.type.kind):
            return self._id(left), self._id(right)
        return self.key(left, exact=exact), self.key(right, exact=exact)

    def key(self, tree: t.Typed, *, exact: bool = False) -> Element:
        """A value as it compares, groups and sorts (picklist order apart)."""
        element = self.value(tree)
        match tree.type.kind:
            case Kind.TEXT | Kind.MULTI:
                exact = exact or tree.type.case_sensitive
                return self.backend.text_exact(element) if exact else self.backend.text_key(element)
            case Kind.NUMBER:
                return self.backend.comparable(element, tree.type)
            case _:
                return element

    def _id(self, tree: t.Typed) -> Element:
        known, value = self._given(tree)
        if known:
            return self.backend.literal(self._number_of(value), ID)
        return self.value(tree)

    def _number_of(self, value: Any) -> int:
        if isinstance(value, int):
            return value
        found = self.id_number(value)
        return -1 if found is None else found

    def _member(self, tree: t.InList) -> Element:
        operand = tree.operand
        values = self._list(tree.items)
        exact = tree.exact or operand.type.case_sensitive
        if not values:
            return sa.false()
        if operand.type.kind is Kind.ID:
            values = [self._number_of(value) for value in values]
        if len(values) <= _FEW:
            known = [t.Const(value, _value_type(value, operand.type)) for value in values]
            pairs = [self.pair(operand, value, exact=exact) for value in known]
            if operand.type.kind is Kind.NUMBER:  # the literals' scales may differ
                return balanced(sa.or_, [left == right for left, right in pairs])
            return pairs[0][0].in_([right for _, right in pairs])
        shape = operand.type
        element = self.value(operand)
        if shape.kind is Kind.NUMBER:
            for value in values:
                shape = _union(shape, _value_type(value, shape))
            element = self.backend.comparable(self.backend.rescale(element, operand.type, shape), shape)
        return self.backend.member(element, values, shape, exact=exact)

    def _list(self, items: Sequence[t.Typed]) -> list[Any]:
        values: list[Any] = []
        for item in items:
            _, value = self._given(item)
            if isinstance(item, t.Param) and item.many:
                values.extend(value or ())
            else:
                values.append(value)
        return [value for value in dict.fromkeys(values) if value is not None]

    def _like(self, tree: t.Like) -> Element:
        known, value = self._given(tree.pattern)
        if known and value is None:
            return sa.false()
        pattern = sa.literal(like_pattern(value), sa.Text()) if known else self.value(tree.pattern)
        exact = tree.exact or tree.operand.type.case_sensitive
        return self.backend.like(self.value(tree.operand), pattern, exact=exact)

    def _holds_all(self, operand: t.Typed, group: t.Typed) -> Element:
        _, text = self._given(group)
        wanted = [part.strip() for part in (text or "").split(";") if part.strip()]
        if not wanted:
            return sa.false()
        semicolon = sa.literal(";", sa.Text())
        held = self.backend.concat((semicolon, self.value(operand), semicolon))
        patterns = [sa.literal(f"%;{like_pattern(part, plain=True)};%", sa.Text()) for part in wanted]
        return balanced(sa.and_, [self.backend.like(held, pattern, exact=False) for pattern in patterns])

    def _period(self, tree: t.InPeriod, *, negated: bool) -> Element:
        calendar = self.moment.calendar
        period = resolve(tree.word, tree.n, self.moment.today, calendar)
        return self._between(tree.op, tree.operand, period, negated=negated)

    def _on_day(self, tree: t.OnDay, *, negated: bool) -> Element:
        day = evaluate(tree.day, _no_record, params=self.params, moment=self.moment)
        if day is None:
            operand = t.IsNull(tree.operand)
            if tree.op != "=":
                return sa.true() if negated else sa.false()
            return self.falsity(operand) if negated else self.truth(operand)
        assert isinstance(day, date), "the checker lets only dates through"
        return self._between(tree.op, tree.operand, Period(day, days_from(day, 1)), negated=negated)

    def _between(self, op: str, operand: t.Typed, period: Period, *, negated: bool) -> Element:
        element, shape = self.value(operand), operand.type
        start: Any = period.start
        end: Any = period.end
        if shape.kind is Kind.DATETIME:
            start, end = day_bounds(period, self.moment.calendar.zone)
        first, after = self.backend.literal(start, shape), self.backend.literal(end, shape)
        match op:
            case "=":
                inside = sa.and_(element >= first, element < after)
                outside = sa.or_(element < first, element >= after)
            case "<":
                inside, outside = element < first, element >= first
            case "<=":
                inside, outside = element < after, element >= after
            case ">":
                inside, outside = element >= after, element < after
            case _:
                inside, outside = element >= first, element < first
        return self._or_null(outside, operand) if negated else inside

    # -- values ---------------------------------------------------------------------------------------------------
    def value(self, tree: t.Typed) -> Element:
        """The raw element of an expression's value, in the shape of its type."""
        match tree:
            case t.Ref():
                formula = self.columns.formula(tree)
                if formula is not None:
                    return self.number(formula, tree.type) if tree.type.kind is Kind.NUMBER else self.value(formula)
                return self.backend.raw(self.columns.column(tree), tree.type)
            case t.Const(value=None) | t.Param() if self._given(tree)[1] is None:
                return self.backend.null(tree.type)
            case t.Const(value=value, type=value_type):
                return self.backend.literal(value, value_type)
            case t.Param(name=name, type=value_type):
                value = self.params[name]
                return self.backend.literal(self._number_of(value) if value_type.kind is Kind.ID else value, value_type)
            case t.Fill(operand=operand, type=value_type):
                return sa.func.coalesce(self.value(operand), self.backend.literal(_blank(value_type), value_type))
            case t.Fraction(operand=operand, type=shape):
                # two more places: the digits stay what they are
                hundredth = t.Const(Decimal("0.01"), number(2, 2))
                return self.value(t.Arithmetic("*", operand, hundredth, shape))
            case t.Negate(operand=operand, type=shape):
                zero = t.Const(Decimal(0), number(1, 0))
                return self.value(t.Arithmetic("-", zero, operand, shape))
            case t.Arithmetic():
                return self._arithmetic(tree)
            case t.Concat(items=items):
                texts = [sa.func.coalesce(self.value(item), self.backend.literal("", TEXT)) for item in items]
                return self.backend.concat(texts)
            case t.Call(name=name):
                return FUNCTIONS[name](self, tree) if name in FUNCTIONS else _unsupported(name)
            case t.Aggregate() | t.MeasureRef():
                raise AssertionError("measures are computed from the columns of a report's statement, not in it")
            case _:
                yes, no = (self.backend.literal(value, BOOLEAN) for value in (True, False))
                return sa.case((self.truth(tree), yes), else_=no)

    def number(self, tree: t.Typed, shape: ValueType) -> Element:
        """A number's raw element in another shape of at least its scale."""
        return self.backend.rescale(self.value(tree), tree.type, shape)

    def _arithmetic(self, tree: t.Arithmetic) -> Element:
        left, right = tree.left, tree.right
        if tree.type.kind in (Kind.DATE, Kind.DATETIME):
            if right.type.kind is not Kind.NUMBER:
                left, right = right, left
            days = self.backend.whole(self.value(right), right.type)
            days = -days if tree.op == "-" else days
            return self.backend.shift_days(self.value(left), days, instant=tree.type.kind is Kind.DATETIME)
        if left.type.kind is Kind.DATE:
            days = self.backend.day_number(self.value(left)) - self.backend.day_number(self.value(right))
            return self.backend.from_integer(days, tree.type)
        match tree.op:
            case "/":
                return self.backend.divide(self.value(left), self.value(right), left.type, right.type)
            case "^":
                return FUNCTIONS["POWER"](self, t.Call("POWER", (left, right), tree.type))
            case _:
                a, b = self.backend.operands(tree.op, left.type, right.type, tree.type)
                return self.backend.arithmetic(tree.op, self.number(left, a), self.number(right, b), tree.type)


def balanced(combine: Callable[..., Element], items: Sequence[Element]) -> Element:
    """Many conditions combined as a balanced tree: engines limit the depth of an expression, not its breadth."""
    if len(items) <= _FEW:
        return combine(*items)
    middle = len(items) // 2
    return combine(
        balanced(combine, items[:middle]).self_group(),
        balanced(combine, items[middle:]).self_group(),
    )


def like_pattern(text: str, *, plain: bool = False) -> str:
    r"""A LIKE pattern with every backslash that escapes nothing doubled; `plain` escapes the wildcards too."""
    out: list[str] = []
    chars = iter(text)
    for char in chars:
        if char == "\\" and not plain:
            following = next(chars, "\\")
            out.append(f"\\{following}" if following in "%_\\" else f"\\\\{following}")
        elif plain and char in "%_\\":
            out.append(f"\\{char}")
        else:
            out.append(char)
    return "".join(out)


def _no_record(ref: t.Ref) -> Any:
    raise AssertionError(f"no record decides the day that {ref} is compared with")


def _operate(op: str, left: Element, right: Element) -> Element:
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


def _union(a: ValueType, b: ValueType) -> ValueType:
    shape = NumberShape(a.digits, a.scale).union(NumberShape(b.digits, b.scale))
    return number(shape.digits, shape.scale)


def _value_type(value: Any, like: ValueType) -> ValueType:
    if like.kind is not Kind.NUMBER:
        return like
    shape = NumberShape.of(Decimal(value))
    return number(shape.digits, shape.scale)


def _blank(value_type: ValueType) -> Any:
    match value_type.kind:
        case Kind.NUMBER:
            return Decimal(0)
        case Kind.BOOLEAN:
            return False
        case _:
            return ""


def _unsupported(name: str) -> Element:
    raise UnsupportedInSql(name)
