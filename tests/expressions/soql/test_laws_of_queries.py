"""Laws that hold for every query, and for every text that is none."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st
from random_trees import BINDS, HERE, NAMES, PATHS, TREES

from objectforge import QueryError, parse_soql
from objectforge.expressions.soql.syntax import (
    Category,
    Child,
    Column,
    Fields,
    Group,
    Query,
    Sort,
    Source,
    TypeOf,
    When,
)
from objectforge.expressions.syntax import DateWord, Number, Part

PARTS = NAMES.map(lambda name: Part(name, *HERE))
ALIASES = st.none() | st.sampled_from(["n", "Offset", "Data", "sum"]).map(lambda name: Part(name, *HERE))
VALUES = PATHS | TREES.filter(lambda tree: not isinstance(tree, DateWord))  # a date word alone is a field there
SOME_PATHS = st.lists(PATHS, min_size=1, max_size=2).map(tuple)
WHENS = st.builds(lambda kind, paths: When(kind, paths, *HERE), PARTS, SOME_PATHS)
ROWS = st.none() | BINDS | st.integers(0, 10**9).map(lambda number: Number(Decimal(number), *HERE))
CATEGORIES = st.builds(
    lambda group, selector, names: Category(group, selector, tuple(names), *HERE),
    PARTS, st.sampled_from(["AT", "ABOVE", "BELOW", "ABOVE_OR_BELOW"]), st.lists(PARTS, min_size=1, max_size=2),
)  # fmt: skip
GROUPS = st.builds(
    lambda by, subtotals: Group(tuple(by), subtotals, *HERE),
    st.lists(VALUES, min_size=1, max_size=2), st.sampled_from([None, "ROLLUP", "CUBE"]),
)  # fmt: skip
SORTS = st.builds(
    lambda by, down, nulls: Sort(by, down, nulls, *HERE),
    VALUES, st.booleans(), st.sampled_from([None, "FIRST", "LAST"]),
)  # fmt: skip


def queries(inner: st.SearchStrategy[Query] | None) -> st.SearchStrategy[Query]:
    items = st.one_of(
        st.builds(lambda value, alias: Column(value, alias, *HERE), VALUES, ALIASES),
        st.sampled_from(["ALL", "STANDARD", "CUSTOM"]).map(lambda which: Fields(which, *HERE)),
        st.builds(
            lambda path, cases, other: TypeOf(path, tuple(cases), other, *HERE),
            PATHS, st.lists(WHENS, min_size=1, max_size=2), SOME_PATHS | st.just(()),
        ),
        *([inner.map(lambda query: Child(query, *HERE))] if inner is not None else []),
    )  # fmt: skip
    return st.builds(
        lambda items, sources, having, lists, **rest: Query(
            items=tuple(items), sources=tuple(sources), having=having if rest["group"] else None,
            categories=tuple(lists[0]), sorts=tuple(lists[1]), purposes=tuple(lists[2]), updates=tuple(lists[3]),
            start=0, end=0, **rest,
        ),
        items=st.lists(items, min_size=1, max_size=3),
        sources=st.lists(st.builds(lambda path, alias: Source(path, alias, *HERE), PATHS, ALIASES), min_size=1,
                         max_size=2),
        scope=st.none() | PARTS,
        where=st.none() | TREES,
        mode=st.sampled_from([None, "SECURITY_ENFORCED", "USER_MODE", "SYSTEM_MODE"]),
        group=st.none() | GROUPS,
        having=st.none() | TREES,
        limit=ROWS,
        offset=ROWS,
        all_rows=st.booleans(),
        lists=st.tuples(
            st.lists(CATEGORIES, max_size=2),
            st.lists(SORTS, max_size=2),
            st.lists(st.sampled_from(["VIEW", "REFERENCE", "UPDATE"]), max_size=2),
            st.lists(st.sampled_from(["TRACKING", "VIEWSTAT"]), max_size=2),
        ),
    )  # fmt: skip


@given(st.recursive(queries(None), queries, max_leaves=3))
def test_printing_and_reading_gives_the_same_query(query: Query) -> None:
    assert query == parse_soql(str(query)), str(query)


SCRAPS = [
    "SELECT", "FROM", "WHERE", "WITH", "GROUP BY", "HAVING", "ORDER BY", "LIMIT", "OFFSET", "FOR VIEW", "ALL ROWS",
    "UPDATE TRACKING", "USING SCOPE", "DATA CATEGORY", "AT", "ASC", "DESC", "NULLS LAST", "AS", "TYPEOF", "WHEN",
    "THEN", "ELSE", "END", "FIELDS(ALL)", "ROLLUP(", "COUNT()", "SUM(", "SELECT Id FROM Account", "(SELECT Id FROM b",
    "IN (SELECT a FROM b", "a", "b.c", "Id", "Account", "TODAY", "LAST_N_DAYS:3", "USD5", "eur6.5", ".5", "5", "-1",
    "'x'", ":n", ": n.m", "(", ")", ",", "AND", "OR", "NOT", "IN", "LIKE", "=", "!=", ">", "+", "*", ";", "/*", "[",
    "null", "true", "2026-04-01", "12:00:00Z", "$User.Id", "What:Account.Name",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(SCRAPS), max_size=25).map(" ".join)


def read_or_refuse(text: str, strict: bool) -> None:
    wrong = None
    try:
        query = parse_soql(text, strict)
    except QueryError as error:
        wrong = error
    else:
        assert query == parse_soql(str(query), strict), str(query)
    if wrong is not None:
        span = wrong.issue.span
        assert span is not None
        assert 0 <= span.start <= span.end <= len(text)
        assert str(wrong)


@given(TEXTS | TEXTS.map("SELECT Id FROM Account WHERE {}".format) | st.text(max_size=40), st.booleans())
@example("SELECT a, (USD5) FROM b WHERE a = (USD5) AND (USD5) = (USD5.5)", False)
@example("SELECT a, (USD5.5) FROM b ORDER BY (eur6), (TODAY)", False)
@example("SELECT (TODAY), (today + 1) FROM b GROUP BY (TODAY)", False)
@example("\ud800", True)
def test_any_text_is_a_query_or_an_error_with_a_place(text: str, strict: bool) -> None:
    read_or_refuse(text, strict)


@given(st.data())
def test_a_query_cut_short_or_torn_is_no_surprise(data: st.DataObject) -> None:
    text = str(data.draw(queries(queries(None))))
    at = data.draw(st.integers(0, len(text)))
    to = data.draw(st.integers(at, len(text)))
    read_or_refuse(text[:at] + text[to:], strict=False)
