"""Validations and lookup filters: what they see, on which write paths, and what comes of several that fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from worlds import World, codes

from objectforge import Metadata
from objectforge.errors.exceptions import RecordInvalid
from objectforge.records.hooks import HookRow
from objectforge.records.load import LoadOptions, LoadResult, load
from objectforge.testing import temp_org
from objectforge.values.locales import Locale

YAML = """
objects:
  Firm:
    fields:
      Code: {type: text, unique: true, external_id: true}
      Limit: currency
      Kind: [A, B]
      Closed: checkbox
      Up: {type: lookup, to: Firm, children: Subs, filter: "Kind = $source.Kind"}
      Grade: {type: formula, returns: text, formula: "IF(Limit > 100, 'big', 'small')"}
      Formal: {type: formula, returns: checkbox, formula: "REGEX(Name, 'The .*')"}
      Spare: {type: formula, returns: checkbox, formula: "NOT Closed"}
    validations:
      under_closed: {error_if: "ISNEW() AND Up.Closed", message: New under a closed firm}
      moved_limit: {error_if: "ISCHANGED(Limit) AND Up.Closed", message: Limit under a closed firm, field: limit}
      root: {error_if: "ISBLANK(Up) AND Code = 'leaf'", message: A leaf has a firm above}
  Deal:
    fields:
      Firm: {type: lookup, to: Firm, filter: "NOT Closed AND Kind = $source.Kind", filter_message: No such kind}
      About: {type: lookup, to: [Firm, Deal], children: Abouts}
      Kind: [A, B]
      Amount: {type: currency, precision: 6}
      Note: text
      Grade: {type: formula, returns: text, formula: "Firm.Grade"}
    validations:
      negative: {error_if: "amount < 0", message: {en: Negative, ja: 負}, field: amount}
      worse: {error_if: "PRIORVALUE(Grade) = 'big' AND Grade = 'small'", message: Worse}
      formal: {error_if: "Firm.Formal AND Note = 'formal'", message: Formal}
      spare: {error_if: "Firm.Spare AND Note = 'spare'", message: Spare}
      about: {error_if: "About:Firm.Limit > 5 AND Note = 'about'", message: About}
      bad: {error_if: "Note = 'bad'", message: Bad, field: Note}
  Person:
    name_field: {type: person_name}
    fields:
      Home: address
      Firm: {type: lookup, to: Firm, filter: "Name = $source.FirstName OR ISBLANK($source.Name)"}
    validations:
      homeless: {error_if: "ISBLANK(Home)", message: No home, field: Home}
      renamed: {error_if: "ISCHANGED(Name)", message: Renamed, field: Name}
"""

HOOKED = """
objects:
  Firm: {fields: {Limit: currency}}
  Deal:
    fields:
      Firm: lookup(Firm)
      Limit: {type: currency, default: "=Firm.Limit"}
    validations:
      much: {error_if: "Firm.Limit > 5", message: Much}
"""


@pytest.fixture
def org(world: Callable[..., World]) -> World:
    return world(YAML)


def test_all_failing_rules_of_a_record_come_with_its_other_errors(org: World) -> None:
    with pytest.raises(RecordInvalid) as caught:
        org.create("Deal", {"Name": "d", "Amount": -1, "Note": "bad", "About": "x"}, {"Name": None, "Note": "bad"})
    assert [
        (0, "MALFORMED_ID", ("About",)),
        (0, "FIELD_CUSTOM_VALIDATION_EXCEPTION", ("Amount",)),
        (0, "FIELD_CUSTOM_VALIDATION_EXCEPTION", ("Note",)),
        (1, "REQUIRED_FIELD_MISSING", ("Name",)),
        (1, "FIELD_CUSTOM_VALIDATION_EXCEPTION", ("Note",)),
    ] == [(error.row, error.code, error.fields) for error in caught.value.errors]
    assert [] == org.all("Deal")


def test_a_rule_says_nothing_of_a_value_that_could_not_be_taken(org: World) -> None:
    (result,) = org.create("Person", {"LastName": "x" * 90, "HomeCity": "y" * 900}, partial=True)
    assert {("LastName", "STRING_TOO_LONG"), ("HomeCity", "STRING_TOO_LONG")} == set(codes(result.errors))


def test_a_hooks_values_are_judged(org: World) -> None:
    def spoil(row: HookRow) -> None:
        row["Note"] = "bad"

    org.hooks.add("Deal", "before", "create", spoil)
    with pytest.raises(RecordInvalid, match="Bad"):
        org.create("Deal", {"Name": "d"})


def test_the_value_before_is_that_of_the_parent_before(org: World) -> None:
    big, small = org.one("Firm", Name="b", Kind="A", Limit=200), org.one("Firm", Name="s", Kind="A", Limit=5)
    deal = org.one("Deal", Name="d", Firm=big, Kind="A")
    with pytest.raises(RecordInvalid, match="Worse"):
        org.update("Deal", {"Id": deal, "Firm": small})
    with pytest.raises(RecordInvalid, match="Worse"):
        org.update("Deal", {"Id": deal, "Firm": None})


def test_a_parents_formula_is_computed_even_where_no_query_can(org: World) -> None:
    the, plain = org.one("Firm", Name="The Firm", Kind="A"), org.one("Firm", Name="Firm", Kind="A")
    with pytest.raises(RecordInvalid, match="Formal"):
        org.create("Deal", {"Name": "d", "Firm": the, "Kind": "A", "Note": "formal"})
    org.one("Deal", Name="d", Firm=plain, Kind="A", Note="formal")


def test_a_missing_parents_formula_is_what_queries_say(org: World) -> None:
    with pytest.raises(RecordInvalid, match="Spare"):
        org.create("Deal", {"Name": "d", "Note": "spare"})


def test_a_path_through_a_lookup_to_several_objects_is_null_for_the_others(org: World) -> None:
    firm, deal = org.one("Firm", Name="f", Limit=9), org.one("Deal", Name="d")
    org.one("Deal", Name="d", About=deal, Note="about")
    with pytest.raises(RecordInvalid, match="About"):
        org.create("Deal", {"Name": "d", "About": firm, "Note": "about"})


def test_compounds_are_read_through_their_parts(org: World) -> None:
    firm = org.one("Firm", Name="Ada")
    person = org.one("Person", FirstName="Ada", LastName="L", HomeCity="Rome", Firm=firm)
    with pytest.raises(RecordInvalid) as caught:
        org.update("Person", {"Id": person, "FirstName": "Eve", "HomeCity": None})
    assert [
        ("Firm", "FIELD_FILTER_VALIDATION_EXCEPTION"),
        ("Home", "FIELD_CUSTOM_VALIDATION_EXCEPTION"),
        ("Name", "FIELD_CUSTOM_VALIDATION_EXCEPTION"),
    ] == codes(caught.value.errors)


def test_rules_see_the_parents_as_a_hook_left_them() -> None:
    with temp_org(Metadata.parse(HOOKED)) as org:
        firm = org["Firm"].create(Name="f", Limit=1)

        @org.before("Deal", "create")
        def _(row: HookRow) -> None:  # pyright: ignore[reportUnusedFunction]
            org["Firm"].update(firm, Limit=9)

        with pytest.raises(RecordInvalid, match="Much"):
            org["Deal"].create(Name="d", Firm=firm)


# -- lookup filters -------------------------------------------------------------------------------------------------
def test_a_filter_is_asked_again_when_the_field_it_compares_with_changes(org: World) -> None:
    firm = org.one("Firm", Name="f", Kind="A")
    deal = org.one("Deal", Name="d", Firm=firm, Kind="A")
    with pytest.raises(RecordInvalid, match="No such kind"):
        org.update("Deal", {"Id": deal, "Kind": "B"})
    org.update("Deal", {"Id": deal, "Kind": "B", "Firm": None})


def test_a_filter_is_not_asked_again_when_the_parent_has_changed(org: World) -> None:
    firm = org.one("Firm", Name="f", Kind="A")
    deal = org.one("Deal", Name="d", Firm=firm, Kind="A")
    org.update("Firm", {"Id": firm, "Closed": True})
    org.update("Deal", {"Id": deal, "Note": "fine", "Firm": firm})
    with pytest.raises(RecordInvalid, match="No such kind"):
        org.create("Deal", {"Name": "e", "Firm": firm, "Kind": "A"})


def test_neither_the_bin_nor_a_set_null_asks_the_rules(org: World) -> None:
    above = org.one("Firm", Name="a", Kind="A")
    leaf = org.one("Firm", Name="l", Code="leaf", Up=above, Kind="A")
    deal = org.one("Deal", Name="d", Firm=leaf, Kind="A")
    org.delete("Firm", above)
    assert org.get(leaf).Up is None
    org.delete("Deal", deal)
    org.update("Firm", {"Id": leaf, "Code": None, "Closed": True})
    org.restore("Deal", deal)
    assert leaf == org.get(deal).Firm
    org.restore("Firm", above)
    assert above == org.get(leaf).Up


# -- files whose rows point at each other ---------------------------------------------------------------------------
def _load(org: World, folder: Path, text: str, **options: Any) -> tuple[LoadResult, list[str]]:
    path, rejects = folder / "firms.csv", folder / "rejects.csv"
    path.write_text(text)
    rejects.unlink(missing_ok=True)
    given = LoadOptions(rejects=rejects, **options)
    result = load(org.write, org.forms.of("Firm"), path, given, locale=Locale("en"))
    rows = rejects.read_text().splitlines()[1:] if rejects.exists() else []
    return result, sorted(row.rsplit(",", 1)[-1] for row in rows)


@pytest.mark.parametrize("batch", [pytest.param(None, id="at once"), pytest.param(1, id="in batches")])
def test_a_row_is_judged_with_the_links_that_its_file_fills_later(
    org: World, tmp_path: Path, batch: int | None
) -> None:
    text = (
        "Name,Code,Closed,Kind,Up.Code\nr,r,true,A,\nu,u,false,A,r\no,o,false,A,\nleaf,leaf,false,A,o\nb,b,false,B,o\n"
    )
    result, said = _load(org, tmp_path, text, batch=batch)
    assert (3, 2) == (result.created, result.rejected)
    assert ["New under a closed firm", "Up: a00000000000003AAA does not pass the field's filter"] == [
        said[0], said[1].replace("a00000000000002AAA", "a00000000000003AAA")
    ]  # fmt: skip
    assert {"r", "o", "leaf"} == {record.Code for record in org.all("Firm")}


def test_a_row_that_fails_with_its_late_links_changes_nothing(org: World, tmp_path: Path) -> None:
    top = org.one("Firm", Name="t", Code="t", Kind="A", Closed=True)
    firm = org.one("Firm", Name="f", Code="f", Kind="A", Limit=1)
    org.update("Firm", {"Id": firm, "Up": top})
    text = "Name,Code,Limit,Up.Code\nT,t,,\nF,f,2,t\n"
    result, said = _load(org, tmp_path, text, upsert="Code")
    assert (1, 1, ["Limit under a closed firm"]) == (result.updated, result.rejected, said)
    assert ("f", 1, top) == (org.get(firm).Name, org.get(firm).Limit, org.get(firm).Up)
    assert "T" == org.get(top).Name
