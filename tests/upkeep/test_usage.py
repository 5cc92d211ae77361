from __future__ import annotations

from collections.abc import Iterator

import pytest

from objectforge import Metadata, NotFound, Org
from objectforge.testing import temp_org
from objectforge.upkeep.usage import Use

YAML = """
objects:
  Firm:
    fields:
      Sector: {type: picklist, values: [Energy, Shipping, {value: Tin, active: false}]}
      Kind: {type: picklist, values: [{value: Big, sets: {Score: 5}}, Small]}
      Port: {type: picklist, values: [North, South], controlled_by: Sector, when: {Shipping: [North, South]}}
      Score: integer
      Double: {type: formula, returns: number, formula: "Score * 2"}
      Won: {type: rollup, value: "sum(Deals.Amount)", where: "Stage = 'Won'"}
      Parent: {type: lookup, to: Firm, filter: "Sector = 'Energy'"}
    validations:
      score_set: {error_if: "Score > 10", message: Too much, field: Score}
    unique: {one: [Sector, Score]}
    indexes: [[Sector, -Score]]
  Deal:
    fields:
      FirmId: {type: lookup, to: Firm}
      Amount: currency
      Stage: [Open, Won]
      Start: {type: integer, default: "=1 + 1"}
list_views:
  Firm.energy: {columns: [Name, Sector], where: "Sector IN ('energy', 'Tin')", sort: [-Score]}
  Deal.open: {columns: [Name, FirmId, Firm.Sector], where: "Firm.Score > 1"}
reports:
  by_sector:
    from: Firm
    joins: {Deals: outer}
    rows: [{field: Sector, bucket: {Other: [Shipping]}}]
    measures: {sum: sum(Deals.Amount)}
  plain: {from: Deal, columns: [Name, Amount]}
layouts:
  Firm.main:
    sections: [{label: All, fields: [[Name, {field: Score, show_if: "Sector = 'Shipping'"}]]}]
    related: [Deals]
dashboards:
  board:
    filters: {sector: {on: [Firm.Sector], default: Energy}}
    grid: [[{report: by_sector}], [{list_view: Deal.open}]]
"""


@pytest.fixture
def firms() -> Iterator[Org]:
    with temp_org(Metadata.parse(YAML)) as org:
        first = org["Firm"].create(Name="A", Sector="Energy", Score=3)
        org["Firm"].create(Name="B", Sector="Shipping", Score=4, Kind="Small")
        org["Firm"].create(Name="C")
        org["Deal"].create(Name="D", FirmId=first.Id, Amount=5, Stage="Won")
        yield org


def used(org: Org, name: str) -> dict[tuple[str, str], tuple[str, ...]]:
    return {(use.kind, use.name): use.keys for use in org.usage(name).uses}


def test_what_uses_a_field(firms: Org) -> None:
    assert {
        ("dashboards", "board"): ("filters", "report by_sector", "list view Deal.open"),
        ("fields", "Firm.Parent"): ("filter",),
        ("fields", "Firm.Port"): ("dependent picklist",),
        ("indexes", "Firm (Sector, -Score)"): (),
        ("layouts", "Firm.main"): ("sections",),
        ("list views", "Deal.open"): ("columns",),
        ("list views", "Firm.energy"): ("where", "columns"),
        ("reports", "by_sector"): ("rows",),
        ("unique rules", "Firm.one"): (),
    } == used(firms, "Firm.Sector")


def test_what_computes_checks_and_sets_a_field(firms: Org) -> None:
    found = used(firms, "Firm.Score")
    assert ("formula",) == found["fields", "Firm.Double"]
    assert ("sets",) == found["fields", "Firm.Kind"]
    assert {"error_if", "field"} == {*found["validation rules", "Firm.score_set"]}
    assert {("fields", "Firm.Won"): ("roll-up",)}.items() <= used(firms, "Deal.Amount").items()
    assert {("fields", "Firm.Won"): ("where",)} == used(firms, "Deal.Stage")


def test_a_lookup_is_used_by_its_path_and_by_its_children(firms: Org) -> None:
    found = used(firms, "deal.firmid")
    assert {"Firm.Won", "Deal.open", "by_sector", "Firm.main"} <= {name for _, name in found}


def test_an_object_is_used_where_its_records_are_the_children_of_others(firms: Org) -> None:
    found = used(firms, "Deal")

    assert ("joins", "measures") == found["reports", "by_sector"]
    assert ("related",) == found["layouts", "Firm.main"]
    assert ("roll-up",) == found["fields", "Firm.Won"]


def test_what_uses_an_object(firms: Org) -> None:
    assert {
        ("dashboards", "board"): ("filters", "report by_sector"),
        ("fields", "Deal.FirmId"): ("lookup",),
        ("fields", "Firm.Parent"): ("lookup",),
        ("layouts", "Firm.main"): (),
        ("list views", "Firm.energy"): (),
        ("reports", "by_sector"): ("from",),
    } == used(firms, "Firm")
    assert 3 == firms.usage("Firm").records


def test_what_uses_a_picklist_value(firms: Org) -> None:
    assert {
        ("dashboards", "board"): ("filters",),
        ("fields", "Firm.Parent"): ("filter",),
        ("list views", "Firm.energy"): ("where",),
    } == used(firms, "Firm.Sector.Energy")
    assert {
        ("dashboards", "board"): ("report by_sector",),
        ("fields", "Firm.Port"): ("dependent picklist",),
        ("layouts", "Firm.main"): ("sections",),
        ("reports", "by_sector"): ("rows",),
    } == used(firms, "Firm.Sector.shipping")
    assert 1 == firms.usage("Firm.Sector.Energy").records


def test_records_are_counted_by_value_those_in_the_bin_too(firms: Org) -> None:
    firms["Firm"].delete(firms["Firm"].first(where="Name = 'B'").Id)
    found = firms.usage("Firm.Sector")
    assert (3, 2) == (found.total, found.records)
    assert [("Energy", 1, "active"), ("Shipping", 1, "active"), ("Tin", 0, "inactive")] == [
        (one.value, one.records, one.state) for one in found.values
    ]


def test_what_is_computed_is_in_no_record(firms: Org) -> None:
    assert firms.usage("Firm.Double").records is None
    assert "Firm.Double: computed\nnothing uses it" == str(firms.usage("Firm.Double"))


def test_what_is_held_is_counted_and_used_by_nothing(firms: Org) -> None:
    firms.deploy(Metadata.parse("objects: {Firm: {fields: {Sector: [Shipping]}}}"), allow=["*"])
    assert "Firm.Score: a value in 2 of 3 records, held\nnothing uses it" == str(firms.usage("Firm.Score"))
    assert "Deal: 1 record, held\nnothing uses it" == str(firms.usage("Deal"))
    assert ("Energy", 1, "held") in [(one.value, one.records, one.state) for one in firms.usage("Firm.Sector").values]
    assert firms.usage("Firm.Sector.Energy").held


def test_a_usage_reads_well(firms: Org) -> None:
    assert """Firm.Sector.Energy: in 1 of 3 records
dashboards
  board (filters)
fields
  Firm.Parent (filter)
list views
  Firm.energy (where)""" == str(firms.usage("Firm.Sector.Energy"))
    found = firms.usage("Firm.Sector.Energy")
    assert Use("list views", "Firm.energy", ("where",)) in found.uses
    assert {"kind": "fields", "name": "Firm.Parent", "keys": ("filter",)} in found.to_dict()["uses"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("Frm", "there is no object 'Frm': did you mean 'Firm'?", id="an object"),
        pytest.param("Firm.Sektor", "Firm has no field 'Sektor': did you mean 'Sector'?", id="a field"),
        pytest.param("Firm.Sector.Enrgy", "Firm.Sector has no value 'Enrgy': did you mean 'Energy'?", id="a value"),
        pytest.param("Firm.Name.X", "Firm.Name is no picklist, so it has no value 'X'", id="a value of no picklist"),
    ],
)
def test_a_name_that_is_none(firms: Org, name: str, message: str) -> None:
    with pytest.raises(NotFound) as raised:
        firms.usage(name)
    assert str(raised.value).startswith(message)


@pytest.mark.postgres
def test_records_are_counted_on_a_server_too(postgresql_org: Org) -> None:
    assert [("Energy", 1), ("Shipping", 0)] == [
        (one.value, one.records) for one in postgresql_org.usage("Account.Industry").values
    ]
