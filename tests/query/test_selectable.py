from __future__ import annotations

import pytest

from objectforge import Metadata
from objectforge.errors.exceptions import QueryError
from objectforge.testing import temp_org

METADATA = """
objects:
  Note:
    fields:
      Said: text
      Hour: {{type: formula, returns: integer, formula: "{formula}"}}
"""


@pytest.mark.parametrize(
    "formula",
    [
        pytest.param("IF(REGEX(Said, '[0-9]+'), 1, 2)", id="a function without a SQL form"),
        pytest.param("IFERROR(HOUR(DATETIMEVALUE(Said)), IFERROR(HOUR(DATETIMEVALUE(Name)), 0))", id="SQL too long"),
    ],
)
def test_a_formula_that_sql_cannot_compute_does_not_hide_its_record(formula: str) -> None:
    with temp_org(Metadata.parse(METADATA.format(formula=formula))) as org:
        org["Note"].create({"Name": "one", "Said": "2026-04-01 12:30:00"})
        (note,) = org["Note"].find()
        assert note.Name == "one"
        assert "Hour" not in note
        with pytest.raises(QueryError, match="OF805"):
            org["Note"].find("Hour = 12")
