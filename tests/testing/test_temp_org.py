"""Throwaway orgs: isolated copies of one template, gone afterwards, on SQLite and PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from metadata_of_tests import GARAGE

from objectforge.errors.exceptions import MetadataError
from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org
from objectforge.testing import TempOrg, temp_org


def test_an_org_is_real_and_knows_nothing_of_the_one_before() -> None:
    for _ in range(2):
        with temp_org(GARAGE) as org:
            assert org["Company"].count() == 0
            org["Company"].create(Name="Acme")
            assert org["Company"].count() == 1
            assert isinstance(org, Org)


def test_two_orgs_side_by_side_do_not_see_each_other() -> None:
    with temp_org(GARAGE) as one, temp_org(GARAGE) as other:
        one["Company"].create(Name="Acme")

        assert other["Company"].count() == 0


def test_changing_the_metadata_of_one_leaves_the_next_as_it_was() -> None:
    with temp_org(GARAGE) as org:
        more = Metadata.parse(GARAGE.to_yaml() + "\n")
        org.deploy(Metadata.parse(more.to_yaml().replace("objects:", "objects:\n  Extra: {}", 1)))
        org["Extra"].create(Name="X")
    with temp_org(GARAGE) as org:
        assert org.schema.object("Extra") is None


def test_a_second_org_of_the_same_metadata_is_a_copy_of_the_first() -> None:
    sales = Metadata.parse("uses: [sales]")
    with temp_org(sales) as first, temp_org(sales) as second:
        first["Account"].create(Name="Acme")

        assert first.schema is second.schema
        assert second["Account"].count() == 0


def test_a_changed_file_gives_another_org(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    for name in ("One", "Other"):
        file.write_text(f"objects: {{{name}: {{}}}}", "utf-8")
        with temp_org(file) as org:
            assert org.schema.object(name) is not None


def test_wrong_metadata_is_refused_with_its_place_each_time(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("objects: {X: {fields: {A: txet}}}", "utf-8")
    for _ in range(2):
        with pytest.raises(MetadataError, match=r"x\.yaml:1:27: "), temp_org(file):
            pass


def test_it_wants_metadata() -> None:
    with pytest.raises(TypeError, match="needs metadata"), temp_org():
        pass
    with pytest.raises(TypeError, match="one Metadata"), temp_org(GARAGE, "crm"):
        pass


def test_threads_may_each_have_one() -> None:
    def work(number: int) -> int:
        with temp_org(GARAGE) as org:
            org["Company"].make(n=number)
            return org["Company"].count()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(1, 7))) == [1, 2, 3, 4, 5, 6]


def test_a_file_may_hold_it(tmp_path: Path) -> None:
    with temp_org(GARAGE, url=f"sqlite:///{tmp_path / 'org.db'}") as org:
        org["Company"].create(Name="Acme")

    assert (tmp_path / "org.db").exists()


def test_without_records_there_are_no_fixtures() -> None:
    with temp_org(GARAGE) as org:
        assert isinstance(org, TempOrg)
        assert len(org.fixtures) == 0
        with pytest.raises(KeyError, match="without records"):
            org.fixtures["acme"]


@pytest.mark.postgres
def test_on_postgresql_its_schema_is_gone_afterwards(postgres_url: str) -> None:
    engine = sa.create_engine(postgres_url)
    before = set(sa.inspect(engine).get_schema_names())
    with temp_org(GARAGE, url=postgres_url) as org:
        org["Job"].make(n=2)
        during = set(sa.inspect(engine).get_schema_names())
    after = set(sa.inspect(engine).get_schema_names())
    engine.dispose()

    assert len(during - before) == 1
    assert before == after
