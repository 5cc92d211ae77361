from __future__ import annotations

import sqlalchemy as sa
from storage_orgs import Deployed
from storage_schemas import make_schema

from objectforge.storage.column_count import columns_used
from objectforge.storage.ddl import AddColumn, DropColumn
from objectforge.storage.engines import WRITES


def test_a_dropped_column_counts_where_its_place_is_gone(org: Deployed) -> None:
    org.deploy(make_schema({"Account": {"Code": {"type": "text"}}}))
    table = org.tables.table("Account")
    extra = sa.Table(table.name, sa.MetaData(), sa.Column("of_extra", sa.Text()))

    with org.engine.execution_options(**WRITES).begin() as connection:
        before = columns_used(connection, table.name)
        connection.execute(AddColumn(extra, extra.c.of_extra, None))
        connection.execute(DropColumn(extra, "of_extra"))
        after = columns_used(connection, table.name)

    assert len(table.columns) == before
    assert after == before + (connection.dialect.name == "postgresql")


def test_a_table_that_is_not_there_has_used_none(org: Deployed) -> None:
    org.deploy(make_schema({"Account": {"Code": {"type": "text"}}}))

    with org.engine.connect() as connection:
        assert columns_used(connection, "nobody") == 0
