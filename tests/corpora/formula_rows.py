"""The public formulas: each row a formula, the values of its fields, and what it should give."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

__all__ = ["NOW", "Blanks", "FormulaRow", "agrees", "read_rows", "type_of"]

Blanks = Literal["zero", "null"]

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
"""The day on which the rows about TODAY() were written."""

_TYPES = {
    "Text": "text", "String": "text", "email": "email", "phone": "phone", "url": "url", "textarea": "long_text",
    "Boolean": "checkbox", "DateOnly": "date", "DateTime": "datetime", "datetime": "datetime", "TimeOnly": "time",
    "time": "time", "picklist": "picklist", "multipicklist": "multipicklist",
}  # fmt: skip
_NUMBERS = {"Double": "number", "Currency": "currency", "Percent": "percent"}
_MOST_DIGITS = 18

# The rows of these tests name the fields of records that their own code makes.
_GIVEN: Mapping[str, Mapping[str, tuple[Any, Any]]] = {
    "fejava:BaseFieldReferenceTest": {
        "CreatedDate": ("datetime", None),
        "Account.Amount": ({"type": "number", "scale": 2}, "10.41"),
        "Account.Percent": ("percent", None),
        "Account.SecondNumber": ({"type": "number", "scale": 2}, "0.5"),
        "Account.Name": ("text", "FORMULA_ENGINE"),
        "Account.isActive": ("checkbox", True),
        "Account.Parent.Name": ("text", "FORMULA_ENGINE_parent"),
        "Account.Parent.isActive": ("checkbox", False),
        "Account.nullParent.Name": ("text", None),
        "Account.nullParent.isActive": ("checkbox", None),
    },
    "fejava:FormulaPickValTest": {
        "type": (["Apple", "Banana"], "Apple"),
        "status": (["Open", "Closed"], None),
    },
}


@dataclass(frozen=True)
class FormulaRow:
    """One row. `types` gives the fields in the short form of metadata, `formulas` those that are formulas."""

    id: str
    expression: str
    functions: tuple[str, ...]
    returns: str | None
    types: Mapping[str, Any]
    formulas: Mapping[str, tuple[str, str]]
    """By field: its type and its formula."""
    values: Mapping[str, Any]
    expected: Mapping[Blanks, tuple[Any, str]] = field(default_factory=dict[Blanks, tuple[Any, str]])
    """By mode: the value as written, and its kind."""

    @property
    def percent(self) -> bool:
        """Whether the value is shown in hundredths."""
        return self.returns == "Percent"


def read_rows(path: Path) -> list[FormulaRow]:
    """The rows that say what a formula gives."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [_row(row) for row in rows if row["kind"] == "eval"]


def type_of(raw: Mapping[str, Any], given: str | None) -> Any:
    """The declaration of a field that holds the given value."""
    written = raw["type"]
    if written in _NUMBERS:
        whole, _, places = (given or "0").lstrip("-").partition(".")
        scale = max(len(places), 2)
        if scale <= 8 and len(whole) <= _MOST_DIGITS - 8:
            scale = 8
        kind = _NUMBERS[written] if scale <= 8 else {"currency": "number"}.get(_NUMBERS[written], _NUMBERS[written])
        return {"type": kind, "precision": _MOST_DIGITS, "scale": scale}
    if written == "geolocation":
        return {"type": written, "scale": 15}
    kind = _TYPES[written]
    if "options" in raw:
        return {"type": kind, "values": raw["options"]["values"]}
    return kind


def agrees(got: Any, row: FormulaRow, blanks: Blanks) -> bool:
    """Whether a value is the one the row expects; numbers to twelve digits, as floating point gave them."""
    value, kind = row.expected[blanks]
    if got in (None, ""):
        return kind == "null" or (kind == "text" and value in (None, ""))
    match kind:
        case "number":
            wanted = Decimal(str(value))
            size = max(abs(wanted), abs(got)) if isinstance(got, Decimal | int) else Decimal(0)
            return abs(wanted - got) <= max(size * Decimal("1e-12"), Decimal("1e-15"))
        case "checkbox" | "boolean":
            return got is (value if isinstance(value, bool) else str(value).lower() == "true")
        case "date":
            day = got.date() if isinstance(got, datetime) else got
            return day == date.fromisoformat(value)
        case "datetime":
            return got == _instant(value)
        case "time":
            return got == time.fromisoformat(value)
        case "geolocation":
            return [float(each) for each in got] == value
        case _:
            return kind == "text" and got == value


def _row(raw: Mapping[str, Any]) -> FormulaRow:
    given = {name.lower(): value for name, value in raw["inputs"].items()}
    types: dict[str, Any] = {}
    values: dict[str, Any] = {}
    formulas: dict[str, tuple[str, str]] = {}
    for each in raw["fields"]:
        value = _stripped(given.get(each["name"].lower()))
        types[each["name"]] = type_of(each, value if isinstance(value, str) else None)
        if "formula" in each:
            formulas[each["name"]] = (each["type"], each["formula"])
        else:
            values[each["name"]] = _value(each["type"], value)
    for test, more in _GIVEN.items():
        if raw["id"].startswith(test):
            types |= {name: declared for name, (declared, _) in more.items()}
            values |= {name: Decimal(value) if "." in str(value) else value for name, (_, value) in more.items()}
    expected: dict[Blanks, tuple[Any, str]] = {"zero": (raw["expected"], raw["expected_kind"])}
    if "expected_blank_as_blank_kind" in raw:
        expected["null"] = (raw.get("expected_blank_as_blank"), raw["expected_blank_as_blank_kind"])
    return FormulaRow(
        raw["id"], raw["expression"], tuple(raw["functions"]), raw.get("return_type"), types, formulas, values, expected
    )


def _stripped(value: Any) -> Any:
    """A text as a field would keep it."""
    return value.strip() or None if isinstance(value, str) else value


def _value(written: str, value: Any) -> Any:
    if value is None:
        return None
    match written:
        case "Double" | "Currency" | "Percent":
            return Decimal(value)
        case "DateOnly":
            return date.fromisoformat(value)
        case "DateTime" | "datetime":
            return _instant(value)
        case "time" | "TimeOnly":
            return time.fromisoformat(value)
        case _:
            return value


def _instant(text: str) -> datetime:
    """An instant; hour 24 is the end of its day."""
    late = re.sub("T24:", "T00:", text)
    found = datetime.fromisoformat(late.replace("Z", "+00:00"))
    return found + timedelta(days=1) if late != text else found
