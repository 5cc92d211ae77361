"""A typed tree to a SQL element, on any backend.

Conditions are two-valued, SQL's are not: `truth` gives an element that is TRUE exactly where the condition holds (NULL
or FALSE elsewhere), `falsity` one that is TRUE exactly where it does not, so that NOT is never applied to a NULL.
An operand stands once in the SQL of each operator: else a deep expression would grow beyond all bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, cast

import sqlalchemy as sa

from objectforge.expressions import typed as t
from objectforge.expressions.blank import blank_of
from objectforge.expressions.functions.function import Value
from objectforge.expressions.moment import Moment
from objectforge.expressions.sql import comparisons
from objectforge.expressions.sql.arithmetic import arithmetic
from objectforge.expressions.sql.backend import Backend
from objectforge.expressions.sql.columns import Columns
from objectforge.expressions.sql.comparisons import balanced, union
from objectforge.expressions.sql.date_part import date_part
from objectforge.expressions.sql.engine.elements import Element, Operand
from objectforge.expressions.sql.functions.build import constant, copies, grows, is_constant
from objectforge.expressions.sql.functions.registry import FUNCTIONS, TRUTHS
from objectforge.expressions.sql.lengths import field_length, longest, overflows
from objectforge.expressions.sql.rollup import rolled_up
from objectforge.expressions.sql.select import in_select
from objectforge.expressions.sql.unsupported import UnsupportedInSql
from objectforge.values.kinds import BOOLEAN, ID, TEXT, Kind, ValueType, number

__all__ = ["Compiler", "UnsupportedInSql"]

_HUNDREDTH = t.Const(Decimal("0.01"), number(2, 2))
_ZERO = t.Const(Decimal(0), number(1, 0))


@dataclass(frozen=True)
class Compiler:
    """Compiles typed trees for one statement.

    `id_number` reads ids, `prefixes` says how those of an object begin; `running` gives what `$User` leads to.
    `counted` remembers how long the SQL of formula fields is, `lengths` how long their texts can be.
    """

    backend: Backend
    columns: Columns
    params: Mapping[str, Any]
    moment: Moment
    id_number: Callable[[str], int | None]
    prefixes: Mapping[int, str]
    running: Callable[[t.Ref], Value]
    counted: dict[t.Ref, int] = field(default_factory=dict[t.Ref, int])
    lengths: dict[t.Ref, int] = field(default_factory=dict[t.Ref, int])

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
            case t.Fill(operand=operand):
                return self.truth(operand)
            case t.Const(value=value):
                return sa.true() if value else sa.false()
            case t.IsNull(operand=t.Ref(type=ValueType(kind=Kind.COMPOUND)) as whole):
                return balanced(sa.and_, [self.value(part).is_(None) for part in self.parts(whole)])
            case t.IsNull(operand=operand):
                return self.value(operand).is_(None)
            case t.Compare(op="!=") | t.InPeriod(op="!=") | t.OnDay(op="!="):
                return self.falsity(_equal(tree))
            case t.Compare():
                return comparisons.compare(self, tree)
            case t.InPeriod():
                return comparisons.in_period(self, tree)
            case t.OnDay():
                return comparisons.on_day(self, tree)
            case t.InList():
                return comparisons.in_list(self, tree)
            case t.InSelect(operand=operand, select=select, exact=exact):
                others = self.columns.records(select.object)
                return in_select(self, replace(self, columns=others.columns), others, operand, select, exact=exact)
            case t.Like():
                return comparisons.like(self, tree)
            case t.Includes():
                return comparisons.includes(self, tree)
            case t.Call(name=name) if name in TRUTHS:
                return TRUTHS[name](self, tree)
            case _:
                return self.value(tree) == self.backend.literal(True, BOOLEAN)

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
            case t.IsNull(operand=t.Ref(type=ValueType(kind=Kind.COMPOUND)) as whole):
                return balanced(sa.or_, [self.value(part).is_not(None) for part in self.parts(whole)])
            case t.IsNull(operand=operand):
                return self.value(operand).is_not(None)
            case t.Compare(op="!=") | t.InPeriod(op="!=") | t.OnDay(op="!="):
                return self.truth(_equal(tree))
            case _:
                return self.truth(tree).self_group().is_not(sa.true())

    def given(self, tree: t.Typed) -> tuple[bool, Any]:
        """Whether the tree's value is known before the query runs, and what it is; an empty bind is null."""
        match tree:
            case t.Const(value=value):
                return True, value
            case t.Param(name=name):
                value = self.params.get(name)
                if isinstance(value, list | tuple):
                    value = ";".join(map(str, cast("list[object]", value)))
                return True, None if value == "" else value
            case _:
                return False, None

    # -- values as they compare -----------------------------------------------------------------------------------
    def pair(self, left: t.Typed, right: t.Typed, *, exact: bool) -> tuple[Element, Element]:
        """Two operands as elements that compare rightly with each other."""
        left, right = _null_like(left, right), _null_like(right, left)
        if left.type.kind is Kind.NUMBER and right.type.kind is Kind.NUMBER:
            shape = union(left.type, right.type)
            return self.backend.comparable(self.number(left, shape), shape), self.backend.comparable(
                self.number(right, shape), shape
            )
        if Kind.ID in (left.type.kind, right.type.kind):
            if any(side.type.kind not in (Kind.ID, Kind.NULL) and not self.given(side)[0] for side in (left, right)):
                return self.long_id(left), self.long_id(right)
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
        known, value = self.given(tree)
        if known:
            return self.backend.null(ID) if value is None else self.backend.literal(self.id_of(value), ID)
        return self.value(tree)

    def long_id(self, tree: t.Typed) -> Element:
        """An id, or a text that may be one, as the 18 characters that ids compare by."""
        text = self.text(tree)
        if tree.type.kind is not Kind.ID:
            text = self.backend.call("CASESAFEID", [Operand(text, TEXT)], TEXT)
        return self.backend.text_exact(text)

    def id_of(self, value: Any) -> int:
        """The number of an id given as text; of what is no id, a number that no record has."""
        if isinstance(value, int):
            return value
        found = self.id_number(value)
        return -1 if found is None else found

    def parts(self, ref: t.Ref) -> tuple[t.Ref, ...]:
        """The references to the fields that a compound field is made of, in order."""
        return self.columns.parts(ref)

    # -- values ---------------------------------------------------------------------------------------------------
    def value(self, tree: t.Typed) -> Element:
        """The raw element of an expression's value, in the shape of its type."""
        match tree:
            case t.Ref(node=t.RUNNING):
                return self._known(t.Const(cast("t.Scalar", self.running(tree)), tree.type))
            case t.Ref():
                formula = self.columns.formula(tree)
                if formula is not None:
                    if grows(formula, self._copies):
                        raise UnsupportedInSql(f"formulas within {tree.field} so many times")
                    return self._formula(formula, tree.type)
                children = self.columns.rollup(tree)
                if children is not None:
                    return rolled_up(replace(self, columns=children.columns), children, tree.type)
                return self.backend.raw(self.columns.column(tree), tree.type)
            case t.Const() | t.Param():
                return self._known(tree)
            case t.Fill(operand=operand, type=value_type):
                return sa.func.coalesce(self.value(operand), self.backend.literal(blank_of(value_type), value_type))
            case t.Fraction(operand=operand, type=shape):
                # two more places: the digits stay what they are
                return self.value(t.Arithmetic("*", operand, _HUNDREDTH, shape))
            case t.Negate(operand=operand, type=shape):
                return self.value(t.Arithmetic("-", _ZERO, operand, shape))
            case t.Arithmetic():
                return arithmetic(self, tree)
            case t.Concat(items=items):
                texts = [sa.func.coalesce(self.text(item), self.backend.literal("", TEXT)) for item in items]
                whole = self.backend.concat(texts)
                return self.backend.fitting(whole) if self.overflows(tree) else whole
            case t.DatePart():
                return date_part(self, tree)
            case t.Call(name=name):
                if name not in FUNCTIONS:
                    if tree.type.kind is not Kind.COMPOUND and is_constant(tree):
                        return constant(self, tree)
                    raise UnsupportedInSql(name)
                return FUNCTIONS[name](self, tree)
            case t.Aggregate() | t.MeasureRef():
                raise AssertionError("measures are computed from the columns of a report's statement, not in it")
            case _:
                yes, no = (self.backend.literal(value, BOOLEAN) for value in (True, False))
                return sa.case((self.truth(tree), yes), else_=no)

    def overflows(self, tree: t.Typed) -> bool:
        """Whether the text of this very node could become longer than a computed text may be."""
        return overflows(tree, self._length)

    def _length(self, ref: t.Ref) -> int:
        if ref not in self.lengths:
            formula = None if ref.node == t.RUNNING else self.columns.formula(ref)
            self.lengths[ref] = field_length(ref) if formula is None else longest(formula, self._length)
        return self.lengths[ref]

    def _copies(self, ref: t.Ref) -> int:
        """How often the SQL of a field holds that of one that is stored."""
        if ref.node != t.RUNNING and ref not in self.counted:
            formula = self.columns.formula(ref)
            self.counted[ref] = 1 if formula is None else copies(formula, self._copies)
        return self.counted.get(ref, 1)

    def _formula(self, tree: t.Typed, declared: ValueType) -> Element:
        """A formula's value, not yet rounded, in the type that references to it have."""
        if tree.type.kind is declared.kind:
            return self.number(tree, declared) if declared.kind is Kind.NUMBER else self.value(tree)
        return self.backend.null(declared) if tree.type.kind is Kind.NULL else self.text(tree)

    def number(self, tree: t.Typed, shape: ValueType) -> Element:
        """A number's raw element in another shape of at least its scale."""
        if tree.type.kind is Kind.NULL:
            return self.backend.null(shape)
        known, value = self.given(tree)
        if known and value is not None:
            return self.backend.literal(value, shape)
        return self.backend.rescale(self.value(tree), tree.type, shape)

    def text(self, tree: t.Typed) -> Element:
        """A value that is to be read as a text."""
        if tree.type.kind is Kind.ID:
            return self.backend.id_text(self.value(tree), self.prefixes)
        return self.backend.null(TEXT) if tree.type.kind is Kind.NULL else self.value(tree)

    def _known(self, tree: t.Const | t.Param) -> Element:
        _, value = self.given(tree)
        if value is None:
            return self.backend.null(tree.type)
        return self.backend.literal(self.id_of(value) if tree.type.kind is Kind.ID else value, tree.type)


def _null_like(tree: t.Typed, other: t.Typed) -> t.Typed:
    """What is null whatever happens, as a null of the type that it stands beside."""
    return t.Const(None, other.type) if tree.type.kind is Kind.NULL else tree


def _equal(tree: t.Compare | t.InPeriod | t.OnDay) -> t.Typed:
    match tree:
        case t.Compare(left=left, right=right, exact=exact):
            return t.Compare("=", left, right, exact)
        case t.InPeriod(operand=operand, word=word, n=n):
            return t.InPeriod("=", operand, word, n)
        case t.OnDay(operand=operand, day=day):
            return t.OnDay("=", operand, day)
