"""What an index is there for uses it, in the words SQLite explains its plans with."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from objectforge import Metadata
from objectforge.org.org import Org
from objectforge.testing import temp_org

METADATA = """
objects:
  Firm: {fields: {City: text}}
  Deal:
    indexes: [[Closes, -Amount]]
    fields:
      FirmId: lookup(Firm)
      Code: {type: text, unique: true}
      Exact: {type: text, unique: true, case_sensitive: true}
      Number: {type: integer, unique: true}
      Rank: {type: text, indexed: true}
      Closes: date
      Amount: currency
list_views:
  Deal.all: {columns: [Name]}
"""


def _plans(org: Org, ask: Any) -> list[str]:
    """The plans of the statements that read deals while `ask` runs."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if "FROM deal" in statement and not statement.startswith("EXPLAIN"):
            seen.append((statement, values))

    sa.event.listen(org.engine, "before_cursor_execute", note)
    ask()
    sa.event.remove(org.engine, "before_cursor_execute", note)
    with org.engine.connect() as connection:
        explained = [connection.exec_driver_sql("EXPLAIN QUERY PLAN " + text, values).all() for text, values in seen]
    return [str(row[3]) for rows in explained for row in rows]


@pytest.mark.parametrize(
    "where",
    [
        pytest.param("FirmId = :v", id="lookup"),
        pytest.param("FirmId IN :many", id="lookup in many"),
        pytest.param("Code = 'C7'", id="unique text"),
        pytest.param("Code IN ('c7', 'c8')", id="unique text in a list"),
        pytest.param("Exact = 'e7'", id="unique text, letter by letter"),
        pytest.param("Number = 7", id="unique number"),
        pytest.param("Rank = 'R'", id="indexed text"),
        pytest.param("Closes = THIS_MONTH", id="period"),
        pytest.param("Id = :v", id="id"),
    ],
)
def test_a_condition_uses_its_index(where: str) -> None:
    with temp_org(Metadata.parse(METADATA)) as org:
        firm = org["Firm"].create(Name="F").Id
        values = {"v": firm, "many": [firm] * 30 + [f"{number}" for number in range(30)]}
        binds = {name: value for name, value in values.items() if f":{name}" in where}
        plan = _plans(org, lambda: org["Deal"].find(where, **binds))
        assert any(step.startswith("SEARCH t1 USING") for step in plan), plan


@pytest.mark.parametrize("sort", ["Code", "-Code", "Number", "Exact", "Rank", "Closes", "Id"])
def test_a_page_behind_a_cursor_uses_an_index_for_every_range(sort: str) -> None:
    with temp_org(Metadata.parse(METADATA)) as org:
        org["Deal"].create_many(
            [
                {"Name": "d", "Code": f"c{n}", "Exact": f"e{n}", "Number": n, "Rank": "r", "Closes": "2026-01-01"}
                for n in range(9)
            ]
        )
        view = org.list_view("Deal.all")
        first = view.page(size=3, sort=[sort])
        plan = _plans(org, lambda: view.page(size=3, after=first.next, sort=[sort]))
        assert [step for step in plan if step.startswith("SEARCH t1 USING")], plan
        assert not [step for step in plan if step == "SCAN t1"], plan
