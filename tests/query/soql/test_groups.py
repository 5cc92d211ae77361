from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from objectforge import Org

DEALS = """
objects:
  Deal:
    fields: {Stage: text, Region: text, Amount: {type: number, scale: 0}}
"""


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param([], "SELECT Stage, COUNT(Id) n FROM Deal GROUP BY Stage", id="plain groups"),
        pytest.param([{"n": 0, "s": None}], "SELECT COUNT(Id) n, SUM(Amount) s FROM Deal", id="no groups"),
        pytest.param(
            [{"Stage": None, "n": 0, "s": None, "g": 1}],
            "SELECT Stage, COUNT(Id) n, SUM(Amount) s, GROUPING(Stage) g FROM Deal GROUP BY ROLLUP(Stage)",
            id="ROLLUP",
        ),
        pytest.param(
            [{"Stage": None, "Region": None, "n": 0}],
            "SELECT Stage, Region, COUNT(Id) n FROM Deal GROUP BY CUBE(Stage, Region)",
            id="CUBE",
        ),
        pytest.param(
            [], "SELECT Stage, COUNT(Id) n FROM Deal GROUP BY ROLLUP(Stage) HAVING COUNT(Id) > 0", id="HAVING"
        ),
    ],
)
def test_the_grand_total_is_a_row_also_over_nothing(
    expected: list[dict[str, Any]], text: str, deploy: Callable[..., Org]
) -> None:
    org = deploy(DEALS)
    org["Deal"].create(Name="other", Stage="Open", Amount=1)
    found = org.query(text.replace("FROM Deal", "FROM Deal WHERE Name = 'none'"))
    assert expected == [dict(row) for row in found]
    assert len(expected) == found.total


@pytest.mark.parametrize("where", ["", " WHERE Name = 'none'"], ids=["over records", "over nothing"])
@pytest.mark.parametrize("subtotals", ["ROLLUP", "CUBE"])
def test_the_grand_total_is_one_row_where_nothing_is_added_up(
    subtotals: str, where: str, deploy: Callable[..., Org]
) -> None:
    org = deploy(DEALS)
    for stage in ("Open", "Open", "Won"):
        org["Deal"].create(Name="d", Stage=stage)
    found = org.query(f"SELECT Stage, GROUPING(Stage) g FROM Deal{where} GROUP BY {subtotals}(Stage)")
    groups = [] if where else [("Open", 0), ("Won", 0)]
    assert [*groups, (None, 1)] == [(row["Stage"], row["g"]) for row in found]
