"""Plans that are not what their makers think: another org's, half told, overtaken; and names easily mistaken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from objectforge import Metadata, NotFound, Org, PlanRefused
from objectforge.change.plan_file import SavedPlan, saved_metadata
from objectforge.storage.registry_tables import history
from objectforge.testing import temp_org


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def org(request: pytest.FixtureRequest) -> Iterator[Org]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with temp_org(objects(Shop="", Region=""), url=url) as opened:
        yield opened


def objects(**bodies: str) -> Metadata:
    return Metadata.parse("objects:\n" + "\n".join(f"  {name}: {{{body}}}" for name, body in bodies.items()))


def shop(fields: str) -> Metadata:
    return objects(Shop=f"fields: {{{fields}}}", Region="")


def rows(org: Org, *fields: str, name: str = "Shop") -> list[tuple[Any, ...]]:
    return [tuple(record[field] for field in fields) for record in org[name].find(sort=["Name"])]


# -- whose plan it is -------------------------------------------------------------------------------------------------
def test_a_plan_in_hand_is_not_applied_to_another_org(org: Org) -> None:
    plan = org.plan(shop("Fax: phone"))

    with Org.open("sqlite://") as other:
        with pytest.raises(PlanRefused, match="made for another org, and here is none yet"):
            other.apply(plan)
        other.deploy(objects(Region="", Shop=""))
        with pytest.raises(PlanRefused, match="made for another org; nothing was changed"):
            other.apply(plan)

        assert other.plan(objects(Region="", Shop="")).is_empty


def test_a_plan_file_that_is_only_brackets_is_refused(org: Org, tmp_path: Path) -> None:
    (tmp_path / "deep.plan").write_text("[" * 100_000, "utf-8")

    with pytest.raises(PlanRefused, match="is not a plan that was saved"):
        org.read_plan(tmp_path / "deep.plan")


@pytest.mark.parametrize("content", ["{}", "garbage", '{"objects": 3}'])
def test_metadata_that_another_objectforge_saved_in_another_form_is_refused(content: str) -> None:
    saved = SavedPlan(org="", version=1, rollback=None, steps=(), metadata=content, source=None)

    with pytest.raises(PlanRefused, match="another ObjectForge saved it; nothing was changed"):
        saved_metadata(saved)


def test_a_history_that_grew_without_a_step_leaves_the_org_as_it_is(org: Org) -> None:
    org.deploy(shop("Fax: phone"))
    before = org.pull()

    assert org.deploy(shop("Fax: {type: phone, was: [Telefax, Fax]}")).is_empty

    assert before == org.pull()
    assert org.schema.objects["Shop"].fields["Fax"].type.was == ()


@pytest.mark.parametrize("allow", ["Shop.Fax", [3]])
def test_what_is_allowed_is_a_list_of_names(allow: Any, org: Org) -> None:
    with pytest.raises(TypeError, match=r"allow takes a list of names, allow=\['Account.Fax'\]"):
        org.deploy(shop("Fax: phone"), allow=allow)


def test_a_value_that_looks_like_a_pattern_is_allowed_by_its_name(org: Org) -> None:
    org.deploy(shop("Kind: ['[x]', y]"))
    org["Shop"].create(Name="a", Kind="[x]")

    org.deploy(shop("Kind: [y]"), allow=["Shop.Kind.[x]"])

    assert [("[x]",)] == rows(org, "Kind")


def test_a_name_to_purge_is_a_text(org: Org) -> None:
    with pytest.raises(TypeError, match=r"org.purge\('Account.Fax'\)"):
        org.purge(3)  # type: ignore[arg-type]


def test_what_is_required_without_a_value_says_what_to_do(org: Org) -> None:
    org.deploy(shop("Fax: phone"))
    org["Shop"].create(Name="a")

    plan = org.plan(shop("Fax: {type: phone, required: true}"))

    way = "    give it a `default:`; or deploy it without `required:`, fill it, then require it"
    assert way in str(plan).splitlines()


# -- versions ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("version", [0, -1, 10**30])
def test_a_number_that_is_no_version_is_told(version: int, org: Org) -> None:
    for look in (org.rollback, org.plan_rollback, lambda number: org.pull(version=number)):
        with pytest.raises(NotFound, match=f"the org has no version {version}; its versions are 1 to 1"):
            look(version)


def test_a_version_is_a_number(org: Org) -> None:
    with pytest.raises(TypeError, match="a version is a number, not '1'"):
        org.rollback("1")  # type: ignore[arg-type]


def test_rolling_back_takes_what_was_purged_for_what_bears_its_name_now(org: Org) -> None:
    org.deploy(objects(Shop="fields: {Fax: phone, Kind: [A, B]}", Region=""))
    org["Shop"].create(Name="a", Fax="1", Kind="A")
    org.deploy(objects(Shop="fields: {Kind: [B]}"), allow=["*"])
    org.purge("Shop.Fax", "Shop.Kind.A", "Region")
    org.deploy(objects(Shop="fields: {Fax: phone, Kind: [A, B]}", Region=""))
    org["Shop"].create(Name="b", Fax="2", Kind="A")
    org["Region"].create(Name="North")

    assert org.rollback(2).is_empty

    assert [("a", None, None), ("b", "2", "A")] == rows(org, "Name", "Fax", "Kind")


def test_rolling_back_asks_nothing_for_identities_are_known(org: Org) -> None:
    org.deploy(shop("Fax: phone"))
    org["Shop"].create(Name="a", Fax="1")
    org.deploy(shop("Fax: phone, Telefax: phone"))
    org["Shop"].update(org["Shop"].find()[0].Id, Telefax="2")
    org.deploy(shop("Telefax: phone"), allow=["Shop.Fax"])
    org.purge("Shop.Fax")

    plan = org.plan_rollback(2)

    assert () == plan.questions
    assert ["- field Shop.Telefax is held, with 1 value [lossy]", "+ field Shop.Fax"] == str(plan).splitlines()[:2]


def test_a_version_from_before_identities_were_kept_is_gone_back_to_across_renames(org: Org) -> None:
    org.deploy(objects(Shop="fields: {Fax: phone, Kind: [A, B], Office: address}", Region=""))
    org["Shop"].create(Name="a", Fax="1", Kind="A", OfficeStreet="s")
    forget_what_versions_keep(org)
    renamed = "Telefax: {type: phone, was: Fax}, Kind: [{value: Z, was: A}, B], Home: {type: address, was: Office}"
    org.deploy(objects(Store=f"was: Shop, fields: {{{renamed}}}", Shop="", Region=""))

    org.rollback(2, allow=["Shop"])

    assert [("a", "1", "A", "s")] == rows(org, "Name", "Fax", "Kind", "OfficeStreet")


def test_an_org_from_before_yaml_was_kept_keeps_it_once_it_is_deployed_again(org: Org) -> None:
    forget_what_versions_keep(org)

    with pytest.raises(NotFound, match="is from before orgs kept their YAML; deploy its files once again"):
        org.pull()
    plan = org.deploy(objects(Shop="", Region=""))

    assert ["~ source: the org's YAML is kept from now on"] == str(plan).splitlines()[:1]
    assert org.plan(Metadata.parse(org.pull())).is_empty


def forget_what_versions_keep(org: Org) -> None:
    with org.engine.connect() as connection, connection.begin():
        connection.execute(sa.update(history).values(source=None, identities=None))


# -- what comes back to records that were written meanwhile -----------------------------------------------------------
def test_records_that_are_written_before_a_required_field_comes_back_stop_the_plan(org: Org) -> None:
    org.deploy(shop("Rest: {type: text, required: true}"))
    org["Shop"].create(Name="a", Rest="r")
    org.deploy(objects(Shop="", Region=""), allow=["Shop.*"])
    plan = org.plan(shop("Rest: {type: text, required: true}"))
    org["Shop"].create(Name="b")

    with pytest.raises(PlanRefused, match=r"Shop.Rest is required, and .* Make the plan again"):
        org.apply(plan)


@pytest.mark.parametrize("held", [True, False], ids=["back", "new"])
def test_a_detail_is_never_left_without_its_master(held: bool, org: Org) -> None:
    detail = shop("Region: {type: master_detail, to: Region}")
    if held:
        org.deploy(detail)
        org.deploy(objects(Shop="", Region=""))
    org["Shop"].create(Name="a")

    with pytest.raises(PlanRefused, match=r"1 record (without a value|would have none)"):
        org.deploy(detail)


# -- what a plan says -------------------------------------------------------------------------------------------------
def test_a_compound_is_asked_about_and_allowed_as_a_whole(org: Org) -> None:
    org.deploy(shop("Office: address"))
    org["Shop"].create(Name="a", OfficeStreet="s", OfficeCity="c")

    plan = org.plan(shop("Home: address"))
    assert [("Shop.Office", "Shop.Home")] == [(each.held, each.new) for each in plan.questions]
    with pytest.raises(PlanRefused, match=r"allow=\['Shop.Office'\]"):
        org.deploy(objects(Shop="", Region=""))
    org.deploy(objects(Shop="", Region=""), allow=["Shop.Office"])
    org.deploy(shop("Home: {type: address, was: Office}"))

    assert [("s", "c")] == rows(org, "HomeStreet", "HomeCity")


def test_a_compound_gets_another_label(org: Org) -> None:
    org.deploy(shop("Office: address"))

    plan = org.deploy(shop("Office: {type: address, label: Seat}"))

    assert "~ field Shop.OfficeStreet: label" in str(plan).splitlines()


def test_links_that_do_not_convert_are_told_as_ids(org: Org) -> None:
    org.deploy(objects(Shop="fields: {At: {type: lookup, to: [Region, Area]}}", Region="", Area=""))
    area = org["Area"].create(Name="x")
    record = org["Shop"].create(Name="a", At=area.Id)
    org["Shop"].delete(record.Id)

    plan = org.plan(objects(Shop="fields: {At: lookup(Region)}", Region="", Area=""))

    told = "it is the id of Area, not of Region (the record is in the recycle bin)"
    assert f"    {record.Id}  {area.Id}: {told}" in str(plan).splitlines()
    assert [(record.Id, area.Id, told)] == [(each.id, each.value, each.reason) for each in org.failures(plan)]


# -- code beside the org ----------------------------------------------------------------------------------------------
def test_a_hook_stays_with_its_object_whatever_that_is_called(org: Org) -> None:
    @org.before("Shop", "create")
    def _(record: Any) -> None:
        record["Name"] = record["Name"].upper()

    org.deploy(objects(Store="was: Shop", Shop="was: Region"))
    org["Store"].create(Name="a")
    org["Shop"].create(Name="b")

    assert [("A",)] == rows(org, "Name", name="Store")
    assert [("b",)] == rows(org, "Name", name="Shop")
