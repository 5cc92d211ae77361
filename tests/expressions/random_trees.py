"""Random syntax trees of expressions."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone
from decimal import Decimal

from hypothesis import strategies as st

from objectforge.expressions.date_words import COUNTED_WORDS, PLAIN_WORDS
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
    InSelect,
    Like,
    Not,
    Null,
    Number,
    Or,
    Part,
    Path,
    SubSelect,
    Text,
    TimeLiteral,
    Unary,
)

__all__ = ["BINDS", "HERE", "NAMES", "PATHS", "TREES"]

HERE = (0, 0)
NAMES = st.sampled_from(["a", "Amount", "Tier__c", "売上", "Inner", "Notes"])
PARTS = st.builds(lambda name, to: Part(name, *HERE, to), NAMES, st.sampled_from([None, None, "Account"]))
_TEXTS = st.text(max_size=8).map(lambda value: Text(value, *HERE))
_PATTERNS = st.lists(st.sampled_from(["%", "_", "a", "'", '"', r"\%", r"\_", r"\\", "\n"])).map("".join)
_ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
BINDS = NAMES.map(lambda name: Bind(name, *HERE))
PATHS = st.lists(PARTS, min_size=1, max_size=3).map(lambda parts: Path(tuple(parts), *HERE))
LEAVES: st.SearchStrategy[Expression] = st.one_of(
    _TEXTS,
    st.builds(lambda n, places: Number(Decimal(n).scaleb(-places), *HERE), st.integers(0, 10**12), st.integers(0, 6)),
    st.booleans().map(lambda value: Boolean(value, *HERE)),
    st.just(Null(*HERE)),
    st.dates().map(lambda value: DateLiteral(value, *HERE)),
    st.datetimes(timezones=_ZONES | st.just(UTC)).map(lambda value: DateTimeLiteral(value, *HERE)),
    st.times().map(lambda value: TimeLiteral(value, *HERE)),
    st.sampled_from(sorted(PLAIN_WORDS)).map(lambda word: DateWord(word, None, *HERE)),
    st.builds(lambda word, n: DateWord(word, n, *HERE), st.sampled_from(sorted(COUNTED_WORDS)), st.integers(0, 999)),
    PATHS,
    BINDS,
)


def _selects(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[SubSelect]:
    alias = st.none() | st.just(Part("c", *HERE))
    return st.builds(
        lambda column, source, alias, where: SubSelect(column, source, alias, where, *HERE),
        PATHS, NAMES.map(lambda name: Part(name, *HERE)), alias, st.none() | inner,
    )  # fmt: skip


def _larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    some = st.lists(inner, min_size=1, max_size=3).map(tuple)
    args = st.lists(inner, max_size=3).map(tuple)
    pattern = inner.filter(lambda node: not isinstance(node, Text)) | _PATTERNS.map(lambda value: Text(value, *HERE))
    return st.one_of(
        st.builds(lambda op, node: Unary(op, node, *HERE), st.sampled_from("+-"), inner),
        st.builds(
            lambda op, left, right: Binary(op, left, right, *HERE),
            st.sampled_from(["=", "!=", "<", "<=", ">", ">=", *"+-*/^&"]), inner, inner,
        ),
        inner.map(lambda node: Not(node, *HERE)),
        some.map(lambda items: And(items, *HERE)),
        some.map(lambda items: Or(items, *HERE)),
        st.builds(lambda node, items, no: In(node, items, no, *HERE), inner, some, st.booleans()),
        st.builds(lambda node, text, no: Like(node, text, no, *HERE), inner, pattern, st.booleans()),
        st.builds(lambda node, items, no: Includes(node, items, no, *HERE), inner, some, st.booleans()),
        st.builds(lambda node, select, no: InSelect(node, select, no, *HERE), inner, _selects(inner), st.booleans()),
        st.builds(lambda name, items: Call(name, items, 0, *HERE), st.sampled_from(["f", "TODAY", "IN"]), args),
    )  # fmt: skip


TREES = st.recursive(LEAVES, _larger, max_leaves=12)
