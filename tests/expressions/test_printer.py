from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from objectforge.expressions.date_words import COUNTED_WORDS, PLAIN_WORDS
from objectforge.expressions.parser import parse
from objectforge.expressions.printer import print_expression
from objectforge.expressions.same import same
from objectforge.expressions.syntax import (
    And,
    Binary,
    Bind,
    Boolean,
    Call,
    DateLiteral,
    DateTimeLiteral,
    DateWord,
    Expression,
    In,
    Includes,
    Like,
    Not,
    Null,
    Number,
    Or,
    Part,
    Path,
    Text,
    TimeLiteral,
    Unary,
)  # fmt: skip
from objectforge.expressions.syntax_error import ExpressionSyntaxError

_HERE = (0, 0)
_NAMES = st.sampled_from(["a", "Amount", "Tier__c", "売上", "Inner", "Notes"])
_PARTS = st.builds(lambda name, to: Part(name, *_HERE, to), _NAMES, st.sampled_from([None, None, "Account"]))
_TEXTS = st.text(max_size=8).map(lambda value: Text(value, *_HERE))
_PATTERNS = st.lists(st.sampled_from(["%", "_", "a", "'", '"', r"\%", r"\_", r"\\", "\n"])).map("".join)
_ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_BINDS = _NAMES.map(lambda name: Bind(name, *_HERE))
_LEAVES: st.SearchStrategy[Expression] = st.one_of(
    _TEXTS,
    st.builds(lambda n, places: Number(Decimal(n).scaleb(-places), *_HERE), st.integers(0, 10**12), st.integers(0, 6)),
    st.booleans().map(lambda value: Boolean(value, *_HERE)),
    st.just(Null(*_HERE)),
    st.dates().map(lambda value: DateLiteral(value, *_HERE)),
    st.datetimes(timezones=_ZONES | st.just(UTC)).map(lambda value: DateTimeLiteral(value, *_HERE)),
    st.times().map(lambda value: TimeLiteral(value, *_HERE)),
    st.sampled_from(sorted(PLAIN_WORDS)).map(lambda word: DateWord(word, None, *_HERE)),
    st.builds(lambda word, n: DateWord(word, n, *_HERE), st.sampled_from(sorted(COUNTED_WORDS)), st.integers(0, 999)),
    st.lists(_PARTS, min_size=1, max_size=3).map(lambda parts: Path(tuple(parts), *_HERE)),
    _BINDS,
)


def _larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    some = st.lists(inner, min_size=1, max_size=3).map(tuple)
    args = st.lists(inner, max_size=3).map(tuple)
    pattern = inner.filter(lambda node: not isinstance(node, Text)) | _PATTERNS.map(lambda value: Text(value, *_HERE))
    return st.one_of(
        st.builds(lambda op, node: Unary(op, node, *_HERE), st.sampled_from("+-"), inner),
        st.builds(
            lambda op, left, right: Binary(op, left, right, *_HERE),
            st.sampled_from(["=", "!=", "<", "<=", ">", ">=", *"+-*/^&"]), inner, inner,
        ),
        inner.map(lambda node: Not(node, *_HERE)),
        some.map(lambda items: And(items, *_HERE)),
        some.map(lambda items: Or(items, *_HERE)),
        st.builds(lambda node, items, no: In(node, items, no, *_HERE), inner, some, st.booleans()),
        st.builds(lambda node, text, no: Like(node, text, no, *_HERE), inner, pattern, st.booleans()),
        st.builds(lambda node, items, no: Includes(node, items, no, *_HERE), inner, some, st.booleans()),
        st.builds(lambda name, items: Call(name, items, 0, *_HERE), st.sampled_from(["f", "TODAY", "IN"]), args),
    )  # fmt: skip


@given(st.recursive(_LEAVES, _larger, max_leaves=12))
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
