"""Rules, defaults and filters look at roll-ups as they are before a write; after it every roll-up is right at once."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from objectforge import Metadata, RecordInvalid
from objectforge.org.org import Org
from objectforge.testing import temp_org

METADATA = """
objects:
  Firm:
    fields:
      Closed: checkbox
      Code: {type: text, external_id: true, unique: true}
      Deals_All: {type: rollup, value: count(Deals)}
      Total: {type: rollup, value: sum(Deals.Amount)}
      Per_Deal: {type: formula, returns: currency, formula: "Total / Deals_All"}
      Best:
        {type: lookup, to: Deal, children: Best_Of, filter: "Amount >= $source.Per_Deal AND Firm.Total = $source.Total"}
    validations:
      closed: {error_if: "Closed AND Deals_All > 1", message: It has deals, field: Closed}
      small: {error_if: "Closed AND Per_Deal > 3.333 AND Per_Deal < 3.3335", message: A third}
  Deal:
    fields:
      Firm: lookup(Firm)
      Part: {type: master_detail, to: Firm, children: Parts}
      Amount: currency
      Place: {type: integer, default: "=Firm.Deals_All + 1"}
    validations:
      enough: {error_if: "ISNEW() AND Firm.Deals_All >= 3", message: Enough}
      third: {error_if: "NOT ISNEW() AND Firm.Per_Deal > 3.333 AND Firm.Per_Deal < 3.3335", message: A third}
"""


SIMPLE = """
objects:
  Firm:
    fields:
      Deals_All: {type: rollup, value: count(Deals)}
      Total: {type: rollup, value: sum(Deals.Amount)}
  Deal: {fields: {Firm: lookup(Firm), Amount: currency}}
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def org(request: pytest.FixtureRequest) -> Iterator[Org]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with temp_org(Metadata.parse(METADATA), url=url) as made:
        yield made


def _firm(org: Org, *amounts: str) -> Any:
    firm = org["Firm"].create(Name="Acme", Code="A")
    org["Deal"].create_many([_deal(firm, amount) for amount in amounts])
    return firm


def _deal(firm: Any, amount: str) -> dict[str, Any]:
    return {"Name": "d", "Firm": firm.Id, "Part": firm.Id, "Amount": amount}


def test_a_rule_reads_the_roll_ups_of_its_own_record(org: Org) -> None:
    firm = _firm(org, "1", "2")
    with pytest.raises(RecordInvalid, match="It has deals"):
        org["Firm"].update(firm.Id, Closed=True)
    org["Deal"].delete(org["Deal"].find(limit=1)[0].Id)
    org["Firm"].update(firm.Id, Closed=True)


@pytest.mark.parametrize("name", ["Firm", "Deal"])
def test_a_rule_reads_formulas_over_roll_ups_before_they_are_rounded(org: Org, name: str) -> None:
    _firm(org, "1", "2", "7")
    record = org[name].find(limit=1)[0]
    with pytest.raises(RecordInvalid, match="A third"):
        org[name].update(record.Id, {"Closed": True} if name == "Firm" else {"Amount": record["Amount"]})


def test_a_new_record_has_no_children(org: Org) -> None:
    assert 0 == org["Firm"].create(Name="New", Closed=True)["Deals_All"]


def test_a_child_is_judged_by_its_parents_roll_up_before_the_write(org: Org) -> None:
    firm = _firm(org, "1", "1", "1", "1")
    assert 4 == org["Firm"].get(firm.Id)["Deals_All"]
    with pytest.raises(RecordInvalid, match="Enough"):
        org["Deal"].create(_deal(firm, "1"))


def test_a_default_counts_the_siblings(org: Org) -> None:
    firm = _firm(org, "1")
    assert 2 == org["Deal"].create(_deal(firm, "1"))["Place"]


def test_a_filter_compares_roll_ups_of_both_sides(org: Org) -> None:
    firm = _firm(org, "1", "3")
    low, high = (each.Id for each in org["Deal"].find(sort="Amount"))
    org["Firm"].update(firm.Id, Best=high)
    with pytest.raises(RecordInvalid) as caught:
        org["Firm"].update(firm.Id, Best=low)
    assert ("Best",) == caught.value.errors[0].fields


def _two(org: Org) -> tuple[Any, Any, str]:
    one, other = _firm(org, "1", "2"), org["Firm"].create(Name="Other")
    return one, other, org["Deal"].find("Amount = 2")[0].Id


def _values(org: Org) -> list[tuple[int, Decimal | None]]:
    return [(row["Deals_All"], row["Total"]) for row in org["Firm"].find(sort="Name")]


@pytest.mark.parametrize(
    ("expected", "change"),
    [
        pytest.param([(2, Decimal(3)), (0, None)], lambda org, deal, other: None, id="create"),
        pytest.param(
            [(2, Decimal(6)), (0, None)], lambda org, deal, other: org["Deal"].update(deal, Amount=5), id="update"
        ),
        pytest.param(
            [(1, Decimal(1)), (1, Decimal(2))],
            lambda org, deal, other: org["Deal"].update(deal, Firm=other),
            id="re-parent",
        ),
        pytest.param(
            [(1, Decimal(1)), (0, None)], lambda org, deal, other: org["Deal"].update(deal, Firm=None), id="orphan"
        ),
        pytest.param([(1, Decimal(1)), (0, None)], lambda org, deal, other: org["Deal"].delete(deal), id="delete"),
        pytest.param(
            [(1, Decimal(1)), (0, None)], lambda org, deal, other: org["Deal"].delete(deal, hard=True), id="for good"
        ),
        pytest.param(
            [(2, Decimal(3)), (0, None)],
            lambda org, deal, other: (org["Deal"].delete(deal), org["Deal"].restore(deal)),
            id="restore",
        ),
        pytest.param(
            [(2, Decimal(3)), (2, Decimal(9))],
            lambda org, deal, other: org["Deal"].load(
                io.StringIO(f"Name,Firm,Part,Amount\nx,{other},{other},4\ny,{other},{other},5\n")
            ),
            id="load",
        ),
    ],
)
def test_roll_ups_are_right_after_every_write(
    org: Org, expected: list[tuple[int, Decimal | None]], change: Callable[[Org, str, str], object]
) -> None:
    _, other, deal = _two(org)
    change(org, deal, other.Id)
    assert expected == _values(org)


def test_children_that_a_master_takes_to_the_bin_do_not_count(org: Org) -> None:
    one, other = _firm(org, "1"), org["Firm"].create(Name="Other")
    org["Deal"].create(Name="d", Firm=other.Id, Part=one.Id, Amount=7)
    assert [(1, Decimal(1)), (1, Decimal(7))] == _values(org)
    org["Firm"].delete(one.Id)
    assert [(0, None)] == _values(org)
    org["Firm"].restore(one.Id)
    assert [(1, Decimal(1)), (1, Decimal(7))] == _values(org)


def test_a_transaction_sees_its_own_writes_in_roll_ups(org: Org) -> None:
    firm = _firm(org, "1")
    with org.transaction():
        org["Deal"].create(_deal(firm, "4"))
        assert Decimal(5) == org["Firm"].get(firm.Id)["Total"]


def test_an_export_has_the_roll_ups_that_it_names(org: Org) -> None:
    _firm(org, "1", "2")
    target = io.StringIO()
    org["Firm"].export(target, columns=["Name", "Deals_All", "Total"])
    assert ["Name,Deals_All,Total", "Acme,2,3.00"] == target.getvalue().splitlines()


def test_a_roll_up_cannot_be_written(org: Org) -> None:
    with pytest.raises(RecordInvalid):
        org["Firm"].create(Name="x", Total=1)
    assert not org.describe("Firm").fields["Total"].writable


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_writers_at_once_are_all_counted(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = f"sqlite:///{tmp_path}/org.db" if engine == "sqlite" else request.getfixturevalue("postgres_url")
    name = None if engine == "sqlite" else f"t_{uuid4().hex}"
    with Org.open(url, name=name) as org:
        org.deploy(Metadata.parse(SIMPLE))
        firm = org["Firm"].create(Name="Acme")

        def write(number: int) -> None:
            deal = org["Deal"].create(Name="d", Firm=firm.Id, Amount=number)
            if number % 2:
                org["Deal"].delete(deal.Id)

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(write, range(12)))
        found = org["Firm"].get(firm.Id)
        assert (6, Decimal(30)) == (found["Deals_All"], found["Total"])
    if name is not None:
        engine_of = sa.create_engine(url)
        with engine_of.begin() as connection:
            connection.execute(sa.schema.DropSchema(name, cascade=True))
        engine_of.dispose()
