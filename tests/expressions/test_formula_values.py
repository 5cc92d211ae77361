"""The product's own test data for formulas: what each gives, in both readings of blanks."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest

from objectforge.expressions.check import check_formula
from objectforge.expressions.evaluate import evaluate
from objectforge.expressions.functions.function import EvaluationError
from objectforge.expressions.moment import Moment
from objectforge.expressions.problem import ExpressionError
from objectforge.expressions.standalone import FieldsScope
from objectforge.expressions.typed import Ref
from objectforge.values.kinds import BOOLEAN, DATE, DATETIME, TEXT, TIME, Kind, ValueType, number
from objectforge.values.periods import Calendar

Row = dict[str, Any]
PERCENT = number(18, 6, percent=True)
TYPES = {
    **dict.fromkeys(("Double", "Currency"), number(18, 6)),
    **dict.fromkeys(("Text", "textarea", "phone", "email", "url"), TEXT),
    **dict.fromkeys(("DateTime", "datetime"), DATETIME),
    "Percent": PERCENT,
    "DateOnly": DATE,
    "time": TIME,
    "Boolean": BOOLEAN,
    "geolocation": ValueType(Kind.COMPOUND),
    "picklist": ValueType(Kind.TEXT, order=("Active",)),
    "multipicklist": ValueType(Kind.MULTI, order=("Golf",)),
}
MOMENT = Moment(datetime(2026, 11, 21, 12, tzinfo=UTC), Calendar(ZoneInfo("UTC")))
TOLERANCE = Decimal("1e-11")

# About forty rows name fields the data does not give, a dozen wait for letters that become two in capitals, six for
# texts stripped on their way in, which happens before any formula sees them.
LEAST = 0.975


@pytest.fixture(scope="module")
def rows(corpora: Path) -> list[Row]:
    lines = (corpora / "formulas.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["kind"] == "eval"]


@pytest.mark.parametrize(
    ("blanks", "column"), [("zero", "expected"), ("null", "expected_blank_as_blank")], ids=["zero", "null"]
)
def test_formulas_give_what_the_product_gives(rows: list[Row], blanks: Literal["zero", "null"], column: str) -> None:
    tried = [row for row in rows if column in row and f"{column}_kind" in row]
    wrong = [row["id"] for row in tried if not agrees(value(row, blanks), row[column], row[f"{column}_kind"])]
    assert len(wrong) <= len(tried) * (1 - LEAST), wrong


def value(row: Row, blanks: Literal["zero", "null"]) -> Any:
    """What the formula gives, or the error."""
    declared = {field["name"].lower(): field for field in row["fields"]}
    scope = FieldsScope({field["name"]: TYPES[field["type"]] for field in row["fields"]})
    given = {name.lower(): raw for name, raw in row["inputs"].items()}

    def of_field(ref: Ref) -> Any:
        field = declared[ref.field.lower()]
        if "formula" in field:
            return run(field["formula"], field["type"])
        return plain(given[ref.field.lower()], TYPES[field["type"]].kind)

    def run(text: str, returns: str | None) -> Any:
        tree = check_formula(text, scope, blanks=blanks, returns=PERCENT if returns == "Percent" else None)
        return evaluate(tree, of_field, moment=MOMENT, strict=True)

    try:
        return run(row["expression"], row.get("return_type"))
    except (ExpressionError, EvaluationError) as error:
        return error


def plain(raw: Any, kind: Kind) -> Any:
    match raw, kind:
        case [Decimal() | float() | int(), _], _:
            return tuple(Decimal(str(part)) for part in raw)
        case list(), _:
            return ";".join(raw)
        case str(), Kind.NUMBER:
            return Decimal(raw.strip())
        case str(), Kind.DATE:
            return date.fromisoformat(raw[:10])
        case str(), Kind.DATETIME:
            late = "T24" in raw
            return datetime.fromisoformat(raw.replace("T24", "T00")) + timedelta(days=late)
        case str(), Kind.TIME:
            return time.fromisoformat(raw)
        case _:
            return raw


def agrees(found: Any, expected: Any, kind: str) -> bool:
    if isinstance(found, Exception) or kind == "error":
        return kind == "error" and (found is None or isinstance(found, Exception))
    if expected in (None, ""):
        return found is None
    match kind:
        case "number":
            try:
                wanted = Decimal(expected)
            except InvalidOperation:
                return False
            return isinstance(found, Decimal) and abs(found - wanted) <= max(abs(wanted) * TOLERANCE, Decimal("1e-15"))
        case "date":
            return not isinstance(found, datetime) and found == date.fromisoformat(expected)
        case "datetime":
            return found == datetime.fromisoformat(expected)
        case "time":
            return found == time.fromisoformat(expected)
        case "geolocation":
            return found == tuple(Decimal(str(part)) for part in expected)
        case _:
            return found == expected
