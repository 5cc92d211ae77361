from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from objectforge.query.record import Record
from objectforge.query.render.csv_file import csv_text, write_csv


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        pytest.param("", None, id="nothing"),
        pytest.param("日本", "日本", id="text"),
        pytest.param("true", True, id="a checkbox"),
        pytest.param("7", 7, id="a whole number"),
        pytest.param("1.1", Decimal("1.10"), id="a decimal in as few digits as needed"),
        pytest.param("100", Decimal("1E+2"), id="a decimal has no exponent"),
        pytest.param("2026-04-01", date(2026, 4, 1), id="a date"),
        pytest.param("2026-04-01T09:30:00Z", datetime(2026, 4, 1, 9, 30, tzinfo=UTC), id="an instant"),
        pytest.param("09:30:00", time(9, 30), id="a time"),
        pytest.param('{"a": ["日", 1]}', {"a": ["日", 1]}, id="JSON"),
    ],
)
def test_a_value_has_one_text(expected: str, value: Any) -> None:
    assert expected == csv_text(value)


def test_the_file_starts_with_a_byte_order_mark_and_a_header(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_csv(path, [Record.of("Account", {"Name": 'Acme, "Inc"', "Notes": "one\ntwo"})])
    assert '\ufeffName,Notes\r\n"Acme, ""Inc""","one\ntwo"\r\n'.encode() == path.read_bytes()


@pytest.mark.parametrize(
    ("expected", "columns"),
    [
        pytest.param("Name,Total\r\n", ["Name", "Total"], id="with columns: a header"),
        pytest.param("", None, id="without columns: nothing"),
    ],
)
def test_no_records_make(expected: str, columns: list[str] | None, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_csv(path, [], columns)
    assert expected == path.read_text(encoding="utf-8-sig").replace("\n", "\r\n")


def test_only_the_columns_asked_for_are_written(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_csv(path, [{"Id": 1, "Name": "A"}], ["Name"])
    assert path.read_text(encoding="utf-8-sig").split() == ["Name", "A"]
