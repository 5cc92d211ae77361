from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from retyped_tables import ZONE, Retyped, field
from sqlalchemy.dialects import postgresql, sqlite

from objectforge.change.conversion.matrix import conversion
from objectforge.change.conversion.outcome import Conversion, Unconvertible
from objectforge.change.retype.column_change import ColumnChange
from objectforge.change.retype.exact import exact_sql
from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.geolocation import Latitude
from objectforge.metadata.fields.number import Number

TEXTS = [
    "0", "-0", "00", "007", "5", "-5", "+5", "5.", ".5", "-.5", "5.1", "5.10", "5.123", "-5.12", "--5", "5-3", "5.1.2",
    "1e3", "1,000", " 5", "5 ", "five", "-", ".", "-.", "9" * 16, "9" * 17, "9" * 40,
    f"{'9' * 16}.99", f"-{'9' * 16}.99",
    f"{'0' * 30}1", "0.00", "-0.00", "-0.01", "５", "1_000", "0x10", "inf", "5.1e2",
]  # fmt: skip
NUMBERS = [Decimal(text) for text in (
    "0.0000", "0.0001", "-0.0001", "1.0000", "1.5000", "1.2500", "-1.2345",
    "99.0000", "100.0000", "-99999999999999.9999",
    "99999999999999.9999", "99999999999999.0000", "0.1000",
)]  # fmt: skip


def python_says(outcome: Conversion, value: Any) -> Any:
    try:
        return outcome.convert(value)
    except Unconvertible:
        return None


@pytest.mark.parametrize(
    ("before", "after", "values"),
    [
        pytest.param(field("text"), field("number"), TEXTS, id="text to number"),
        pytest.param(field("text"), field("integer"), TEXTS, id="text to integer"),
        pytest.param(field("text"), field("percent", precision=3, scale=2), TEXTS, id="text to percent"),
        pytest.param(field("number", scale=4), field("number"), NUMBERS, id="scale down"),
        pytest.param(field("number", scale=4), field("integer"), NUMBERS, id="number to integer"),
        pytest.param(field("number", scale=4), field("number", precision=6, scale=4), NUMBERS, id="precision down"),
        pytest.param(field("number", scale=4), field("number", precision=18, scale=16), NUMBERS, id="scale up"),
        pytest.param(field("number", scale=4), field("text"), NUMBERS, id="number to text"),
        pytest.param(field("number", scale=4), field("text", length=21), NUMBERS, id="number to a text that fits it"),
        pytest.param(field("integer"), field("text"), [0, 5, -5, 10**18 - 1], id="integer to text"),
    ],
)
def test_what_sql_is_sure_of_is_what_python_says(
    engine: sa.Engine, before: FieldType, after: FieldType, values: list[Any]
) -> None:
    column = Retyped(engine, before, after)
    column.insert(values)
    source = column.table.c.value

    with engine.connect() as connection:
        exact = exact_sql(column.change, column.outcome, source, connection.dialect)
        assert exact is not None
        unsure = sa.null().cast(after.column_type())
        query = sa.select(source, exact.sure, exact.or_else(unsure)).order_by(column.table.c.id)
        rows = connection.execute(query).all()

    expected = [python_says(column.outcome, value) for value in values]
    assert [(value, said) for value, sure, said in rows if sure] == [
        (value, python) for (_, sure, _), value, python in zip(rows, values, expected, strict=True) if sure
    ]
    assert any(sure for _, sure, _ in rows)


class Odd(Number):
    """A number that is written backwards."""

    def to_text(self, value: Any) -> str:
        return super().to_text(value)[::-1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(field("number"), Latitude(), id="a type with bounds of its own"),
        pytest.param(field("text"), Latitude(), id="texts to one"),
        pytest.param(Odd(), field("text"), id="a type with texts of its own"),
        pytest.param(field("number"), field("text", length=5), id="a text that may be too short"),
        pytest.param(field("date"), field("datetime"), id="what Python is quick enough for"),
    ],
)
def test_sql_leaves_to_python(before: FieldType, after: FieldType) -> None:
    change = ColumnChange("t", "c", before, after)
    outcome = conversion(before, after, ZONE)
    assert isinstance(outcome, Conversion)

    for dialect in (sqlite.dialect(), postgresql.dialect()):
        assert exact_sql(change, outcome, change.source, dialect) is None
