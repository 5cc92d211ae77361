"""What is computed for existing records comes after all that it reads, whatever the order in the file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from living_orgs import Living

from objectforge import Metadata

BEFORE = "objects: {Invoice: {fields: {Total: text, Old: {type: number, scale: 1}, Paid: currency}}}"


@pytest.mark.parametrize(
    ("expected", "fields"),
    [
        pytest.param(
            {"Next": Decimal("8.00")},
            {
                "Next": {"type": "currency", "required": True, "default": "=Total + 1"},
                "Total": {"type": "currency"},
            },
            id="a field that is retyped",
        ),
        pytest.param(
            {"Next": Decimal("3.50"), "New": Decimal("2.5")},
            {
                "Next": {"type": "currency", "required": True, "default": "=New + 1"},
                "Total": {"type": "text"},
                "New": {"type": "number", "scale": 2, "was": "Old"},
            },
            id="a field that is renamed and gets a finer scale",
        ),
        pytest.param(
            {"Next": Decimal("6.00"), "Step": Decimal("5.00")},
            {
                "Next": {"type": "currency", "required": True, "default": "=Step + 1"},
                "Total": {"type": "text"},
                "Step": {"type": "currency", "required": True, "default": "5"},
            },
            id="a field that is added with a literal",
        ),
        pytest.param(
            {"Last": Decimal("10.00"), "Next": Decimal("9.00"), "Step": Decimal("8.00")},
            {
                "Last": {"type": "currency", "required": True, "default": "=Next + 1"},
                "Next": {"type": "currency", "required": True, "default": "=Step + 1"},
                "Step": {"type": "currency", "required": True, "default": "=Total + 1"},
                "Total": {"type": "integer"},
            },
            id="a chain of computed fields",
        ),
        pytest.param(
            {"Next": Decimal("15.00")},
            {
                "Next": {"type": "currency", "required": True, "default": "=Twice + 1"},
                "Twice": {"type": "formula", "returns": "number", "formula": "Total * 2"},
                "Total": {"type": "integer"},
            },
            id="a formula over a field that is retyped",
        ),
        pytest.param(
            {"Next": Decimal("9.00"), "Paid": Decimal("8.00")},
            {
                "Next": {"type": "currency", "required": True, "default": "=Paid + 1"},
                "Total": {"type": "integer"},
                "Paid": {"type": "currency", "required": True, "default": "=Total + 1"},
            },
            id="a field that becomes required",
        ),
        pytest.param(
            {"Due": date(2026, 4, 8)},
            {
                "Due": {"type": "date", "required": True, "default": "=From + Total"},
                "From": {"type": "date", "required": True, "default": "2026-04-01"},
                "Total": {"type": "integer"},
            },
            id="a date from two others",
        ),
    ],
)
def test_a_computed_default_reads_what_the_plan_has_changed(
    expected: dict[str, Any], fields: dict[str, Any], living: Living
) -> None:
    org = living(BEFORE)
    record = org["Invoice"].create(Name="a", Total="7", Old=Decimal("2.5"))
    target = Metadata.from_dict({"objects": {"Invoice": {"fields": fields}}})
    org.deploy(target, allow=["Invoice.*"])
    found = org["Invoice"].get(record.Id)
    assert expected == {name: found[name] for name in expected}
    assert org.plan(target).is_empty
