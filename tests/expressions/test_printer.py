from __future__ import annotations

from datetime import UTC, date, datetime, time

from hypothesis import example, given
from hypothesis import strategies as st
from random_trees import TREES

from objectforge.expressions.parser import parse
from objectforge.expressions.printer import print_expression
from objectforge.expressions.same import same
from objectforge.expressions.syntax import DateLiteral, DateTimeLiteral, Expression, TimeLiteral
from objectforge.expressions.syntax_error import ExpressionSyntaxError


@given(TREES)
def test_printing_and_reading_gives_the_same_tree(tree: Expression) -> None:
    text = print_expression(tree)
    assert same(tree, parse(text)), text


_WORDS = [
    "AND",
    "OR",
    "NOT",
    "IN",
    "LIKE",
    "INCLUDES",
    "EXCLUDES",
    "NULL",
    "TRUE",
    "TODAY",
    "LAST_N_DAYS",
    ":",
    "(",
    ")",
]
_SCRAPS = [
    "a",
    "b.c",
    "'x'",
    '"',
    "1",
    ".5",
    "2026-04-01",
    "T",
    "09:00",
    "Z",
    "\\",
    "/*",
    "*/",
    ",",
    ".",
    "“",
    "$",
    "e",
]
_SIGNS = [*"+-*/^&<>=!|%;", "&&", "||", " ", "\n"]


@given(st.text(max_size=60) | st.lists(st.sampled_from(_WORDS + _SCRAPS + _SIGNS), max_size=25).map("".join))
@example("\ud800")
@example("2026-13-01T99:99:99.9999999+99:99")
@example("9" * 5_000)
@example("LAST_N_DAYS:" + "9" * 5_000)
@example("a = ²")
def test_any_text_is_a_tree_or_an_error_with_a_place(text: str) -> None:
    try:
        tree = parse(text)
    except ExpressionSyntaxError as error:
        tree, place = None, error
    else:
        place = tree
    assert 0 <= place.start <= place.end <= len(text)
    assert tree is None or same(tree, parse(print_expression(tree)))


def test_trees_that_differ_are_not_the_same() -> None:
    assert not same(parse("1.0"), parse("1.00"))
    assert not same(parse("a"), parse("'a'"))
    assert not same(parse("f(a)"), parse("f(a, b)"))
    assert same(parse(" a=1"), parse("a = 1"))


def test_values_of_literals_are_exact() -> None:
    on = DateLiteral(date(2026, 4, 1), 0, 10)
    at = DateTimeLiteral(datetime(2026, 4, 1, 0, 0, 0, 500_000, UTC), 0, 22)
    clock = TimeLiteral(time(12, 30), 0, 9)
    assert on == parse("2026-04-01")
    assert at == parse("2026-04-01T00:00:00.5Z")
    assert clock == parse("12:30:00Z")
