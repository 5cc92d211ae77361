"""The page about expressions says rightly what the database computes."""

from __future__ import annotations

import pytest

from objectforge import Metadata
from objectforge.cli.reference_expressions import REWRITTEN, expressions_page
from objectforge.expressions.functions.registry import FUNCTIONS
from objectforge.expressions.sql.functions.registry import FUNCTIONS as IN_SQL
from objectforge.testing import temp_org

SHOP = Metadata.parse("objects: {Shop: {fields: {Kind: [a, b], Tags: {type: multipicklist, values: [a, b]}}}}")


@pytest.mark.parametrize(
    ("name", "condition"),
    [
        pytest.param("ISNULL", "NOT ISNULL(Kind)", id="isnull"),
        pytest.param("IN", "IN(Kind, 'a')", id="in"),
        pytest.param("ISPICKVAL", "ISPICKVAL(Kind, 'a')", id="ispickval"),
        pytest.param("INCLUDES", "INCLUDES(Tags, 'b')", id="includes"),
        pytest.param("EXCLUDES", "NOT EXCLUDES(Tags, 'b')", id="excludes"),
    ],
)
def test_a_function_that_is_an_operator_can_be_queried(name: str, condition: str) -> None:
    assert name in REWRITTEN
    with temp_org(SHOP) as org:
        org["Shop"].create(Name="Corner", Kind="a", Tags="a;b")

        assert ["Corner"] == [shop.Name for shop in org["Shop"].find(condition)]


def test_every_function_has_a_row() -> None:
    page = expressions_page()

    assert [] == [name for name, function in FUNCTIONS.items() if f"| `{function.usage}` |" not in page]


def test_no_function_is_both_rewritten_and_compiled() -> None:
    assert frozenset() == REWRITTEN & set(IN_SQL)
