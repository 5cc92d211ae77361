"""In rules, defaults and `show_if` a test for a blank sees the field itself; everything else counts it as 0."""

from __future__ import annotations

import pytest

from objectforge import Metadata, RecordInvalid
from objectforge.testing import temp_org

METADATA = """
objects:
  Deal:
    fields:
      Amount: currency
      Chance: percent
      Fallback: {{type: currency, default: "=BLANKVALUE(Amount, 7)"}}
    validations:
      rule: {{error_if: "{rule}", message: Refused}}
"""


@pytest.mark.parametrize(
    ("refused", "rule", "values"),
    [
        pytest.param(False, "NOT ISBLANK(Amount) AND Amount < 1", {}, id="a guarded comparison spares blanks"),
        pytest.param(True, "NOT ISBLANK(Amount) AND Amount < 1", {"Amount": 0}, id="and catches zero"),
        pytest.param(True, "ISBLANK(Amount)", {}, id="a blank number is blank"),
        pytest.param(True, "ISNULL(Chance)", {}, id="a blank percent is null"),
        pytest.param(True, "ISBLANK(PRIORVALUE(Amount))", {}, id="what a number was is blank too"),
        pytest.param(True, "Amount = 0", {}, id="compared, a blank is still 0"),
        pytest.param(False, "BLANKVALUE(Amount, 5) < 5", {}, id="a replacement stands for a blank"),
        pytest.param(True, "BLANKVALUE(Chance, 5) < 5", {"Chance": 20}, id="a percent stays a fraction"),
    ],
)
def test_rules(refused: bool, rule: str, values: dict[str, int]) -> None:
    with temp_org(Metadata.parse(METADATA.format(rule=rule))) as org:
        if refused:
            with pytest.raises(RecordInvalid, match="Refused"):
                org["Deal"].create(Name="One", **values)
        else:
            org["Deal"].create(Name="One", **values)


def test_a_default_replaces_a_blank() -> None:
    with temp_org(Metadata.parse(METADATA.format(rule="false"))) as org:
        assert org["Deal"].create(Name="One").Fallback == 7
        assert org["Deal"].create(Name="Two", Amount=3).Fallback == 3
