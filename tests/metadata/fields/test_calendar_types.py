from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic_core import PydanticCustomError

from objectforge.metadata.fields.base import FieldType, Reading, Region
from objectforge.metadata.fields.checkbox import Checkbox
from objectforge.metadata.fields.date import Date
from objectforge.metadata.fields.datetime import DateTime
from objectforge.metadata.fields.time import Time
from objectforge.values.locales import Locale

HALF_PAST = datetime(2026, 4, 1, 0, 30, tzinfo=UTC)
TOKYO = Reading(ZoneInfo("Asia/Tokyo"))
NINE_HOURS = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("expected", "field", "value"),
    [
        pytest.param(date(2026, 4, 1), Date(), "2026-04-01", id="ISO date"),
        pytest.param(None, Date(), "  ", id="blank date"),
        pytest.param(
            HALF_PAST,
            DateTime(),
            datetime(2026, 4, 1, 9, 30, tzinfo=NINE_HOURS),
            id="aware",
        ),
        pytest.param(HALF_PAST, DateTime(), "2026-04-01T09:30:00+09:00", id="ISO instant"),
        pytest.param(datetime(2026, 4, 1, 9, 30, tzinfo=UTC), DateTime(), "2026-04-01T09:30:00Z", id="Z"),
        pytest.param(time(9, 30), Time(), "9:30", id="short time"),
        pytest.param(True, Checkbox(), "TRUE", id="the word true"),
        pytest.param(False, Checkbox(), None, id="a checkbox is never null"),
    ],
)
def test_unmistakable_values_are_accepted(expected: Any, field: FieldType, value: Any) -> None:
    found = field.coerce(value)
    assert expected == found
    assert repr(expected) == repr(found)


@pytest.mark.parametrize(
    ("expected", "field", "value"),
    [
        pytest.param("date_wanted", Date(), datetime(2026, 4, 1, tzinfo=UTC), id="datetime for date"),
        pytest.param("date_wanted", Date(), 20260401, id="number for date"),
        pytest.param("unreadable", Date(), "2026-02-30", id="no such day"),
        pytest.param("unreadable", Date(), "04/01/2026", id="which is the month?"),
        pytest.param("out_of_range", Date(), date(1699, 12, 31), id="before the first date"),
        pytest.param("datetime_wanted", DateTime(), date(2026, 4, 1), id="date for datetime"),
        pytest.param("datetime_wanted", DateTime(), 0, id="number for datetime"),
        pytest.param("naive_datetime", DateTime(), datetime(2026, 4, 1), id="naive"),
        pytest.param("naive_datetime", DateTime(), "2026-04-01T09:30:00", id="text without an offset"),
        pytest.param("naive_datetime", DateTime(), "2026-04-01", id="a date as text"),
        pytest.param("out_of_range", DateTime(), datetime.min.replace(tzinfo=NINE_HOURS), id="before year 1 in UTC"),
        pytest.param("out_of_range", DateTime(), datetime(4001, 1, 1, tzinfo=UTC), id="after the last date"),
        pytest.param("time_wanted", Time(), time(9, tzinfo=UTC), id="time with a zone"),
        pytest.param("unreadable", Time(), "25:00", id="no such time"),
        pytest.param("flag_wanted", Checkbox(), 1, id="1 for a flag"),
        pytest.param("flag_wanted", Checkbox(), "yes", id="yes for a flag, outside of files"),
    ],
)
def test_doubtful_values_are_refused(expected: str, field: FieldType, value: Any) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        field.coerce(value)
    assert expected == refused.value.type


@pytest.mark.parametrize(
    ("expected", "field", "text"),
    [
        pytest.param(date(2026, 4, 1), Date(), "2026/04/01", id="slashes"),
        pytest.param(date(2026, 4, 1), Date(), "2026年4月1日", id="Japanese"),
        pytest.param(HALF_PAST, DateTime(), "2026-04-01 09:30", id="local time"),
        pytest.param(datetime(2026, 3, 31, 15, tzinfo=UTC), DateTime(), "2026/04/01", id="local midnight"),
        pytest.param(True, Checkbox(), "Yes", id="yes"),
        pytest.param(True, Checkbox(), "ON", id="on"),
        pytest.param(True, Checkbox(), "1", id="1"),
        pytest.param(False, Checkbox(), "off", id="off"),
        pytest.param(False, Checkbox(), "", id="empty flag"),
    ],
)
def test_files_are_read_in_the_orgs_zone(expected: Any, field: FieldType, text: str) -> None:
    assert expected == field.from_text(text, TOKYO)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        pytest.param(Checkbox(), "maybe", id="flag"),
        pytest.param(Date(), "tomorrow", id="date"),
        pytest.param(DateTime(), "now", id="datetime"),
        pytest.param(Time(), "noon", id="time"),
    ],
)
def test_other_texts_are_refused_in_words(field: FieldType, text: str) -> None:
    with pytest.raises(ValueError, match=r"not"):
        field.from_text(text, TOKYO)


def test_a_local_time_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(ValueError, match="skip"):
        DateTime().from_text("2026-03-08 02:30", Reading(ZoneInfo("America/New_York")))


def test_instants_are_shown_in_the_regions_zone() -> None:
    instant = datetime(2026, 3, 31, 15, 30, tzinfo=UTC)
    assert DateTime().display(instant, Locale("ja"), Region(ZoneInfo("Asia/Tokyo"))) == "2026/04/01 0:30"


@pytest.mark.parametrize(("expected", "value", "code"), [("Yes", True, "en"), ("いいえ", False, "ja_JP")])
def test_a_checkbox_is_shown_in_words(expected: str, value: bool, code: str) -> None:
    assert expected == Checkbox().display(value, Locale(code))
