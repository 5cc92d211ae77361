"""What computed fields do wrong is shown where the text does it, however YAML writes that text."""

from __future__ import annotations

import pytest

from objectforge import Metadata
from objectforge.relations.resolve import examine

HEAD = """\
objects:
  A:
    fields:
      P: {type: lookup, to: A, children: As}
      N: number
"""
TEN = ".".join(["P"] * 10)


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        pytest.param("OF235", '      F: {type: formula, returns: number, formula: "1 + «F»"}\n', id="itself"),
        pytest.param("OF235", '      F: {type: formula, returns: number, formula: "N + «P.F»"}\n', id="its parent's"),
        pytest.param(
            "OF235",
            '      F: {type: formula, returns: number, formula: "N * «G»"}\n'
            "      G: {type: formula, returns: number, formula: F + 1}\n",
            id="a circle of two",
        ),
        pytest.param(
            "OF235",
            "      F: {type: formula, returns: number, formula: N + «R»}\n      R: {type: rollup, value: sum(As.F)}\n",
            id="over a roll-up",
        ),
        pytest.param("OF235", "      R: {type: rollup, value: sum(As.«R»)}\n", id="a roll-up of itself"),
        pytest.param(
            "OF235",
            '      R: {type: rollup, value: count(As), where: "N > 1 AND «R» > 2"}\n',
            id="a roll-up's condition",
        ),
        pytest.param(
            "OF242", f"      F: {{type: formula, returns: number, formula: 1 + {TEN}.«P».N}}\n", id="too deep"
        ),
        pytest.param(
            "OF240",
            "      F:\n        type: formula\n        returns: number\n"
            "        formula: |\n          N +\n            «Nn» * 2\n",
            id="block",
        ),
        pytest.param(
            "OF240",
            "      F:\n        type: formula\n        returns: number\n"
            "        formula: >-\n          N\n\n          + «Nn»\n",
            id="folded block",
        ),
        pytest.param(
            "OF240", '      F: {type: formula, returns: text, formula: "\\"a\\n\\" & «\\u0041\\x42X»"}\n', id="escapes"
        ),
        pytest.param(
            "OF240",
            '      F:\n        type: formula\n        returns: number\n        formula: "N +\\\n          «Nn»"\n',
            id="a line that goes on",
        ),
        pytest.param(
            "OF240", "      F: {type: formula, returns: text, formula: 'IF(N > 1, ''a'', «Nn»)'}\n", id="doubled quotes"
        ),
        pytest.param(
            "OF240",
            "      F: {type: formula, returns: text, formula: \"'😀' & «Nn»\"}\n",
            id="signs beyond the first plane",
        ),
        pytest.param("OF326", '      F: {type: formula, returns: date, formula: "«N + 1»"}\n', id="another type"),
        pytest.param(
            "OF242",
            f"      F: {{type: formula, returns: number, formula: {TEN}.N}}\n"
            '      G: {type: formula, returns: date, formula: "TODAY() + N + «P.F»"}\n',
            id="too deep through a formula",
        ),
    ],
)
def test_a_mistake_in_a_computed_field_has_its_place(code: str, fields: str) -> None:
    text = HEAD + fields
    _, (issue,) = examine(Metadata.parse(text.replace("«", "").replace("»", "")))
    assert issue.code == code
    assert issue.span is not None
    source, start, end = issue.span.source.text, issue.span.start, issue.span.end
    assert f"{source[:start]}«{source[start:end]}»{source[end:]}" == text
    assert issue.span.line == text[: text.index("«")].count("\n") + 1
