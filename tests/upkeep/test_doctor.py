from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from upkeep_orgs import CONTACT, OBJECTS, drop_unique, ids, make_metadata, number, set_value, table, tamper

from objectforge import Org, Severity
from objectforge.storage import registry_tables as t
from objectforge.storage.ddl import DropColumn, DropKey, DropTable
from objectforge.values.ids import make_id

MISSING = 999


def found(org: Org) -> list[tuple[str, str, int]]:
    return [(one.kind, one.name, one.count) for one in org.doctor()]


def test_an_org_in_order_has_nothing(org: Org) -> None:
    assert org.doctor() == ()
    assert org.drift() == ()


def test_held_things_are_in_order_too(org: Org) -> None:
    org.deploy(make_metadata({"Account": {"Code": "text"}, "Contact": {}}), allow=["*"])
    assert org.doctor() == ()
    org["Account"].delete(ids(org, "Account")[0])
    assert org.doctor() == ()


# -- links ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "field"),
    [
        pytest.param("Contact", "AccountId", id="a lookup"),
        pytest.param("Line", "Account", id="a master"),
        pytest.param("Line", "OwnerId", id="an owner"),
    ],
)
def test_a_link_to_no_record(org: Org, name: str, field: str) -> None:
    target = org.schema.objects[name].lookups[field].targets[0]
    set_value(org, name, field, make_id(org.state.ids.number(target), MISSING), unchecked=True)
    (one,) = org.doctor()
    assert ("missing_parent", f"{name}.{field}", 1) == (one.kind, one.name, one.count)
    assert one.ids == tuple(ids(org, name))
    assert one.message == f"1 record that point to no record of {target}"


@pytest.mark.parametrize(
    "target", [pytest.param("Account", id="gone"), pytest.param("Line", id="of an object it may not point to")]
)
def test_a_polymorphic_link_to_no_record(org: Org, target: str) -> None:
    there = ids(org, "Line")[0]
    wrong = number(org, there) if target == "Line" else make_id(org.state.ids.number("Account"), MISSING)
    set_value(org, "Line", "About", wrong)
    assert [("missing_parent", "Line.About", 1)] == found(org)


def test_a_held_foreign_key_is_examined_and_a_held_polymorphic_link_is_not(org: Org) -> None:
    org.deploy(make_metadata({**OBJECTS, "Contact": {"Fax": "phone"}, "Line": {}}), allow=["*"])
    registry = org.state.registry
    (field,) = (one for one in registry.fields if one.name == "AccountId")
    contacts = sa.Table("contact", sa.MetaData(), sa.Column(field.storage_name, sa.BigInteger()))
    lines = sa.Table("line", sa.MetaData(), sa.Column("about", sa.BigInteger()))
    wrong = make_id(org.state.ids.number("Account"), MISSING)
    if org.engine.dialect.name == "postgresql":
        key = sa.Table("contact", sa.MetaData())
        tamper(org, DropKey(key, f"fk_f{field.identity}"))
    tamper(org, sa.update(contacts).values({field.storage_name: wrong}), sa.update(lines).values(about=wrong),
           unchecked=True)  # fmt: skip
    assert [("missing_parent", "Contact.AccountId", 2)] == found(org)


def test_a_living_record_of_a_parent_in_the_bin(org: Org) -> None:
    second = ids(org, "Account")[1]
    org["Account"].delete(second)
    set_value(org, "Contact", "AccountId", number(org, second))
    (one,) = org.doctor()
    assert ("parent_in_bin", "Contact.AccountId", 1) == (one.kind, one.name, one.count)
    assert "restore" in one.hint


# -- values -----------------------------------------------------------------------------------------------------------
def test_a_detail_without_a_master(org: Org) -> None:
    set_value(org, "Line", "Account", None)
    assert [("no_master", "Line.Account", 1)] == found(org)


def test_a_record_without_a_required_value_is_a_warning(org: Org) -> None:
    set_value(org, "Account", "Name", None)
    (one,) = org.doctor()
    assert ("no_required_value", "Account.Name", 2, Severity.WARNING) == (one.kind, one.name, one.count, one.severity)
    assert str(one).startswith("warning: Account.Name (table account, column name): 2 records without a value")


def test_a_field_required_without_a_default_is_a_warning_as_well(org: Org) -> None:
    org.deploy(make_metadata({**OBJECTS, "Contact": {**CONTACT, "Role": {"type": "text", "required": True}}}))
    assert [("no_required_value", "Contact.Role", 1)] == found(org)


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        pytest.param("no_checkbox_value", "Open", id="a checkbox"),
        pytest.param("no_system_value", "SystemModstamp", id="a system field"),
    ],
)
def test_a_record_without_what_every_record_has(org: Org, kind: str, field: str) -> None:
    set_value(org, "Account", field, None)
    assert [(kind, f"Account.{field}", 2)] == found(org)


def test_a_record_under_the_id_of_another_object(org: Org) -> None:
    contacts = table(org, "Contact")
    (ann,) = ids(org, "Contact")
    wrong = make_id(org.state.ids.number("Line"), MISSING)
    tamper(org, sa.update(contacts).values(id=wrong).where(contacts.c.id == number(org, ann)))
    assert ("foreign_id", "Contact", 1) in found(org)


PLAIN: dict[type, sa.types.TypeEngine[Any]] = {
    int: sa.BigInteger(), str: sa.Text(), bytes: sa.LargeBinary(), Decimal: sa.Numeric(), date: sa.Date(),
    datetime: sa.DateTime(timezone=True),
}  # fmt: skip
SQLITE = [
    pytest.param("Revenue", "much", id="text for a number"),
    pytest.param("Revenue", 10**18, id="a number of too many digits"),
    pytest.param("Founded", "2026-02-30", id="a day that is none"),
    pytest.param("Founded", "soon", id="a text for a day"),
    pytest.param("Founded", 5, id="a number for a day"),
    pytest.param("Founded", "1066-10-14", id="a day too early"),
    pytest.param("Seen", 10**18, id="an instant too late"),
    pytest.param("Opens", 10**12, id="a time past midnight"),
    pytest.param("Open", 7, id="a checkbox that is neither"),
    pytest.param("Extra", "{", id="no JSON"),
    pytest.param("Name", b"bytes", id="bytes for text"),
    pytest.param("Parent", "acme", id="a text for a link"),
]
POSTGRESQL = [
    pytest.param("Revenue", Decimal(10) ** 16, id="a number of too many digits"),
    pytest.param("Revenue", Decimal("0.001"), id="a number of too many places"),
    pytest.param("Revenue", Decimal("NaN"), id="no number"),
    pytest.param("Founded", date(1066, 10, 14), id="a day too early"),
    pytest.param("Seen", datetime(4500, 1, 1, tzinfo=UTC), id="an instant too late"),
    pytest.param("Extra", "{", id="no JSON"),
]


@pytest.mark.parametrize(("field", "value"), SQLITE)
def test_a_value_in_sqlite_that_its_type_cannot_have(sqlite_org: Org, field: str, value: Any) -> None:
    set_value(sqlite_org, "Account", field, sa.literal(value, PLAIN[type(value)]), unchecked=True)
    assert ("unreadable_value", f"Account.{field}", 2) in found(sqlite_org)


@pytest.mark.postgres
@pytest.mark.parametrize(("field", "value"), POSTGRESQL)
def test_a_value_in_postgresql_that_its_type_cannot_have(postgresql_org: Org, field: str, value: Any) -> None:
    set_value(postgresql_org, "Account", field, sa.literal(value, PLAIN[type(value)]))
    assert [("unreadable_value", f"Account.{field}", 2)] == found(postgresql_org)


def test_a_text_longer_than_its_field_is_a_warning(org: Org) -> None:
    accounts = table(org, "Account")
    tamper(org, sa.update(accounts).values(code="x" * 11).where(accounts.c.code == "A"))
    assert [("long_value", "Account.Code", 1)] == found(org)


# -- picklists --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("field", "value", "strange"),
    [
        pytest.param("Industry", "Robotics", "'Robotics'", id="a picklist"),
        pytest.param("Industry", "energy", "'energy'", id="in another spelling"),
        pytest.param("Topics", "Wind;Moon;Fire", "'Moon', 'Fire'", id="one of several values"),
    ],
)
def test_a_picklist_value_that_was_never_declared(org: Org, field: str, value: str, strange: str) -> None:
    set_value(org, "Account", field, value)
    (one,) = org.doctor()
    assert ("unknown_value", f"Account.{field}", 2) == (one.kind, one.name, one.count)
    assert one.message.endswith(strange)
    assert one.ids == tuple(ids(org, "Account"))


def test_a_held_picklist_value_is_fine(org: Org) -> None:
    industries = {"Industry": ["Shipping"], "Topics": {"type": "multipicklist", "values": ["Sun"]}}
    org.deploy(make_metadata({**OBJECTS, "Account": {**OBJECTS["Account"], **industries}}), allow=["*"])
    assert org.doctor() == ()


# -- unique -----------------------------------------------------------------------------------------------------------
def test_records_that_share_a_unique_value(org: Org) -> None:
    drop_unique(org, "Account")
    set_value(org, "Account", "Code", "x")
    (one,) = org.doctor()
    assert ("shared_value", "Account.Code", 2) == (one.kind, one.name, one.count)
    assert one.message == "2 records share 1 value of (Code), which must be unique"
    assert one.ids == tuple(ids(org, "Account"))


def test_without_its_index_a_unique_rule_is_compared_as_the_index_would(org: Org) -> None:
    drop_unique(org, "Account")
    assert org.doctor() == ()
    accounts = table(org, "Account")
    tamper(org, sa.update(accounts).values(code="a").where(accounts.c.code == "B"))
    assert [("shared_value", "Account.Code", 2)] == found(org)


# -- the recycle bin --------------------------------------------------------------------------------------------------
def test_a_deleted_record_that_the_bin_does_not_know(org: Org) -> None:
    tamper(org, sa.delete(t.bin_records))
    assert [("not_in_bin", "Contact", 1)] == found(org)


def test_a_living_record_in_the_bin(org: Org) -> None:
    contacts = table(org, "Contact")
    tamper(org, sa.update(contacts).values(is_deleted=False))
    assert [("stray_in_bin", "Contact", 1)] == found(org)


@pytest.mark.parametrize(
    ("name", "object_number"),
    [pytest.param("Account", None, id="of an object"), pytest.param("of_bin", 5000, id="of no object")],
)
def test_a_record_in_the_bin_that_is_not_there(org: Org, name: str, object_number: int | None) -> None:
    id_ = make_id(object_number or org.state.ids.number("Account"), MISSING)
    tamper(org, sa.insert(t.bin_records).values(record=id_, batch=id_, at=datetime(2026, 4, 1, tzinfo=UTC), who=1))
    assert [("stray_in_bin", name, 1)] == found(org)


@pytest.mark.parametrize("column", ["account_id", "gone"])
def test_a_link_to_bring_back_that_no_restore_would(org: Org, column: str) -> None:
    (ann,) = ids(org, "Contact")
    (batch,) = (row.batch for row in _rows(org, t.bin_records)) if column == "gone" else (MISSING,)
    target = number(org, ids(org, "Account")[0])
    values = {"record": number(org, ann), "column": column, "batch": batch, "target": target}
    tamper(org, sa.insert(t.bin_links).values(values))
    assert [("stray_bin_link", "of_bin_link", 1)] == found(org)


def _rows(org: Org, of: sa.Table) -> list[Any]:
    with org.engine.connect() as connection, connection.begin():
        return list(connection.execute(sa.select(of)))


# -- counters ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        pytest.param("counter_behind", sa.update(t.counters).values(next=1), id="behind"),
        pytest.param("no_counter", sa.delete(t.counters), id="gone"),
    ],
)
def test_a_counter_of_ids(org: Org, kind: str, statement: Any) -> None:
    object_number = org.state.ids.number("Account")
    tamper(org, statement.where(t.counters.c.series == "object", t.counters.c.number == object_number))
    (one,) = org.doctor()
    assert (kind, "Account") == (one.kind, one.name)
    assert f"set next to 3 in of_counter, where series is 'object' and number is {object_number}" == one.hint


def test_a_counter_of_autonumbers(org: Org) -> None:
    tamper(org, sa.update(t.counters).values(next=1).where(t.counters.c.series == "field"))
    (one,) = org.doctor()
    assert ("number_behind", "Line.Number", Severity.WARNING) == (one.kind, one.name, one.severity)
    tamper(org, sa.delete(t.counters).where(t.counters.c.series == "field"))
    assert [("no_counter", "Line.Number", 0)] == found(org)


# -- the registry -----------------------------------------------------------------------------------------------------
def test_the_system_user_is_gone(org: Org) -> None:
    users = table(org, "User")
    tamper(org, sa.update(users).values(is_deleted=True))
    assert "no_system_user" in {one.kind for one in org.doctor()}


def test_an_object_that_the_registry_does_not_know(org: Org) -> None:
    tamper(org, sa.update(t.objects).values(state="held").where(t.objects.c.storage_name == "line"))
    assert [("unregistered", "Line")] == [(one.kind, one.name) for one in org.doctor()]


def test_an_object_under_another_name(org: Org) -> None:
    tamper(org, sa.update(t.objects).values(path=["Other"]).where(t.objects.c.storage_name == "line"))
    assert {("unregistered", "Line"), ("undeclared", "Other")} <= {(one.kind, one.name) for one in org.doctor()}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        pytest.param("registered_otherwise", {"type": '{"type":"text"}'}, id="of another type"),
        pytest.param("registered_otherwise", {"storage_name": None}, id="without a column"),
        pytest.param("unregistered", {"state": "held"}, id="held"),
    ],
)
def test_a_field_that_the_registry_has_otherwise(org: Org, kind: str, values: dict[str, Any]) -> None:
    tamper(org, sa.update(t.fields).values(values).where(t.fields.c.storage_name == "fax"))
    assert [(kind, "Contact.Fax")] == [(one.kind, one.name) for one in org.doctor()]


def test_a_link_that_the_registry_has_to_another_object(org: Org) -> None:
    other = org.state.ids.number("User")
    tamper(org, sa.update(t.fields).values(targets=[other]).where(t.fields.c.storage_name == "about"))
    assert ("registered_otherwise", "Line.About") in [(one.kind, one.name) for one in org.doctor()]


# -- tables that are not there ----------------------------------------------------------------------------------------
def test_a_table_that_is_gone_does_not_stop_the_examination(org: Org) -> None:
    tamper(org, DropTable(table(org, "Line")))
    set_value(org, "Account", "Industry", "Robotics")
    assert [("missing_table", "Line", 0), ("unknown_value", "Account.Industry", 2)] == found(org)


def test_a_column_that_is_gone_does_not_stop_it_either(org: Org) -> None:
    drop_unique(org, "Account")
    tamper(org, DropColumn(table(org, "Account"), "code"), DropColumn(table(org, "Account"), "is_deleted"))
    assert {"missing_column"} == {kind for kind, _, _ in found(org)}


@pytest.mark.parametrize("own", [t.bin_records, t.bin_links, t.counters])
def test_a_table_of_our_own_that_is_gone_does_not_stop_it_either(org: Org, own: sa.Table) -> None:
    tamper(org, DropTable(own))
    assert [("missing_table", own.name, 0)] == found(org)
