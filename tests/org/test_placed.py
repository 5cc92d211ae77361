from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from objectforge import Metadata, QueryError
from objectforge.org.org import Org
from objectforge.testing import temp_org

METADATA = f"""
objects:
  A: {{fields: {{N: number, F: {{type: formula, returns: number, formula: "{"ABS(" * 60}N{")" * 60}"}}}}}}
list_views:
  A.all: {{columns: [Name, F]}}
reports:
  flat: {{from: A, columns: [Name, F]}}
  summed: {{from: A, rows: [Name], measures: {{n: sum(F)}}}}
"""


@pytest.fixture(scope="module")
def org() -> Iterator[Org]:
    with temp_org(Metadata.parse(METADATA)) as made:
        yield made


@pytest.mark.parametrize(
    ("expected", "ask"),
    [
        pytest.param("A.all:", lambda org: org.list_view("A.all").page(), id="a page of a view"),
        pytest.param("flat:", lambda org: org.report("flat").run(), id="a report of rows"),
        pytest.param("summed:", lambda org: org.report("summed").run(), id="a report of groups"),
        pytest.param("A:", lambda org: org["A"].get(org["A"].create({"Name": "x", "N": 1}).Id), id="a record"),
        pytest.param("A:", lambda org: org.page("A", "a00000000000001"), id="a page of a record"),
    ],
)
def test_what_is_too_large_for_the_database_points_at_its_definition(
    expected: str, ask: Callable[[Org], object], org: Org
) -> None:
    with pytest.raises(QueryError) as refused:
        ask(org)
    assert refused.value.issue.code == "OF808"
    span = refused.value.issue.span
    assert span is not None
    assert span.source.line(span.line).strip().startswith(expected)
