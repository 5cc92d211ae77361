"""Every operation that engines spell differently gives, on each engine, what the rules of values say."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sql_engines import Engine

from objectforge.values.granularity import Granularity, part, truncate
from objectforge.values.kinds import BOOLEAN, DATE, DATETIME, ID, TEXT, TIME, ValueType, number
from objectforge.values.number_shape import NumberShape
from objectforge.values.numbers import add, divide, multiply, round_half_away, subtract
from objectforge.values.periods import Calendar
from objectforge.values.text import fold_key

SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
SHORT, LONG = number(18, 2), number(40, 20)
NEW_YORK = Calendar(zone=ZoneInfo("America/New_York"), fiscal_start=4, week_start="monday")
APIA = Calendar(zone=ZoneInfo("Pacific/Apia"), fiscal_start=10, week_start="wednesday")
CALENDARS = [pytest.param(NEW_YORK, id="New York"), pytest.param(APIA, id="Apia")]
numbers = st.one_of(
    st.decimals(min_value=-(10**16) + 1, max_value=10**16 - 1, places=2),
    st.decimals(min_value=-(10**20) + 1, max_value=10**20 - 1, places=20),
    st.sampled_from(
        [Decimal(text) for text in ("0", "0.01", "-0.01", "1", "-1", "9999999999999999.99", "0.5", "-2.5")]
    ),
)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))


def shape_of(value: Decimal) -> ValueType:
    shape = NumberShape.of(value)
    return number(shape.digits, shape.scale)


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        pytest.param("Ácme", TEXT, id="text"),
        pytest.param(Decimal("-9999999999999999.99"), SHORT, id="short number"),
        pytest.param(Decimal("12345678901234567890.12345678901234567890"), LONG, id="long number"),
        pytest.param(True, BOOLEAN, id="true"),
        pytest.param(False, BOOLEAN, id="false"),
        pytest.param(date(1, 1, 1), DATE, id="first date"),
        pytest.param(date(9999, 12, 31), DATE, id="last date"),
        pytest.param(datetime(1899, 12, 31, 23, 59, 59, 999999, UTC), DATETIME, id="instant before 1970"),
        pytest.param(time(23, 59, 59, 999000), TIME, id="time"),
        pytest.param(5 << 40 | 77, ID, id="id"),
    ],
)
def test_a_literal_comes_back_as_it_went(engine: Engine, value: Any, shape: ValueType) -> None:
    assert value == engine.value(engine.literal(value, shape), shape)
    assert engine.value(engine.backend.null(shape), shape) is None


@SHARED
@given(a=numbers, b=numbers)
def test_arithmetic_is_exact(engine: Engine, a: Decimal, b: Decimal) -> None:
    backend, left, right = engine.backend, shape_of(a), shape_of(b)
    sizes = NumberShape(left.digits, left.scale), NumberShape(right.digits, right.scale)
    for op, size, expected in (
        ("+", sizes[0].add(sizes[1]), add(a, b)),
        ("-", sizes[0].subtract(sizes[1]), subtract(a, b)),
        ("*", sizes[0].multiply(sizes[1]), multiply(a, b)),
    ):
        shape = number(size.digits, size.scale)
        x, y = backend.operands(op, left, right, shape)
        first = backend.rescale(engine.literal(a, left), left, x)
        second = backend.rescale(engine.literal(b, right), right, y)
        assert expected == engine.value(backend.arithmetic(op, first, second, shape), shape), op
    size = sizes[0].divide(sizes[1])
    quotient = backend.divide(engine.literal(a, left), engine.literal(b, right), left, right)
    assert divide(a, b) == engine.value(quotient, number(max(size.digits, 19), 18))


@SHARED
@given(value=numbers, scale=st.integers(0, 3))
def test_rounding_is_half_away_from_zero(engine: Engine, value: Decimal, scale: int) -> None:
    before = shape_of(value)
    size = NumberShape(before.digits, before.scale).rounded(min(scale, before.scale))
    after = number(size.digits, size.scale)
    if after.scale < before.scale:
        expected = round_half_away(value, after.scale)
        assert expected == engine.value(
            engine.backend.round(engine.literal(value, before), before, after, after.scale), after
        )


@SHARED
@given(value=st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_a_whole_number_is_without_its_fraction(engine: Engine, value: Decimal) -> None:
    for shape in (number(18, 6), number(30, 6)):
        assert int(value) == engine.plain(engine.backend.whole(engine.literal(value, shape), shape))


@SHARED
@given(values=st.lists(numbers, min_size=1, max_size=8))
def test_numbers_order_as_numbers(engine: Engine, values: list[Decimal]) -> None:
    shape = number(60, 20)
    assert sorted(values) == engine.ordered(values, shape, lambda raw: engine.backend.comparable(raw, shape))


@SHARED
@given(values=st.lists(numbers | st.none(), max_size=8))
def test_sums_are_exact_and_of_nothing_null(engine: Engine, values: list[Decimal | None]) -> None:
    for shape in (number(60, 20), SHORT):
        fitting = [value for value in values if value is None or shape.digits > 18 or _fits(value)]
        known = [value for value in fitting if value is not None]
        raw = _rows(engine, fitting, shape)
        found = engine.connection.execute(sa.select(*engine.backend.sums(raw, shape))).one()
        expected = None
        for value in known:
            expected = value if expected is None else add(expected, value)
        assert expected == engine.backend.join_sums(list(found), shape)
        for function, choose in (("min", min), ("max", max)):
            element = engine.backend.extreme(function, raw, shape)
            (value,) = engine.connection.execute(sa.select(element)).one()
            assert (choose(known) if known else None) == engine.backend.decode_raw(value, shape)


def test_a_sum_of_many_large_numbers_does_not_overflow(engine: Engine) -> None:
    raw = _rows(engine, [Decimal("9999999999999999.99")] * 20, SHORT)
    found = engine.connection.execute(sa.select(*engine.backend.sums(raw, SHORT))).one()
    assert Decimal("199999999999999999.80") == engine.backend.join_sums(list(found), SHORT)


@pytest.mark.parametrize("calendar", CALENDARS)
@SHARED
@given(day=days)
def test_grains_are_those_of_the_calendar(engine: Engine, calendar: Calendar, day: date) -> None:
    for grain in Granularity:
        if grain is Granularity.HOUR_IN_DAY:
            continue
        element = engine.backend.truncate(engine.literal(day, DATE), grain, calendar)
        if grain.is_part:
            assert part(day, grain, calendar) == engine.plain(element), grain
            continue
        try:
            expected = truncate(day, grain, calendar)
        except (OverflowError, ValueError):
            continue  # a week or fiscal year that begins before the first date
        assert expected == engine.value(element, DATE), grain


@pytest.mark.parametrize("calendar", CALENDARS)
@pytest.mark.parametrize(
    "around",
    [
        pytest.param(datetime(2023, 3, 12, 7, tzinfo=UTC), id="clocks forward"),
        pytest.param(datetime(2023, 11, 5, 6, tzinfo=UTC), id="clocks back"),
        pytest.param(datetime(2011, 12, 30, 10, tzinfo=UTC), id="the day Samoa skipped"),
        pytest.param(datetime(1883, 11, 18, 17, tzinfo=UTC), id="the first standard time"),
        pytest.param(datetime(2099, 7, 1, 4, tzinfo=UTC), id="far ahead"),
    ],
)
def test_days_and_hours_of_an_instant_are_those_of_the_zone(
    engine: Engine, calendar: Calendar, around: datetime
) -> None:
    for hours in (-13, -4, -1, 0, 1, 4, 13):
        for micros in (-1, 0, 1):
            instant = around + timedelta(hours=hours, microseconds=micros)
            raw = engine.literal(instant, DATETIME)
            day = truncate(instant, Granularity.DAY, calendar)
            assert day == engine.value(engine.backend.local_day(raw, calendar), DATE), instant
            hour = part(instant, Granularity.HOUR_IN_DAY, calendar)
            assert hour == engine.plain(engine.backend.local_hour(raw, calendar)), instant


@SHARED
@given(day=days, count=st.integers(-4_000_000, 4_000_000))
def test_a_day_moves_by_days_or_leaves_the_calendar(engine: Engine, day: date, count: int) -> None:
    try:
        expected: date | None = day + timedelta(days=count)
    except OverflowError:
        expected = None
    shifted = engine.backend.shift_days(engine.literal(day, DATE), sa.literal(count, sa.BigInteger()))
    assert expected == engine.value(shifted, DATE)


texts = st.text(st.sampled_from("aAbBzZ_%\\éÉßİ日😀 ;'\"") | st.characters(exclude_categories=("Cs", "Cc")), max_size=6)


@SHARED
@given(values=st.lists(texts, min_size=1, max_size=6))
def test_texts_order_by_their_keys(engine: Engine, values: list[str]) -> None:
    assert sorted(values, key=fold_key) == engine.ordered(values, TEXT, engine.backend.text_key)
    assert sorted(values) == engine.ordered(values, TEXT, engine.backend.text_exact)
    for value in values:
        assert fold_key(value) == engine.plain(engine.backend.folded(engine.literal(value, TEXT)))


def _fits(value: Decimal) -> bool:
    return abs(value) < 10**16 and value == round_half_away(value, 2)


def _rows(engine: Engine, values: list[Any], shape: ValueType) -> Any:
    parts = [sa.select(engine.literal(value, shape).label("v")) for value in values]
    if not parts:
        parts = [sa.select(engine.backend.null(shape).label("v")).where(sa.false())]
    rows = sa.union_all(*parts).subquery()
    return sa.type_coerce(rows.c.v, engine.backend.raw_type(shape))
