from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectforge.values.calendar import day_bounds
from objectforge.values.date_words import DATE_WORDS, resolve
from objectforge.values.granularity import Granularity, part, truncate
from objectforge.values.granularity_labels import granularity_label
from objectforge.values.locales import Locale
from objectforge.values.periods import WEEK_DAYS, Calendar, Period

TOKYO = ZoneInfo("Asia/Tokyo")
JAPAN = Calendar(TOKYO, fiscal_start=4, fiscal_named_by="start", week_start="monday")
AMERICA = Calendar(ZoneInfo("America/New_York"), fiscal_start=10, fiscal_named_by="end")
CALENDARS = st.builds(
    Calendar,
    st.just(ZoneInfo("UTC")),
    st.integers(1, 12),
    st.sampled_from(["start", "end"]),
    st.sampled_from(WEEK_DAYS),
)
DAYS = st.dates(date(1700, 1, 1), date(4000, 12, 31))
ENGLISH, JAPANESE = Locale("en"), Locale("ja")

# A key for each unit that is equal exactly on the days of one unit: the naive way to see the same thing.
KEYS = {
    "WEEK": lambda d, c: (d.toordinal() - 1 - (WEEK_DAYS.index(c.week_start) + 6)) // 7,
    "MONTH": lambda d, c: d.year * 12 + d.month,
    "QUARTER": lambda d, c: d.year * 4 + (d.month - 1) // 3,
    "YEAR": lambda d, c: d.year,
    "FISCAL_QUARTER": lambda d, c: (d.year * 12 + d.month - c.fiscal_start) // 3,
    "FISCAL_YEAR": lambda d, c: (d.year * 12 + d.month - c.fiscal_start) // 12,
}


def naive(word, n, day, today, calendar):
    """Tell whether a day is meant by a word, by counting."""
    ahead = (day - today).days
    match word:
        case "YESTERDAY":
            return ahead == -1
        case "TODAY":
            return ahead == 0
        case "TOMORROW":
            return ahead == 1
        case "LAST_90_DAYS":
            return -90 <= ahead <= 0
        case "NEXT_90_DAYS":
            return 1 <= ahead <= 90
        case "LAST_N_DAYS":
            return -n <= ahead <= 0
        case "NEXT_N_DAYS":
            return 1 <= ahead <= n
        case "N_DAYS_AGO":
            return ahead == -n
    unit = next(unit for unit in sorted(KEYS, key=len, reverse=True) if unit in word)
    units = KEYS[unit](day, calendar) - KEYS[unit](today, calendar)
    match word.replace(unit, "*"):
        case "LAST_*":
            return units == -1
        case "THIS_*":
            return units == 0
        case "NEXT_*":
            return units == 1
        case "LAST_N_*S":
            return -n <= units <= -1
        case "NEXT_N_*S":
            return 1 <= units <= n
        case "N_*S_AGO":
            return units == -n
    raise AssertionError(word)


@given(
    word=st.sampled_from(sorted(DATE_WORDS)),
    n=st.integers(0, 9),
    today=DAYS,
    calendar=CALENDARS,
    around=st.integers(-5000, 5000),
)
def test_a_date_word_means_the_days_that_counting_finds(word, n, today, calendar, around):
    number = n if DATE_WORDS[word].takes_number else None
    period = resolve(word, number, today, calendar)
    near = {
        today + timedelta(days=around),
        *(edge + timedelta(days=d) for edge in (period.start, period.end) for d in (-1, 0)),
    }
    for day in near:
        assert naive(word, n, day, today, calendar) == (day in period), day


def test_there_are_forty_four_date_words():
    assert len(DATE_WORDS) == 44


@pytest.mark.parametrize(
    ("start", "end", "word", "n"),
    [
        pytest.param("2026-05-19", "2026-05-21", "LAST_N_DAYS", 1, id="yesterday and today"),
        pytest.param("2026-05-21", "2026-06-20", "next_n_days", 30, id="the next days begin tomorrow, in any case"),
        pytest.param("2026-02-19", "2026-05-21", "LAST_90_DAYS", None, id="ninety-one days"),
        pytest.param("2026-05-18", "2026-05-25", "THIS_WEEK", None, id="a week from Monday"),
        pytest.param("2026-04-01", "2027-04-01", "THIS_FISCAL_YEAR", None, id="a fiscal year from April"),
        pytest.param("2025-10-01", "2026-04-01", "LAST_N_FISCAL_QUARTERS", 2, id="quarters before the current one"),
        pytest.param("2026-01-01", "2026-04-01", "LAST_QUARTER", None, id="a quarter"),
        pytest.param("2023-04-01", "2024-04-01", "N_FISCAL_YEARS_AGO", 3, id="one fiscal year"),
        pytest.param("2026-05-21", "2026-05-21", "NEXT_N_DAYS", 0, id="no days at all"),
    ],
)
def test_date_words_by_example(start, end, word, n):
    assert Period(date.fromisoformat(start), date.fromisoformat(end)) == resolve(word, n, date(2026, 5, 20), JAPAN)


@pytest.mark.parametrize(
    ("reason", "word", "n"),
    [
        pytest.param("not a date word", "LAST_N_HOURS", 3, id="no such word"),
        pytest.param("needs a number", "NEXT_N_DAYS", None, id="a number is missing"),
        pytest.param("takes no number", "TODAY", 1, id="a number too many"),
        pytest.param("cannot be negative", "LAST_N_DAYS", -1, id="a negative number"),
    ],
)
def test_a_wrong_date_word_says_why(reason, word, n):
    with pytest.raises(ValueError, match=reason):
        resolve(word, n, date(2026, 5, 20), JAPAN)


@given(
    word=st.sampled_from(sorted(DATE_WORDS)),
    today=st.sampled_from([date.min, date.max, date(2026, 5, 20)]),
    calendar=CALENDARS,
    n=st.sampled_from([0, 1, 10**6, 10**18]),
)
def test_date_words_are_cut_off_at_the_ends_of_time(word, today, calendar, n):
    period = resolve(word, n if DATE_WORDS[word].takes_number else None, today, calendar)
    assert period.start <= period.end
    day_bounds(period, TOKYO)
    day_bounds(period, ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("start", "end", "day", "zone"),
    [
        pytest.param("2026-03-31T15:00", "2026-04-01T15:00", "2026-04-01", "Asia/Tokyo", id="an ordinary day"),
        pytest.param("2026-03-08T05:00", "2026-03-09T04:00", "2026-03-08", "America/New_York", id="23 hours"),
        pytest.param("2018-11-04T03:00", "2018-11-05T02:00", "2018-11-04", "America/Sao_Paulo", id="no midnight"),
        pytest.param("2011-12-30T10:00", "2011-12-30T10:00", "2011-12-30", "Pacific/Apia", id="a day that never was"),
    ],
)
def test_a_day_begins_with_its_first_instant(start, end, day, zone):
    first = date.fromisoformat(day)
    expected = tuple(datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (start, end))
    assert expected == day_bounds(Period(first, first + timedelta(days=1)), ZoneInfo(zone))


@given(day=DAYS, calendar=CALENDARS, granularity=st.sampled_from([g for g in Granularity if not g.is_part]))
def test_truncating_gives_the_latest_first_day(day, calendar, granularity):
    first = truncate(day, granularity, calendar)
    assert first <= day
    assert first == truncate(first, granularity, calendar)
    before = first - timedelta(days=1)
    assert truncate(before, granularity, calendar) < first
    if granularity is not Granularity.DAY:
        assert first == resolve(f"THIS_{granularity.upper()}", None, day, calendar).start


@pytest.mark.parametrize(
    ("expected", "day", "granularity", "calendar"),
    [
        pytest.param(1, date(2026, 5, 24), Granularity.DAY_IN_WEEK, JAPAN, id="Sunday is 1 whenever weeks start"),
        pytest.param(7, date(2026, 5, 23), Granularity.DAY_IN_WEEK, AMERICA, id="Saturday is 7"),
        pytest.param(20, date(2026, 5, 20), Granularity.DAY_IN_MONTH, JAPAN, id="day in month"),
        pytest.param(366, date(2024, 12, 31), Granularity.DAY_IN_YEAR, JAPAN, id="the last day of a leap year"),
        pytest.param(1, date(2026, 1, 7), Granularity.WEEK_IN_YEAR, JAPAN, id="the first week ends on January 7th"),
        pytest.param(53, date(2026, 12, 31), Granularity.WEEK_IN_YEAR, JAPAN, id="the last week"),
        pytest.param(5, date(2026, 5, 20), Granularity.MONTH_IN_YEAR, JAPAN, id="month"),
        pytest.param(2, date(2026, 5, 20), Granularity.QUARTER_IN_YEAR, JAPAN, id="quarter"),
        pytest.param(2, date(2026, 5, 20), Granularity.FISCAL_MONTH_IN_YEAR, JAPAN, id="fiscal month"),
        pytest.param(4, date(2026, 3, 31), Granularity.FISCAL_QUARTER_IN_YEAR, JAPAN, id="fiscal quarter"),
        pytest.param(9, datetime(2026, 4, 1, 0, 59, tzinfo=UTC), Granularity.HOUR_IN_DAY, JAPAN, id="local hour"),
        pytest.param(31, datetime(2026, 4, 1, tzinfo=UTC), Granularity.DAY_IN_MONTH, AMERICA, id="local day"),
    ],
)
def test_parts_of_a_date(expected, day, granularity, calendar):
    assert expected == part(day, granularity, calendar)


def test_an_instant_is_truncated_on_the_local_day():
    assert date(2026, 4, 1) == truncate(datetime(2026, 3, 31, 15, tzinfo=UTC), Granularity.FISCAL_YEAR, JAPAN)


def test_parts_and_units_are_not_confused():
    with pytest.raises(ValueError, match="no first day"):
        truncate(date(2026, 4, 1), Granularity.DAY_IN_WEEK, JAPAN)
    with pytest.raises(ValueError, match="not a part"):
        part(date(2026, 4, 1), Granularity.WEEK, JAPAN)
    with pytest.raises(ValueError, match="no hour"):
        part(date(2026, 4, 1), Granularity.HOUR_IN_DAY, JAPAN)
    with pytest.raises(TypeError, match="is a date, not 3"):
        granularity_label(3, Granularity.MONTH, JAPAN, ENGLISH)


@pytest.mark.parametrize("granularity", [g for g in Granularity if not g.is_part])
@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_time_can_be_truncated(granularity, day):
    assert truncate(day, granularity, AMERICA) <= day


@pytest.mark.parametrize(
    ("english", "japanese", "value", "granularity", "calendar"),
    [
        pytest.param("2026-05-20", "2026-05-20", date(2026, 5, 20), Granularity.DAY, JAPAN, id="day"),
        pytest.param("2026-05-18", "2026-05-18", date(2026, 5, 18), Granularity.WEEK, JAPAN, id="week"),
        pytest.param("April 2026", "2026年4月", date(2026, 4, 1), Granularity.MONTH, JAPAN, id="month"),
        pytest.param("2026 Q2", "2026 Q2", date(2026, 4, 1), Granularity.QUARTER, JAPAN, id="quarter"),
        pytest.param("2026", "2026", date(2026, 1, 1), Granularity.YEAR, JAPAN, id="year"),
        pytest.param(
            "FY2026 Q1", "FY2026 Q1", date(2026, 4, 1), Granularity.FISCAL_QUARTER, JAPAN, id="fiscal quarter"
        ),
        pytest.param(
            "FY2025 Q4", "FY2025 Q4", date(2026, 1, 1), Granularity.FISCAL_QUARTER, JAPAN, id="the last fiscal quarter"
        ),
        pytest.param("FY2027", "FY2027", date(2026, 10, 1), Granularity.FISCAL_YEAR, AMERICA, id="named by its end"),
        pytest.param("Sunday", "日曜日", 1, Granularity.DAY_IN_WEEK, JAPAN, id="day in week"),
        pytest.param("January", "1月", 1, Granularity.MONTH_IN_YEAR, JAPAN, id="month in year"),
        pytest.param("April", "4月", 1, Granularity.FISCAL_MONTH_IN_YEAR, JAPAN, id="the first fiscal month"),
        pytest.param("March", "3月", 12, Granularity.FISCAL_MONTH_IN_YEAR, JAPAN, id="the last fiscal month"),
        pytest.param("Q3", "Q3", 3, Granularity.QUARTER_IN_YEAR, JAPAN, id="quarter in year"),
        pytest.param("09:00", "09:00", 9, Granularity.HOUR_IN_DAY, JAPAN, id="hour"),
        pytest.param("53", "53", 53, Granularity.WEEK_IN_YEAR, JAPAN, id="week in year"),
    ],
)
def test_grains_have_labels(english, japanese, value, granularity, calendar):
    assert english == granularity_label(value, granularity, calendar, ENGLISH)
    assert japanese == granularity_label(value, granularity, calendar, JAPANESE)


def test_a_fiscal_year_from_january_has_one_name():
    for named_by in ("start", "end"):
        assert Calendar(TOKYO, 1, named_by).fiscal_year_name(date(2026, 12, 31)) == 2026


@pytest.mark.parametrize("settings", [{"fiscal_start": 13}, {"week_start": "Monday"}])
def test_a_calendar_that_cannot_be_is_refused(settings):
    with pytest.raises(ValueError, match="start"):
        Calendar(TOKYO, **settings)
