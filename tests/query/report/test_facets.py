"""Which scans a report needs: over which nodes, whether records come once, whether subtotals add up."""

from __future__ import annotations

from typing import Any

import pytest

from objectforge.metadata.metadata import Metadata
from objectforge.query.report.facets import Facet, closure, facets
from objectforge.relations.report import Report
from objectforge.relations.reports import resolve_report
from objectforge.relations.resolve import resolve

SCHEMA = resolve(
    Metadata.parse("""
objects:
  Region: {}
  Firm:
    fields: {City: text, Size: number, RegionId: {type: lookup, to: Region, children: Firms}}
  Item: {fields: {Price: currency}}
  Deal:
    fields:
      FirmId: {type: lookup, to: Firm, children: Deals}
      ItemId: {type: lookup, to: Item, children: Deals}
      Amount: currency
      Stage: [Open, Won]
  Line: {fields: {DealId: {type: lookup, to: Deal, children: Lines}, Units: number}}
  Visit: {fields: {FirmId: {type: lookup, to: Firm, children: Visits}, Hours: number}}
""")
)
TREE = {"from": "Firm", "joins": {"Deals": "outer", "Deals.Lines": "outer", "Visits": "outer"}}
BELOW = {"from": "Firm", "joins": {"Deals": "inner", "Visits": "without"}}
UP = {"from": "Deal", "joins": {"Firm": "inner", "Lines": "outer"}}


def report_of(**keys: Any) -> Report:
    metadata = Metadata.from_dict({"reports": {"r": keys}})
    return resolve_report(SCHEMA, metadata.reports["r"], metadata.places)


def shape(facet: Facet) -> tuple[str, str, bool, bool]:
    """The grain's object and path, the nodes, whether records come once, whether subtotals add up."""
    grain = "rows" if facet.grain is None else ".".join((facet.grain.object, facet.grain.node, *facet.grain.path))
    return grain, " ".join(sorted(facet.nodes)), facet.distinct, facet.additive


@pytest.mark.parametrize(
    ("expected", "asked"),
    [
        pytest.param(
            [("rows", " Deals Deals.Lines Visits", False, True)],
            {**TREE, "measures": {"n": "count()"}},
            id="rows need every node",
        ),
        pytest.param(
            [("rows", " Deals", False, True)],
            {**BELOW, "rows": ["City"], "measures": {"n": "count()"}},
            id="rows are never joined with what there must not be",
        ),
        pytest.param(
            [("Firm.", "", False, True)],
            {**TREE, "rows": ["City"], "measures": {"n": "sum(Size)"}},
            id="the base alone, as often as it is",
        ),
        pytest.param(
            [("Deal.Deals", " Deals", False, True)],
            {**TREE, "rows": ["City"], "measures": {"n": "sum(Deals.Amount)"}},
            id="a child is joined with its parents only, whose keys it has once",
        ),
        pytest.param(
            [("Line.Deals.Lines", " Deals Deals.Lines", False, True)],
            {**TREE, "rows": ["City", "Deals.Stage"], "measures": {"n": "sum(Deals.Lines.Units)"}},
            id="a grandchild has the keys of all above it",
        ),
        pytest.param(
            [("Firm.", " Deals", True, False)],
            {**TREE, "rows": ["Deals.Stage"], "measures": {"n": "sum(Size)"}},
            id="a parent by its child's key comes once per group, and in many",
        ),
        pytest.param(
            [("Visit.Visits", " Deals Visits", True, False)],
            {**TREE, "rows": ["Deals.Stage"], "measures": {"n": "sum(Visits.Hours)"}},
            id="one branch by the key of another",
        ),
        pytest.param(
            [("Firm.", " Deals", True, True)],
            {**TREE, "rows": ["City"], "measures": {"n": "sum(Size)"}, "where": "Deals.Amount > 1"},
            id="a condition repeats the records but not the groups",
        ),
        pytest.param(
            [("Firm.", " Deals", True, True)],
            {**TREE, "rows": ["City"], "measures": {"n": {"value": "sum(Size)", "where": "Deals.Amount > 1"}}},
            id="a measure's own condition too",
        ),
        pytest.param(
            [("Firm.", " Visits", True, False)],
            {**TREE, "rows": ["City"], "across": ["Visits.Hours"], "measures": {"n": "sum(Size)"}},
            id="column keys are keys",
        ),
        pytest.param(
            [("Item.Deals.ItemId", " Deals", True, False)],
            {**TREE, "rows": ["City"], "measures": {"n": "sum(Deals.Item.Price)"}},
            id="a record seen through a lookup comes once, on each level anew",
        ),
        pytest.param(
            [("Deal.Deals", " Deals", False, True)],
            {**TREE, "rows": ["City"], "measures": {"n": "sum(Deals.Item.Price, Deals)"}},
            id="unless the grain is named",
        ),
        pytest.param(
            [("Firm.", " Deals", True, False)],
            {**TREE, "rows": ["Deals.Item.Name"], "measures": {"n": "count(Firm)"}},
            id="a key through a lookup asks for the node that has the lookup",
        ),
        pytest.param(
            [("Deal.", "", False, True)],
            {**UP, "rows": ["Stage"], "measures": {"n": "sum(Amount)"}},
            id="an upward join is only asked to exist",
        ),
        pytest.param(
            [("Deal.", " Firm", False, True)],
            {**UP, "rows": ["Firm.City"], "measures": {"n": "sum(Amount)"}},
            id="an upward join's key never repeats what is below",
        ),
        pytest.param(
            [("Firm.Firm", " Firm", True, False)],
            {**UP, "rows": ["Stage"], "measures": {"n": "sum(Firm.Size)"}},
            id="what is reached upwards comes many times",
        ),
        pytest.param(
            [("rows", "", False, True)],
            {"from": "Firm", "rows": ["City"], "columns": ["Name"]},
            id="no measure at all: which groups there are",
        ),
        pytest.param(
            [("rows", " Deals", False, True)],
            {**TREE, "rows": ["Deals.Stage"]},
            id="no measure at all: keys ask for their nodes",
        ),
    ],
)
def test_a_report_is_scanned_over_what_its_measures_and_keys_name(
    expected: list[tuple[str, str, bool, bool]], asked: dict[str, Any]
) -> None:
    assert expected == [shape(facet) for facet in facets(report_of(**asked))]


def test_aggregates_over_the_same_records_share_a_scan() -> None:
    measures = {"total": "sum(Deals.Amount)", "most": "max(Deals.Amount)", "mean": "total / count(Deals)"}

    [facet] = facets(report_of(**TREE, rows=["City"], measures=measures))

    assert ["sum", "max", "count"] == [item.aggregate.function for item in facet.items]


def test_an_aggregate_that_two_measures_name_is_computed_once() -> None:
    measures = {"a": "sum(Size)", "b": "sum(Size) * 2", "own": {"value": "sum(Size)", "where": "City = 'x'"}}

    [facet] = facets(report_of(**TREE, rows=["City"], measures=measures))

    assert [False, True] == [item.where is not None for item in facet.items]


def test_each_grain_has_a_scan_of_its_own() -> None:
    measures = {"n": "count()", "firms": "count(Firm)", "deals": "count(Deals)", "hours": "sum(Visits.Hours)"}

    found = facets(report_of(**TREE, rows=["City"], measures=measures))

    assert [None, "Firm", "Deal", "Visit"] == [facet.grain and facet.grain.object for facet in found]


def test_a_closure_holds_the_way_to_the_base() -> None:
    nodes = report_of(**TREE, rows=["City"], measures={"n": "count()"}).nodes

    assert {"", "Deals", "Deals.Lines"} == closure(nodes, ["Deals.Lines"])
    assert {""} == closure(nodes, [])
