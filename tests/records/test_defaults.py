from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from worlds import World, codes

YAML = """
objects:
  Firm:
    fields:
      Limit: currency
      Best: {type: lookup, to: User, children: Best_Firms}
  Deal:
    fields:
      Last: {type: currency, default: "=Middle + Tripled"}
      Middle: {type: currency, default: "=Amount * 2"}
      Tripled: {type: formula, returns: currency, formula: "Middle * 3"}
      Amount: {type: currency, default: 5}
      Firm: lookup(Firm)
      Limit: {type: currency, default: "=Firm.Limit"}
      Who: {type: lookup, to: User, children: Deals, default: "=$User.Id"}
      Name_Of_Who: {type: text, default: "=Who.Name"}
      Expected: {type: currency, default: "=Amount * Chance"}
      Stage:
        type: picklist
        values: [{value: New, sets: {Chance: 10}}, Won]
        default: "=IF(Amount > 100, 'Won', 'New')"
      Chance: {type: percent, default: "=0.5"}
      Third: {type: number, default: "=10 / 3"}
      Short: {type: text, length: 3, default: "=TEXT(Amount)"}
"""


@pytest.fixture
def org(world: Callable[..., World]) -> World:
    return world(YAML)


def _one(org: World, **given: Any) -> Any:
    return org.get(org.one("Deal", Name="d", **given))


def test_a_default_reads_other_defaults_wherever_they_are_declared(org: World) -> None:
    deal = _one(org, Amount=4)
    assert (Decimal(8), Decimal(32)) == (deal.Middle, deal.Last)


def test_a_default_reads_what_is_given_in_the_same_write(org: World) -> None:
    deal = _one(org, Amount=4, Middle=1)
    assert (Decimal(1), Decimal(4)) == (deal.Middle, deal.Last)


def test_a_default_reads_parents(org: World) -> None:
    firm = org.one("Firm", Name="f", Limit=7)
    assert Decimal(7) == _one(org, Firm=firm).Limit
    assert 0 == _one(org).Limit


def test_a_default_reads_the_parent_behind_another_default(org: World) -> None:
    deal = _one(org)
    assert (org.user, "System") == (deal.Who, deal.Name_Of_Who)


def test_what_a_picklist_sets_goes_before_a_default_and_defaults_see_it(org: World) -> None:
    new, won = _one(org, Amount=50), _one(org, Amount=200)
    assert ("New", Decimal(10), Decimal(5)) == (new.Stage, new.Chance, new.Expected)
    assert ("Won", Decimal(50), Decimal(100)) == (won.Stage, won.Chance, won.Expected)


def test_null_is_given_too(org: World) -> None:
    assert _one(org, Stage="Won", Chance=None).Chance is None


def test_a_default_is_rounded_and_must_be_a_value_of_its_field(org: World) -> None:
    assert Decimal("3.33") == _one(org).Third
    (result,) = org.create("Deal", {"Name": "d", "Amount": 1234}, partial=True)
    assert [("Short", "STRING_TOO_LONG")] == codes(result.errors)


def test_nothing_is_said_of_defaults_that_read_what_could_not_be_taken(org: World) -> None:
    (result,) = org.create("Deal", {"Name": "d", "Amount": "many"}, partial=True)
    assert ["Amount"] == [field for field, _ in codes(result.errors)]


def test_an_update_fills_no_defaults(org: World) -> None:
    id_ = org.one("Deal", Name="d", Amount=4)
    org.update("Deal", {"Id": id_, "Middle": None, "Amount": 1})
    assert (None, Decimal(32)) == (org.get(id_).Middle, org.get(id_).Last)
