"""Law: roll-ups over self lookups, polymorphic lookups and junctions are what plain Python makes of the living records.

They gather formulas, roll-ups, formulas over roll-ups, days, instants and times of day, while records are created in
bulk, changed, moved, deleted, restored and destroyed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from random import Random
from typing import Any

import pytest

from objectforge import Metadata
from objectforge.errors.exceptions import Conflict
from objectforge.org.org import Org
from objectforge.testing import temp_org

METADATA = """
objects:
  Firm:
    fields:
      Parent: {type: lookup, to: Firm, children: Subs}
      Own: currency
      Half: {type: formula, returns: number, scale: 3, formula: "Own / 3"}
      Halves: {type: rollup, value: sum(Subs.Half), where: "Parent.Own > 0 OR Own < 0"}
      Notes__n: {type: rollup, value: count(Notes), where: "What:Firm.Own > 1"}
      Mean: {type: rollup, value: avg(Notes.Num)}
      First: {type: rollup, value: min(Notes.At)}
      Last: {type: rollup, value: max(Notes.Day)}
      Late: {type: rollup, value: max(Notes.Clock)}
  Deal:
    fields:
      Weight: {type: rollup, value: sum(Tags.Amount)}
      Doubled: {type: formula, returns: number, formula: "Weight * 2 + Notes__n"}
      Notes__n: {type: rollup, value: count(Notes.Num)}
  Tag:
    fields:
      Deals__w: {type: rollup, value: sum(Deals.Of_Deal)}
      Heavy: {type: rollup, value: count(Deals), where: "Deal.Doubled > 6"}
  Deal_Tag:
    fields:
      Deal: {type: master_detail, to: Deal, children: Tags, reparentable: true}
      Tag: {type: master_detail, to: Tag, children: Deals}
      Amount: number(5,2)
      Of_Deal: {type: formula, returns: number, formula: "Deal.Doubled + 1"}
  Note:
    fields:
      What: {type: lookup, to: [Firm, Deal], children: Notes, on_delete: cascade}
      Num: number(18,6)
      Day: date
      At: datetime
      Clock: time
"""
NAMES = ("Firm", "Deal", "Tag", "Deal_Tag", "Note")
START = datetime(2026, 1, 1, tzinfo=UTC)
Row = Mapping[str, Any]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def org(request: pytest.FixtureRequest) -> Iterator[Org]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with temp_org(Metadata.parse(METADATA), url=url) as opened:
        yield opened


@pytest.mark.parametrize("seed", range(2))
def test_roll_ups_are_what_python_makes_of_the_children(org: Org, seed: int) -> None:
    random = Random(seed)  # noqa: S311
    binned: list[tuple[str, str]] = []
    for _ in range(4):
        for name in NAMES:
            rows = [values(random, org, name) for _ in range(random.randint(0, 4))]
            org[name].create_many([row for row in rows if row is not None])
        for _ in range(6):
            random.choice((change, change, delete, restore, destroy))(random, org, binned)
        compare(org)


def values(random: Random, org: Org, name: str) -> dict[str, Any] | None:
    """Random values of a record; None where a master is missing."""

    def one_of(*objects: str) -> str | None:
        found = [each_id for each in objects for each_id in ids(org, each)]
        return random.choice(found) if found else None

    match name:
        case "Firm":
            parent = one_of("Firm") if random.random() < 0.7 else None
            return {"Name": "f", "Own": random.choice((None, "-2", "0", "1.50", "100.01")), "Parent": parent}
        case "Note":
            instant = START + timedelta(microseconds=random.randint(0, 10**12))
            clock = None if random.random() < 0.3 else instant.time()
            day = None if random.random() < 0.3 else instant.date()
            number = random.choice((None, "0.000001", "-3", "7", "0.333333"))
            return {
                "Name": "n",
                "What": one_of("Firm", "Deal"),
                "Num": number,
                "Day": day,
                "At": instant,
                "Clock": clock,
            }
        case "Deal_Tag":
            deal, tag = one_of("Deal"), one_of("Tag")
            amount = random.choice((None, "0.05", "3", "-1.25"))
            return {"Name": "x", "Deal": deal, "Tag": tag, "Amount": amount} if deal and tag else None
        case _:
            return {"Name": "d"}


def ids(org: Org, name: str) -> list[str]:
    return [row["Id"] for row in org.query(f"SELECT Id FROM {name}")]


def change(random: Random, org: Org, binned: list[tuple[str, str]]) -> None:
    name = random.choice(("Firm", "Note", "Deal_Tag"))
    found = ids(org, name)
    new = values(random, org, name)
    if found and new is not None:
        kept = {key: value for key, value in new.items() if random.random() < 0.6 and key != "Tag"}
        org[name].update_many([{"Id": each, **kept} for each in random.sample(found, min(2, len(found)))])


def delete(random: Random, org: Org, binned: list[tuple[str, str]]) -> None:
    name = random.choice(NAMES)
    found = ids(org, name)
    if found:
        gone = random.choice(found)
        org[name].delete(gone)
        binned.append((name, gone))


def restore(random: Random, org: Org, binned: list[tuple[str, str]]) -> None:
    if binned:
        name, gone = binned.pop(random.randrange(len(binned)))
        try:
            org[name].restore(gone)
        except Conflict:  # its master is in the bin
            return


def destroy(random: Random, org: Org, binned: list[tuple[str, str]]) -> None:
    name = random.choice(("Note", "Firm"))
    found = ids(org, name)
    if found:
        org[name].delete(random.choice(found), hard=True)


def compare(org: Org) -> None:
    living = {name: list(org[name].find()) for name in NAMES}
    firms = {row["Id"]: row for row in living["Firm"]}

    def of(object_name: str, field: str, parent: Row) -> list[Row]:
        return [row for row in living[object_name] if row[field] == parent["Id"]]

    for firm in living["Firm"]:
        subs = [
            sub
            for sub in of("Firm", "Parent", firm)
            if (firm["Own"] is not None and firm["Own"] > 0) or (sub["Own"] is not None and sub["Own"] < 0)
        ]
        notes = of("Note", "What", firm)
        numbers = present(notes, "Num")
        large = firm["Own"] is not None and firms[firm["Id"]]["Own"] > 1
        expected = (
            total(third(sub) for sub in subs),
            len(notes) if large else 0,
            divided(sum(numbers, Decimal(0)), len(numbers)) if numbers else None,
            least(min, present(notes, "At")),
            least(max, present(notes, "Day")),
            least(max, present(notes, "Clock")),
        )
        halves = None if expected[0] is None else round_to(expected[0], 3)
        shown = tuple(firm[name] for name in ("Halves", "Notes__n", "Mean", "First", "Last", "Late"))
        assert (halves, *expected[1:]) == shown
    doubled: dict[str, Decimal] = {}
    for deal in living["Deal"]:
        weight = total(present(of("Deal_Tag", "Deal", deal), "Amount"))
        counted = len(present(of("Note", "What", deal), "Num"))
        doubled[deal["Id"]] = (weight or Decimal(0)) * 2 + counted
        assert (weight, doubled[deal["Id"]], counted) == (deal["Weight"], deal["Doubled"], deal["Notes__n"])
    for tag in living["Tag"]:
        deals = [doubled[row["Deal"]] for row in of("Deal_Tag", "Tag", tag)]
        heavy = sum(each > 6 for each in deals)
        assert (total(each + 1 for each in deals), heavy) == (tag["Deals__w"], tag["Heavy"])
        assert (tag["Id"] in {row.Id for row in org["Tag"].find("Heavy > 0")}) == (heavy > 0)


def present(rows: Iterable[Row], name: str) -> list[Any]:
    return [row[name] for row in rows if row[name] is not None]


def total(numbers: Iterable[Decimal]) -> Decimal | None:
    found = list(numbers)
    return sum(found, Decimal(0)) if found else None


def least(choose: Callable[..., Any], found: list[date] | list[datetime] | list[time]) -> Any:
    return choose(found) if found else None


def round_to(number: Decimal, places: int) -> Decimal:
    with localcontext(prec=60):
        return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def divided(number: Decimal, by: int) -> Decimal:
    with localcontext(prec=60):
        return round_to(number / by, 18)


def third(firm: Row) -> Decimal:
    return divided(firm["Own"] or Decimal(0), 3)
