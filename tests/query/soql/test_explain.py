from __future__ import annotations

from collections.abc import Callable

import pytest

from objectforge import Org

THINGS = """
objects:
  Thing:
    fields:
      Amount: currency
      Count: {type: number, scale: 0}
      On: checkbox
      Due: date
      At: datetime
      Clock: time
      Kinds: {type: multipicklist, values: [a, b]}
      Place: geolocation
      Double: {type: formula, returns: number, formula: "Amount * 2"}
      Parent: {type: lookup, to: Thing, children: Parts}
"""
COLUMNS = ("Amount", "Count", "On", "Due", "At", "Clock", "Kinds", "Place", "Double", "Parent.Amount", "Id", "OwnerId")


@pytest.fixture
def org(deploy: Callable[..., Org]) -> Org:
    return deploy(THINGS)


def test_values_of_every_type_may_come_first(org: Org) -> None:
    for number in range(len(COLUMNS)):
        columns = ", ".join((*COLUMNS[number:], *COLUMNS[:number]))
        assert "reads every record of Thing" in org.explain(f"SELECT {columns} FROM Thing")


@pytest.mark.parametrize(
    ("found", "text"),
    [
        pytest.param("reads every record of Thing", "SELECT COUNT() FROM Thing WHERE Amount > 5", id="a count"),
        pytest.param("reads every record", "SELECT SUM(Amount), MAX(Due) FROM Thing", id="sums"),
        pytest.param("groups", "SELECT Due, AVG(Amount) FROM Thing GROUP BY ROLLUP(Due) HAVING COUNT(Id) > 1",
                     id="groups"),
        pytest.param("Parts, for up to 500 records", "SELECT Amount, (SELECT Amount FROM Parts LIMIT 2) FROM Thing",
                     id="children"),
        pytest.param("`indexed: true` at the field Thing.Count", "SELECT Id FROM Thing WHERE Count = 5", id="an index"),
        pytest.param("by the index on Parent", "SELECT On FROM Thing WHERE Parent = '001000000000001AAA'", id="a link"),
        pytest.param("sorts what was found", "SELECT On FROM Thing ORDER BY Amount DESC NULLS LAST", id="an order"),
    ],
)  # fmt: skip
def test_the_plan_is_told_in_words(found: str, text: str, org: Org) -> None:
    assert found in org.explain(text)


def test_nothing_is_read_or_locked(org: Org) -> None:
    with org.transaction():
        org["Thing"].create(Name="a")
        assert "FROM thing" in org.explain("SELECT Amount FROM Thing WHERE Name = :name FOR UPDATE", name="a")
        assert org.query("SELECT COUNT() FROM Thing").total == 1
