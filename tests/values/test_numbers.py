from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectforge.values.number_shape import MAX_PART, NumberShape
from objectforge.values.numbers import (
    Misfit,
    add,
    divide,
    fits,
    multiply,
    places,
    plain,
    round_half_away,
    subtract,
    to_decimal,
    total,
)

DECIMALS = st.builds(
    lambda coefficient, exponent: Decimal(coefficient).scaleb(exponent),
    st.integers(-(10**27), 10**27),
    st.integers(-40, 20),
)


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        pytest.param("0.1", 0.1, id="a float by its repr"),
        pytest.param("1E+22", 1e22, id="a large float"),
        pytest.param("9999999999999999.99", "9999999999999999.99", id="text"),
        pytest.param("-5", " -5 ", id="text with spaces"),
        pytest.param("0.5", ".5", id="text without a zero"),
        pytest.param("1200", "1.2e3", id="text with an exponent"),
        pytest.param("7", 7, id="an int"),
        pytest.param("1.50", Decimal("1.50"), id="a decimal as it is"),
    ],
)
def test_numbers_come_in_exactly(expected, value):
    assert Decimal(expected) == to_decimal(value)


def test_there_is_no_negative_zero():
    assert str(to_decimal(-0.0)) == "0.0"
    assert str(round_half_away(Decimal("-0.4"), 0)) == "0"


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity"), "", "1,000", "1_000", "nan", "１", "0x10",
     "1e99999", Decimal("1E+2000"), Decimal("1E-2000"), "1 2"],
)  # fmt: skip
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="number"):
        to_decimal(value)


@pytest.mark.parametrize("value", [True, None, b"1", [1]])
def test_what_is_of_another_type_is_refused(value):
    with pytest.raises(TypeError):
        to_decimal(value)


def test_an_integer_of_many_digits_is_refused_at_once():
    with pytest.raises(ValueError, match="too many digits"):
        to_decimal(10**5000)


@pytest.mark.parametrize(
    ("problem", "value", "digits", "scale"),
    [
        pytest.param(None, "999.99", 5, 2, id="the largest"),
        pytest.param(None, "-999.99", 5, 2, id="the smallest"),
        pytest.param(Misfit.TOO_LARGE, "1000", 5, 2, id="one past the largest"),
        pytest.param(Misfit.TOO_LARGE, "1E+3", 5, 2, id="one past the largest, with an exponent"),
        pytest.param(Misfit.TOO_MANY_PLACES, "0.001", 5, 2, id="a place too many"),
        pytest.param(None, "1.1000", 5, 2, id="zeros at the end do not count"),
        pytest.param(None, "0E-9", 5, 2, id="zero fits anywhere"),
        pytest.param(None, "0.99", 2, 2, id="nothing before the point"),
        pytest.param(Misfit.TOO_LARGE, "1", 2, 2, id="something before the point where nothing may be"),
    ],
)
def test_a_number_fits_or_says_why_not(problem, value, digits, scale):
    assert problem == fits(Decimal(value), digits, scale)


@pytest.mark.parametrize(
    ("expected", "value", "to"),
    [("0.13", "0.125", 2), ("-0.13", "-0.125", 2), ("0.12", "0.1249999", 2), ("3", "2.5", 0), ("1300", "1250", -2),
     ("1.00", "1", 2), ("12345678901234567890123456789012345678.5", "12345678901234567890123456789012345678.45", 1)],
)  # fmt: skip
def test_halves_round_away_from_zero(expected, value, to):
    assert expected == str(round_half_away(Decimal(value), to))


@given(a=DECIMALS, b=DECIMALS)
def test_sums_and_products_are_exact(a, b):
    x, y = Fraction(a), Fraction(b)
    assert x + y == Fraction(add(a, b)) == Fraction(total([a, b]))
    assert x - y == Fraction(subtract(a, b))
    assert x * y == Fraction(multiply(a, b))


@given(a=DECIMALS, b=DECIMALS)
def test_a_quotient_is_the_fraction_rounded_half_away_at_18_places(a, b):
    result = divide(a, b)
    if b == 0:
        assert result is None
        return
    exact = Fraction(a) / Fraction(b) * 10**18
    size = (abs(exact) + Fraction(1, 2)).__floor__()
    assert Fraction(size if exact >= 0 else -size, 10**18) == Fraction(result)


def test_a_third_has_eighteen_places():
    assert Decimal("0.333333333333333333") == divide(Decimal(1), Decimal(3))
    assert Decimal("0.666666666666666667") == divide(Decimal(2), Decimal(3))


@pytest.mark.parametrize(
    ("expected", "value", "scale"),
    [("5", "5.000", None), ("5.00", "5", 2), ("1000", "1E+3", None), ("0.000001", "1E-6", None), ("1.234", "1.234", 2),
     ("0", "0E-18", None), ("-0.50", "-0.5", 2)],
)  # fmt: skip
def test_plain_text_has_no_exponent(expected, value, scale):
    assert expected == plain(Decimal(value), scale)


@given(DECIMALS)
def test_plain_text_reads_back(value):
    assert value == to_decimal(plain(value))


def holds(shape, value):
    return places(value) <= shape.scale and fits(value, shape.digits, shape.scale) is None


@given(a=DECIMALS, b=DECIMALS, to=st.integers(0, 20))
def test_a_shape_holds_every_result(a, b, to):
    x, y = NumberShape.of(a), NumberShape.of(b)
    assert holds(x, a)
    assert holds(x.add(y), add(a, b))
    assert holds(x.subtract(y), subtract(a, b))
    assert holds(x.multiply(y), multiply(a, b))
    assert holds(x.union(y), a)
    assert holds(x.union(y), b)
    assert holds(x.rounded(to), round_half_away(a, to))
    if b:
        assert holds(x.divide(y), divide(a, b))


def test_a_quotient_that_rounds_up_to_a_power_of_ten_is_held():
    a, b = Decimal("9." + "9" * 30), Decimal(1)
    assert holds(NumberShape.of(a).divide(NumberShape.of(b)), divide(a, b))


def test_only_eighteen_digits_are_native():
    money = NumberShape(18, 2)
    assert money.native
    assert not money.add(money).native
    assert not money.multiply(NumberShape(1, 0)).native
    assert NumberShape(31, 2) == money.summed()


def test_a_shape_that_grows_for_ever_stops_and_says_so():
    shape = NumberShape(18, 2)
    for _ in range(40):
        shape = shape.multiply(shape)
    assert shape.saturated
    assert NumberShape(2 * MAX_PART, MAX_PART) == shape


@pytest.mark.parametrize(("digits", "scale"), [(2, 3), (1, -1)])
def test_an_impossible_shape_is_refused(digits, scale):
    with pytest.raises(ValueError, match="no number has"):
        NumberShape(digits, scale)
