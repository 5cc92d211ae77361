"""Law: whatever was created, changed, moved, deleted and restored, roll-ups are what plain Python makes of the rest."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_rollups import Draw, Rollup, Rows, rollups_of, value_of, written

from objectforge import Metadata
from objectforge.testing import temp_org

HALF = settings().max_examples // 2
_LARGE = Decimal("9999999999999999.99")
_VALUES: dict[str, dict[str, list[Any]]] = {
    "Firm": {"City": ["a", "b", None]},
    "Deal": {
        "Amount": [None, Decimal("0.01"), Decimal(-2), Decimal("3.33"), Decimal(100), _LARGE, -_LARGE],
        "Units": [None, 1, 2, -7, 999999999999999999],
        "Small": [None, Decimal("99.99"), Decimal("-0.05")],
        "Closes": [None, "2023-12-31", "2024-01-01"],
        "Active": [True, False],
        "Stage": [None, "Open", "Won"],
    },
    "Line": {"Cost": [None, Decimal(1), Decimal("2.50"), _LARGE]},
}
_LINKS = {"Firm": None, "Deal": ("Firm", "Firm"), "Line": ("Deal", "Deal")}


@settings(max_examples=HALF, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_roll_ups_on_sqlite_are_what_python_makes_of_the_children(data: st.DataObject) -> None:
    _judge(data, None)


@pytest.mark.postgres
@settings(max_examples=HALF, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_roll_ups_on_postgresql_are_what_python_makes_of_the_children(data: st.DataObject, postgres_url: str) -> None:
    _judge(data, postgres_url)


def _judge(data: st.DataObject, url: str | None) -> None:
    rollups = data.draw(rollups_of(), "roll-ups")
    with temp_org(Metadata.from_dict(written(rollups)), url=url) as org:
        binned: list[tuple[str, str]] = []
        for _ in range(data.draw(st.integers(1, 3), "rounds")):
            for name in _LINKS:
                _create(data, org, name)
            for _ in range(data.draw(st.integers(0, 4), "changes")):
                data.draw(st.sampled_from([_update, _delete, _restore, _destroy]), "change")(data, org, binned)
            _compare(org, rollups)


def _create(data: st.DataObject, org: Any, name: str) -> None:
    parents = _living_parents(org, name)
    if name == "Line" and not parents:
        return
    org[name].create_many(data.draw(st.lists(_row(name, parents), max_size=4), f"new {name}"))


@st.composite
def _row(draw: Draw, name: str, parents: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = {field: draw(st.sampled_from(values)) for field, values in _VALUES[name].items()}
    link = _LINKS[name]
    if link is not None:
        row[link[0]] = draw(st.sampled_from([*parents, *([None] if name == "Deal" else [])]))
    return {"Name": "x", **row}


def _living_parents(org: Any, name: str) -> list[str]:
    link = _LINKS[name]
    return [] if link is None else [row["Id"] for row in org[link[1]].find()]


Bin = list[tuple[str, str]]


def _one(data: st.DataObject, org: Any) -> tuple[str, str] | None:
    """A living record, if there is one."""
    name = data.draw(st.sampled_from(sorted(_LINKS)), "of")
    living = [row["Id"] for row in org[name].find()]
    return (name, data.draw(st.sampled_from(living), "record")) if living else None


def _update(data: st.DataObject, org: Any, binned: Bin) -> None:
    if (found := _one(data, org)) is not None:
        name, record = found
        org[name].update(record, data.draw(_row(name, _living_parents(org, name)), "changed"))


def _delete(data: st.DataObject, org: Any, binned: Bin) -> None:
    if (found := _one(data, org)) is not None:
        org[found[0]].delete(found[1])
        if found[0] != "Line":  # a line needs its deal: it comes back with it
            binned.append(found)


def _destroy(data: st.DataObject, org: Any, binned: Bin) -> None:
    if (found := _one(data, org)) is not None:
        org[found[0]].delete(found[1], hard=True)


def _restore(data: st.DataObject, org: Any, binned: Bin) -> None:
    if binned:
        name, record = binned.pop(data.draw(st.integers(0, len(binned) - 1), "from the bin"))
        org[name].restore(record)


def _compare(org: Any, rollups: dict[str, list[Rollup]]) -> None:
    rows: Rows = {name: [dict(row) for row in org[name].find()] for name in _VALUES}
    for name, fields in rollups.items():
        for rollup in fields:
            said = f"{name}.{rollup.name}: {rollup.written()}"
            shown = {row["Id"]: value_of(rollup, row, rows) for row in rows[name]}
            assert shown == {row["Id"]: row[rollup.name] for row in rows[name]}, said
            few = org[name].find("Id IN :ids", ids=list(shown), limit=100)
            assert shown == {row["Id"]: row[rollup.name] for row in few}, said
            _ask(org, name, rollup, {row["Id"]: value_of(rollup, row, rows, exact=True) for row in rows[name]}, said)


def _ask(org: Any, name: str, rollup: Rollup, exact: dict[str, Any], said: str) -> None:
    """Conditions, orders and measures see the same values."""
    known = sorted({value for value in exact.values() if value is not None})
    for limit in known[:2]:
        over = {key for key, value in exact.items() if value is not None and value > limit}
        where = f"{rollup.name} > {format(limit, 'f') if isinstance(limit, Decimal) else limit}"
        assert over == {row["Id"] for row in org[name].find(where)}, f"{where}, {said}"
        assert over == {row["Id"] for row in org[name].find(f"({where}) AND Id IN :ids", ids=list(exact))}, said
    ordered = sorted(exact, key=lambda key: (exact[key] is not None, exact[key] or 0 if known else 0, key))
    assert ordered == [row["Id"] for row in org[name].find(sort=rollup.name)], said
    report = {"from": name, "measures": {"most": f"max({rollup.name})", "n": "count()"}}
    assert {"most": known[-1] if known else None, "n": len(exact)} == dict(org.report(report).run().totals), said
