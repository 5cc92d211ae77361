from __future__ import annotations

from decimal import Decimal, localcontext
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from objectforge.metadata.fields.base import ParameterError, Reading, Region
from objectforge.metadata.fields.currency import Currency
from objectforge.metadata.fields.integer import Integer
from objectforge.metadata.fields.number import Number
from objectforge.metadata.fields.percent import Percent
from objectforge.values.locales import Locale

READING = Reading(ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        pytest.param("0.10", 0.1, id="a float by its repr"),
        pytest.param("5.00", 5, id="int"),
        pytest.param("5.00", Decimal("5.000"), id="zeros at the end do not count"),
        pytest.param("1200.00", Decimal("1.2E+3"), id="exponent"),
        pytest.param("0.00", Decimal("-0"), id="minus zero"),
        pytest.param("9999999999999999.99", "9999999999999999.99", id="all digits, as text"),
        pytest.param("-3.50", " -3.5 ", id="text with spaces"),
    ],
)
def test_a_number_is_kept_exactly(expected: str, value: Any) -> None:
    with localcontext() as context:
        context.prec = 3  # a caller's own context changes nothing
        assert expected == str(Number().coerce(value))


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        pytest.param("too_many_decimals", Decimal("1.005"), id="never rounded"),
        pytest.param("too_many_decimals", 0.1 + 0.2, id="a float's dust"),
        pytest.param("number_too_large", 10**16, id="too large"),
        pytest.param("number_too_large", "1e300", id="far too large"),
        pytest.param("number_wanted", True, id="a flag"),
        pytest.param("number_wanted", "abc", id="a word"),
        pytest.param("number_wanted", float("nan"), id="not a number"),
        pytest.param("number_wanted", Decimal("Infinity"), id="infinite"),
        pytest.param("number_wanted", [1], id="a list"),
        pytest.param("number_wanted", 1j, id="complex"),
        pytest.param("thousands_separator", "1,234.50", id="separators"),
    ],
)
def test_what_does_not_fit_is_refused(expected: str, value: Any) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        Number().coerce(value)
    assert expected == refused.value.type


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param("write 1234567", "1,234,567", id="commas"),
        pytest.param("write 1234.50", "1,234.50", id="commas and a point"),
        pytest.param("write 1234567.89", "1.234.567,89", id="points and a comma"),
        pytest.param("write 1234", "1 234", id="spaces"),
        pytest.param("not a number", "12,5", id="decimal comma"),
        pytest.param("not a number", "¥100", id="currency sign"),
    ],
)
def test_a_files_number_with_separators_is_refused_with_the_reason(expected: str, text: str) -> None:
    with pytest.raises(ValueError, match=expected):
        Number().from_text(text, READING)


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        pytest.param(5, 5.0, id="whole float"),
        pytest.param(10**18 - 1, "999999999999999999", id="18 digits"),
        pytest.param(-7, Decimal("-7.00"), id="decimal"),
    ],
)
def test_an_integer_is_an_int(expected: int, value: Any) -> None:
    found = Integer().coerce(value)
    assert expected == found
    assert type(found) is int


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        pytest.param("whole_number_wanted", 5.5, id="fraction"),
        pytest.param("number_too_large", 10**18, id="19 digits"),
        pytest.param("number_wanted", 10**5000, id="more digits than Python prints"),
        pytest.param("number_wanted", False, id="flag"),
    ],
)
def test_what_is_no_integer_is_refused(expected: str, value: Any) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        Integer().coerce(value)
    assert expected == refused.value.type


def test_a_scale_beyond_the_precision_is_refused() -> None:
    with pytest.raises(ParameterError) as refused:
        Number(precision=3, scale=5).check()
    assert refused.value.key == "scale"


@pytest.mark.parametrize("parameters", [{"precision": 19}, {"precision": 0}, {"scale": -1}, {"scale": "2"}])
def test_digits_out_of_bounds_are_refused(parameters: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(parameters))):
        Number.model_validate(parameters)


@pytest.mark.parametrize("default", ["1.234", "abc", "1,000", "true"])
def test_a_default_that_is_no_such_number_is_refused(default: str) -> None:
    with pytest.raises(ParameterError) as refused:
        Number(default=default).check()
    assert refused.value.key == "default"


@pytest.mark.parametrize("default", ["1.23", "=1 + 1", "-0"])
def test_a_default_is_a_literal_or_an_expression(default: str) -> None:
    Number(default=default).check()


def test_numbers_are_shown_as_the_reader_writes_them() -> None:
    assert Number().display(Decimal("1234.50"), Locale("en")) == "1,234.50"
    assert Percent().display(Decimal("20.00"), Locale("en")) == "20%"
    assert Currency().display(Decimal("1000.00"), Locale("ja"), Region(ZoneInfo("UTC"), "JPY")) == "￥1,000"
    assert Currency().display(Decimal("1000.00"), Locale("en")) == "1,000.00"


def test_a_percent_counts_in_hundredths() -> None:
    assert Percent().value_type().percent
    assert not Number().value_type().percent


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_a_number_comes_out_as_it_went_in_or_is_refused(value: Decimal) -> None:
    field = Number(precision=10, scale=4)
    if abs(value) >= 10**6:
        with pytest.raises(PydanticCustomError, match="too large"):
            field.coerce(value)
        return
    found = field.coerce(value)
    assert value == found
    assert found == field.from_text(field.to_text(found), READING)
