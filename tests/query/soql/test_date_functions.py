from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from objectforge import Org

FUNCTIONS = (
    "CALENDAR_MONTH", "CALENDAR_QUARTER", "CALENDAR_YEAR", "DAY_IN_MONTH", "DAY_IN_WEEK", "DAY_IN_YEAR", "DAY_ONLY",
    "FISCAL_MONTH", "FISCAL_QUARTER", "FISCAL_YEAR", "HOUR_IN_DAY", "WEEK_IN_MONTH", "WEEK_IN_YEAR",
)  # fmt: skip
OF_INSTANTS = ("DAY_ONLY", "HOUR_IN_DAY")
MOMENTS = [
    "2024-02-29T00:00:00", "2024-12-31T23:59:59.999999", "2025-01-01T00:00:00", "2026-03-08T06:59:59",
    "2026-03-08T07:00:00", "2026-11-01T05:59:59", "2026-11-01T06:00:00", "2026-09-06T03:59:59", "2026-09-06T04:00:00",
    "2026-07-31T12:30:00", "2026-08-01T04:30:00", "1999-12-31T15:00:00", "2000-02-28T23:00:00", "2028-01-07T10:00:00",
    "2028-01-08T10:00:00",
]  # fmt: skip


def parts(day: date, hour: int | None, start: int, named_by: str) -> Mapping[str, Any]:
    """Each function's value, counted out in days and months."""
    into_year = sum(1 for number in range(366) if date(day.year, 1, 1) + timedelta(number) < day)
    fiscal = [(start + number - 1) % 12 + 1 for number in range(12)]
    place = fiscal.index(day.month)
    begun = day.year if day.month >= start else day.year - 1
    return {
        "CALENDAR_MONTH": day.month,
        "CALENDAR_QUARTER": [3, 6, 9, 12].index(next(end for end in (3, 6, 9, 12) if day.month <= end)) + 1,
        "CALENDAR_YEAR": day.year,
        "DAY_IN_MONTH": day.day,
        "DAY_IN_WEEK": "SunMonTueWedThuFriSat".index(f"{day:%a}") // 3 + 1,
        "DAY_IN_YEAR": into_year + 1,
        "DAY_ONLY": day,
        "FISCAL_MONTH": place + 1,
        "FISCAL_QUARTER": place // 3 + 1,
        "FISCAL_YEAR": begun + (named_by == "end" and start > 1),
        "HOUR_IN_DAY": hour,
        "WEEK_IN_MONTH": next(week for week in range(1, 6) if day.day <= 7 * week),
        "WEEK_IN_YEAR": next(week for week in range(1, 54) if into_year < 7 * week),
    }


@pytest.mark.parametrize(
    ("zone", "start", "named_by"),
    [
        pytest.param("UTC", 1, "start", id="plain"),
        pytest.param("America/New_York", 2, "start", id="New York"),
        pytest.param("Asia/Tokyo", 4, "end", id="Tokyo"),
        pytest.param("America/Santiago", 12, "end", id="no midnight"),
    ],
)
def test_date_functions_count_days(zone: str, start: int, named_by: str, deploy: Callable[..., Org]) -> None:
    org = deploy(
        f"settings: {{org: {{timezone: {zone}, fiscal_year: {{start: {start}, named_by: {named_by}}}}}}}\n"
        "objects: {Thing: {fields: {Due: date, At: datetime}}}"
    )
    instants = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in MOMENTS]
    local = [instant.astimezone(ZoneInfo(zone)) for instant in instants]
    org["Thing"].create_many([{"Name": "none"}, *({"Name": str(i), "Due": i.date(), "At": i} for i in instants)])
    for function in FUNCTIONS:
        forms = {
            "At": [parts(each.date(), each.hour, start, named_by)[function] for each in instants],
            "convertTimezone(At)": [parts(each.date(), each.hour, start, named_by)[function] for each in local],
        }
        if function not in OF_INSTANTS:
            forms["Due"] = forms["At"]
        for argument, expected in forms.items():
            asked = f"{function}({argument})"
            assert [None, *expected] == [row.v for row in org.query(f"SELECT {asked} v FROM Thing")], asked
            some = expected[0]
            told = some.isoformat() if isinstance(some, date) else some
            found = org.query(f"SELECT COUNT() FROM Thing WHERE {asked} = {told}")
            assert expected.count(some) == found.total, asked
            groups = org.query(f"SELECT {asked} v, COUNT(Id) n FROM Thing GROUP BY {asked} ORDER BY {asked}")
            assert [(None, 1), *sorted((each, expected.count(each)) for each in set(expected))] == [
                (row.v, row.n) for row in groups
            ], asked
