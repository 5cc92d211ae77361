"""Calls of the language's functions inside SQLite: raw values in, the very Python of the evaluator, a raw value out.

A call's signature names the form of each argument and of the result, `t,n2>N`: `t` a text, `n2` an integer times 10^2,
`N` a decimal text, `d` a date, `i` an instant, `c` a time of day, `b` a checkbox.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from objectforge.expressions.functions.clock import shift_time
from objectforge.expressions.functions.double import power
from objectforge.expressions.functions.function import EvaluationError
from objectforge.expressions.functions.longest import within_longest
from objectforge.expressions.functions.place import distance
from objectforge.expressions.functions.registry import FUNCTIONS
from objectforge.values.instants import from_micros, to_micros
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.number_shape import NATIVE_DIGITS
from objectforge.values.numbers import plain, scaled, subtract, unscaled

__all__ = ["call", "form_of"]

_Form = Callable[[Any], Any]


def call(name: str, signature: str, *values: Any) -> Any:
    """Run a function on raw values; null where it cannot be computed."""
    run, nulls, takes, gives = _prepared(name, signature)
    if not nulls and None in values:
        return None
    try:
        found = run(*(None if each is None else take(each) for take, each in zip(takes, values, strict=True)))
        found = within_longest(found)
    except EvaluationError:
        return None
    return None if found is None else gives(found)


def form_of(value_type: ValueType) -> str:
    """How a signature writes the raw form of a type."""
    match value_type.kind:
        case Kind.NUMBER:
            return "N" if value_type.digits > NATIVE_DIGITS else f"n{value_type.scale}"
        case Kind.DATE:
            return "d"
        case Kind.DATETIME:
            return "i"
        case Kind.TIME:
            return "c"
        case Kind.BOOLEAN:
            return "b"
        case _:
            return "t"


@lru_cache(maxsize=1024)
def _prepared(name: str, signature: str) -> tuple[Callable[..., Any], bool, list[_Form], _Form]:
    forms, _, result = signature.partition(">")
    return *_meaning(name), [_take(form) for form in forms.split(",")], _give(result)


def _meaning(name: str) -> tuple[Callable[..., Any], bool]:
    """What Python runs for a name, and whether it takes nulls."""
    operator = _OPERATORS.get(name)
    if operator is not None:
        return operator, False
    function = FUNCTIONS[name]
    run = function.run
    assert run is not None, f"{name} has a meaning in Python"
    # instants come as local days and times already, so that no function looks at the present moment
    return (lambda *values: run(None, *values)) if function.takes == "moment" else run, function.nulls


def _take(form: str) -> _Form:
    if form.startswith("n"):
        scale = int(form[1:])
        return lambda value: unscaled(value, scale)
    return _TAKEN[form]


def _give(form: str) -> _Form:
    if form.startswith("n"):
        scale = int(form[1:])
        return lambda value: scaled(value, scale)
    return _GIVEN[form]


def _clock(micros: int) -> time:
    return (datetime.min + timedelta(microseconds=micros)).time()


def _micros(value: time) -> int:
    return ((value.hour * 60 + value.minute) * 60 + value.second) * 1_000_000 + value.microsecond


def _earlier(value: time, by: Decimal) -> time:
    return shift_time(value, subtract(Decimal(0), by))


def _same(value: Any) -> Any:
    return value


_TAKEN: Mapping[str, _Form] = MappingProxyType({
    "N": Decimal, "t": _same, "d": date.fromisoformat, "i": from_micros, "c": _clock, "b": bool,
})  # fmt: skip
_GIVEN: Mapping[str, _Form] = MappingProxyType({
    "N": plain, "t": _same, "d": date.isoformat, "i": to_micros, "c": _micros, "b": int,
})  # fmt: skip
_OPERATORS: Mapping[str, Callable[..., Any]] = MappingProxyType({
    "^": power, "DISTANCE": distance, "TIME+": shift_time, "TIME-": _earlier,
})  # fmt: skip
