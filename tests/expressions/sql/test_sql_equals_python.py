"""Law: for every expression and every record the database and Python give the same answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from texts import conditions, formulas
from world import World, worlds

from objectforge.errors.exceptions import QueryError
from objectforge.expressions.check import ExpressionError, check_condition, check_formula
from objectforge.expressions.evaluate import evaluate
from objectforge.expressions.sql.unsupported import UnsupportedInSql

QUIET = settings(
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large],
    max_examples=max(settings.default.max_examples, 150),
)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with worlds(url) as made:
        yield made


@QUIET
@given(text=conditions())
def test_a_condition_finds_the_records_of_which_it_is_true(world: World, text: str) -> None:
    try:
        tree = check_condition(text, world.scope())
    except ExpressionError:
        assume(False)
    expected = [deal for deal in world.ids if evaluate(tree, world.values(deal), moment=world.moment)]
    assert expected == [row["Id"] for row in world.org["Deal"].find(text)]


@QUIET
@given(text=formulas(), blanks=st.sampled_from(["zero", "null"]))
def test_a_formula_has_one_value(world: World, text: str, blanks: Literal["zero", "null"]) -> None:
    try:
        tree = check_formula(text, world.scope(), blanks=blanks)
        found = world.in_sql(tree)
    except (ExpressionError, UnsupportedInSql):
        assume(False)
    except QueryError as refused:
        assume(refused.issue.code != "OF805")
        raise
    different = [each for each in zip(world.in_python(tree), found, strict=True) if each[0] != each[1]]
    assert not different, f"{different[0]}: {tree}"
