"""What every function's SQL form is: a call and a compiler to a raw element, and the guard against growth."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from objectforge.expressions import typed as t
from objectforge.expressions.evaluate import evaluate
from objectforge.expressions.functions.logic import OF_A_SAVE
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.sql.recursion import Recursion
from objectforge.expressions.sql.unsupported import UnsupportedInSql
from objectforge.expressions.walk import children, walk
from objectforge.values.kinds import Kind, ValueType

__all__ = [
    "LOCAL",
    "Build",
    "branch",
    "constant",
    "copies",
    "factor",
    "grows",
    "guarded",
    "is_constant",
    "refuse_growth",
]

Build = Callable[[Recursion, t.Call], Element]

_COPIES: Mapping[str, int] = {
    "ACOS": 3, "ADDMONTHS": 6, "ASIN": 3, "CASESAFEID": 6, "CEILING": 2, "CHR": 5, "DATE": 3, "DATETIMEVALUE": 13,
    "DATEVALUE": 250, "DAYOFYEAR": 3, "DISTANCE": 3, "ENDS": 4, "FIND": 3, "FORMATDURATION": 10, "FROMUNIXTIME": 5,
    "HOUR": 250, "HYPERLINK": 3, "IFERROR": 6, "IMAGE": 3, "INITCAP": 2, "ISOWEEK": 250, "ISOYEAR": 250,
    "LEFT": 3, "LPAD": 2, "MAX": 2, "MID": 3, "MILLISECOND": 250, "MIN": 2, "MINUTE": 250, "RIGHT": 3, "RPAD": 2,
    "SECOND": 250, "SQRT": 2, "SUBSTR": 4, "TIMEVALUE": 250,
}  # fmt: skip
"""How often the SQL of these functions holds that of their arguments."""
_MOST_COPIES = 10_000
# Only an instant's local day and time ask for all the transitions of a zone.
_ZONE = 250
LOCAL = frozenset(name for name, count in _COPIES.items() if count == _ZONE)
"""The functions that see of a datetime the day or time of the org's zone."""
_READ: Mapping[str, int] = {"DATEVALUE": 7, "TIMEVALUE": 3}


def branch(compiler: Recursion, tree: t.Typed, call: t.Call) -> Element:
    """An argument that may become the call's value, in the shape of its type."""
    if tree.type.kind is Kind.NULL:
        return compiler.backend.null(call.type)
    if call.type.kind is Kind.NUMBER:
        return compiler.number(tree, call.type)
    return compiler.text(tree) if tree.type.kind is not call.type.kind else compiler.value(tree)


def guarded(build: Build) -> Build:
    """The form of a function that copies its arguments: refused where the copies would multiply beyond reason."""

    def guard(compiler: Recursion, call: t.Call) -> Element:
        if is_constant(call):
            return constant(compiler, call)
        refuse_growth(call, call.name)
        return build(compiler, call)

    return guard


def is_constant(tree: t.Typed) -> bool:
    """Whether neither a record nor a bind decides what an expression gives."""
    return not any(map(_varies, walk(tree)))


def constant(compiler: Recursion, tree: t.Typed) -> Element:
    """The value of an expression that is constant."""
    value = evaluate(tree, _no_record, moment=compiler.moment)
    return compiler.backend.null(tree.type) if value is None else compiler.backend.literal(value, tree.type)


def refuse_growth(tree: t.Typed, name: str) -> None:
    """Refuse an expression whose SQL would be thousands of times as long as itself.

    Raises:
        UnsupportedInSql: it would.
    """
    if grows(tree):
        raise UnsupportedInSql(f"{name} within itself so many times")


def grows(tree: t.Typed, of_field: Callable[[t.Ref], int] = lambda _: 1) -> bool:
    """Whether the SQL of an expression would be thousands of times as long as itself."""
    return copies(tree, of_field) > _MOST_COPIES


def copies(tree: t.Typed, of_field: Callable[[t.Ref], int] = lambda _: 1) -> int:
    """How often the SQL of an expression holds that of a leaf; `of_field` says it of the formula behind a field.

    0 where it is constant.
    """
    if isinstance(tree, t.Ref):
        return max(of_field(tree), 1)
    inner = max((copies(child, of_field) for child in children(tree)), default=0)
    return min(max(inner, int(_varies(tree))) * factor(tree), _MOST_COPIES + 1)


def _varies(node: t.Typed) -> bool:
    """Whether a node by itself gives one value here and another there."""
    match node:
        case t.Ref() | t.Param() | t.InSelect() | t.DatePart() | t.Aggregate() | t.MeasureRef():
            return True
        case t.Call(name=name):
            return name in OF_A_SAVE
        case _:
            return False


def factor(tree: t.Typed) -> int:
    """How often the SQL of a node holds that of its operands."""
    match tree:
        case t.Call(name="LOWER" | "UPPER", args=(_, _)):
            return 2
        case t.Call(name=name):
            if _COPIES.get(name) == _ZONE and tree.args[0].type.kind is not Kind.DATETIME:
                return _READ.get(name, 1)
            return _COPIES.get(name, 1)
        case t.Arithmetic(op="^", right=right):
            return 1 if isinstance(right, t.Const) else 12
        case t.Arithmetic(type=ValueType(kind=Kind.DATETIME)):
            return 5
        case _:
            return 1


def _no_record(ref: t.Ref) -> None:
    raise AssertionError(f"no record decides a call without {ref}")
