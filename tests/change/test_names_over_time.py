"""Identity and `was:` end to end: what a row of releases does to records, whichever of them an org deploys."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from living_orgs import Living

from objectforge import Metadata, MetadataError

Row = dict[str, Any]


def fields(text: str) -> str:
    return f"{{objects: {{Deal: {{fields: {{{text}}}}}}}}}"


def deploy(org: Any, text: str) -> None:
    plan = org.plan(Metadata.parse(text))
    asks = bool(plan.questions) or any(step.risk == "lossy" for step in plan.steps)
    org.apply(plan, allow=["*"] if asks else [])
    assert org.plan(Metadata.parse(text)).is_empty
    assert not org.doctor()
    assert not org.drift()


CHAIN = (fields("A: text"), fields("B: {type: text, was: A}"), fields("C: {type: text, was: [B, A]}"))
SWAP = (fields("A: text, B: text"), fields("A: {type: text, was: B}, B: {type: text, was: A}"))
ROUND = (
    fields("A: text, B: text, C: text"),
    fields("A: {type: text, was: B}, B: {type: text, was: C}, C: {type: text, was: A}"),
)
REUSED = (fields("A: text"), fields("B: {type: text, was: A}"), fields("B: {type: text, was: A}, A: text"))
RETYPED = (fields("A: text, B: text"), fields("A: {type: integer, was: B}, B: {type: date, was: A}"))
HELD = (fields("A: text"), "objects: {Deal: {}}", fields("B: {type: text, was: A}"))
HELD_AND_NUMBER = (fields("A: text"), "objects: {Deal: {}}", fields("B: {type: number, scale: 1, was: A}"))
ADDRESS = (
    fields("BillingAddress: address"),
    fields("InvoiceAddress: {type: address, was: BillingAddress}"),
    fields("HomeAddress: {type: address, was: [InvoiceAddress, BillingAddress]}, BillingAddress: address"),
)
PLACE = (fields("Site: geolocation"), fields("Spot: {type: geolocation, was: Site}"))
TIERS = (
    fields("Tier: [Gold, Tin], Tags: {type: multipicklist, values: [Gold, Tin, Iron]}"),
    fields(
        "Tier: [{value: Gold, was: Tin}, {value: Tin, was: Gold}],"
        " Tags: {type: multipicklist, values: [{value: Gold, was: Tin}, {value: Tin, was: Gold}, Iron]}"
    ),
    fields(
        "Tier: [{value: Best, was: [Gold, Tin]}, {value: Tin, was: Gold}],"
        " Tags: {type: multipicklist, values: [{value: Best, was: [Gold, Tin]}, {value: Tin, was: Gold}, Iron]}"
    ),
)
SET = (
    "{value_sets: {Tier: [Gold, Tin]}, objects: {Deal: {fields: {T: {type: picklist, value_set: Tier}}}}}",
    "{value_sets: {Tier: [{value: Oro, was: Gold}, Tin]},"
    " objects: {Deal: {fields: {T: {type: picklist, value_set: Tier}}}}}",
)
NUMBERED = (
    "{objects: {Deal: {name_field: {type: autonumber, format: 'D-{000}'}}}}",
    "{objects: {Deal: {name_field: {name: Number, type: autonumber, format: 'D-{000}', was: Name}}}}",
)


@pytest.mark.parametrize(
    ("expected", "given", "releases"),
    [
        pytest.param({"C": "x"}, {"A": "x"}, CHAIN, id="a chain"),
        pytest.param({"C": "x"}, {"A": "x"}, (CHAIN[0], CHAIN[2]), id="a release was skipped"),
        pytest.param({"C": "x"}, {"C": "x"}, CHAIN[2:], id="a fresh org"),
        pytest.param({"A": "b", "B": "a"}, {"A": "a", "B": "b"}, SWAP, id="a swap"),
        pytest.param({"A": "b", "B": "c", "C": "a"}, {"A": "a", "B": "b", "C": "c"}, ROUND, id="three go round"),
        pytest.param({"A": None, "B": "x"}, {"A": "x"}, REUSED, id="a name reused"),
        pytest.param({"A": None, "B": "x"}, {"A": "x"}, (REUSED[0], REUSED[2]), id="a name reused at once"),
        pytest.param({"A": 7}, {"A": "2026-04-01", "B": "7"}, RETYPED, id="a swap with other types"),
        pytest.param({"B": "x"}, {"A": "x"}, HELD, id="held, then back under another name"),
        pytest.param({"B": Decimal("2.5")}, {"A": "2.5"}, HELD_AND_NUMBER, id="back under another name as a number"),
        pytest.param(
            {"InvoiceCity": "Bern", "InvoiceCountry": "CH"},
            {"BillingCity": "Bern", "BillingCountry": "CH"},
            ADDRESS[:2],
            id="the parts of an address follow",
        ),
        pytest.param(
            {"HomeCity": "Bern", "BillingCity": None}, {"BillingCity": "Bern"}, ADDRESS, id="an address's name reused"
        ),
        pytest.param(
            {"HomeCity": "Bern", "BillingCity": None},
            {"BillingCity": "Bern"},
            (ADDRESS[0], ADDRESS[2]),
            id="an address's name reused at once",
        ),
        pytest.param(
            {"SpotLatitude": Decimal("46.9")}, {"SiteLatitude": Decimal("46.9")}, PLACE, id="the parts of a place"
        ),
        pytest.param(
            {"Tier": "Tin", "Tags": "Tin;Iron"}, {"Tier": "Gold", "Tags": "Gold;Iron"}, TIERS[:2], id="values swapped"
        ),
        pytest.param({"Tier": "Best", "Tags": "Best"}, {"Tier": "Tin", "Tags": "Tin"}, TIERS, id="a value's chain"),
        pytest.param(
            {"Tier": "Best", "Tags": "Best;Tin"},
            {"Tier": "Tin", "Tags": "Gold;Tin"},
            (TIERS[0], TIERS[2]),
            id="values of an org that skipped a release",
        ),
        pytest.param({"T": "Oro"}, {"T": "Gold"}, SET, id="a value of a value set"),
        pytest.param({"Number": "D-001"}, {}, NUMBERED, id="the name field"),
    ],
)
def test_values_follow_their_field(expected: Row, given: Row, releases: tuple[str, ...], living: Living) -> None:
    org = living(releases[0])
    named = {} if "autonumber" in releases[0] else {"Name": "d"}
    record = org["Deal"].create({**named, **given})
    binned = org["Deal"].create({**named, **given})
    org["Deal"].delete(binned.Id)
    for release in releases[1:]:
        deploy(org, release)
    org["Deal"].restore(binned.Id)
    for each in (record, binned):
        found = org["Deal"].get(each.Id)
        wanted = {**expected, **({"Number": "D-002"} if "Number" in expected and each is binned else {})}
        assert wanted == {name: found[name] for name in expected}


OBJECTS = (
    "objects:\n  Firm: {fields: {Boss: {type: lookup, to: Firm, children: Firms}}}\n"
    "  Deal: {fields: {Firm: {type: master_detail, to: Firm, children: Deals}}}\n"
    "  Note: {fields: {On: {type: lookup, to: [Firm, Deal], children: Notes}}}\n",
    "objects:\n  Company: {was: Firm, fields: {Boss: {type: lookup, to: Company, children: Firms}}}\n"
    "  Deal: {fields: {Company: {type: master_detail, to: Company, children: Deals, was: Firm}}}\n"
    "  Note: {fields: {On: {type: lookup, to: [Company, Deal], children: Notes}}}\n",
    "objects:\n  Deal: {was: [Company, Firm], fields: {Boss: {type: lookup, to: Deal, children: Firms}}}\n"
    "  Company: {was: Deal, fields: {Of: {type: master_detail, to: Deal, children: Parts, was: [Company, Firm]}}}\n"
    "  Note: {fields: {On: {type: lookup, to: [Deal, Company], children: Notes}}}\n",
)


@pytest.mark.parametrize("skipped", [pytest.param(False, id="every release"), pytest.param(True, id="one skipped")])
def test_links_follow_their_objects(skipped: bool, living: Living) -> None:
    org = living(OBJECTS[0])
    top = org["Firm"].create(Name="top")
    firm = org["Firm"].create(Name="f", Boss=top.Id)
    deal = org["Deal"].create(Name="d", Firm=firm.Id)
    notes = [org["Note"].create(Name="n", On=at.Id) for at in (firm, deal)]
    for release in OBJECTS[2:] if skipped else OBJECTS[1:]:
        deploy(org, release)
    assert top.Id == org["Deal"].get(firm.Id).Boss
    assert firm.Id == org["Company"].get(deal.Id).Of
    assert [firm.Id, deal.Id] == [org["Note"].get(note.Id).On for note in notes]
    assert ["f"] == [row["Of.Name"] for row in org.query("SELECT Of.Name FROM Company")]
    org["Deal"].delete(firm.Id)
    assert [] == list(org["Company"].find())
    assert org["Company"].count() == 0
    assert org["Deal"].create(Name="new").Id > firm.Id


def test_a_swap_of_objects_keeps_ids_and_what_leads_to_them(living: Living) -> None:
    org = living("objects: {A: {fields: {X: text}}, B: {fields: {Up: {type: lookup, to: A}}}}")
    one = org["A"].create(Name="a", X="x")
    other = org["B"].create(Name="b", Up=one.Id)
    deploy(org, "objects: {B: {was: A, fields: {X: text}}, A: {was: B, fields: {Up: {type: lookup, to: B}}}}")
    assert "x" == org["B"].get(one.Id).X
    assert one.Id == org["A"].get(other.Id).Up


@pytest.mark.parametrize(
    ("hint", "first", "then"),
    [
        pytest.param(
            "`was: [B, A]`", (CHAIN[0], CHAIN[1]), fields("C: {type: text, was: B}"), id="a field's end was cut off"
        ),
        pytest.param("`was: [B, A]`", CHAIN, fields("C: {type: text, was: A}"), id="a field's middle was cut out"),
        pytest.param(
            "`was: [Deal, Bid]`",
            ("objects: {Bid: {}}", "objects: {Deal: {was: Bid}}"),
            "objects: {Sale: {was: Deal}}",
            id="an object",
        ),
        pytest.param(
            "`was: [B, A]`",
            (fields("T: [A]"), fields("T: [{value: B, was: A}]")),
            fields("T: [{value: C, was: B}]"),
            id="a value",
        ),
    ],
)
def test_a_shortened_history_is_refused_with_the_list_to_paste(
    hint: str, first: tuple[str, ...], then: str, living: Living
) -> None:
    org = living(first[0])
    for release in first[1:]:
        deploy(org, release)
    before = org.metadata
    with pytest.raises(MetadataError) as caught:
        org.plan(Metadata.parse(then))
    (issue,) = caught.value.issues
    assert "OF702" == issue.code
    assert hint in str(issue.hint)
    assert before == org.metadata


TIED = "objects:\n  Deal:\n    fields:\n      B: {was: A, type: text}\n      C: {was: A, type: text}\n"


def test_a_tie_is_refused_with_both_places(living: Living) -> None:
    org = living(fields("A: text"))
    with pytest.raises(MetadataError) as caught:
        org.plan(Metadata.parse(TIED))
    (issue,) = caught.value.issues
    assert "OF701" == issue.code
    assert [(5, "the other one", 4)] == [(issue.span.line, label, place.line) for label, place in issue.related]


V1 = "package: {name: parts, version: 1.0.0}\nobjects:\n  Part: {fields: {Code: text, Size: [Big, Small]}}\n"
V2 = (
    "package: {name: parts, version: 2.0.0}\nobjects:\n"
    "  Piece: {was: Part, fields: {Number: {type: integer, was: Code}, Size: [{value: Large, was: Big}, Small]}}\n"
)
OWN = (
    "uses: [./parts]\nextend:\n  %s: {fields: {Tier__c: [Gold]}}\n"
    "objects:\n  Stock: {fields: {Of: {type: lookup, to: %s}}}\n"
)


def test_an_upgrade_renames_a_packages_object_under_the_orgs_own_fields(tmp_path: Path, living: Living) -> None:
    (tmp_path / "parts").mkdir()

    def release(package: str, name: str) -> Path:
        (tmp_path / "parts" / "parts.yaml").write_text(package)
        (tmp_path / "org.yaml").write_text(OWN % (name, name))
        return tmp_path / "org.yaml"

    org = living("objects: {}")
    org.deploy(release(V1, "Part"))
    part = org["Part"].create(Name="p", Code="7", Size="Big", Tier__c="Gold")
    stock = org["Stock"].create(Name="s", Of=part.Id)
    org.deploy(release(V2, "Piece"))
    assert org.plan(tmp_path / "org.yaml").is_empty
    found = org["Piece"].get(part.Id)
    assert (7, "Large", "Gold") == (found.Number, found.Size, found.Tier__c)
    assert part.Id == org["Stock"].get(stock.Id).Of
    assert not org.doctor()
