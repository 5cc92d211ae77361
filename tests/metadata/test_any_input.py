"""Whatever stands in a definition, the answer is metadata or issues with places."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from objectforge.metadata.emit import emit
from objectforge.metadata.metadata import collect_text

GOOD: dict[str, Any] = {
    "uses": ["sales"],
    "settings": {"org": {"name": "Acme", "timezone": "Asia/Tokyo", "fiscal_year": {"start": 4}, "bin_days": 3}},
    "objects": {
        "Invoice": {
            "label": {"en": "Invoice"},
            "name_field": {"type": "autonumber", "format": "{0000}"},
            "unique": {"one": ["Account", "Issued"]},
            "indexes": [["Status", "-Due"]],
            "fields": {
                "Account": {"type": "lookup", "to": "Account", "children": "Invoices"},
                "Total": "number(5, 3)",
                "Status": ["Draft", {"value": "Sent", "label": "x", "sets": {"Total": 1}}],
                "Due": {"type": "date", "required": True, "default": "=TODAY()"},
            },
            "validations": {"v": {"error_if": "Total < 0", "message": "no"}},
            "list_views": {"open": {"columns": ["Name", {"field": "Total"}], "params": {"p": "date"}}},
            "layouts": {"main": {"sections": [{"fields": [["Name"], [{"field": "Due"}]]}], "related": ["Lines"]}},
        }
    },
    "extend": {"Account": {"fields": {"A__c": "text"}, "override": {"Industry": {"values": {"hide": ["Shipping"]}}}}},
    "value_sets": {"Region": ["East", "West"]},
    "reports": {
        "r": {
            "from": "Invoice",
            "joins": {"Lines": "outer"},
            "rows": ["Status", {"field": "Total", "bucket": [1, 2], "labels": ["a", "b", "c"]}],
            "measures": {"n": "count()", "m": {"value": "n", "where": "x > 1"}},
            "chart": {"type": "bar"},
        }
    },
    "dashboards": {"d": {"filters": {"p": {"on": ["A.B"]}}, "grid": [[{"report": "r", "width": 3}]]}},
}
JUNK: tuple[Any, ...] = (
    *(None, True, 0, -1, 1.5, 10**30, "", "x", "a b", "(", "and"),
    *([], [None], [[]], {}, {"x": None}, {"": 1}, {"type": 1}),
)


def spoiled(random: Random) -> dict[str, Any]:
    data = deepcopy(GOOD)
    for _ in range(random.randint(1, 4)):
        at: Any = data
        while True:
            keys = list(at) if isinstance(at, dict) else list(range(len(at)))
            if not keys:
                break
            key = random.choice(keys)
            if random.random() < 0.2 or not isinstance(at[key], dict | list):
                at[key] = deepcopy(random.choice(JUNK))
                if isinstance(at, dict) and random.random() < 0.2:
                    at[random.choice(["x", "Id", "", "1", "name", "object"])] = at.pop(key)
                break
            at = at[key]
    return data


@given(st.integers(0, 10**9))
def test_junk_anywhere_gives_issues_with_places_and_nothing_else(seed: int) -> None:
    _, issues = collect_text(emit(spoiled(Random(seed))))  # noqa: S311

    assert all(issue.span is not None and str(issue) for issue in issues)
