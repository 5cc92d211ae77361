"""What every field type must do, as checks that take a field: third parties run them over their own types.

@pytest.mark.parametrize("check", FIELD_CHECKS, ids=FIELD_CHECKS.get)
def test_my_type(check):
check(sample_field(MyType))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from pydantic import ValidationError
from pydantic_core import SchemaValidator

from objectforge.metadata.fields.base import FieldType, ParameterError, Reading, Region
from objectforge.values.ids import object_prefix, parse_id
from objectforge.values.kinds import Kind
from objectforge.values.locales import Locale

__all__ = ["FIELD_CHECKS", "check_storage", "sample_field"]

_LOCALES = (Locale("en"), Locale("ja"))
_REGION = Region(ZoneInfo("Asia/Tokyo"), "JPY")
_READINGS = (Reading(ZoneInfo("UTC")), Reading(ZoneInfo("America/New_York")))
_MANY = 200
_ORDERED = frozenset({Kind.TEXT, Kind.NUMBER, Kind.BOOLEAN, Kind.DATE, Kind.DATETIME, Kind.TIME})
_PREFIXES: Mapping[str, int] = {"001": 1, object_prefix(0): 2}


def sample_field(cls: type[FieldType], **parameters: Any) -> FieldType:
    """A field of the type as its examples expect it: with the class's `sample` parameters and the given ones."""
    field = cls.model_validate({**cls.sample, **parameters})
    field.check()
    return field


def _expect(holds: bool, wrong: str) -> None:
    if not holds:
        raise AssertionError(wrong)


def _has_own_values(field: FieldType) -> bool:
    return field.stored and bool(field.examples)


def _is_described(field: FieldType) -> None:
    cls = type(field)
    _expect(bool(cls.type_name) and cls.type_name.islower(), "a type has a name in small letters")
    _expect(cls.summary.endswith("."), "a type is summed up in a sentence")
    _expect(all(key in cls.model_fields for key in cls.short_form), "the short form names parameters")
    _expect(_has_own_values(field) or not field.writable, "a type that can be written has examples")


def _examples_are_canonical(field: FieldType) -> None:
    validate = SchemaValidator(field.core_schema()).validate_python
    for value in field.examples:
        found = validate(value)
        _expect(found == value and type(found) is type(value), f"{value!r} became {found!r}")
        _expect(str(found) == str(value), f"{value!r} became {found!r}")


def _nothing_stays_nothing(field: FieldType) -> None:
    empty = SchemaValidator(field.core_schema()).validate_python(None)
    _expect(empty is None or field.value_type().kind is Kind.BOOLEAN, f"None became {empty!r}")
    for reading in _READINGS:
        _expect(field.coerce(field.from_text("", reading)) == empty, "the empty text is not read as nothing")
    _expect(field.coerce(field.from_text(field.to_text(None), _READINGS[0])) == empty, "None does not come back")


def _text_comes_back(field: FieldType) -> None:
    for value in field.examples:
        for reading in _READINGS:
            text = field.to_text(value)
            found = field.coerce(field.from_text(text, reading))
            _expect(found == value, f"{value!r} written as {text!r} is read as {found!r}")


def _is_displayed(field: FieldType) -> None:
    for locale in _LOCALES:
        for value in field.examples:
            _expect(bool(field.display(value, locale, _REGION)), f"{value!r} is shown as nothing in {locale.code}")
            _expect(bool(field.display(value, locale)), f"{value!r} is shown as nothing in {locale.code}")
        _expect(
            field.display(None, locale) == field.display(field.coerce(None), locale), "None is not shown as nothing"
        )


def _test_values_are_valid(field: FieldType) -> None:
    random = Random(7)  # noqa: S311 - repeatable test data
    values = [field.example(random, number) for number in range(1, _MANY + 1)]
    validate = SchemaValidator(field.core_schema()).validate_python
    for value in values:
        _expect(value is None or validate(value) == value, f"the example {value!r} is not canonical")
    again = Random(7)  # noqa: S311 - repeatable test data
    _expect(values == [field.example(again, number) for number in range(1, _MANY + 1)], "examples are not repeatable")


def _unique_test_values_differ(field: FieldType) -> None:
    cls = type(field)
    try:
        unique = sample_field(cls, unique=True)
    except ParameterError:
        return
    if unique.choices or unique.relation is not None:
        return
    random = Random(7)  # noqa: S311 - repeatable test data
    values = [unique.example(random, number) for number in range(1, _MANY + 1)]
    keys = {value.lower() if isinstance(value, str) else value for value in values}
    _expect(len(keys) == _MANY, "examples of a unique field repeat")


def _has_a_json_schema(field: FieldType) -> None:
    schema = type(field).model_json_schema()
    _expect(schema["additionalProperties"] is False, "the JSON Schema allows unknown keys")
    _expect(set(schema["properties"]) == set(type(field).model_fields), "the JSON Schema has other keys")


def _unknown_keys_are_refused(field: FieldType) -> None:
    cls = type(field)
    try:
        cls.model_validate({**cls.sample, "no_such_key": 1})
    except ValidationError as refused:
        _expect(refused.errors()[0]["loc"] == ("no_such_key",), "the unknown key is not named")
        return
    raise AssertionError("an unknown key was accepted")


def _unusable_keys_are_refused(field: FieldType) -> None:
    cls = type(field)
    for key in cls.unusable:
        given: Any = "x" if key == "default" else True
        try:
            sample_field(cls, **{key: given})
        except ParameterError as refused:
            _expect(refused.key == key, f"'{refused.key}' is blamed for '{key}'")
        else:
            raise AssertionError(f"'{key}' was accepted")


def _wrong_types_are_refused(field: FieldType) -> None:
    if field.value_type().kind is Kind.JSON:
        return
    for value in (object(), b"bytes", {"a": 1}, {1, 2}):
        try:
            field.coerce(value)
        except ValueError:
            continue
        raise AssertionError(f"{value!r} was accepted")


def _an_override_keeps_the_rest(field: FieldType) -> None:
    changed = field.overridden({"label": "Another"})
    _expect(changed.label == "Another", "the override was lost")
    _expect(changed.model_copy(update={"label": field.label}) == field, "the override changed something else")
    for key in ("type", "to", "was"):
        try:
            field.overridden({key: "x"})
        except ParameterError:
            continue
        raise AssertionError(f"'{key}' was overridden")


FIELD_CHECKS: Mapping[Callable[[FieldType], None], str] = {
    _is_described: "it is described",
    _examples_are_canonical: "its examples are canonical",
    _nothing_stays_nothing: "nothing stays nothing",
    _text_comes_back: "what is written to a file comes back",
    _is_displayed: "it is shown in English and Japanese",
    _test_values_are_valid: "its test values are valid",
    _unique_test_values_differ: "test values of unique fields differ",
    _has_a_json_schema: "its parameters have a JSON Schema",
    _unknown_keys_are_refused: "it refuses unknown keys",
    _unusable_keys_are_refused: "it refuses keys that make no sense for it",
    _wrong_types_are_refused: "it refuses values of other types",
    _an_override_keeps_the_rest: "an override keeps the rest",
}
"""The checks that need no database, with what each says."""


def check_storage(field: FieldType, connection: sa.Connection) -> None:
    """Check that the examples are stored, read back equal, and sorted and found as Python does.

    Raises:
        AssertionError: they are not.
    """
    if not _has_own_values(field):
        return
    values = _stored(field)
    table = sa.Table(
        "objectforge_contract",
        sa.MetaData(),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("value", field.column_type()),
        prefixes=["TEMPORARY"],
    )
    table.create(connection)
    try:
        rows: list[dict[str, Any]] = [{"number": number, "value": value} for number, value in enumerate(values)]
        connection.execute(table.insert(), [*rows, {"number": len(rows), "value": None}])
        found = connection.scalars(sa.select(table.c.value).order_by(table.c.number)).all()
        _expect(list(found) == [*values, None], f"{values!r} came back as {found!r}")
        _expect([str(value) for value in found[:-1]] == [str(value) for value in values], f"{found!r} look different")
        if field.value_type().kind in _ORDERED:
            _check_order(field, values, table, connection)
    finally:
        table.drop(connection)


def _check_order(field: FieldType, values: Sequence[Any], table: sa.Table, connection: sa.Connection) -> None:
    column: sa.ColumnElement[Any] = table.c.value
    on_postgres = connection.dialect.name == "postgresql"
    if on_postgres and field.value_type().kind is Kind.TEXT:
        column = column.collate("C")
    ascending = sa.select(table.c.value).where(table.c.value.is_not(None)).order_by(column)
    _expect(list(connection.scalars(ascending)) == sorted(values), "the order is not Python's")
    for value in values:
        given = sa.literal(value, field.column_type())
        equal = connection.scalars(sa.select(table.c.value).where(column == given)).all()
        _expect(list(equal) == [other for other in values if other == value], f"{value!r} is not found")
        less = connection.scalars(sa.select(table.c.value).where(column < given).order_by(column)).all()
        _expect(list(less) == sorted(other for other in values if other < value), f"less than {value!r} is not found")


def _stored(field: FieldType) -> list[Any]:
    """The examples as the column takes them: records hold ids as text, columns as numbers."""
    if field.relation is not None:
        return [parse_id(value, _PREFIXES) for value in field.examples]
    return list(field.examples)
