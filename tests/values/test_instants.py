from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectforge.values.instants import (
    from_micros,
    local_datetime,
    parse_date,
    parse_datetime,
    parse_time,
    to_micros,
)

TOKYO = ZoneInfo("Asia/Tokyo")
NEW_YORK = ZoneInfo("America/New_York")


@given(st.datetimes(timezones=st.just(UTC)))
def test_microseconds_read_back(instant):
    assert instant == from_micros(to_micros(instant))


def test_microseconds_are_those_of_utc():
    assert to_micros(datetime(1970, 1, 1, 9, tzinfo=timezone(timedelta(hours=9)))) == 0


def test_a_naive_datetime_is_no_instant():
    with pytest.raises(ValueError, match="time zone"):
        to_micros(datetime(2026, 4, 1))


def test_instants_past_the_ends_of_time_are_clamped():
    assert datetime.min.replace(tzinfo=UTC) == from_micros(-(10**20))
    assert datetime.max.replace(tzinfo=UTC) == from_micros(10**18)


def test_local_time_is_what_the_clocks_show():
    assert datetime(2026, 4, 1, 9) == local_datetime(datetime(2026, 4, 1, tzinfo=UTC), TOKYO)


@pytest.mark.parametrize(
    "text",
    [
        "2026-04-01",
        "2026/04/01",
        "2026/4/1",
        "2026-4-1",
        " 2026-04-01 ",
        "2026年4月1日",
        "2026-04-01 00:00:00",
        "2026-04-01T00:00",
    ],
)
def test_dates_are_read_as_people_write_them(text):
    assert date(2026, 4, 1) == parse_date(text)


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        pytest.param("no day 30 of month 2", "2026-02-30", id="no such day"),
        pytest.param("not a date", "04/01/2026", id="the American order"),
        pytest.param("not a date", "２０２６-04-01", id="full-width digits"),
        pytest.param("not a date", "2026-04/01", id="mixed separators"),
        pytest.param("not a date", "", id="empty"),
        pytest.param("without a time", "2026-04-01 09:00", id="a time of day"),
        pytest.param("without a time", "2026-04-01T00:00:00Z", id="an instant"),
        pytest.param("between 1700", "1699-12-31", id="too early"),
        pytest.param("between 1700", "4001-01-01", id="too late"),
    ],
)
def test_what_is_no_date_says_why(reason, text):
    with pytest.raises(ValueError, match=reason):
        parse_date(text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param(datetime(2026, 4, 1, 9, tzinfo=UTC), "2026-04-01T09:00:00Z", id="UTC"),
        pytest.param(datetime(2026, 4, 1, 0, tzinfo=UTC), "2026-04-01T09:00:00+0900", id="an offset"),
        pytest.param(datetime(2026, 4, 1, 0, tzinfo=UTC), "2026-04-01T09:00:00.000+09:00", id="an offset with a colon"),
        pytest.param(datetime(2026, 4, 1, 0, tzinfo=UTC), "2026-04-01 09:00:00+09", id="an offset of hours"),
        pytest.param(datetime(2026, 4, 1, 12, 30, tzinfo=UTC), "2026-04-01 09:00 -03:30", id="a negative offset"),
        pytest.param(datetime(2026, 4, 1, 0, tzinfo=UTC), "2026-04-01 09:00", id="local time"),
        pytest.param(datetime(2026, 4, 1, 0, tzinfo=UTC), "2026/4/1 9:00", id="local time, one digit"),
        pytest.param(datetime(2026, 3, 31, 15, tzinfo=UTC), "2026-04-01", id="a date alone is local midnight"),
        pytest.param(datetime(2026, 4, 1, 9, 0, 1, 500000, tzinfo=UTC), "2026-04-01T09:00:01.5z", id="a fraction"),
        pytest.param(datetime(2026, 4, 1, 9, tzinfo=UTC), "2026-04-01T09:00:00.000000000Z", id="nanoseconds of zero"),
    ],
)
def test_instants_are_read_as_people_write_them(expected, text):
    assert expected == parse_datetime(text, TOKYO)


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        pytest.param("skip 02:30", "2026-03-08 02:30", id="in the gap of spring"),
        pytest.param("not a date and time", "tomorrow", id="a word"),
        pytest.param("no such time", "2026-04-01 24:00", id="hour 24"),
        pytest.param("no such time", "2026-04-01 23:59:60", id="a leap second"),
        pytest.param("no such offset", "2026-04-01 09:00+99:00", id="an offset of days"),
        pytest.param("six digits", "2026-04-01T09:00:00.0000001Z", id="less than a microsecond"),
        pytest.param("between 1700", "0001-01-01T00:00:00Z", id="too early"),
        pytest.param("no day 31 of month 4", "2026-04-31T00:00:00Z", id="no such day"),
    ],
)
def test_what_is_no_instant_says_why(reason, text):
    with pytest.raises(ValueError, match=reason):
        parse_datetime(text, NEW_YORK)


def test_a_local_time_that_comes_twice_is_the_first():
    assert datetime(2026, 11, 1, 5, 30, tzinfo=UTC) == parse_datetime("2026-11-01 01:30", NEW_YORK)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (time(9, 30), "9:30"),
        (time(9, 30, 5), "09:30:05"),
        (time(12, 30), "12:30:00.000Z"),
        (time(0, 0, 0, 1), "0:00:00.000001"),
    ],
)
def test_times_of_day_are_read(expected, text):
    assert expected == parse_time(text)


@pytest.mark.parametrize("text", ["9", "24:00", "9:5", "12:30+09:00", "9:30 pm"])
def test_what_is_no_time_of_day_is_refused(text):
    with pytest.raises(ValueError, match="time"):
        parse_time(text)
