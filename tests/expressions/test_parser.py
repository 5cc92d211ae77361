from __future__ import annotations

import pytest

from objectforge.expressions.parser import parse
from objectforge.expressions.printer import print_expression
from objectforge.expressions.syntax import And, In
from objectforge.expressions.syntax_error import ExpressionSyntaxError


@pytest.mark.parametrize(
    ("canonical", "text"),
    [
        pytest.param("a = 1", "a == 1", id="two equal signs are one"),
        pytest.param("a != 1", "a<>1", id="angle brackets are not equal"),
        pytest.param("a AND b OR c", "(a && b) || c", id="AND binds tighter than OR"),
        pytest.param("a AND (b OR c)", "a and (b or c)", id="parentheses that matter stay"),
        pytest.param("a AND (b AND c)", "a AND (b AND c)", id="a chain in parentheses stays nested"),
        pytest.param("NOT a = 1 AND b", "NOT (a = 1) AND b", id="NOT before parentheses is the operator"),
        pytest.param("NOT a AND b", "NOT(a) AND b", id="NOT as a function"),
        pytest.param("NOT a = 1", "NOT a = 1", id="NOT binds looser than a comparison"),
        pytest.param("(NOT a) = b", "!a = b", id="the exclamation mark binds tightly"),
        pytest.param("a AND b", "AND(a, b)", id="AND as a function"),
        pytest.param("a OR b OR c", "OR (a, b, c)", id="OR as a function after a space"),
        pytest.param("AND(a)", "AND(a)", id="AND of one condition"),
        pytest.param("a AND (b AND c)", "a AND AND(b, c)", id="the function after the operator"),
        pytest.param("(a AND b) = c", "AND(a, b) = c", id="a function goes on as an operand"),
        pytest.param("a = b < c", "a = (b < c)", id="equality binds looser than order"),
        pytest.param("a = b = c", "(a = b) = c", id="equalities read from the left"),
        pytest.param("a = (b = c)", "a = (b = c)", id="an equality at the right needs parentheses"),
        pytest.param("a - b - c", "(a - b) - c", id="subtraction reads from the left"),
        pytest.param("a - (b - c)", "a - (b - c)", id="a subtrahend in parentheses"),
        pytest.param("a + b * c", "a + (b * c)", id="multiplication binds tighter"),
        pytest.param("a + b ^ c", "a+b^c", id="a power binds tighter than a sum"),
        pytest.param("a * (b ^ c)", "a * (b ^ c)", id="a power beside a product keeps parentheses at the right"),
        pytest.param("(a ^ b) * c", "(a ^ b) * c", id="a power beside a product keeps parentheses at the left"),
        pytest.param("(a * b) ^ c", "(a * b) ^ c", id="a product under a power"),
        pytest.param("a * b + c ^ d", "a * b + c ^ d", id="a sum parts a product from a power"),
        pytest.param("a ^ b ^ c", "(a ^ b) ^ c", id="powers read from the left"),
        pytest.param("-a ^ b", "(-a) ^ b", id="a sign binds tightest"),
        pytest.param("a - -b", "a--b", id="a sign after a minus"),
        pytest.param("a & 'x' & b", 'a & "x" & b', id="texts are joined"),
        pytest.param("a IN (1, -2, :b)", "a in (1,-2,:b)", id="a list"),
        pytest.param("a IN :ids", "a IN:ids", id="a bind right after IN"),
        pytest.param("a NOT IN (NULL)", "a not in (null)", id="NOT IN"),
        pytest.param("NOT a IN (1)", "NOT a IN (1)", id="NOT before IN"),
        pytest.param("a LIKE 'x%' AND b", "a like 'x%' and b", id="LIKE"),
        pytest.param("a NOT LIKE :p & '%'", "a NOT LIKE :p & '%'", id="a computed pattern"),
        pytest.param("a LIKE 'x%'", "LIKE(a, 'x%')", id="LIKE as a function"),
        pytest.param("a INCLUDES ('x;y', 'z')", "a INCLUDES ('x;y','z')", id="INCLUDES"),
        pytest.param("a EXCLUDES ('x')", "a excludes ('x')", id="EXCLUDES"),
        pytest.param("INCLUDES(a, 'x')", "INCLUDES(a, 'x')", id="INCLUDES as a function"),
        pytest.param("IN(a, 'x')", "IN(a, 'x')", id="IN as a function"),
        pytest.param("$User.Id = OwnerId", "$User.Id=OwnerId", id="a global name"),
        pytest.param("What:Opportunity.Amount > 5", "What:Opportunity.Amount > 5", id="a polymorphic path"),
        pytest.param("Due < TODAY", "Due < today", id="a date word"),
        pytest.param("today()", "today()", id="a function named like a date word"),
        pytest.param("a = LAST_N_DAYS:30", "a = last_n_days:030", id="a counted date word"),
        pytest.param("a = LAST_N_DAYS:30", "a = LAST_N_DAYS /* : */ : 30", id="a counted date word, spaced"),
        pytest.param("a = 2026-04-01", "a = 2026-04-01", id="a date"),
        pytest.param("a = 2026-04-01T09:00:00+09:00", "a = 2026-04-01T09:00:00+0900", id="an offset without a colon"),
        pytest.param("a = 2026-04-01T09:00:00.500000Z", "a = 2026-04-01t09:00:00.5z", id="parts of a second"),
        pytest.param("a = 12:30:00Z", "a = 12:30:00.000Z", id="a time of day"),
        pytest.param("0.50", ".50", id="a number without a leading zero keeps its places"),
        pytest.param("'it\\'s'", '"it\'s"', id="the other quote inside a text"),
        pytest.param("'é€'", r"'\u00e9\u20AC'", id="characters by their number"),
        pytest.param("'😀'", r"'\ud83d\uDE00'", id="a character by its two halves"),
        pytest.param("'%'", r"'\%'", id="an escaped percent sign outside LIKE"),
        pytest.param(r"a LIKE '\%\_\\\''", r"a LIKE '\%\_\\\''", id="escapes in a pattern stay"),
        pytest.param("a + b", "a /* one */ + /* two */ b", id="comments"),
        pytest.param("売上 > 5", "売上　> 5", id="names in any script and an ideographic space"),
    ],
)
def test_canonical_text(canonical: str, text: str) -> None:
    tree = parse(text)
    assert canonical == print_expression(tree)
    assert canonical == print_expression(parse(canonical))


def test_offsets_cover_parentheses_and_the_whole_operation() -> None:
    tree = parse(" (a + b) * c ")
    assert (tree.start, tree.end) == (1, 12)


def test_long_chains_and_lists_are_flat() -> None:
    tree = parse(" AND ".join(f"a{i} = {i}" for i in range(5_000)))
    assert isinstance(tree, And)
    assert len(tree.items) == 5_000
    found = parse("Id IN (" + ",".join(f"'{i}'" for i in range(12_000)) + ")")
    assert isinstance(found, In)
    assert len(found.items) == 12_000


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("(" * 5_000, id="open parentheses"),
        pytest.param("(" * 201 + "a" + ")" * 201, id="one parenthesis too many"),
        pytest.param("-" * 5_000 + "a", id="signs"),
        pytest.param("!" * 5_000 + "a", id="exclamation marks"),
        pytest.param("NOT " * 5_000 + "a", id="NOT"),
        pytest.param("f(" * 5_000, id="calls"),
        pytest.param("AND(" * 5_000, id="AND as a function"),
        pytest.param("a IN (" * 5_000, id="lists"),
        pytest.param("a + (" * 5_000, id="pending operators"),
        pytest.param("a + " * 5_000 + "a", id="a chain of sums"),
        pytest.param("a LIKE " * 5_000 + "a", id="a chain of patterns"),
        pytest.param("(" * 100 + "a" + " + a + a)" * 100 + " + a", id="chains inside parentheses at the left"),
    ],
)
def test_deep_nesting_is_an_error_of_ours(text: str) -> None:
    with pytest.raises(ExpressionSyntaxError) as caught:
        parse(text)
    assert caught.value.code == "OF313"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("(" * 199 + "a" + ")" * 199, id="parentheses"),
        pytest.param("a OR b AND NOT c = d < e + f * (" * 24 + "g" + ")" * 24, id="every operator pending"),
        pytest.param("a + " * 199 + "a", id="a chain of sums"),
        pytest.param("f(" * 198 + "a" + ")" * 198, id="calls"),
    ],
)
def test_what_is_just_deep_enough_reads_and_prints(text: str) -> None:
    tree = parse(text)
    assert print_expression(tree) == print_expression(parse(print_expression(tree)))
