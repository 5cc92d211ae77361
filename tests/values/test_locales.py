from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from objectforge.values.locales import Locale, pick_label

ENGLISH, JAPANESE, GERMAN = Locale("en"), Locale("ja_JP"), Locale("de")


@pytest.mark.parametrize(
    ("expected", "value", "scale", "locale"),
    [
        pytest.param("1,234.5", "1234.50", None, ENGLISH, id="as many places as there are"),
        pytest.param("1,234.50", "1234.5", 2, ENGLISH, id="places always shown"),
        pytest.param("-1.234,5", "-1234.5", None, GERMAN, id="German separators"),
        pytest.param("0.13", "0.125", 2, ENGLISH, id="rounded half away from zero"),
        pytest.param("9,999,999,999,999,999.99", "9999999999999999.99", 2, ENGLISH, id="eighteen digits"),
        pytest.param(
            "123,456,789,012,345,678,901,234,567,890.123456",
            "123456789012345678901234567890.123456",
            None,
            ENGLISH,
            id="more digits than Python's context has",
        ),
    ],
)
def test_numbers_are_shown_with_all_their_digits(expected, value, scale, locale):
    assert expected == locale.number(Decimal(value), scale)


@pytest.mark.parametrize(
    ("expected", "value", "currency", "locale"),
    [
        pytest.param("$1,234.50", "1234.5", "USD", ENGLISH, id="dollars"),
        pytest.param("-$0.01", "-0.01", "USD", ENGLISH, id="a cent owed"),
        pytest.param("￥1,234", "1234.00", "JPY", JAPANESE, id="yen have no places"),
        pytest.param("￥1,234.5", "1234.50", "JPY", JAPANESE, id="digits are never hidden"),
        pytest.param("1.234,50\u00a0€", "1234.5", "EUR", GERMAN, id="euros in German"),
        pytest.param("9,999,999,999,999,999.99", "9999999999999999.99", "", ENGLISH, id="no currency known"),
    ],
)
def test_amounts_are_shown_with_their_currency(expected, value, currency, locale):
    assert expected == locale.currency(Decimal(value), currency)


@pytest.mark.parametrize(
    ("expected", "value", "scale"),
    [("20%", "20", None), ("20.00%", "20", 2), ("33.333%", "33.333", None), ("-5%", "-5", 0)],
)
def test_twenty_is_twenty_percent(expected, value, scale):
    assert expected == ENGLISH.percent(Decimal(value), scale)


@pytest.mark.parametrize(
    ("day", "moment", "short", "long", "locale"),
    [
        ("Apr 1, 2026", "Apr 1, 2026, 9:30\u202fAM", "9:30\u202fAM", "9:30:05\u202fAM", ENGLISH),
        ("2026/04/01", "2026/04/01 9:30", "9:30", "9:30:05", JAPANESE),
    ],
)
def test_dates_and_times_are_shown(day, moment, short, long, locale):
    assert day == locale.date(date(2026, 4, 1))
    assert moment == locale.datetime(datetime(2026, 4, 1, 0, 30, tzinfo=UTC), ZoneInfo("Asia/Tokyo"))
    assert short == locale.time(time(9, 30))
    assert long == locale.time(time(9, 30, 5))


def test_a_locale_is_parsed_into_one_form():
    assert Locale.parse("ja-jp") == JAPANESE
    assert Locale.parse("pt_BR") == Locale("pt_BR")


@pytest.mark.parametrize("code", ["xx", "", "english please", "ja_JP_"])
def test_an_unknown_locale_is_refused(code):
    with pytest.raises(ValueError, match="there is no locale"):
        Locale.parse(code)


@pytest.mark.parametrize(
    ("expected", "labels"),
    [
        pytest.param("x", "x", id="one for all"),
        pytest.param("日本", {"en": "a", "ja": "b", "ja-JP": "日本"}, id="the very locale"),
        pytest.param("b", {"en": "a", "ja": "b"}, id="the language"),
        pytest.param("a", {"de": "c", "en": "a"}, id="English"),
        pytest.param("c", {"de": "c", "fr": "d"}, id="the first"),
    ],
)
def test_a_label_is_picked_for_the_reader(expected, labels):
    assert expected == pick_label(labels, JAPANESE)


def test_no_label_at_all_is_refused():
    with pytest.raises(ValueError, match="label is needed"):
        pick_label({}, ENGLISH)
