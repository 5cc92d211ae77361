from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from upkeep_orgs import OBJECTS, drop_unique, ids, make_metadata, set_value, tamper

from objectforge import NotFound, ObjectForgeError, Org, PlanRefused
from objectforge.storage import bulk
from objectforge.storage.ddl import AddColumn, DropColumn
from objectforge.storage.physical import PhysicalTables
from objectforge.storage.registry_tables import METADATA
from objectforge.values.ids import make_id

HELD = {"Account": {"Code": {"type": "text", "unique": True, "length": 10}}, "Contact": {"Fax": "phone"}}


@pytest.fixture(params=["memory", "file", pytest.param("server", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Where to copy to: the arguments of `copy_to`."""
    match request.param:
        case "memory":
            yield {"url": "sqlite://"}
        case "file":
            yield {"url": f"sqlite:///{tmp_path / 'copy.db'}"}
        case _:
            found = {"url": request.getfixturevalue("postgres_url"), "name": f"copy_{uuid4().hex}"}
            yield found
            with Org.open(**found) as made, made.engine.begin() as connection:
                connection.execute(sa.schema.DropSchema(found["name"], cascade=True, if_exists=True))


def contents(org: Org) -> dict[str, list[Any]]:
    """Every row of every table, held ones and the org's own too."""
    tables = PhysicalTables(org.state.registry)
    everything = [tables.table(stored.number) for stored in org.state.registry.objects]
    everything += [one for one in METADATA.tables.values() if one.name != "of_org"]
    with org.engine.connect() as connection, connection.begin():
        return {
            one.name: [tuple(row) for row in connection.execute(sa.select(one).order_by(*one.primary_key))]
            for one in everything
        }


def test_a_copy_holds_everything_and_is_in_order(org: Org, place: dict[str, str]) -> None:
    org["Account"].delete(ids(org, "Account")[1])
    with org.copy_to(**place) as made:
        assert contents(org) == contents(made)
        assert made.drift() == ()
        assert made.doctor() == ()
        assert made.plan(make_metadata()).is_empty


def test_what_is_held_is_copied_with_its_values_and_comes_back(org: Org, place: dict[str, str]) -> None:
    org.deploy(make_metadata(HELD), allow=["*"])
    with org.copy_to(**place) as made:
        assert contents(org) == contents(made)
        assert made.drift() == ()
        made.deploy(make_metadata())
        assert "Energy" == made["Account"].first(where="Code = 'A'")["Industry"]
        assert 1 == made["Line"].count()


def test_a_copy_goes_its_own_way(org: Org, place: dict[str, str], tmp_path: Path) -> None:
    saved = tmp_path / "plan.json"
    more = make_metadata({**OBJECTS, "Contact": {**OBJECTS["Contact"], "Role": "text"}})
    org.plan(more).save(saved)
    with org.copy_to(**place) as made:
        new = made["Account"].create(Name="Third")
        assert new.Id not in ids(org, "Account")
        assert "L-2" in made["Line"].create(Name="Two", Account=new.Id)["Number"]
        restored = made["Contact"].find(where="Name = 'Gone'")
        assert restored == []
        with pytest.raises(PlanRefused):
            made.read_plan(saved)
        made.deploy(more)
        assert [2, 1] == [one.version for one in made.history()]
    assert [1] == [one.version for one in org.history()]


def test_records_in_the_bin_can_be_restored_from_a_copy(org: Org, place: dict[str, str]) -> None:
    first = ids(org, "Account")[0]
    org["Account"].delete(first)
    with org.copy_to(**place) as made:
        made["Account"].restore(first)
        assert first == made["Contact"].first(where="Name = 'Ann'")["AccountId"]
        assert made.doctor() == ()


def test_links_that_lead_forwards_and_in_circles_are_copied(org: Org, place: dict[str, str]) -> None:
    first, second = ids(org, "Account")
    org["Account"].update(first, Parent=second)
    assert second == org["Account"].get(first)["Parent"]
    with org.copy_to(**place) as made:
        assert (first, second) == (made["Account"].get(second)["Parent"], made["Account"].get(first)["Parent"])


def test_a_copy_goes_in_batches_and_tells_how_far_it_is(
    org: Org, place: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 2)
    told: list[tuple[str, int, int]] = []
    with org.copy_to(**place, progress=lambda *step: told.append(step)):
        pass
    assert ("Line", 6, 6) in told
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_what_was_written_in_an_open_transaction_is_copied_as_it_sees_it(org: Org, place: dict[str, str]) -> None:
    with org.transaction():
        org["Account"].create(Name="Third")
        with org.copy_to(**place) as made:
            assert 3 == made["Account"].count()


# -- refusals ---------------------------------------------------------------------------------------------------------
def test_no_copy_is_made_where_an_org_is(org: Org, tmp_path: Path) -> None:
    place = f"sqlite:///{tmp_path / 'copy.db'}"
    org.copy_to(place).close()
    with pytest.raises(ObjectForgeError, match="there is an org already"):
        org.copy_to(place)


@pytest.mark.parametrize("place", ["file", pytest.param("server", marks=pytest.mark.postgres)], indirect=True)
def test_no_copy_is_made_where_a_table_is_in_the_way(org: Org, place: dict[str, str]) -> None:
    _make_table(place)
    with pytest.raises(ObjectForgeError, match="tables are in the way where the copy should be: account"):
        org.copy_to(**place)
    with Org.open(**place) as there, pytest.raises(NotFound):
        there.state  # noqa: B018 - asking is the test


def _make_table(place: dict[str, str]) -> None:
    with Org.open(**place) as there, there.engine.begin() as connection:
        if "name" in place:
            connection.execute(sa.schema.CreateSchema(place["name"]))
        connection.execute(sa.schema.CreateTable(sa.Table("account", sa.MetaData(), sa.Column("id", sa.Integer()))))


def test_links_that_lead_nowhere_are_refused_and_nothing_is_left(org: Org, place: dict[str, str]) -> None:
    set_value(org, "Contact", "AccountId", make_id(org.state.ids.number("Account"), 999), unchecked=True)
    with pytest.raises(ObjectForgeError, match="the table contact has links that lead to no record"):
        org.copy_to(**place)
    if place["url"] != "sqlite://":
        with Org.open(**place) as there, pytest.raises(NotFound):
            there.state  # noqa: B018 - asking is the test


def test_a_file_that_a_refused_copy_made_is_removed(org: Org, tmp_path: Path) -> None:
    set_value(org, "Contact", "AccountId", make_id(org.state.ids.number("Account"), 999), unchecked=True)
    with pytest.raises(ObjectForgeError):
        org.copy_to(f"sqlite:///{tmp_path / 'copy.db'}")
    assert [] == list(tmp_path.glob("copy.db*"))


def test_where_to_copy_to_is_a_text(sqlite_org: Org) -> None:
    with pytest.raises(TypeError, match="the URL to copy to"):
        sqlite_org.copy_to(5)  # type: ignore[arg-type]
    with pytest.raises(ObjectForgeError, match="is not a database URL"):
        sqlite_org.copy_to("nowhere")


def test_records_that_share_what_must_be_unique_are_refused(org: Org) -> None:
    drop_unique(org, "Account")
    set_value(org, "Account", "Code", "x")
    with pytest.raises(ObjectForgeError, match="the table account has records that share what must be unique"):
        org.copy_to("sqlite://")


def test_an_org_without_one_of_its_columns_is_refused(org: Org) -> None:
    tamper(org, DropColumn(sa.Table("contact", sa.MetaData()), "fax"))
    with pytest.raises(ObjectForgeError, match=r"missing \(objectforge drift\): Contact.Fax"):
        org.copy_to("sqlite://")


def test_what_was_added_to_the_tables_is_not_copied(org: Org) -> None:
    more = sa.Column("more", sa.Text())
    tamper(org, AddColumn(sa.Table("contact", sa.MetaData(), more), more, None))
    with org.copy_to("sqlite://") as made:
        assert made.drift() == ()


def test_nothing_can_be_copied_before_the_first_deploy() -> None:
    with Org.open("sqlite://") as org, pytest.raises(NotFound, match="nothing has been deployed"):
        org.copy_to("sqlite://")


def test_ids_and_names_in_the_database_stay(sqlite_org: Org, place: dict[str, str]) -> None:
    with sqlite_org.copy_to(**place) as made:
        assert sqlite_org.state.registry.names == made.state.registry.names
        assert ids(sqlite_org, "Line") == ids(made, "Line")
        assert sqlite_org.state.registry.uid != made.state.registry.uid
