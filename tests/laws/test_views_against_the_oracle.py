"""Law: finding and paging on a random org give what a plain filter and sort give, on every page, both ways."""

from __future__ import annotations

from typing import Any

import pytest
from answers import living
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_conditions import conditions, paths_from
from random_orgs import Draw, worlds

from oracle.conditions import Condition
from oracle.order import rank, ranked
from oracle.report import Sorted
from oracle.world import Record, World


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_finding_on_sqlite_equals_the_oracle(data: st.DataObject) -> None:
    _judge(data, None)


@pytest.mark.postgres
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_finding_on_postgresql_equals_the_oracle(data: st.DataObject, postgres_url: str) -> None:
    _judge(data, postgres_url)


def _judge(data: st.DataObject, url: str | None) -> None:
    world = data.draw(worlds(rows=7), "world")
    with living(world, url) as (org, real):
        for _ in range(data.draw(st.integers(1, 2), "how many questions")):
            name, where, sort = data.draw(_questions(world), "question")
            expected = _expected(real, name, where, sort)
            text, order = where and where.text(), [one.text() for one in sort]
            said = f"{name} where {text} sort {order}"
            assert [row["Id"] for row in expected] == [row["Id"] for row in org[name].find(where=text, sort=order)], (
                said
            )
            assert len(expected) == org[name].count(where=text), said
            _walk(org, name, text, order, [str(row["Id"]) for row in expected], data.draw(st.integers(1, 4), "size"))
            for row, record in zip(expected, org[name].find(where=text, sort=order), strict=True):
                assert row == {key: record[key] for key in row}, said


@st.composite
def _questions(draw: Draw, world: World) -> tuple[str, Condition | None, list[Sorted]]:
    name = draw(st.sampled_from(sorted(world.objects)))
    paths = paths_from(world, name)
    where = draw(st.none() | conditions(paths))
    sortable = st.builds(Sorted, st.sampled_from([one.path for one in paths]), st.booleans())
    sort = draw(st.lists(sortable, max_size=3, unique_by=lambda one: one.name))
    return name, where, sort


def _expected(world: World, name: str, where: Condition | None, sort: list[Sorted]) -> list[Any]:
    found = [record for row in world.rows[name] if _holds(where, record := Record(world, name, row))]
    orders = [
        (lambda record, path=one.name: rank(record.value(path), record.field(path), world), one.descending)
        for one in sort
    ]
    ordered = ranked(found, lambda record: (world.ranks[str(record.value("Id"))],), orders)
    return [record.row for record in ordered]


def _holds(where: Condition | None, record: Record) -> bool:
    return where is None or where.holds(record)


def _walk(org: Any, name: str, where: str | None, sort: list[str], expected: list[str], size: int) -> None:
    """Every page forward is the next slice of the whole list; every page back is the one before."""
    view, after, pages = org.list_view(f"{name}.all"), None, []
    while True:
        page = view.page(size=size, after=after, where=where, sort=sort)
        pages.append([row["Id"] for row in page.rows])
        assert len(pages) <= len(expected) + 1, "the pages never end"
        if page.next is None:
            break
        after = page.next
    slices = [expected[start : start + size] for start in range(0, len(expected), size)] or [[]]
    assert slices == pages, f"{name} where {where} sort {sort} forward"
    for place in range(len(slices) - 2, -1, -1):
        assert page.previous is not None, f"no way back to page {place}"
        page = view.page(size=size, after=page.previous, where=where, sort=sort)
        assert slices[place] == [row["Id"] for row in page.rows], f"{name} where {where} sort {sort} back"
    assert page.previous is None
