"""What an org knows of its metadata: two of them on one database see each other's deploys at the next call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from objectforge.errors.exceptions import Conflict, NotFound
from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org

FIRST = Metadata.parse("objects: {Site: {}}")
SECOND = Metadata.parse(
    "settings: {org: {locale: ja, timezone: Asia/Tokyo}}\nobjects: {Site: {fields: {Size: number}}}"
)

Two = tuple[Org, Org]


@pytest.fixture(
    params=[
        pytest.param("apart", id="with engines of their own"),
        pytest.param("together", id="with one engine"),
        pytest.param("postgresql", id="on a server", marks=pytest.mark.postgres),
    ]
)
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Two]:
    url, name = f"sqlite:///{tmp_path / 'org.db'}", None
    if request.param == "postgresql":
        url, name = request.getfixturevalue("postgres_url"), f"t_{tmp_path.name.lower()[-20:]}"
    engine = sa.create_engine(url)
    given = {"engine": engine} if request.param == "together" else {"url": url, "name": name}
    with Org.open(**given) as one, Org.open(**given) as other:
        yield one, other
        if name is not None:
            with engine.begin() as connection:
                connection.execute(sa.schema.DropSchema(name, cascade=True))
    engine.dispose()


def test_before_the_first_deploy_there_is_nothing(both: Two) -> None:
    for org in both:
        with pytest.raises(NotFound, match="nothing has been deployed"):
            org["Site"].count()
    both[0].deploy(FIRST)


def test_the_first_deploy_is_seen_by_who_found_nothing_before(both: Two) -> None:
    one, other = both
    with pytest.raises(NotFound):
        other["Site"].count()

    one.deploy(FIRST)
    other["Site"].create(Name="a")

    assert 1 == one["Site"].count() == one.state.version == other.state.version


def test_a_new_field_is_there_at_the_next_call(both: Two) -> None:
    one, other = both
    one.deploy(FIRST)
    sites = other["Site"]
    kept = sites.create(Name="a")

    one.deploy(SECOND)
    sites.update(kept.Id, Size=3)

    assert [3] == [row["Size"] for row in one["Site"].find("Size > 2")]
    assert ("ja", "Asia/Tokyo", 2) == (other.state.locale.code, other.state.calendar.zone.key, other.state.version)


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(lambda org: org["Site"].find("Size = null"), id="find"),
        pytest.param(lambda org: org["Site"].create(Name="b", Size=1), id="create"),
        pytest.param(lambda org: org["Site"].count("Size = null"), id="count"),
        pytest.param(lambda org: org["Site"].first("Size = null").Size, id="first"),
    ],
)
def test_any_call_sees_a_deploy(both: Two, call: Callable[[Org], object]) -> None:
    one, other = both
    one.deploy(FIRST)
    one["Site"].create(Name="a")
    assert 1 == other["Site"].count()

    one.deploy(SECOND)

    call(other)


def test_a_deploy_planned_before_the_other_looked_is_seen_too(both: Two) -> None:
    one, other = both
    one.deploy(FIRST)
    plan = one.plan(SECOND)
    assert 0 == other["Site"].count()

    one.apply(plan)

    assert 0 == other["Site"].count("Size = 1")
    assert "Size" in other.schema.objects["Site"].fields


def test_a_plan_is_not_applied_to_what_someone_else_has_changed(both: Two) -> None:
    one, other = both
    one.deploy(FIRST)
    plan = other.plan(SECOND)

    one.deploy(Metadata.parse("objects: {Site: {}, Street: {}}"))

    with pytest.raises(Conflict):
        other.apply(plan)
    assert 0 == other["Site"].count()
    assert {"Site", "Street"} <= other.schema.objects.keys()


def test_a_deploy_that_changes_nothing_is_no_new_version(both: Two) -> None:
    one, other = both
    one.deploy(FIRST)

    assert other.deploy(FIRST).is_empty
    assert (1, 1) == (one.state.version, other.state.version)
