from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from storage_schemas import Thing, make_schema

from objectforge.change.identity.allocation import new_registry
from objectforge.storage.backends import backend_of
from objectforge.storage.ddl import CreateIndex
from objectforge.storage.living import living
from objectforge.storage.tables import Tables, build_tables

FIELDS = {
    "Code__c": {"type": "text", "external_id": True},
    "AccountId": {"type": "lookup", "to": "Account"},
    "What": {"type": "lookup", "to": ["Account", "Deal"]},
    "Amount": {"type": "currency"},
    "Twice": {"type": "formula", "returns": "currency", "formula": "Amount * 2"},
}


@pytest.fixture
def tables() -> Tables:
    schema = make_schema(
        {"Account": {}, "Deal": Thing(FIELDS, {"one": ("AccountId", "Code__c")}, (("-Amount", "Name"),))}
    )
    return build_tables(schema, new_registry(schema).names)


def test_a_column_stands_for_each_stored_field(tables: Tables) -> None:
    assert tables.column_name("Deal", "Code__c") == "code_c"
    assert tables.column("Deal", "AccountId") is tables.table("Deal").c.account_id
    assert tables.table("Deal").primary_key.columns.keys() == ["id"]
    with pytest.raises(KeyError):
        tables.column_name("Deal", "Twice")
    with pytest.raises(KeyError):
        tables.table("Nothing")


def test_every_column_but_the_id_may_be_null(tables: Tables) -> None:
    assert [column.name for column in tables.table("Deal").c if not column.nullable] == ["id"]


def test_lookups_to_one_object_have_foreign_keys(tables: Tables) -> None:
    assert {reference.field: reference.target for reference in tables.references("Deal")} == {
        "AccountId": "Account", "OwnerId": "User", "CreatedById": "User", "LastModifiedById": "User",
    }  # fmt: skip


def test_indexes_are_those_of_lookups_external_ids_and_declarations(tables: Tables) -> None:
    assert [(index.unique, index.fields) for index in tables.indexes("Deal")] == [
        (False, ("Code__c",)),
        (False, ("AccountId",)),
        (False, ("What",)),
        (False, ("OwnerId",)),
        (True, ("AccountId", "Code__c")),
        (False, ("Amount", "Name")),
    ]


def test_an_index_holds_the_keys_by_which_queries_compare_and_sort(tables: Tables) -> None:
    table = tables.table("Deal")
    shown = [str(CreateIndex(table, index).compile(dialect=postgresql.dialect())) for index in tables.indexes("Deal")]
    assert shown[0].endswith('ON deal (lower(code_c COLLATE "C") NULLS FIRST, id)')
    assert shown[4].endswith('ON deal (account_id, lower(code_c COLLATE "C")) WHERE NOT is_deleted')
    assert shown[5].endswith('ON deal (amount DESC NULLS LAST, lower(name COLLATE "C") NULLS FIRST, id)')


@pytest.mark.parametrize(
    ("expected", "key"),
    [
        pytest.param("USING INDEX uq_f", "Code", id="a unique value among living records"),
        pytest.param("USING INDEX ix_f", "City", id="an indexed value"),
    ],
)
def test_sqlite_finds_records_by_its_indexes(expected: str, key: str, org) -> None:
    org.deploy(
        make_schema({"A": {"Code": {"type": "text", "unique": True}, "City": {"type": "text", "indexed": True}}})
    )
    if org.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL decides by statistics")
    backend, table = backend_of(org.engine.dialect), org.tables.table("A")
    column = org.tables.column("A", key)
    query = sa.select(table.c.id).where(backend.text_key(column) == backend.text_key(sa.literal("x")), living(table))
    with org.engine.connect() as connection:
        text = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
        assert expected in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").one()[-1]


def test_threads_that_ask_at_once_get_the_same_whole_table(tables: Tables) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: tables.table("Deal"), range(64)))
    assert len({id(table) for table in found}) == 1
    assert set(tables.metadata.tables) == {"account", "deal", "user_"}
