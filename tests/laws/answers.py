"""A random org made real: its rows written into a throwaway org, and what the org answers in the oracle's terms."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from random_orgs import written

from objectforge import Metadata
from objectforge.testing import temp_org
from oracle.cube import Group
from oracle.report import Outcome, Report
from oracle.world import Value, World

__all__ = ["differences", "living"]


@contextlib.contextmanager
def living(world: World, url: str | None) -> Iterator[tuple[Any, World]]:
    """The org with all rows, and the world with the Ids that they were given."""
    with temp_org(Metadata.from_dict(written(world)), url=url) as org:
        yield org, replace(world, rows=_write(org, world))


def _write(org: Any, world: World) -> dict[str, list[dict[str, Value]]]:
    links = {(one.child, one.lookup) for one in world.relationships}
    ids: dict[Value, Value] = {None: None}
    with org.transaction():
        for name, rows in world.rows.items():
            plain = [
                {key: value for key, value in row.items() if key != "Id" and (name, key) not in links} for row in rows
            ]
            for row, result in zip(rows, org[name].create_many(plain), strict=True):
                ids[row["Id"]] = result.id
        real = {
            name: [
                {key: ids[value] if key == "Id" or (name, key) in links else value for key, value in row.items()}
                for row in rows
            ]
            for name, rows in world.rows.items()
        }
        for name, rows in real.items():
            linked = [{key: row[key] for key in row if key == "Id" or (name, key) in links} for row in rows]
            if linked and len(linked[0]) > 1:
                org[name].update_many(linked)
    return real


def differences(report: Report, expected: Outcome, result: Any) -> list[str]:
    """Where a report's result is not what it must be, in words; empty when all is equal, order included."""
    found = list(_records(expected, result.records()))
    found += _cells("totals", expected.totals, result.totals)
    found += _groups(report, expected.groups, result.groups)
    found += _across("across", expected.across, result.across)
    if expected.limited != result.limited:
        found.append(f"limited: {expected.limited} expected, {result.limited} found")
    return found


def _records(expected: Outcome, records: list[dict[str, Value]]) -> Iterator[str]:
    if len(expected.records) != len(records):
        yield f"{len(expected.records)} records expected, {len(records)} found: {expected.records} / {records}"
        return
    for place, (ours, theirs) in enumerate(zip(expected.records, records, strict=True)):
        yield from _cells(f"records[{place}]", ours, theirs)


def _groups(report: Report, expected: Iterable[Group], groups: Iterable[Any]) -> Iterator[str]:
    expected, groups = list(expected), list(groups)
    keys = [group.key for group in groups]
    if [group.key for group in expected] != [tuple(key) for key in keys]:
        yield f"groups {[group.key for group in expected]} expected, {keys} found"
        return
    for ours, theirs in zip(expected, groups, strict=True):
        at = f"group {ours.key}"
        if (ours.level, ours.name) != (theirs.level, theirs.name) or not _same(ours.value, theirs.value):
            yield f"{at}: {ours.level, ours.name, ours.value} / {theirs.level, theirs.name, theirs.value}"
        yield from _cells(at, ours.measures, theirs.measures)
        yield from _across(at, ours.across, theirs.across)
        yield from _groups(report, ours.groups, theirs.groups)
        if report.columns:
            yield from _details(at, ours.details, [dict(row) for row in theirs.details()])


def _details(at: str, expected: list[dict[str, Value]], details: list[dict[str, Value]]) -> Iterator[str]:
    if len(expected) != len(details):
        yield f"{at}: details {expected} expected, {details} found"
        return
    for place, (ours, theirs) in enumerate(zip(expected, details, strict=True)):
        yield from _cells(f"{at} details[{place}]", ours, theirs)


def _across(
    at: str, expected: Mapping[tuple[Value, ...], Mapping[str, Value]], across: Mapping[Any, Mapping[str, Value]]
) -> Iterator[str]:
    found = {tuple(key): cells for key, cells in across.items() if key}
    if set(expected) != set(found):
        yield f"{at}: columns {sorted(map(str, expected))} expected, {sorted(map(str, found))} found"
        return
    for key, cells in expected.items():
        yield from _cells(f"{at} x {key}", cells, found[key])


def _cells(at: str, expected: Mapping[str, Value], found: Mapping[str, Value]) -> Iterator[str]:
    if list(expected) != list(found):
        yield f"{at}: {list(expected)} expected, {list(found)} found"
        return
    for name, value in expected.items():
        if not _same(value, found[name]):
            yield f"{at}.{name}: {value!r} expected, {found[name]!r} found"


def _same(expected: Value, found: Value) -> bool:
    """Equal, and both or neither a checkbox's."""
    return expected == found and isinstance(expected, bool) == isinstance(found, bool)
