"""Golden cases: a question in YAML, how it is explained and asked of each engine, and the records it gives.

`records.json` is written by hand from `records.yaml`; the other files are rewritten by
`pytest tests/golden --rewrite-golden`, for a reviewer to read.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml

from objectforge.org.org import Org
from objectforge.query.select import Query, compile_query
from objectforge.query.sql_text import sql_text
from objectforge.relations.conditions import resolve_columns, resolve_condition, resolve_sort
from objectforge.testing import temp_org
from objectforge.values.clock import FixedClock

CASES = Path(__file__).parent / "cases"
NOW = FixedClock(datetime(2026, 4, 15, 12, tzinfo=UTC))
ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
@pytest.mark.parametrize("engine", ENGINES)
def test_a_golden_case_is_asked_and_answered_as_written(request: pytest.FixtureRequest, case: str, engine: str) -> None:
    url = None if engine == "sqlite" else request.getfixturevalue("postgres_url")
    folder = CASES / case
    ask = yaml.safe_load((folder / "ask.yaml").read_text("utf-8"))
    with temp_org(CASES.parent / "org.yaml", records=CASES.parent / "records.yaml", url=url, clock=NOW) as org:
        text, records = _asked(org, ask)
    text = re.sub(r"temp_[0-9a-f]{16}", "org", text) + "\n"
    golden = folder / f"{engine}.txt"
    if request.config.getoption("rewrite_golden", default=False):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")
    assert json.loads((folder / "records.json").read_text("utf-8")) == json.loads(json.dumps(records, default=str))


def _asked(org: Org, ask: dict[str, Any]) -> tuple[str, Any]:
    if "report" in ask:
        return _report(org, ask["report"])
    return _page(org, ask) if "view" in ask else _find(org, ask)


def _report(org: Org, report: dict[str, Any]) -> tuple[str, Any]:
    result = org.report(report).run()
    return result.explain(), result.records()


def _find(org: Org, ask: dict[str, Any]) -> tuple[str, Any]:
    schema = org.schema
    owner = schema.objects[ask["find"]]
    columns = tuple((column.key, column.ref) for column in resolve_columns(schema, owner, ask["columns"]))
    condition = resolve_condition(schema, owner, ask["where"])
    query = Query(owner.name, columns, condition, resolve_sort(schema, owner, ask["sort"]))
    with org._core.reading() as context:
        text = sql_text(compile_query(query, context, {})[0], context.connection.dialect)
    found = org[owner.name].find(ask["where"], sort=ask["sort"])
    return text, [{"Name": row["Name"]} for row in found]


def _page(org: Org, ask: dict[str, Any]) -> tuple[str, Any]:
    """The second page."""
    view = org.list_view(ask["view"])
    first = view.page(ask["size"])
    seen: list[Any] = []

    def note(_connection: Any, asked: Any, *_rest: Any) -> None:
        seen.append(asked)

    sa.event.listen(org.engine, "before_execute", note)
    second = view.page(ask["size"], first.next)
    sa.event.remove(org.engine, "before_execute", note)
    shown = [{column.key: row[column.key] for column in second.columns} for row in second]
    return sql_text(seen[-1], org.engine.dialect), shown
