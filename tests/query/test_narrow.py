from __future__ import annotations

import pytest

from objectforge import Metadata
from objectforge.query.narrow import leaves_few
from objectforge.relations.conditions import resolve_condition
from objectforge.relations.resolve import resolve

METADATA = """
objects:
  Firm:
    fields: {City: text, Code: {type: text, external_id: true}}
  Deal:
    fields:
      Firm: lookup(Firm)
      Stage: [Open, Won]
      Day: {type: date, indexed: true}
      Amount: currency
"""


@pytest.mark.parametrize(
    ("expected", "where"),
    [
        pytest.param(True, "Id = '00Q000000000001'", id="the id"),
        pytest.param(True, "Firm = '00Q000000000001' AND Amount > 1", id="a lookup, and more"),
        pytest.param(True, "Day = 2024-01-01", id="an indexed field"),
        pytest.param(True, "Amount > 1 AND Id IN ('00Q000000000001', '00Q000000000002')", id="a list"),
        pytest.param(False, "Amount = 1", id="no index"),
        pytest.param(False, "Day > 2024-01-01", id="a range"),
        pytest.param(False, "Firm = '00Q000000000001' OR Amount > 1", id="one of two"),
        pytest.param(False, "NOT Day = 2024-01-01", id="all but one"),
        pytest.param(False, "Firm.Code = 'x'", id="of a parent"),
    ],
)
def test_equal_to_a_value_in_an_index_leaves_few(expected: bool, where: str) -> None:
    schema = resolve(Metadata.parse(METADATA))
    assert expected is leaves_few(resolve_condition(schema, schema.objects["Deal"], where), schema)
