from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from storage_orgs import Deployed

from objectforge.metadata.metadata import Metadata
from objectforge.relations.resolve import resolve
from objectforge.relations.schema import Schema
from objectforge.storage.ddl import AddColumn, DropColumn, DropIndex, DropKey, DropTable, RenameColumn
from objectforge.storage.drift import find_drift
from objectforge.storage.engines import WRITES
from objectforge.storage.finding import Finding
from objectforge.storage.registry_tables import METADATA

ACCOUNT = {
    "Code": {"type": "text", "unique": True},
    "Parent": {"type": "lookup", "to": "Account"},
    "Industry": ["Energy", "Shipping"],
    "Revenue": "currency",
    "Founded": "date",
    "Seen": "datetime",
    "Opens": "time",
    "Open": "checkbox",
    "Exact": {"type": "text", "indexed": True, "case_sensitive": True},
    "Billing": "address",
    "Extra": "json",
}
CONTACT = {
    "AccountId": {"type": "master_detail", "to": "Account"},
    "What": {"type": "lookup", "to": ["Account", "Contact"], "children": "WhatContacts"},
    "No": {"type": "autonumber", "format": "{000}"},
}
SCHEMA = {"Account": ACCOUNT, "Contact": CONTACT}


def make_schema(objects: dict[str, dict[str, Any]]) -> Schema:
    return resolve(Metadata.from_dict({"objects": {name: {"fields": fields} for name, fields in objects.items()}}))


@pytest.fixture
def deployed(org: Deployed) -> Deployed:
    return org.deploy(make_schema(SCHEMA))


def drift(org: Deployed) -> tuple[Finding, ...]:
    with org.engine.connect() as connection, connection.begin():
        return find_drift(connection, org.registry, org.schema)


def found(org: Deployed) -> list[tuple[str, str, str]]:
    return [(one.kind, one.name, one.place) for one in drift(org)]


def tamper(org: Deployed, *statements: sa.Executable) -> None:
    with org.engine.execution_options(**WRITES).begin() as connection:
        for statement in statements:
            connection.execute(statement)


def table(name: str, *columns: sa.Column[Any]) -> sa.Table:
    return sa.Table(name, sa.MetaData(), sa.Column("id", sa.BigInteger()), *columns)


def test_an_org_as_deployed_has_not_drifted(deployed: Deployed) -> None:
    assert drift(deployed) == ()


STEPS = [
    pytest.param(
        {"Account": {**ACCOUNT, "More": "text", "Owner2": {"type": "lookup", "to": "User"}}}, id="held, added"
    ),
    pytest.param({"Account": {"Code": "text"}, "Contact": CONTACT}, id="fields held, unique no more"),
    pytest.param(
        {"Account": {**ACCOUNT, "Industry": "text", "Revenue": {"type": "text", "indexed": True}}, "Contact": CONTACT},
        id="values to text, with an index",
    ),
    pytest.param(
        {"Account": {**ACCOUNT, "Revenue": "text", "Founded": "text", "Open": "text"}, "Contact": CONTACT}, id="retyped"
    ),
    pytest.param({"Account": {**ACCOUNT, "Revenue": {"type": "number", "scale": 4}}, "Contact": CONTACT}, id="scale"),
    pytest.param(
        {
            "Account": ACCOUNT,
            "Contact": {**CONTACT, "What": {"type": "lookup", "to": "Account", "children": "WhatContacts"}},
        },
        id="one target less",
    ),
    pytest.param(
        {
            "Account": {
                **ACCOUNT,
                "Exact": {"type": "text", "unique": True},
                "Code": {"type": "text", "indexed": True},
            },
            "Contact": CONTACT,
        },
        id="indexes changed",
    ),
    pytest.param(
        {"Account": {**ACCOUNT, "N": {"type": "text", "required": True, "default": "x"}}, "Contact": CONTACT},
        id="required with a default",
    ),
]


@pytest.mark.parametrize("changed", STEPS)
def test_an_org_that_was_changed_and_changed_back_has_not_drifted(deployed: Deployed, changed: dict[str, Any]) -> None:
    deployed.deploy(make_schema(changed))
    assert drift(deployed) == ()
    deployed.deploy(make_schema(SCHEMA))
    assert drift(deployed) == ()


def test_a_held_object_whose_name_another_has_now_has_no_indexes(deployed: Deployed) -> None:
    deployed.deploy(make_schema({"Account": ACCOUNT}))
    metadata = Metadata.from_dict({"objects": {"Contact": {"was": "Account", "fields": {"Code": "text"}}}})
    deployed.deploy(resolve(metadata))
    assert ["Contact", "Contact"] == [one.name for one in deployed.registry.objects if one.name != "User"]
    assert drift(deployed) == ()


def test_a_table_that_is_gone(deployed: Deployed) -> None:
    tamper(deployed, DropTable(table("contact")))
    (one,) = drift(deployed)
    assert ("missing_table", "Contact", "table contact") == (one.kind, one.name, one.place)
    assert "backup" in one.hint
    assert "Contact (table contact): the table of Contact is gone" in str(one)


def test_a_column_that_is_gone(deployed: Deployed) -> None:
    tamper(deployed, DropColumn(table("account"), "revenue"))
    assert [("missing_column", "Account.Revenue", "table account, column revenue")] == found(deployed)


def test_a_held_field_keeps_its_column_and_is_missed_too(deployed: Deployed) -> None:
    deployed.deploy(make_schema({"Account": {"Code": "text"}, "Contact": CONTACT}))
    tamper(deployed, DropColumn(table("account"), "founded"))
    assert [("missing_column", "Account.Founded", "table account, column founded")] == found(deployed)


def test_a_held_object_keeps_its_table_and_is_missed_too(deployed: Deployed) -> None:
    deployed.deploy(make_schema({"Account": ACCOUNT}))
    tamper(deployed, DropTable(table("contact")))
    (one,) = drift(deployed)
    assert "the table of Contact (held) is gone, and its records with it" == one.message


def test_a_column_of_another_type(deployed: Deployed) -> None:
    word = sa.Text() if deployed.engine.dialect.name == "sqlite" else sa.SmallInteger()
    wrong = sa.Column("revenue", word)
    tamper(deployed, DropColumn(table("account"), "revenue"), AddColumn(table("account", wrong), wrong, None))
    (one,) = drift(deployed)
    assert ("changed_column", "Account.Revenue") == (one.kind, one.name)
    wanted, got = ("integer", "text") if deployed.engine.dialect.name == "sqlite" else ("numeric", "smallint")
    assert f"its column should be '{wanted}' and is '{got}'" == one.message


def test_a_column_that_must_have_a_value(deployed: Deployed) -> None:
    word = sa.Integer() if deployed.engine.dialect.name == "sqlite" else sa.Numeric()
    wrong = sa.Column("revenue", word, nullable=False, server_default="0")
    tamper(deployed, DropColumn(table("account"), "revenue"), AddColumn(table("account", wrong), wrong, None))
    (one,) = drift(deployed)
    assert one.message.endswith("not null'")


def test_a_column_and_an_index_of_others(deployed: Deployed) -> None:
    more = sa.Column("more", sa.Text())
    tamper(deployed, AddColumn(table("account", more), more, None), sa.schema.CreateIndex(sa.Index("by_more", more)))
    assert [
        ("foreign_column", "Account", "table account, column more"),
        ("foreign_index", "Account", "table account, index by_more"),
    ] == found(deployed)


def test_other_tables_in_the_database_are_none_of_our_business(deployed: Deployed) -> None:
    tamper(deployed, sa.schema.CreateTable(table("others")))
    assert found(deployed) == []


def test_a_renamed_column_is_missing_and_foreign(deployed: Deployed) -> None:
    tamper(deployed, RenameColumn(table("account"), "revenue", "revenues"))
    assert ["missing_column", "foreign_column"] == [kind for kind, _, _ in found(deployed)]


def test_an_index_that_is_gone(deployed: Deployed) -> None:
    (unique,) = (index for index in deployed.tables.indexes("Account") if index.unique)
    tamper(deployed, DropIndex(unique.name))
    (one,) = drift(deployed)
    assert ("missing_index", "Account", f"table account, index {unique.name}") == (one.kind, one.name, one.place)
    assert "two records may now share a value" in one.message


@pytest.mark.parametrize(
    ("columns", "options"),
    [
        pytest.param(["code"], {}, id="not unique"),
        pytest.param(["code"], {"unique": True}, id="without the condition and the key"),
        pytest.param(["name"], {"unique": True}, id="over another column"),
    ],
)
def test_an_index_of_another_definition(deployed: Deployed, columns: list[str], options: dict[str, Any]) -> None:
    (unique,) = (index for index in deployed.tables.indexes("Account") if index.unique)
    other = table("account", *(sa.Column(column, sa.Text()) for column in columns))
    made = sa.Index(unique.name, *(other.c[column] for column in columns), **options)
    tamper(deployed, DropIndex(unique.name), sa.schema.CreateIndex(made))
    (one,) = drift(deployed)
    assert ("changed_index", "Account") == (one.kind, one.name)


def test_a_foreign_key_that_is_gone(deployed: Deployed) -> None:
    (reference,) = (one for one in deployed.tables.references("Account") if one.field == "Parent")
    if deployed.engine.dialect.name == "sqlite":
        (index,) = (one for one in deployed.tables.indexes("Account") if one.fields == ("Parent",))
        again = sa.Column("parent", sa.Integer())
        tamper(
            deployed, DropIndex(index.name), DropColumn(table("account"), "parent"),
            AddColumn(table("account", again), again, None), sa.schema.CreateIndex(sa.Index(index.name, again)),
        )  # fmt: skip
    else:
        tamper(deployed, DropKey(table("account"), reference.name))
    assert [("missing_key", "Account.Parent", "table account, column parent")] == found(deployed)


@pytest.mark.parametrize(
    ("kind", "name", "target", "options"),
    [
        pytest.param("foreign_key", "Contact.What", "account", {}, id="where none should be"),
        pytest.param("changed_key", "Contact.AccountId", "contact", {}, id="to another table"),
        pytest.param("changed_key", "Contact.AccountId", "account", {"ondelete": "CASCADE"}, id="that cascades"),
    ],
)
def test_a_foreign_key_of_another_kind(
    deployed: Deployed, kind: str, name: str, target: str, options: dict[str, Any]
) -> None:
    column = deployed.tables.column_name("Contact", name.partition(".")[2])
    if deployed.engine.dialect.name == "sqlite":
        _remake_contact(deployed, column, target, **options)
    else:
        other = table("contact", sa.Column(column, sa.BigInteger()))
        referred = sa.Table(target, other.metadata, sa.Column("id", sa.BigInteger()), extend_existing=True)
        key = sa.ForeignKeyConstraint([other.c[column]], [referred.c.id], name="another", **options)
        other.append_constraint(key)
        drops = [
            DropKey(other, one.name) for one in deployed.tables.references("Contact") if one.column == column
        ]  # fmt: skip
        tamper(deployed, *drops, sa.schema.AddConstraint(key))
    assert [(kind, name)] == [(one.kind, one.name) for one in drift(deployed)]


def _remake_contact(org: Deployed, column: str, target: str, **options: Any) -> None:
    """Contact's table again, with another foreign key of a column: SQLite adds none to a table that is there."""
    metadata = sa.MetaData()
    for name in ("account", "user_"):
        sa.Table(name, metadata, sa.Column("id", sa.Integer(), primary_key=True))
    keys = {one.column: org.tables.table(one.target).name for one in org.tables.references("Contact")} | {
        column: target
    }
    columns = [
        sa.Column(
            one.name, one.type, *([sa.ForeignKey(f"{keys[one.name]}.id", **options if one.name == column else {})]
            if one.name in keys else []), primary_key=one.primary_key,
        )
        for one in org.tables.table("Contact").c
    ]  # fmt: skip
    made = sa.Table("contact", metadata, *columns)
    with org.engine.connect() as connection, connection.begin():
        listed = sa.table("sqlite_master", sa.column("sql"), sa.column("tbl_name"), sa.column("type"))
        indexes = connection.scalars(
            sa.select(listed.c.sql).where(listed.c.tbl_name == "contact", listed.c.type == "index")
        ).all()
    tamper(org, DropTable(made), sa.schema.CreateTable(made), *(sa.DDL(sql) for sql in indexes if sql))


@pytest.mark.parametrize("name", list(METADATA.tables))
def test_a_column_of_our_own_tables_that_is_gone(deployed: Deployed, name: str) -> None:
    column = next(one for one in METADATA.tables[name].c if not one.primary_key and not one.index)
    tamper(deployed, DropColumn(table(name), column.name))
    (one,) = drift(deployed)
    assert ("missing_column", name, f"table {name}, column {column.name}") == (one.kind, one.name, one.place)
    assert "not to be changed by hand" in one.hint


def test_a_table_of_our_own_that_is_gone(deployed: Deployed) -> None:
    tamper(deployed, DropTable(table("of_bin_link")))
    assert [("missing_table", "of_bin_link", "table of_bin_link")] == found(deployed)


def test_a_trigger_and_a_check_of_others(deployed: Deployed) -> None:
    if deployed.engine.dialect.name == "sqlite":
        tamper(deployed, sa.DDL("CREATE TRIGGER busy AFTER INSERT ON contact BEGIN DELETE FROM account; END"))
        assert [("foreign_rule", "Contact", "table contact")] == found(deployed)
        assert "there is a trigger busy" in drift(deployed)[0].message
    else:
        other = table("contact", sa.Column("no", sa.Text()))
        check = sa.CheckConstraint(other.c.no != "", name="filled")
        other.append_constraint(check)
        tamper(deployed, sa.schema.AddConstraint(check))
        assert "there is a check filled" in drift(deployed)[0].message


def test_what_is_missing_comes_back_by_the_statement_that_is_told(deployed: Deployed) -> None:
    (unique,) = (index for index in deployed.tables.indexes("Account") if index.unique)
    tamper(deployed, DropIndex(unique.name), DropColumn(table("account"), "revenue"))
    if deployed.engine.dialect.name == "postgresql":
        (reference,) = (one for one in deployed.tables.references("Account") if one.field == "Parent")
        tamper(deployed, DropKey(table("account"), reference.name))
    told = [one.hint.partition(": ")[2] for one in drift(deployed)]
    with deployed.engine.execution_options(**WRITES).begin() as connection:
        for statement in told:
            connection.exec_driver_sql(statement)
    assert drift(deployed) == ()


def test_a_finding_is_plain_data_too(deployed: Deployed) -> None:
    tamper(deployed, DropColumn(table("account"), "revenue"))
    (one,) = drift(deployed)
    assert {
        "kind": "missing_column",
        "name": "Account.Revenue",
        "severity": "error",
        "count": 0,
        "ids": (),
    }.items() <= (one.to_dict().items())
