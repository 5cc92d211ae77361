"""Functions that choose: IF, CASE, the tests for blanks and their replacements. Most do not evaluate all arguments."""

from __future__ import annotations

from dataclasses import replace

from objectforge.expressions.blank import TEXTUAL, fill, nullable, unfill
from objectforge.expressions.describe import noun
from objectforge.expressions.functions.function import ANY, FLAG, Function, Site
from objectforge.expressions.functions.shapes import unify
from objectforge.expressions.typed import Call, Compare, Const, Fill, Fraction, IsNull, Or, Ref, Typed
from objectforge.values.kinds import BOOLEAN, NULL, TEXT, Kind, ValueType

__all__ = ["LOGIC", "OF_A_SAVE"]

OF_A_SAVE = frozenset({"ISCHANGED", "ISNEW", "PRIORVALUE"})
"""The functions that look at a record being saved."""


def _branches(site: Site, indexes: range | list[int], *, where: str) -> ValueType:
    """The one type of arguments that are results; reports the first that differs from those before it."""
    found = NULL
    for index in indexes:
        joined = unify(found, site.args[index].type)
        if joined is None:
            message = f"{where} gives {noun(found)} in one place and {noun(site.args[index].type)} here"
            hint = "write TEXT(x) for its text" if found.kind is Kind.TEXT else "give values of one kind"
            site.report("OF327", message, site.node(index), hint)
            return found
        found = joined
    return found


def _typed_nulls(args: tuple[Typed, ...], indexes: range | list[int], result: ValueType) -> tuple[Typed, ...]:
    """Literal nulls among the results get the type of the others."""
    chosen = set(indexes)
    return tuple(
        replace(arg, type=result) if i in chosen and isinstance(arg, Const) and arg.type.kind is Kind.NULL else arg
        for i, arg in enumerate(args)
    )


def _if(site: Site) -> Typed:
    result = _branches(site, range(1, 3), where="IF")
    return Call("IF", _typed_nulls(site.args, range(1, 3), result), result)


def _case(site: Site) -> Typed:
    count = len(site.args)
    if count % 2:
        hint = "write CASE(x, value, result, ..., otherwise): the result for all other values comes last"
        site.report("OF321", "CASE takes pairs of value and result, then one result more", site.call, hint)
        return Const(None, NULL)
    results = [*range(2, count - 1, 2), count - 1]
    result = _branches(site, results, where="CASE")
    for index in range(1, count - 1, 2):
        site.compare(site.node(0), site.args[0], site.node(index), site.args[index])
    return Call("CASE", _typed_nulls(site.args, results, result), result)


def _ifs(site: Site) -> Typed:
    """The CASE of what is true."""
    count = len(site.args)
    if count % 2 == 0:
        hint = "write IFS(condition, result, ..., otherwise): the result where no condition holds comes last"
        site.report("OF321", "IFS takes pairs of condition and result, then one result more", site.call, hint)
        return Const(None, NULL)
    for index in range(0, count - 1, 2):
        if not FLAG.fits(site.args[index].type):
            message = f"IFS takes {FLAG.what} here, not {noun(site.args[index].type)}"
            site.report("OF322", message, site.node(index), "compare it with something: =, !=, <, >")
    results = [*range(1, count - 1, 2), count - 1]
    result = _branches(site, results, where="IFS")
    return Call("CASE", (Const(True, BOOLEAN), *_typed_nulls(site.args, results, result)), result)


def _or_else(site: Site) -> Typed:
    name = site.call.name.upper()
    result = _branches(site, range(2), where=name)
    first = site.unfilled(0)
    # A text is never null, only blank: then NULLVALUE has nothing to do.
    if name == "NULLVALUE" and not nullable(first):
        return replace(first, type=result) if isinstance(first, Const) else first
    return Call(name, _typed_nulls((first, *site.args[1:]), range(2), result), result)


def _is_blank(site: Site) -> Typed:
    value = site.unfilled(0)
    if value.type.kind in TEXTUAL:
        inner = unfill(value)
        return IsNull(inner) if isinstance(inner, Ref) else Call("ISBLANK", (value,), BOOLEAN)
    return IsNull(value)


def _blank_text(text: str | None) -> bool:
    return not text


def _is_null(site: Site) -> Typed:
    value = site.unfilled(0)
    text = value is site.args[0] and value.type.kind in TEXTUAL and not site.condition
    return IsNull(fill(value) if text else value)  # a text never is null, only blank


def _in(site: Site) -> Typed:
    tests = [
        site.compare(site.node(0), site.args[0], site.node(index), site.args[index])
        for index in range(1, len(site.args))
        if site.args[index].type.kind is not Kind.NULL
    ]
    truths = tuple(fill(test) for test in tests if test.type.kind is Kind.BOOLEAN)
    if not site.condition and site.args[0].type.kind in TEXTUAL:
        truths = tuple(map(_unless_blank, truths))
    return Or(truths) if len(truths) > 1 else truths[0] if truths else Const(False, BOOLEAN)


def _unless_blank(test: Typed) -> Typed:
    """A comparison of texts that a blank fails: a blank is none of several values."""
    match test:
        case Compare(left=Fill(operand=Ref() as field)):
            return replace(test, left=field)
        case Compare(left=Const(value=value)):
            return test if value else Const(False, BOOLEAN)
        case Compare(left=left):
            return replace(test, left=Call("NULL_IF_BLANK", (left,), TEXT))
        case _:
            return test


def _field(site: Site) -> Typed:
    """ISCHANGED and PRIORVALUE look at a field, not at a value: so at a bare reference."""
    name = site.call.name.upper()
    value = site.args[0]
    inner = unfill(value.operand) if isinstance(value, Fraction) else unfill(value)
    if not isinstance(inner, Ref) or inner.steps or inner.node:
        site.report("OF322", f"{name} takes a field of the record itself", site.node(0), f"write {name}(Amount)")
        return Const(None, BOOLEAN if name == "ISCHANGED" else value.type)
    if name == "ISCHANGED":
        return Call(name, (inner,), BOOLEAN)
    prior = Call(name, (inner,), inner.type)
    filled = fill(prior) if unfill(value) is not value or isinstance(value, Fraction) else prior
    return Fraction(filled, value.type) if isinstance(value, Fraction) else filled


LOGIC = (
    Function("IF", "IF(condition, then, otherwise)", "One of two values.", (FLAG, ANY, ANY), NULL, rule=_if),
    Function(
        "CASE", "CASE(x, value, result, ..., otherwise)", "The result beside the first value equal to x.",
        (ANY, ANY, ANY, ANY), NULL, repeats=1, rule=_case,
    ),
    Function(
        "IFS", "IFS(condition, result, ..., otherwise)", "The result beside the first condition that holds.",
        (FLAG, ANY, ANY), NULL, repeats=1, rule=_ifs,
    ),
    Function("ISBLANK", "ISBLANK(x)", "Whether there is no value, or an empty text.", (ANY,), BOOLEAN,
             run=_blank_text, nulls=True, rule=_is_blank),
    Function("ISNULL", "ISNULL(x)", "Whether there is no value; a text always is one.", (ANY,), BOOLEAN, rule=_is_null),
    Function("BLANKVALUE", "BLANKVALUE(x, otherwise)", "The value, or another where it is blank.", (ANY, ANY), NULL,
             rule=_or_else),
    Function("NULLVALUE", "NULLVALUE(x, otherwise)", "The value, or another where it is null.", (ANY, ANY), NULL,
             rule=_or_else),
    Function("IFERROR", "IFERROR(x, otherwise)", "The value, or another where it cannot be computed.", (ANY, ANY), NULL,
             rule=_or_else),
    Function("IN", "IN(x, value, ...)", "Whether a value is one of several.", (ANY, ANY), BOOLEAN, repeats=1, rule=_in),
    Function("ISNEW", "ISNEW()", "Whether the record is being created.", (), BOOLEAN),
    Function("ISCLONE", "ISCLONE()", "Whether the record was cloned from another; always false.", (), BOOLEAN,
             run=lambda: False),
    Function("ISCHANGED", "ISCHANGED(field)", "Whether this save changes the field.", (ANY,), BOOLEAN, rule=_field),
    Function("PRIORVALUE", "PRIORVALUE(field)", "The field's value before this save.", (ANY,), NULL, rule=_field),
)  # fmt: skip
