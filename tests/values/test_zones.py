from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectforge.values.zones import first_instant, from_local, offset_at, to_local, transitions

SECOND = 1_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ZONES = st.sampled_from([
    "Asia/Tokyo", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Africa/Casablanca", "UTC",
    "Asia/Kolkata", "Pacific/Apia", "America/Sao_Paulo", "America/St_Johns", "Europe/Dublin", "Asia/Tehran",
    "Antarctica/Troll",
]).map(ZoneInfo)  # fmt: skip
INSTANTS = st.datetimes(datetime(1700, 1, 1), datetime(2100, 12, 30)).map(lambda d: d.replace(tzinfo=UTC))


def micros(instant):
    return (instant - EPOCH) // timedelta(microseconds=1)


def utc(*parts):
    return micros(datetime(*parts, tzinfo=UTC))


@given(zone=ZONES, instant=INSTANTS)
def test_offsets_are_those_of_pythons_zone_data(zone, instant):
    assert instant.astimezone(zone).utcoffset() == timedelta(seconds=offset_at(micros(instant), zone))


@given(zone=ZONES, data=st.data())
def test_offsets_change_at_the_very_microsecond(zone, data):
    at, offset = data.draw(st.sampled_from(transitions(zone)))
    for instant in (at, at - 1):
        expected = (EPOCH + timedelta(microseconds=instant)).astimezone(zone).utcoffset()
        assert expected == timedelta(seconds=offset_at(instant, zone))
    assert offset == offset_at(at, zone)


@given(zone=ZONES, instant=INSTANTS)
def test_local_time_leads_back_to_its_first_instant(zone, instant):
    local = to_local(micros(instant), zone)
    back = from_local(local, zone)
    assert back is not None
    assert back <= micros(instant)
    assert local == to_local(back, zone)


@given(zone=ZONES, local=INSTANTS)
def test_a_skipped_local_time_is_none_and_the_first_instant_after_it_is_known(zone, local):
    wanted = micros(local)
    found = first_instant(wanted, zone)
    assert to_local(found, zone) >= wanted
    assert to_local(found - 1, zone) < wanted
    assert from_local(wanted, zone) == (found if to_local(found, zone) == wanted else None)


@pytest.mark.parametrize(
    ("expected", "zone", "local"),
    [
        pytest.param(None, "America/New_York", utc(2026, 3, 8, 2, 30), id="in the gap of spring"),
        pytest.param(utc(2026, 11, 1, 5, 30), "America/New_York", utc(2026, 11, 1, 1, 30), id="twice in autumn"),
        pytest.param(utc(2026, 3, 31, 15), "Asia/Tokyo", utc(2026, 4, 1), id="an ordinary midnight"),
        pytest.param(None, "Pacific/Apia", utc(2011, 12, 30, 12), id="a day that never was"),
    ],
)
def test_local_times_become_instants(expected, zone, local):
    assert expected == from_local(local, ZoneInfo(zone))


def test_a_zone_without_changes_has_one_row():
    assert [offset for _, offset in transitions(ZoneInfo("UTC"))] == [0]


def test_years_beyond_the_last_keep_its_last_offset():
    zone = ZoneInfo("America/New_York")
    assert offset_at(utc(2150, 7, 1), zone) == -5 * 3600


def test_a_shorter_table_agrees_within_its_years():
    zone = ZoneInfo("Europe/London")
    short = transitions(zone, 2020, 2030)
    assert len(short) == 23
    assert set(short[1:]) <= set(transitions(zone))
