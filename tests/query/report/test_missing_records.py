"""Where an outer join finds no record, all that would be of it is null: what is computed from nothing, too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from objectforge import Metadata
from objectforge.org.org import Org
from objectforge.testing import temp_org

METADATA = """
objects:
  Firm: {}
  Deal:
    fields:
      Firm: {type: lookup, to: Firm, children: Deals}
      Said: text
      Mark: {type: formula, returns: text, formula: "'x' & Said"}
      Two: {type: formula, returns: integer, formula: "IF(ISBLANK(Said), 2, 0)"}
      Fresh: {type: formula, returns: checkbox, formula: "ISBLANK(Said)"}
      Up: {type: formula, returns: text, formula: "Firm.Name & '!'"}
      Lines: {type: rollup, value: count(Parts)}
  Part: {fields: {Deal: {type: lookup, to: Deal, children: Parts}}}
reports:
  listed:
    from: Firm
    joins: {Deals: outer}
    columns: [Name, Deals.Mark, Deals.Two, Deals.Fresh, Deals.Up, Deals.Lines]
  found: {from: Firm, joins: {Deals: outer}, where: "Deals.Two = 2", columns: [Name]}
  not_found: {from: Firm, joins: {Deals: outer}, where: "NOT Deals.Fresh", columns: [Name]}
  grouped:
    from: Firm
    joins: {Deals: outer}
    rows: [Deals.Mark]
    measures: {all: count(), deals: count(Deals), two: sum(Deals.Two), more: sum(Deals.Two + 1), first: min(Deals.Mark)}
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def org(request: pytest.FixtureRequest) -> Iterator[Org]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with temp_org(Metadata.parse(METADATA), url=url) as opened:
        firm, _ = opened["Firm"].create_many([{"Name": "with"}, {"Name": "without"}])
        opened["Deal"].create({"Name": "d", "Firm": firm.id})
        yield opened


@pytest.mark.parametrize(
    ("report", "rows"),
    [
        pytest.param(
            "listed", [("with", "x", 2, True, "with!", 0), ("without", None, None, None, None, None)], id="columns"
        ),
        pytest.param("found", [("with",)], id="a condition"),
        pytest.param("not_found", [("without",)], id="a condition that no record fails"),
        pytest.param("grouped", [(None, 1, 0, None, None, None), ("x", 1, 1, 2, 3, "x")], id="groups"),
    ],
)
def test_formulas_of_no_record_are_null(org: Org, report: str, rows: list[tuple[Any, ...]]) -> None:
    assert sorted((tuple(row.values()) for row in org.report(report).run().records()), key=repr) == sorted(
        rows, key=repr
    )
