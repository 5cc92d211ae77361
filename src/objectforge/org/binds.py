"""Values given at run time - a condition's binds, a view's parameters - typed, and checked against declarations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from pydantic_core import PydanticCustomError

from objectforge.errors.exceptions import QueryError
from objectforge.errors.issue import Issue, suggest
from objectforge.expressions.evaluate import evaluate
from objectforge.expressions.moment import Moment
from objectforge.expressions.typed import Ref, Typed
from objectforge.metadata.fields.base import FieldType
from objectforge.query.record import Record
from objectforge.values.kinds import BOOLEAN, DATE, DATETIME, NULL, TEXT, TIME, ValueType, number
from objectforge.values.number_shape import NumberShape
from objectforge.values.numbers import to_decimal
from objectforge.values.text import storable

__all__ = ["bind_types", "bind_values", "declared_values"]


def bind_values(binds: Mapping[str, Any]) -> dict[str, Any]:
    """The values in canonical form: floats as Decimals, records as their ids, any iterable as a list.

    Raises:
        QueryError: a value is of a kind that no field has.
    """
    return {name: _canonical(name, value) for name, value in binds.items()}


def bind_types(binds: Mapping[str, Any]) -> dict[str, ValueType]:
    """The static types of canonical values; of a list the one that holds all its items."""
    return {name: _type_of(value) for name, value in binds.items()}


def declared_values(
    declared: Mapping[str, FieldType],
    defaults: Mapping[str, Typed],
    given: Mapping[str, Any],
    what: str,
    moment: Moment,
) -> dict[str, Any]:
    """The values of a view's or report's declared parameters: given, else their defaults, else null.

    Raises:
        QueryError: there is no such parameter, or the value is none of its type.
    """
    by_key = {name.lower(): name for name in declared}
    values = {name: evaluate(default, _no_record, moment=moment) for name, default in defaults.items()}
    for key, value in given.items():
        name = by_key.get(key.lower())
        if name is None:
            hint = suggest(key, declared, what="it takes") or "it takes no parameters"
            raise QueryError(Issue("OF803", f"{what} has no parameter '{key}'", hint=hint))
        try:
            values[name] = declared[name].coerce(value["Id"] if isinstance(value, Record) else value)
        except (PydanticCustomError, ValueError) as wrong:
            text = wrong.message() if isinstance(wrong, PydanticCustomError) else str(wrong)
            raise QueryError(Issue("OF804", f"the parameter '{name}' of {what}: {value!r} {text}")) from wrong
    return {name: values.get(name) for name in declared}


def _canonical(name: str, value: Any) -> Any:
    match value:
        case str() if not storable(value):
            hint = "no record holds NUL or half a character"
            raise QueryError(Issue("OF804", f"the bind ':{name}' has a character that no text can have", hint=hint))
        case None | str() | bool() | Decimal() | int() | date() | time():
            return value
        case float():
            return to_decimal(value)
        case Record():
            return value["Id"]
        case list() | tuple() | set() | frozenset():
            return [_canonical(name, item) for item in value]  # pyright: ignore[reportUnknownVariableType]
        case _:
            kind = type(value).__name__
            hint = "give text, a number, true or false, a date, a datetime, a record, or a list of them"
            raise QueryError(Issue("OF804", f"the bind ':{name}' holds a value of the Python type {kind}", hint=hint))


def _type_of(value: Any) -> ValueType:
    match value:
        case None:
            return NULL
        case bool():
            return BOOLEAN
        case int() | Decimal():
            shape = NumberShape.of(Decimal(value))
            return number(shape.digits, shape.scale)
        case datetime():
            return DATETIME
        case date():
            return DATE
        case time():
            return TIME
        case list():
            types = [_type_of(item) for item in value if item is not None]  # pyright: ignore[reportUnknownVariableType]
            if not types:
                return NULL
            if len({each.kind for each in types}) > 1:
                kinds = " and ".join(sorted({str(each) for each in types}))
                raise QueryError(Issue("OF804", f"a list has values of one kind, not {kinds} together"))
            widest = max(types, key=lambda each: each.digits)
            return number(widest.digits, max(each.scale for each in types)) if widest.digits else types[0]
        case _:
            return TEXT


def _no_record(ref: Ref) -> Any:
    raise AssertionError(f"a default belongs to no record, and so does not see {ref}")
