"""What engines do with columns that would cost data: each trap once met, kept open."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import pytest
import sqlalchemy as sa
from retyped_tables import IDS, KEY, Retyped, account, field
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError, OperationalError

from objectforge.change.retype.column_change import Remembered
from objectforge.change.retype.failures import ValuesRefused
from objectforge.change.retype.run import retype
from objectforge.storage.ddl import CreateIndex, DropColumn, DropIndex
from objectforge.storage.engines import prepare
from objectforge.storage.indexes import Index, IndexPart
from objectforge.values.ids import make_id

INDEX = Index("ix_f7", "Contact", (IndexPart("Value", "value"),))


def test_a_rolled_back_retype_leaves_nothing_behind_with_a_driver_that_commits_around_ddl(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'org.db'}")
    column = Retyped(prepare(engine), field("text"), field("lookup"))
    column.insert([IDS.format(account(1))])
    before = column.columns()

    with column.engine.connect() as connection, connection.begin() as transaction:
        retype(connection, column.change, column.outcome)
        transaction.rollback()

    assert (before, []) == (column.columns(), column.keys())
    assert [IDS.format(account(1))] == column.values(column.before)
    engine.dispose()


def test_a_refused_retype_leaves_nothing_behind(engine: sa.Engine) -> None:
    column = Retyped(engine, field("text"), field("number"))
    column.insert(["1"] * 10 + ["odd"])
    before = column.columns()

    with pytest.raises(ValuesRefused):
        column.retype()

    assert before == column.columns()
    assert ["1"] * 10 + ["odd"] == column.values(column.before)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def test_an_interrupted_conversion_is_an_interruption_and_leaves_nothing_behind(engine: sa.Engine) -> None:
    column = Retyped(engine, field("text"), field("number"))
    column.insert(["1", "2"])
    before = column.columns()
    column.outcome = replace(column.outcome, convert=_interrupt)

    with pytest.raises(KeyboardInterrupt):
        column.retype()

    assert (before, ["1", "2"]) == (column.columns(), column.values(column.before))


def test_what_sqlite_keeps_of_an_interruption_is_one_too(engine: sa.Engine, monkeypatch: Any) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("it is SQLite that calls our function")
    monkeypatch.setattr(Remembered, "__missing__", _interrupt)
    column = Retyped(engine, field("text"), field("checkbox"))
    column.insert(["yes", "no"])

    with pytest.raises(KeyboardInterrupt):
        column.retype()

    assert ["yes", "no"] == column.values(column.before)


def test_an_interruption_that_closes_the_connection_stays_one(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'org.db'}")
    column = Retyped(prepare(engine), field("text"), field("number"))
    column.insert(["1", "2"])
    event.listen(column.engine, "after_cursor_execute", lambda *given: "of_retype" in given[2] and _interrupt())

    with pytest.raises(KeyboardInterrupt):
        column.retype()

    assert ["1", "2"] == column.values(column.before)
    engine.dispose()


def test_sqlite_drops_no_column_under_an_index_and_the_index_comes_back(engine: sa.Engine) -> None:
    column = Retyped(engine, field("text"), field("number"))
    column.insert(["5", "3"])
    with column.engine.begin() as connection:
        connection.execute(CreateIndex(column.table, INDEX))
    if engine.dialect.name == "sqlite":
        with pytest.raises(OperationalError, match="index"), column.engine.begin() as connection:
            connection.execute(DropColumn(column.table, "value"))

    with column.engine.begin() as connection:
        connection.execute(DropIndex(INDEX.name))
        retype(connection, column.change, column.outcome)
        connection.execute(CreateIndex(column.table, INDEX))

    assert [Decimal("5.00"), Decimal("3.00")] == column.values()


def test_a_column_with_a_foreign_key_goes_and_comes_again(engine: sa.Engine) -> None:
    column = Retyped(engine, field("lookup"), field("text"))
    column.insert([account(1), None])
    column.retype()
    assert [] == column.keys()

    column.again(field("lookup")).retype()

    assert ([account(1), None], [(KEY, "account")]) == (column.values(), column.keys())
    column.again(field("lookup"))
    with pytest.raises(IntegrityError):
        column.insert([account(9)], first=9)


def test_a_lookup_that_points_elsewhere_gets_another_key(engine: sa.Engine) -> None:
    column = Retyped(engine, field("lookup"), field("lookup", to="Contact"))
    column.insert([None])

    column.retype()

    assert [(KEY, "other")] == column.keys()
    column.insert([account(1)], first=2)  # the accounts' ids, in a table of others that has the same
    with pytest.raises(IntegrityError):
        column.insert([make_id(2, 9)], first=9)


def test_a_table_takes_many_retypes(engine: sa.Engine) -> None:
    column = Retyped(engine, field("text"), field("number"))
    column.insert(["5.00"])
    for _ in range(5):
        column.retype()
        column.again(field("text")).retype()
        column.again(field("number"))

    assert ["5.00"] == column.values(column.before)
    assert {"id", "is_deleted", "name", "value"} == column.columns().keys()


def test_whoever_writes_meanwhile_waits(engine: sa.Engine) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    column = Retyped(engine, field("text"), field("text", length=3))
    column.insert(["abc"])

    with column.engine.begin() as connection, column.engine.connect() as other:
        retype(connection, column.change, column.outcome)
        other.execute(sa.text("SET lock_timeout = '50ms'"))
        with pytest.raises(OperationalError, match="lock timeout"):
            other.execute(sa.update(column.table).values(value="abcd"))
