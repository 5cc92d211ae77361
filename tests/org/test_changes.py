"""An org that lives: plans saved and applied, versions gone back to, parts deployed, held things purged."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from objectforge import Conflict, Metadata, MetadataError, NotFound, ObjectForgeError, Org, PlanRefused
from objectforge.change.all_failures import Obstacle
from objectforge.testing import temp_org

BASE = """
objects:
  Shop:
    fields: {Fax: phone, Code: text(20), Kind: [A, B, C], Region: lookup(Region)}
    list_views: {all: {columns: [Name, Fax, Kind], where: "Fax != null AND Kind = 'A'"}}
  Region: {}
"""


def parse(text: str) -> Metadata:
    return Metadata.parse(text)


def shop(fields: str, rest: str = "") -> Metadata:
    return parse(f"objects: {{Shop: {{fields: {{{fields}}}}}, Region: {{}}{rest}}}")


KEPT = "Fax: phone, Code: text(20), Kind: [A, B, C], Region: lookup(Region)"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def org(request: pytest.FixtureRequest) -> Iterator[Org]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with temp_org(parse(BASE), url=url) as opened:
        yield opened


def rows(org: Org, *fields: str, name: str = "Shop") -> list[tuple[Any, ...]]:
    return [tuple(record[field] for field in fields) for record in org[name].find(sort=["Name"])]


# -- what may be lost -------------------------------------------------------------------------------------------------
def test_a_field_that_is_held_is_allowed_by_name_and_comes_back_with_its_values(org: Org) -> None:
    org["Shop"].create(Name="a", Fax="1")
    gone = shop("Code: text(20), Kind: [A, B, C], Region: lookup(Region)")

    with pytest.raises(
        PlanRefused, match=r"Shop.Fax is held, with 1 value \[lossy\]\nTo allow them: allow=\['Shop.Fax'\]"
    ):
        org.deploy(gone)
    org.deploy(gone, allow=["shop.fax"])
    assert "Fax" not in org.schema.objects["Shop"].fields
    org.deploy(parse(BASE))

    assert [("a", "1")] == rows(org, "Name", "Fax")


@pytest.mark.parametrize("pattern", ["Shop.Fax", "Shop.*", "*", "shop.f?x"])
def test_names_and_patterns_allow(org: Org, pattern: str) -> None:
    org["Shop"].create(Name="a", Fax="1")

    org.deploy(shop("Code: text(20), Kind: [A, B, C], Region: lookup(Region)"), allow=[pattern])

    assert "Fax" not in org.schema.objects["Shop"].fields


@pytest.mark.parametrize("pattern", ["Shop.Fux", "Account.*", "Shop.Code", ""])
def test_an_allowed_name_that_matches_nothing_is_an_error(org: Org, pattern: str) -> None:
    org["Shop"].create(Name="a", Fax="1")
    before = org.state.version

    with pytest.raises(PlanRefused, match="no step of the plan has such a name; nothing was changed"):
        org.deploy(shop("Code: text(20), Kind: [A, B, C], Region: lookup(Region)"), allow=["Shop.Fax", pattern])

    assert before == org.state.version


def test_everything_may_be_allowed_though_nothing_is_lost(org: Org) -> None:
    org.deploy(shop(f"{KEPT}, Size: integer"), allow=["*"])

    assert "Size" in org.schema.objects["Shop"].fields


def test_holding_what_is_empty_needs_no_leave(org: Org) -> None:
    org.deploy(shop("Code: text(20), Kind: [A, B, C], Region: lookup(Region)"))

    assert org.plan(shop("Code: text(20), Kind: [A, B, C], Region: lookup(Region)")).is_empty


def test_values_written_after_the_plan_was_made_are_not_lost(org: Org) -> None:
    plan = org.plan(shop("Code: text(20), Kind: [A, B, C], Region: lookup(Region)"))
    org["Shop"].create(Name="a", Fax="1")

    with pytest.raises(PlanRefused, match="records were written since the plan was made"):
        org.apply(plan)

    assert [("a", "1")] == rows(org, "Name", "Fax")


def test_an_object_is_held_with_its_records_and_comes_back_with_them(org: Org) -> None:
    region = org["Region"].create(Name="North")
    org["Shop"].create(Name="a", Region=region.Id)

    org.deploy(parse("objects: {Region: {}}"), allow=["Shop"])
    with pytest.raises(NotFound):
        org["Shop"]
    org.deploy(parse(BASE))

    assert [("a", region.Id)] == rows(org, "Name", "Region")


def test_a_parent_deleted_while_its_children_were_held_is_remembered(org: Org) -> None:
    region = org["Region"].create(Name="North")
    org["Shop"].create(Name="a", Region=region.Id)
    org.deploy(parse("objects: {Region: {}}"), allow=["Shop"])
    org["Region"].delete(region.Id)

    org.deploy(parse(BASE))

    assert [("a", None)] == rows(org, "Name", "Region")
    org["Region"].restore(region.Id)
    assert [("a", region.Id)] == rows(org, "Name", "Region")


# -- questions --------------------------------------------------------------------------------------------------------
def test_what_vanishes_while_a_like_thing_appears_is_asked_about(org: Org) -> None:
    org["Shop"].create(Name="a", Fax="1")
    likely = shop("Telefax: phone, Code: text(20), Kind: [A, B, C], Region: lookup(Region)")

    plan = org.plan(likely)
    assert [("field", "Shop.Fax", "Shop.Telefax", ("Fax",))] == [
        (each.what, each.held, each.new, each.was) for each in plan.questions
    ]
    with pytest.raises(PlanRefused, match="`was: Fax`"):
        org.apply(plan)
    org.apply(plan, allow=["Shop.Fax"])

    assert [("a", None)] == rows(org, "Name", "Telefax")


def test_a_question_answered_in_the_file_carries_the_values(org: Org) -> None:
    org["Shop"].create(Name="a", Fax="1")

    plan = org.deploy(shop("Telefax: {type: phone, was: Fax}, Code: text(20), Kind: [A, B, C], Region: lookup(Region)"))

    assert () == plan.questions
    assert [("a", "1")] == rows(org, "Name", "Telefax")


def test_a_plan_that_would_hold_most_of_the_org_warns_first(org: Org) -> None:
    plan = org.plan(parse("objects: {Other: {fields: {Size: currency}}}"))

    assert "! this would hold 2 of the org's 2 objects" in str(plan).splitlines()[0]


# -- what the records do not allow ------------------------------------------------------------------------------------
def test_a_thousand_values_that_do_not_convert_are_counted_and_the_first_shown(org: Org) -> None:
    org["Shop"].create_many([{"Name": f"{number}", "Code": f"x{number}"} for number in range(1000)])
    org["Shop"].create(Name="right", Code="12")
    plan = org.plan(shop("Fax: phone, Code: integer, Kind: [A, B, C], Region: lookup(Region)"))

    with pytest.raises(PlanRefused) as refused:
        org.apply(plan, allow=["*"])

    lines = str(refused.value).splitlines()
    assert 20 == sum("not a number" in line for line in lines)
    assert any("... and 980 more" in line and "org.failures(plan)" in line for line in lines)
    found = list(org.failures(plan))
    assert 1000 == len(found)
    first = org["Shop"].first(where="Name = '0'")
    assert ("Shop", "Code", first.Id, "x0") == (found[0].object, found[0].field, found[0].id, found[0].value)
    assert "12" == org["Shop"].first(where="Name = 'right'")["Code"]


def test_required_is_refused_for_records_without_a_value_unless_a_default_fills_them(org: Org) -> None:
    made = org["Shop"].create(Name="a")
    with pytest.raises(PlanRefused, match="it has no value"):
        org.deploy(shop("Fax: {type: phone, required: true}, Code: text(20), Kind: [A, B, C], Region: lookup(Region)"))

    org.deploy(
        shop(
            "Fax: {type: phone, required: true, default: '000'}, Code: text(20), Kind: [A, B, C], "
            "Region: lookup(Region)"
        )
    )

    assert "000" == org["Shop"].get(made.Id)["Fax"]


def test_unique_is_refused_for_values_that_several_records_have(org: Org) -> None:
    created = org["Shop"].create_many([{"Name": name, "Code": code} for name, code in zip("abcd", "XxYy", strict=True)])
    org["Shop"].create(Name="e", Code="Z")
    org["Shop"].delete(created[3].id)
    fields = "Fax: phone, Code: {type: text, length: 20, unique: true}, Kind: [A, B, C], Region: lookup(Region)"
    plan = org.plan(shop(fields))

    expected = [
        Obstacle("Shop", "Code", created[0].id, "X", "2 records share it"),
        Obstacle("Shop", "Code", created[1].id, "x", "2 records share it"),
    ]
    assert expected == list(org.failures(plan))
    assert f"! unique Shop (Code), checked against the records\n    {created[0].id}  'X': 2 records" in str(plan)
    with pytest.raises(PlanRefused, match="share it"):
        org.apply(plan, allow=["*"])


def test_unique_over_several_fields_tells_all_their_values(org: Org) -> None:
    region = org["Region"].create(Name="North")
    org["Shop"].create_many([{"Name": name, "Code": "X", "Region": region.Id} for name in "ab"])

    plan = org.plan(parse(f"objects: {{Shop: {{fields: {{{KEPT}}}, unique: {{one: [Region, Code]}}}}, Region: {{}}}}"))

    assert [("Region, Code", f"{region.Id}, X")] * 2 == [(each.field, each.value) for each in org.failures(plan)]


def test_a_uniqueness_that_goes_while_its_field_changes_type_is_told(org: Org) -> None:
    org.deploy(shop(KEPT.replace("Code: text(20)", "Code: {type: text, length: 20, unique: true}")))

    plan = org.plan(shop(KEPT.replace("Code: text(20)", "Code: {type: integer, indexed: true}")))

    expected = [
        "- unique Shop (Code)",
        "~ field Shop.Code: text(20) -> integer, 0 values, each must be a number [checked]",
        "~ field Shop.Code: no longer unique, now indexed",
        "+ index Shop (Code)",
    ]
    assert expected == [line for line in str(plan).splitlines() if "Shop" in line]


def test_a_later_start_of_an_autonumber_is_where_numbers_go_on(org: Org) -> None:
    number = '{type: autonumber, format: "S-{0}"'
    org.deploy(shop(f"{KEPT}, Number: {number}}}"))
    org["Shop"].create(Name="a")
    org.deploy(shop(f"{KEPT}, Number: {number}, start: 100}}"))
    org["Shop"].create(Name="b")
    org.deploy(shop(f"{KEPT}, Number: {number}, start: 5}}"))
    org["Shop"].create(Name="c")

    assert [("a", "S-1"), ("b", "S-100"), ("c", "S-101")] == rows(org, "Name", "Number")


def test_several_values_follow_the_order_of_their_definition(org: Org) -> None:
    tags = "Tags: {type: multipicklist, values: [%s]}"
    org.deploy(shop(f"{KEPT}, {tags % 'a, b, c'}"))
    org["Shop"].create(Name="a", Tags="c;a")

    org.deploy(shop(f"{KEPT}, {tags % 'c, d, b, a'}"))

    assert [("a", "c;a")] == rows(org, "Name", "Tags")
    assert 1 == org["Shop"].count(where="Tags = 'c;a'")


# -- plans in files ---------------------------------------------------------------------------------------------------
def test_a_plan_is_saved_and_applied_later(org: Org, tmp_path: Path) -> None:
    org.plan(shop(KEPT, ", Extra: {}")).save(tmp_path / "p")

    org.apply(org.read_plan(tmp_path / "p"))

    assert "Extra" in org.schema.objects
    assert org.plan(shop(KEPT, ", Extra: {}")).is_empty


def test_the_plan_of_an_org_that_moved_on_is_refused(org: Org, tmp_path: Path) -> None:
    org.plan(shop(KEPT, ", Extra: {}")).save(tmp_path / "p")
    org.deploy(shop(KEPT, ", Other: {}"))

    with pytest.raises(Conflict, match="the org has moved on"):
        org.read_plan(tmp_path / "p")


def test_the_plan_of_another_org_is_refused(org: Org, tmp_path: Path) -> None:
    with temp_org(parse("objects: {Mine: {}}")) as other:
        other.plan(parse("objects: {Mine: {}, Yours: {}}")).save(tmp_path / "p")

    with pytest.raises(PlanRefused, match="another org"):
        org.read_plan(tmp_path / "p")


@pytest.mark.parametrize(
    ("told", "change"),
    [
        pytest.param("edited", lambda text: text.replace("Extra", "Other"), id="metadata"),
        pytest.param("edited", lambda text: text.replace('"risk": "safe"', '"risk": "lossy"', 1), id="a risk"),
        pytest.param("edited", lambda text: text.replace('"version": 1', '"version": 2', 1), id="the version"),
        pytest.param("not a plan", lambda text: text[: len(text) // 2], id="cut off"),
        pytest.param("not a plan", lambda text: "objects: {}", id="metadata in its place"),
        pytest.param("not a plan", lambda text: "[]", id="another JSON"),
        pytest.param("not a plan", lambda text: "", id="nothing"),
        pytest.param("another version", lambda text: text.replace('_plan": 1', '_plan": 9'), id="a later one"),
    ],
)  # fmt: skip
def test_a_plan_edited_by_hand_is_refused(org: Org, tmp_path: Path, told: str, change: Any) -> None:
    org.plan(shop(KEPT, ", Extra: {}")).save(tmp_path / "p")
    (tmp_path / "p").write_text(change((tmp_path / "p").read_text("utf-8")), "utf-8")

    with pytest.raises(PlanRefused, match=told):
        org.read_plan(tmp_path / "p")


def test_a_saved_plan_that_has_become_lossy_is_refused(org: Org, tmp_path: Path) -> None:
    org.plan(shop("Code: text(20), Kind: [A, B, C], Region: lookup(Region)")).save(tmp_path / "p")
    org["Shop"].create(Name="a", Fax="1")

    with pytest.raises(Conflict, match=r"Shop.Fax is held, with 1 value"):
        org.read_plan(tmp_path / "p")


def test_a_plan_is_data_for_programs(org: Org) -> None:
    org["Shop"].create(Name="a", Fax="1")
    data = org.plan(shop("Telefax: phone, Code: text(20), Kind: [A, B, C], Region: lookup(Region)")).data(
        org.engine.dialect
    )

    assert data == json.loads(json.dumps(data))
    assert {"kind": "HoldField", "name": "Shop.Fax", "risk": "lossy", "rows": 1} == {
        key: data["steps"][0][key] for key in ("kind", "name", "risk", "rows")
    }
    assert "Shop.Telefax" == data["questions"][0]["new"]
    assert any("ALTER TABLE" in statement for statement in data["sql"])


# -- versions ---------------------------------------------------------------------------------------------------------
def test_the_history_tells_when_who_and_which_steps(org: Org) -> None:
    org.deploy(shop(KEPT, ", Extra: {}"))

    last, first = org.history()

    assert (2, 1) == (last.version, first.version)
    assert getpass.getuser() == last.who
    assert first.at <= last.at
    assert "+ object Extra (9 fields, 1 index)" in last.steps


def test_rolling_back_gives_old_names_to_what_was_renamed(org: Org) -> None:
    org["Shop"].create(Name="a", Fax="1", Kind="A")
    org.deploy(
        parse(
            "objects: {Store: {was: Shop, fields: {Telefax: {type: phone, was: Fax}, Code: text(20), "
            "Kind: [{value: First, was: A}, B, C], Region: lookup(Region), Size: integer}}, Region: {}}"
        )
    )
    assert [("a", "1", "First")] == rows(org, "Name", "Telefax", "Kind", name="Store")

    plan = org.rollback(1)

    assert [("a", "1", "A")] == rows(org, "Name", "Fax", "Kind")
    assert "~ object Store is called Shop now" in str(plan)
    assert org.plan(parse(BASE)).is_empty
    assert 3 == org.history()[0].version


def test_rolling_back_loses_nothing_that_is_not_allowed(org: Org) -> None:
    org.deploy(shop(f"{KEPT}, Size: integer"))
    org["Shop"].create(Name="a", Size=5)

    with pytest.raises(PlanRefused, match=r"Shop\.Size"):
        org.rollback(1)
    org.rollback(1, allow=["Shop.Size"])
    org.rollback(2)

    assert [("a", 5)] == rows(org, "Name", "Size")


def test_a_version_that_never_was_is_named(org: Org) -> None:
    with pytest.raises(NotFound, match="no version 7; its versions are 1 to 1"):
        org.rollback(7)


def test_what_was_deployed_is_pulled_as_yaml_that_deploys_to_the_same(org: Org, tmp_path: Path) -> None:
    org.deploy(shop(KEPT, ", Extra: {}"))

    text = org.pull(tmp_path / "crm")

    assert org.plan(parse(text)).is_empty
    assert org.plan(tmp_path / "crm").is_empty
    with temp_org(parse(text)) as other:
        assert other.plan(tmp_path / "crm").is_empty
    assert "Extra" not in org.pull(version=1)
    with pytest.raises(FileExistsError):
        org.pull(tmp_path / "crm")


# -- parts ------------------------------------------------------------------------------------------------------------
def test_a_part_adds_to_the_org_and_nothing_goes(org: Org) -> None:
    plan = org.deploy(parse("objects: {Shop: {fields: {Size: integer}}, Extra: {}}"), partial=True)

    assert not any(line.startswith("-") for line in str(plan).splitlines())
    assert {"Fax", "Size"} <= org.schema.objects["Shop"].fields.keys()
    assert {"Shop.all"} == org.schema.list_views.keys()


def test_what_a_part_renames_is_renamed_in_all_that_the_org_stores(org: Org) -> None:
    org["Shop"].create(Name="a", Fax="1", Kind="A")

    org.deploy(
        parse("objects: {Shop: {fields: {Telefax: {type: phone, was: Fax}, Kind: [{value: First, was: A}, B, C]}}}"),
        partial=True,
    )

    assert [{"Name": "a", "Telefax": "1", "Kind": "First"}] == [
        {key: row[key] for key in ("Name", "Telefax", "Kind")} for row in org.list_view("Shop.all").page().rows
    ]


def test_what_is_wrong_with_a_part_is_placed_in_it(org: Org) -> None:
    with pytest.raises(MetadataError, match=r"part\.yaml:1:"):
        org.plan(
            Metadata.parse("objects: {Shop: {fields: {Size: {type: lookup, to: Nowhere}}}}", "part.yaml"), partial=True
        )


# -- for good ---------------------------------------------------------------------------------------------------------
def test_a_held_field_is_purged_with_its_values(org: Org) -> None:
    org["Shop"].create(Name="a", Fax="1")
    org.deploy(shop("Code: text(20), Kind: [A, B, C], Region: lookup(Region)"), allow=["Shop.Fax"])

    plan = org.purge("Shop.Fax")

    assert "- field Shop.Fax for good, with 1 value [destructive]" in str(plan)
    org.deploy(parse(BASE))
    assert [("a", None)] == rows(org, "Name", "Fax")


def test_what_is_held_is_told_with_its_records(org: Org) -> None:
    region = org["Region"].create(Name="North")
    org["Shop"].create_many([{"Name": "a", "Fax": "1", "Kind": "A"}, {"Name": "b", "Kind": "A", "Region": region.Id}])
    assert () == org.held()
    org.deploy(parse("objects: {Shop: {fields: {Code: text(20), Kind: [B, C]}}}"), allow=["*"])

    expected = ["object Region, 1 record", "field Shop.Fax, 1 record", "value Shop.Kind.A, 2 records",
                "field Shop.Region, 1 record"]  # fmt: skip
    assert expected == [str(each) for each in org.held()]
    with pytest.raises(PlanRefused, match=r"Region\.Name is held with Region, and goes with it: purge Region"):
        org.purge("Region.Name")


def test_a_held_value_is_purged_from_the_records_that_hold_it(org: Org) -> None:
    org["Shop"].create_many([{"Name": "a", "Kind": "A"}, {"Name": "b", "Kind": "B"}])
    org.deploy(shop("Fax: phone, Code: text(20), Kind: [B, C], Region: lookup(Region)"), allow=["Shop.Kind.A"])
    assert [("a", "A"), ("b", "B")] == rows(org, "Name", "Kind")

    org.purge("Shop.Kind.A")

    assert [("a", None), ("b", "B")] == rows(org, "Name", "Kind")


def test_a_held_object_goes_only_with_the_lookups_that_lead_to_it(org: Org) -> None:
    region = org["Region"].create(Name="North")
    org["Shop"].create(Name="a", Region=region.Id)
    org.deploy(parse("objects: {Shop: {fields: {Fax: phone, Code: text(20), Kind: [A, B, C]}}}"), allow=["*"])

    with pytest.raises(PlanRefused, match=r"objectforge purge Region Shop\.Region"):
        org.purge("Region")
    org.purge("Region", "Shop.Region")
    org.deploy(parse(BASE))

    assert [("a", None)] == rows(org, "Name", "Region")
    assert org["Region"].count() == 0


@pytest.mark.parametrize(
    ("error", "told", "name"),
    [
        pytest.param(PlanRefused, "take it out of the metadata", "Shop.Fax", id="declared"),
        pytest.param(PlanRefused, "take it out of the metadata", "Shop", id="a declared object"),
        pytest.param(PlanRefused, "take it out of the metadata", "Shop.Kind.A", id="a declared value"),
        pytest.param(NotFound, "nothing called 'Shap' is held", "Shap", id="unknown"),
    ],
)
def test_only_what_is_held_is_purged(org: Org, error: type[ObjectForgeError], told: str, name: str) -> None:
    with pytest.raises(error, match=told):
        org.purge(name)


def test_a_plan_that_purges_is_neither_applied_nor_saved(org: Org, tmp_path: Path) -> None:
    org.deploy(shop("Code: text(20), Kind: [A, B, C], Region: lookup(Region)"))
    plan = org.plan_purge("Shop.Fax")

    with pytest.raises(PlanRefused, match=r"org\.purge"):
        org.apply(plan)
    with pytest.raises(ValueError, match="purge is not saved"):
        plan.save(tmp_path / "p")


def test_a_package_whose_folder_holds_something_else_by_now_is_not_pulled(org: Org, tmp_path: Path) -> None:
    package, app = tmp_path / "fleet" / "package.yaml", tmp_path / "app.yaml"
    package.parent.mkdir()
    package.write_text("package: {name: fleet, version: 1.0.0}\nobjects: {Car: {}}")
    app.write_text("uses: [./fleet]")
    org.deploy(app, allow=["*"])
    org.pull(tmp_path / "first")
    package.write_text("package: {name: fleet, version: 1.0.0}\nobjects: {Car: {}, Van: {}}")

    with pytest.raises(ObjectForgeError, match="what lies there is not what was deployed from it"):
        org.pull(tmp_path / "second")
    assert not (tmp_path / "second").exists()
    assert org.plan(tmp_path / "first").is_empty
