from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
import sqlalchemy as sa

from objectforge.change.retype import failures
from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org
from objectforge.storage.engines import open_engine

pytestmark = pytest.mark.postgres


def things(start: str) -> Metadata:
    settings = "settings: {org: {timezone: Asia/Tokyo}}"
    return Metadata.parse(f"{settings}\nobjects:\n  Thing:\n    fields:\n      Start: {start}\n")


@pytest.fixture
def name(postgres_url: str) -> Iterator[str]:
    made = f"t_{uuid4().hex}"
    yield made
    engine = open_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(sa.schema.DropSchema(made, cascade=True, if_exists=True))
    engine.dispose()


def test_what_was_read_many_times_is_read_again_after_its_type_changed(
    postgres_url: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures, "_CHUNK", 1)
    with Org.open(postgres_url, name=name) as org, Org.open(postgres_url, name=name) as other:
        org.deploy(things("date"))
        org["Thing"].create_many([{"Name": f"n{number}", "Start": date(2026, 4, 1)} for number in range(12)])
        for each in (org, other):
            assert each.plan(things("datetime")).refused == ()

        org.deploy(things("datetime"))

        for each in (org, other):
            assert each.plan(things("date")).refused == ()
        other.deploy(things("date"), allow=["*"])
        assert [date(2026, 4, 1)] * 12 == [thing["Start"] for thing in org["Thing"].find()]
