"""Values given at run time - a condition's binds, a view's parameters - typed, and checked against declarations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from pydantic_core import PydanticCustomError

from objectforge.errors.exceptions import QueryError
from objectforge.errors.issue import Issue, suggest
from objectforge.expressions.evaluate import evaluate
from objectforge.expressions.typed import Param, Typed
from objectforge.expressions.walk import params
from objectforge.metadata.fields.base import FieldType
from objectforge.org.bind_places import PlaceOf, nowhere
from objectforge.query.context import Context
from objectforge.query.record import Record
from objectforge.values.kinds import BOOLEAN, DATE, DATETIME, NULL, TEXT, TIME, ValueType, number
from objectforge.values.number_shape import NumberShape
from objectforge.values.numbers import to_decimal
from objectforge.values.text import storable

__all__ = ["bind_types", "bind_values", "check_asked", "check_binds", "declared_values"]


def bind_values(binds: Mapping[str, Any]) -> dict[str, Any]:
    """The values in canonical form: floats as Decimals, records as their ids, tuples and sets as lists.

    Raises:
        QueryError: a value is of a kind that no field has.
    """
    return {name: _canonical(name, value) for name, value in binds.items()}


def bind_types(binds: Mapping[str, Any]) -> dict[str, ValueType]:
    """The static types of canonical values; of a list the one that holds all its items."""
    return {name: _type_of(value) for name, value in binds.items()}


def check_binds(
    condition: Typed | None, values: Mapping[str, Any], given: Iterable[str], place: PlaceOf = nowhere
) -> None:
    """See that every value given is asked for, lists where lists are and nowhere else.

    Args:
        condition: What the binds stand in, typed.
        values: The values by name.
        given: The names that the condition should have; declared parameters may go unused.
        place: Knows where the binds stand.

    Raises:
        QueryError: a value is none that the condition asks for, a list beside `=`, or none behind `IN`.
    """
    check_asked([] if condition is None else params(condition), values, given, place)


def check_asked(
    asks: Iterable[Param], values: Mapping[str, Any], given: Iterable[str], place: PlaceOf = nowhere
) -> None:
    """See that every value given is among the binds asked for, lists where lists are and nowhere else.

    Raises:
        QueryError: a value is none that is asked for, a list beside `=`, or none behind `IN`.
    """
    asked = list(asks)
    known = {each.name.lower(): each.name for each in asked}
    for name in given:
        if name.lower() not in known:
            hint = suggest(name, known.values(), what="it has") or "write :name in the condition for a value"
            raise QueryError(Issue("OF803", f"the condition has no bind ':{name}'", hint=hint))
    by_key = {name.lower(): value for name, value in values.items()}
    for each in asked:
        value = by_key.get(each.name.lower())
        if isinstance(value, list) and not each.many:
            hint = f"write `IN :{each.name}` for one of several values"
            message = f"the bind ':{each.name}' is a list where one value is compared"
            raise QueryError(Issue("OF804", message, place(each.name), hint))
        if each.many and not isinstance(value, list):
            hint = f"give a list, or write `= :{each.name}`"
            message = f"the bind ':{each.name}' stands behind IN and is no list"
            raise QueryError(Issue("OF804", message, place(each.name), hint))


def declared_values(
    declared: Mapping[str, FieldType],
    defaults: Mapping[str, Typed],
    given: Mapping[str, Any],
    what: str,
    context: Context,
) -> dict[str, Any]:
    """The values of a view's or report's declared parameters: given, else their defaults. None given is null.

    Raises:
        QueryError: there is no such parameter, one without a default is not given, or a value is none of its type.
    """
    by_key = {name.lower(): name for name in declared}
    values = {name: evaluate(default, context.running, moment=context.moment) for name, default in defaults.items()}
    for key, value in given.items():
        name = by_key.get(key.lower())
        if name is None:
            hint = suggest(key, declared, what="it takes") or "it takes no parameters"
            raise QueryError(Issue("OF803", f"{what} has no parameter '{key}'", hint=hint))
        try:
            values[name] = declared[name].coerce(value["Id"] if isinstance(value, Record) else value)
        except (PydanticCustomError, ValueError) as wrong:
            text = wrong.message() if isinstance(wrong, PydanticCustomError) else str(wrong)
            said = text if text.startswith(("'", str(value))) else f"{value!r} {text}"
            raise QueryError(Issue("OF804", f"the parameter '{name}' of {what}: {said}")) from wrong
    missing = [name for name in declared if name not in values]
    if missing:
        hint = f"give {', '.join(f'{name}=...' for name in missing)}; None asks for records without a value"
        raise QueryError(Issue("OF809", f"{what} needs a value for {', '.join(missing)}", hint=hint))
    return {name: values[name] for name in declared}


def _canonical(name: str, value: Any) -> Any:
    match value:
        case str() if not storable(value):
            hint = "no record holds NUL or half a character"
            raise QueryError(Issue("OF804", f"the bind ':{name}' has a character that no text can have", hint=hint))
        case datetime() if value.utcoffset() is None:
            hint = "give an aware datetime, such as datetime(2026, 4, 1, tzinfo=UTC)"
            raise QueryError(Issue("OF804", f"the bind ':{name}' does not say its time zone: {value}", hint=hint))
        case Decimal() | float() if not Decimal(value).is_finite():
            raise QueryError(Issue("OF804", f"the bind ':{name}' is {value}; no number field holds it"))
        case None | str() | bool() | Decimal() | int() | date() | time():
            return value
        case float():
            return to_decimal(value)
        case Record():
            return value["Id"]
        case list() | tuple() | set() | frozenset():
            return [_item(name, item) for item in value]  # pyright: ignore[reportUnknownVariableType]
        case _:
            kind = type(value).__name__
            hint = "give text, a number, true or false, a date, a datetime, a record, or a list of them"
            raise QueryError(Issue("OF804", f"the bind ':{name}' holds a value of the Python type {kind}", hint=hint))


def _item(name: str, value: Any) -> Any:
    item = _canonical(name, value)
    if isinstance(item, list):
        raise QueryError(Issue("OF804", f"the bind ':{name}' is a list of lists", hint="give one list of values"))
    return item


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
            return _type_of_all([item for item in value if item is not None])  # pyright: ignore[reportUnknownVariableType]
        case _:
            return TEXT


def _type_of_all(values: list[Any]) -> ValueType:
    """The type of a list's values; of many numbers it is found without a type for each."""
    if values and all(isinstance(each, int | Decimal) and not isinstance(each, bool) for each in values):
        shape = NumberShape.of_all(values)
        return number(shape.digits, shape.scale)
    types = [_type_of(item) for item in values]
    if len({each.kind for each in types}) > 1:
        kinds = " and ".join(sorted({str(each) for each in types}))
        raise QueryError(Issue("OF804", f"a list has values of one kind, not {kinds} together"))
    return types[0] if types else NULL
