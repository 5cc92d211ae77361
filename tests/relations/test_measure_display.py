from __future__ import annotations

import pytest

from objectforge.metadata.metadata import Metadata
from objectforge.relations.resolve import resolve

REPORTS = """
objects:
  Deal:
    fields: {{Amount: currency, Cost: currency, Weight: number, Close: date, Stage: [Open, Won]}}
reports:
  r:
    from: Deal
    rows: [Stage]
    measures:
      won: sum(Amount)
      deals: count()
      asked: {value}
"""


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        pytest.param("currency", "sum(Amount)", id="a sum of amounts"),
        pytest.param("currency", "avg(Amount)", id="an average of amounts"),
        pytest.param("currency", "won", id="another measure of amounts"),
        pytest.param("currency", "running(won)", id="a running total of amounts"),
        pytest.param("currency", "won - sum(Cost)", id="a difference of amounts"),
        pytest.param("currency", "won / deals", id="an amount per deal"),
        pytest.param(None, "won / sum(Cost)", id="a ratio of amounts"),
        pytest.param(None, "won + sum(Weight)", id="amounts and weights"),
        pytest.param(None, "won * 2", id="a product"),
        pytest.param(None, "count()", id="a count"),
        pytest.param(None, "percent_of(won)", id="a share"),
        pytest.param("date", "max(Close)", id="the last date"),
        pytest.param("currency", "{value: won * 2, returns: currency}", id="what it says it returns"),
        pytest.param("percent", "{value: won / sum(Cost), returns: percent}", id="a percentage"),
    ],
)
def test_a_measure_is_shown_as_the_values_it_gathers(expected: str | None, value: str) -> None:
    measure = resolve(Metadata.parse(REPORTS.format(value=value))).reports["r"].measures["asked"]
    assert expected == (None if measure.field_type is None else measure.field_type.type_name)
