"""Roll-ups give what their children say - read, shown, asked for, sorted and grouped by -, exactly, on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from objectforge import Metadata
from objectforge.errors.exceptions import MetadataError
from objectforge.org.org import Org
from objectforge.testing import temp_org

METADATA = """
objects:
  Firm:
    fields:
      Rate: number(18,9)
      Deals_All: {type: rollup, value: count(Deals)}
      Priced: {type: rollup, value: count(Deals.Amount)}
      Total: {type: rollup, value: sum(Deals.Amount)}
      Least: {type: rollup, value: min(Deals.Amount)}
      Most: {type: rollup, value: max(Deals.Amount)}
      Mean: {type: rollup, value: avg(Deals.Amount)}
      Small: {type: rollup, value: sum(Deals.Units)}
      Small_Mean: {type: rollup, value: avg(Deals.Share)}
      Percents: {type: rollup, value: sum(Deals.Chance)}
      First: {type: rollup, value: min(Deals.Closes)}
      Last_Seen: {type: rollup, value: max(Deals.Seen)}
      Hour: {type: rollup, value: min(Deals.Hour)}
      Won: {type: rollup, value: sum(Deals.Amount), where: "Stage = 'won' AND Firm.Rate > 1"}
      Expected: {type: rollup, value: sum(Deals.Expected)}
      Lines: {type: rollup, value: sum(Deals.Line_Total)}
      Best_Mean: {type: rollup, value: max(Deals.Line_Mean)}
      Busy: {type: rollup, value: count(Deals), where: Lines_All > 1}
      Notes_All: {type: rollup, value: count(Notes)}
      Per_Deal: {type: formula, returns: currency, formula: "Total / Deals_All"}
      Per_Or_Null: {type: formula, returns: number, scale: 6, blanks: "null", formula: "Total / Deals_All"}
      Points: {type: formula, returns: number, scale: 4, formula: Percents}
  Deal:
    fields:
      Firm: lookup(Firm)
      Amount: currency
      Units: number(5,2)
      Share: number(2,2)
      Chance: percent
      Closes: date
      Seen: datetime
      Hour: time
      Stage: [Open, Won]
      Expected: {type: formula, returns: currency, formula: "Amount / 3"}
      Of_Firm: {type: formula, returns: percent, formula: "Amount / Firm.Total"}
      Line_Total: {type: rollup, value: sum(Lines.Cost)}
      Line_Mean: {type: rollup, value: avg(Lines.Cost)}
      Lines_All: {type: rollup, value: count(Lines)}
  Line:
    fields:
      Deal: {type: master_detail, to: Deal, children: Lines}
      Cost: currency
  Note:
    fields:
      What: {type: lookup, to: [Firm, Deal], children: Notes}
list_views:
  Firm.all: {columns: [Name, Total, Mean, Percents, Small_Mean]}
  Deal.all: {columns: [Name, Firm.Total, Firm.Deals_All]}
reports:
  by_count:
    from: Deal
    where: Firm.Deals_All > 0
    rows: [Firm.Deals_All]
    measures: {n: count(Deal), firms: sum(Firm.Total), lines: avg(Line_Total), first: min(Firm.First)}
  joined:
    from: Firm
    joins: {Deals: {type: outer, where: "Lines_All > 1 AND Of_Firm > 0"}, Notes: without}
    columns: [Name, Total, Deals.Amount, Deals.Line_Total]
    sort: [-Total]
  inner_only:
    from: Firm
    joins: {Deals: {type: inner, where: Line_Total > 1}}
    rows: [{field: Total, bucket: [10], labels: [Low, High]}]
    measures: {n: count(Firm), mean: avg(Mean)}
"""
LARGE = Decimal("9999999999999999.99")


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def org(request: pytest.FixtureRequest) -> Iterator[Org]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with temp_org(Metadata.parse(METADATA), url=url) as made:
        _fill(made)
        yield made


def _fill(org: Org) -> None:
    acme, big, _ = (org["Firm"].create(Name=name, Rate=rate) for name, rate in (("Acme", 2), ("Big", 1), ("None", 0)))
    rows: list[dict[str, Any]] = [
        {"Name": "a", "Firm": acme.Id, "Amount": "10", "Units": "1.5", "Share": "0.1", "Chance": 20, "Stage": "Won",
         "Closes": "2024-03-01", "Seen": "2024-03-01T00:00:00.000001Z", "Hour": "10:00"},
        {"Name": "b", "Firm": acme.Id, "Amount": "0.01", "Units": "2", "Share": "0.2", "Chance": "12.5",
         "Stage": "Open", "Closes": "2024-02-29", "Hour": "09:30"},
        {"Name": "c", "Firm": acme.Id},
        {"Name": "d", "Firm": big.Id, "Amount": LARGE, "Stage": "Won"},
        {"Name": "e", "Firm": big.Id, "Amount": LARGE, "Stage": "Won"},
        {"Name": "f", "Amount": "5"},
    ]  # fmt: skip
    deals = [each.id for each in org["Deal"].create_many(rows)]
    costs = ((0, "1"), (0, "2"), (3, "7"))
    org["Line"].create_many([{"Name": "l", "Deal": deals[number], "Cost": cost} for number, cost in costs])
    for parent in (acme.Id, acme.Id, deals[0]):
        org["Note"].create(Name="n", What=parent)
    gone = org["Deal"].create(Name="g", Firm=acme.Id, Amount="1000")
    org["Deal"].delete(gone.Id)


VALUES = {
    "Deals_All": (3, 2, 0),
    "Priced": (2, 2, 0),
    "Total": (Decimal("10.01"), 2 * LARGE, None),
    "Least": (Decimal("0.01"), LARGE, None),
    "Most": (Decimal(10), LARGE, None),
    "Mean": (Decimal("5.005"), LARGE, None),
    "Small": (Decimal("3.5"), None, None),
    "Small_Mean": (Decimal("0.15"), None, None),
    "Percents": (Decimal("32.5"), None, None),
    "First": (date(2024, 2, 29), None, None),
    "Won": (Decimal(10), None, None),
    "Expected": (Decimal("3.34"), Decimal("6666666666666666.66"), None),
    "Lines": (Decimal(3), Decimal(7), None),
    "Best_Mean": (Decimal("1.5"), Decimal(7), None),
    "Busy": (1, 0, 0),
    "Notes_All": (2, 0, 0),
    "Per_Deal": (Decimal("3.34"), LARGE, None),
    "Per_Or_Null": (Decimal("3.336667"), LARGE, None),
    "Points": (Decimal("0.325"), Decimal(0), Decimal(0)),
}


@pytest.mark.parametrize(("name", "expected"), [pytest.param(name, values, id=name) for name, values in VALUES.items()])
def test_a_record_has_what_its_living_children_say(org: Org, name: str, expected: tuple[Any, ...]) -> None:
    assert expected == tuple(record[name] for record in org["Firm"].find(limit=10))
    assert expected == tuple(record[name] for record in org["Firm"].find())


def test_counts_are_ints_and_averages_have_eighteen_places(org: Org) -> None:
    acme = org["Firm"].first("Name = 'Acme'")
    assert acme is not None
    assert isinstance(acme["Deals_All"], int)
    assert str(acme["Mean"]) == "5.005000000000000000"
    assert str(acme["Total"]) == "10.01"


def test_instants_and_times_keep_their_microseconds(org: Org) -> None:
    acme = org["Firm"].first("Name = 'Acme'")
    assert acme is not None
    assert ("2024-03-01T00:00:00.000001+00:00", "09:30:00") == (acme["Last_Seen"].isoformat(), acme["Hour"].isoformat())


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        pytest.param("Deals_All = 0", ["None"], id="a count of nothing is 0"),
        pytest.param("Total = null", ["None"], id="a sum of nothing is null"),
        pytest.param("Total != 10.01", ["Big", "None"], id="null is unlike a number"),
        pytest.param("Total > 9999999999999999.99", ["Big"], id="beyond 64 bits"),
        pytest.param("Mean = 5.005", ["Acme"], id="an average"),
        pytest.param("Mean IN (5.005, 1)", ["Acme"], id="in a list"),
        pytest.param("First < 2024-03-01", ["Acme"], id="a date"),
        pytest.param("First = LAST_N_YEARS:200", ["Acme"], id="a date word"),
        pytest.param("Per_Deal > 3.335 AND Per_Deal < 4", ["Acme"], id="a formula, not rounded"),
        pytest.param("Lines >= 7 OR Busy = 1", ["Acme", "Big"], id="over roll-ups"),
        pytest.param("Percents = 32.5", ["Acme"], id="percents count as such"),
        pytest.param("Name = 'Acme' AND NOT Deals_All > 3", ["Acme"], id="negated"),
        pytest.param("Name IN ('Acme', 'Big') AND Notes_All = 2", ["Acme"], id="through a polymorphic lookup"),
    ],
)
def test_conditions_compare_roll_ups(org: Org, where: str, expected: list[str]) -> None:
    assert expected == [record["Name"] for record in org["Firm"].find(where)]
    assert len(expected) == org["Firm"].count(where)
    ids = [record["Id"] for record in org["Firm"].find()]
    found = org["Firm"].find(f"Id IN :ids AND ({where})", ids=ids)
    assert expected == [record["Name"] for record in found]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        pytest.param("Firm.Deals_All = 3", "abc", id="a parent's"),
        pytest.param("Firm.Deals_All = null", "f", id="of a missing parent, a count too"),
        pytest.param("Firm.Deals_All = 0", "", id="a missing parent's count is not 0"),
        pytest.param("Of_Firm = 50", "de", id="through a formula"),
        pytest.param("Firm.Per_Deal > 1000", "de", id="through a parent's formula"),
        pytest.param("Line_Total > 1 AND Firm.Lines = 3", "a", id="both"),
    ],
)
def test_conditions_reach_the_roll_ups_of_parents(org: Org, where: str, expected: str) -> None:
    assert expected == "".join(record["Name"] for record in org["Deal"].find(where))


@pytest.mark.parametrize("sort", ["Total", "-Total", "Mean", "-Deals_All", "-First", "Per_Deal", "Busy"])
@pytest.mark.parametrize("name", ["Firm", "Deal"])
def test_pages_follow_a_roll_up_both_ways(org: Org, name: str, sort: str) -> None:
    order = [sort if name == "Firm" else f"-Firm.{sort[1:]}" if sort[0] == "-" else f"Firm.{sort}"]
    expected = [record["Id"] for record in org[name].find(sort=order)]
    view = org.list_view(f"{name}.all")
    page = view.page(size=1, sort=order)
    found = list(page.rows)
    while page.next:
        page = view.page(size=1, sort=order, after=page.next)
        found += page.rows
    assert expected == [row["Id"] for row in found]
    while page.previous:
        page = view.page(size=1, sort=order, after=page.previous)
    assert expected[0] == page.rows[0]["Id"]


def test_a_view_shows_them_as_what_they_gather(org: Org) -> None:
    text = org.list_view("Firm.all").page().to_text()
    line = next(each for each in text.splitlines() if "Acme" in each)
    assert ["Acme", "$10.01", "$5.01", "32.5%", "0.15"] == [cell.strip() for cell in line.split("│")[1:-1]]


def test_what_a_missing_parent_counts_is_not_known(org: Org) -> None:
    rows = {row["Name"]: (row["Firm.Total"], row["Firm.Deals_All"]) for row in org.list_view("Deal.all").page().rows}
    assert ((Decimal("10.01"), 3), (None, None)) == (rows["a"], rows["f"])


def test_a_page_shows_them(org: Org) -> None:
    acme = org["Firm"].first("Name = 'Acme'")
    assert acme is not None
    fields = {
        each["field"]: (each["text"], each["behavior"])
        for section in org.page("Firm", acme.Id).to_dict()["sections"]
        for column in section["columns"]
        for each in column
    }
    assert ("3", "readonly") == fields["Deals_All"]
    assert ("$3.34", "readonly") == fields["Per_Deal"]


def test_reports_group_and_measure_them(org: Org) -> None:
    result = org.report("by_count").run()
    assert [
        {"Firm.Deals_All": 2, "n": 2, "firms": 2 * LARGE, "lines": Decimal(7), "first": None},
        {"Firm.Deals_All": 3, "n": 3, "firms": Decimal("10.01"), "lines": Decimal(3), "first": date(2024, 2, 29)},
    ] == list(result.records())
    assert {"n": 5, "firms": 2 * LARGE + Decimal("10.01"), "lines": Decimal(5), "first": date(2024, 2, 29)} == dict(
        result.totals
    )


def test_joins_have_conditions_on_them(org: Org) -> None:
    rows = [tuple(record.values()) for record in org.report("joined").run().records()]
    assert [("Big", 2 * LARGE, None, None), ("None", None, None, None)] == rows
    result = org.report("inner_only").run()
    assert [{"Total": "High", "n": 2, "mean": Decimal("5000000000000002.4975")}] == list(result.records())
    assert {"n": 2, "mean": Decimal("5000000000000002.4975")} == dict(result.totals)


def test_what_roll_ups_of_roll_ups_multiply_to_is_refused_in_words() -> None:
    levels = "".join(_level(number) for number in range(1, 9))
    metadata = Metadata.parse(f"objects:\n  Level0: {{fields: {_sums(1)}}}\n{levels}  Level9: {_bottom()}")
    with pytest.raises(MetadataError) as caught, temp_org(metadata):
        pass
    assert {"OF339"} == {issue.code for issue in caught.value.issues}
    assert all("stored" in str(issue.hint) for issue in caught.value.issues)


def _sums(below: int) -> str:
    parts = ", ".join(f"S{n}: {{type: rollup, value: sum(Level{below}s.A), where: B > {n}}}" for n in range(3))
    return (
        f"{{{parts}, A: {{type: formula, returns: number, formula: S0 + S1}}, "
        "B: {type: formula, returns: number, formula: S1 + S2}}"
    )


def _level(number: int) -> str:
    link = f"Up: {{type: lookup, to: Level{number - 1}, children: Level{number}s}}"
    return f"  Level{number}: {{fields: {{{link}, {_sums(number + 1)[1:]}}}\n"


def _bottom() -> str:
    return "{fields: {Up: {type: lookup, to: Level8, children: Level9s}, A: 'number(5,0)', B: 'number(5,0)'}}"
