"""An org of a few objects on each engine, and what spoils it behind its back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from objectforge import Metadata, Org
from objectforge.storage.ddl import DropIndex, DropKey
from objectforge.storage.engines import WRITES
from objectforge.testing import temp_org

ACCOUNT = {
    "Code": {"type": "text", "unique": True, "length": 10},
    "Industry": ["Energy", "Shipping"],
    "Topics": {"type": "multipicklist", "values": ["Wind", "Sun", "Sea"]},
    "Revenue": "currency",
    "Founded": "date",
    "Seen": "datetime",
    "Opens": "time",
    "Open": "checkbox",
    "Extra": "json",
    "Parent": {"type": "lookup", "to": "Account"},
}
CONTACT = {"AccountId": {"type": "lookup", "to": "Account"}, "Fax": "phone"}
LINE = {
    "Account": {"type": "master_detail", "to": "Account"},
    "Number": {"type": "autonumber", "format": "L-{YYYY}-{000}"},
    "About": {"type": "lookup", "to": ["Account", "Contact"], "children": "Lines_About"},
}
OBJECTS: dict[str, dict[str, Any]] = {"Account": ACCOUNT, "Contact": CONTACT, "Line": LINE}


def make_metadata(objects: dict[str, dict[str, Any]] = OBJECTS, **sections: Any) -> Metadata:
    return Metadata.from_dict({"objects": {name: {"fields": fields} for name, fields in objects.items()}, **sections})


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def org(request: pytest.FixtureRequest) -> Org:
    """An org in order: two accounts, a contact and a line of the first, a contact in the recycle bin."""
    return request.getfixturevalue(f"{request.param}_org")


@pytest.fixture
def sqlite_org() -> Iterator[Org]:
    """The same in memory."""
    with temp_org(make_metadata()) as made:
        fill(made)
        yield made


@pytest.fixture
def postgresql_org(postgres_url: str) -> Iterator[Org]:
    """The same on a server."""
    with temp_org(make_metadata(), url=postgres_url) as made:
        fill(made)
        yield made


def fill(org: Org) -> None:
    first = org["Account"].create(
        Name="First", Code="A", Industry="Energy", Topics="Wind;Sea", Revenue="10.50", Founded="2020-02-29",
        Seen="2026-04-01T12:00:00Z", Opens="09:30", Open=True, Extra={"a": [1, None]},
    )  # fmt: skip
    org["Account"].create(Name="Second", Code="B", Parent=first.Id)
    org["Contact"].create(Name="Ann", AccountId=first.Id)
    org["Line"].create(Name="One", Account=first.Id, About=first.Id)
    gone = org["Contact"].create(Name="Gone")
    org["Contact"].delete(gone.Id)


def table(org: Org, name: str) -> sa.Table:
    return org.state.tables.table(name)


def number(org: Org, id_: str) -> int:
    return org.state.ids.parse(id_)


def ids(org: Org, name: str) -> list[str]:
    return [record.Id for record in org[name].find(sort=["Id"])]


def tamper(org: Org, *statements: sa.Executable, unchecked: bool = False) -> None:
    """Run statements behind the org's back, `unchecked` without foreign keys."""
    if unchecked and org.engine.dialect.name == "postgresql":
        statements = (*(DropKey(table(org, name), key) for name, key in _keys(org)), *statements)
    with org.engine.execution_options(**WRITES).connect() as connection:
        sqlite = unchecked and org.engine.dialect.name == "sqlite"
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            for statement in statements:
                connection.execute(statement)
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


def set_value(org: Org, name: str, field: str, value: Any, *, unchecked: bool = False) -> None:
    """Write a raw value into every living record of an object."""
    column = org.state.tables.column(name, field)
    raw = sa.type_coerce(value, sa.types.NullType()) if isinstance(value, sa.ColumnElement) else value
    living = table(org, name).c.is_deleted.is_(False)
    tamper(org, sa.update(table(org, name)).values({column.name: raw}).where(living), unchecked=unchecked)


def drop_unique(org: Org, name: str) -> None:
    tamper(org, *(DropIndex(index.name) for index in org.state.tables.indexes(name) if index.unique))


def _keys(org: Org) -> list[tuple[str, str]]:
    tables = org.state.tables
    return [(name, key.name) for name in org.schema.objects for key in tables.references(name)]
