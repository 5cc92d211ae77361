from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from org_texts import ORG, schema_of

from objectforge.errors.exceptions import MetadataError
from objectforge.expressions.typed import Const
from objectforge.expressions.walk import refs
from objectforge.metadata.metadata import Metadata, collect_text
from objectforge.relations.resolve import examine, resolve
from objectforge.relations.schema import RollupValue, Schema
from objectforge.values.kinds import Kind

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "objectforge"


@pytest.mark.parametrize(
    "what",
    [pytest.param("uses: [sales]", id="the sales package"), pytest.param(PACKAGE / "demo" / "crm", id="the demo")],
)
def test_what_is_shipped_resolves(what: str | Path) -> None:
    metadata = Metadata.parse(what) if isinstance(what, str) else Metadata.load(what)

    schema, issues = examine(metadata)

    assert issues == ()
    assert schema is not None
    assert schema.reports["won_amount_by_industry"].format == "matrix"


def test_fields_stand_in_order_between_the_system_fields(schema: Schema) -> None:
    names = list(schema.objects["Company"].fields)

    assert names[:4] == ["Id", "Name", "ParentId", "Industry"]
    assert names[-7:] == [
        "OwnerId", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp", "IsDeleted",
    ]  # fmt: skip
    assert "Street" in names
    assert schema.objects["Company"].fields["Street"].part_of == "Address"


def test_names_are_found_in_any_case(schema: Schema) -> None:
    company = schema.object("COMPANY")

    assert company is not None
    assert company.field("revenue") is company.fields["Revenue"]
    assert company.child("DEALS") is company.children["Deals"]


def test_both_ends_of_a_lookup_are_named(schema: Schema) -> None:
    lookup = schema.objects["Deal"].lookups["CompanyId"]
    custom = schema.objects["Deal"].lookups["Product__c"]

    assert (lookup.targets, lookup.path, lookup.children, lookup.on_delete) == (
        ("Company",),
        "Company",
        "Deals",
        "cascade",
    )
    assert (custom.path, custom.children) == ("Product__r", "Deals__r")
    assert schema.objects["Company"].children["Deals"].field == "CompanyId"
    assert {each.child for each in schema.objects["Deal"].children.values()} == {"Line", "Note"}


def test_system_lookups_have_a_path_and_no_children(schema: Schema) -> None:
    assert schema.objects["Deal"].lookups["OwnerId"].path == "Owner"
    assert set(schema.objects["User"].children) == {"DirectReports"}


def test_the_id_of_a_record_is_no_relationship(schema: Schema) -> None:
    record_id = schema.objects["Deal"].fields["Id"]

    assert (record_id.value_type.kind, record_id.value_type.objects) == (Kind.ID, ("Deal",))
    assert "Id" not in schema.objects["Deal"].lookups
    assert not record_id.writable


def test_a_detail_knows_its_master(schema: Schema) -> None:
    master = schema.objects["Line"].master

    assert master is not None
    assert master.targets == ("Deal",)


def test_defaults_and_sets_are_values(schema: Schema) -> None:
    fields = schema.objects["Deal"].fields

    assert fields["Amount"].default == Const(Decimal(5), fields["Amount"].value_type)
    assert fields["Closes"].default is not None
    assert fields["Closes"].default.type.kind is Kind.DATE
    assert fields["Stage"].sets == {"Open": {"Chance": Decimal(10)}, "Won": {"Chance": Decimal(100), "Done": True}}


def test_validations_that_are_not_active_are_left_out(schema: Schema) -> None:
    assert [(rule.name, rule.field) for rule in schema.objects["Deal"].validations] == [("positive", "Amount")]


def test_unique_rules_and_indexes_name_fields(schema: Schema) -> None:
    deal = schema.objects["Deal"]

    assert deal.unique == {"once": ("CompanyId", "Closes")}
    assert deal.indexes == ((("Stage", False), ("Closes", True)),)


def test_a_lookups_filter_sees_both_records(schema: Schema) -> None:
    found = schema.objects["Deal"].lookups["CompanyId"].filter

    assert found is not None
    assert {ref.node for ref in refs(found)} == {"", "$source"}


def test_roll_ups_and_formulas_are_typed_in_order(schema: Schema) -> None:
    fields = schema.objects["Company"].fields
    rollup = fields["Won"].computed

    assert isinstance(rollup, RollupValue)
    assert (rollup.function, rollup.children.child, rollup.argument.field if rollup.argument else None) == (
        "sum",
        "Deal",
        "Amount",
    )
    assert fields["Twice"].computed is not None
    assert fields["Twice"].value_type.digits > fields["Won"].value_type.digits


def test_every_issue_is_raised_at_once() -> None:
    with pytest.raises(MetadataError) as caught:
        schema_of("objects: {A: {fields: {B: {type: lookup, to: C}, D: {type: formula, returns: text, formula: E}}}}")

    assert [issue.code for issue in caught.value.issues] == ["OF222", "OF240"]


def test_what_is_missing_through_another_mistake_is_no_second_issue() -> None:
    text = """
objects:
  A:
    fields:
      Sum: curency
      UpId: {type: lookup, to: Nothing, children: Downs}
      More: {type: formula, returns: currency, formula: Sum + 1}
      Place: {type: picklist, value_set: Nowhere}
list_views:
  A.all: {columns: [Sum, Up.Name, UpId, Place], where: Sum > 1 AND Place = 'x', sort: [Sum]}
reports:
  r: {from: A, joins: {Up: inner}, rows: [Sum, Up.Name], measures: {t: sum(Sum), u: t + 1}, sort: [-u]}
"""
    metadata, first = collect_text(text)
    assert metadata is not None

    schema, second = examine(metadata)

    assert [issue.code for issue in first] == ["OF104"]
    assert [issue.code for issue in second] == ["OF222", "OF228"]
    assert schema is None


def test_a_broken_object_hides_no_other_mistake() -> None:
    metadata, _ = collect_text("objects: {A: [1], B: {fields: {Up: {type: lookup, to: A}, To: {type: lookup, to: X}}}}")
    assert metadata is not None

    _, issues = examine(metadata)

    assert [issue.message for issue in issues] == ["'B.To' points to an unknown object, 'X'"]


def test_two_resolutions_are_equal() -> None:
    assert resolve(Metadata.parse(ORG)).objects == resolve(Metadata.parse(ORG)).objects


def test_literals_are_read_in_the_orgs_zone() -> None:
    schema = schema_of(
        "settings: {org: {timezone: Asia/Tokyo}}\n"
        "objects: {A: {fields: {At: {type: datetime, default: 2026-04-01 09:00}}}}"
    )
    default = schema.objects["A"].fields["At"].default

    assert isinstance(default, Const)
    assert str(default.value) == "2026-04-01 00:00:00+00:00"
    assert isinstance(default.value, date)
