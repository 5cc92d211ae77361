"""Tokens to a query, or to a child query up to its closing parenthesis: the clauses in their order."""

from __future__ import annotations

from objectforge.expressions.soql.clauses import (
    read_category,
    read_condition,
    read_group,
    read_purpose,
    read_scope,
    read_sorts,
    read_sources,
    read_update,
)
from objectforge.expressions.soql.diagnosis import incomplete, misplaced, no_select
from objectforge.expressions.soql.reader import Reader
from objectforge.expressions.soql.rows import read_rows
from objectforge.expressions.soql.select_list import read_items
from objectforge.expressions.soql.syntax import Category, Query
from objectforge.expressions.soql.words import clause_at

__all__ = ["read_query"]

_MODES = frozenset({"SECURITY_ENFORCED", "USER_MODE", "SYSTEM_MODE"})


def read_query(reader: Reader) -> Query:
    """Read a query up to the end of the text or the parenthesis that closes it, which stays unread.

    Raises:
        ExpressionSyntaxError: it is none.
    """
    start = reader.token.start
    if not reader.take_word("SELECT"):
        raise no_select(reader.tokens)
    items = read_items(reader, read_query)
    sources = read_sources(reader)
    last = ""
    scope = where = group = having = limit = offset = None
    sorts = ()
    if _takes(reader, "USING"):
        scope, last = read_scope(reader), "USING SCOPE"
    if _takes(reader, "WHERE"):
        where, last = read_condition(reader), "WHERE"
    categories, mode = _read_with(reader)
    last = "WITH" if categories or mode else last
    if _takes(reader, "GROUP"):
        group, last = read_group(reader), "GROUP BY"
        if _takes(reader, "HAVING"):
            having, last = read_condition(reader), "HAVING"
    if _takes(reader, "ORDER"):
        sorts, last = read_sorts(reader), "ORDER BY"
    if _takes(reader, "LIMIT"):
        limit, last = read_rows(reader, "LIMIT"), "LIMIT"
    if _takes(reader, "OFFSET"):
        offset, last = read_rows(reader, "OFFSET"), "OFFSET"
    all_rows = _read_all_rows(reader)
    purposes: list[str] = []
    while _takes(reader, "FOR"):
        purposes.append(read_purpose(reader))
    updates: list[str] = []
    if _takes(reader, "UPDATE"):
        updates.append(read_update(reader))
        while reader.take(","):
            updates.append(read_update(reader))
    last = "UPDATE" if updates else "FOR" if purposes else "ALL ROWS" if all_rows else last
    all_rows = all_rows or _read_all_rows(reader)
    if reader.token.kind != "end" and not (reader.inside and reader.token.kind == ")"):
        raise misplaced(reader.tokens, reader.position, last or "FROM")
    return Query(
        items, sources, scope, where, categories, mode, group, having, sorts, limit, offset, all_rows,
        tuple(purposes), tuple(updates), start, reader.end,
    )  # fmt: skip


def _takes(reader: Reader, word: str) -> bool:
    token = reader.token
    if token.kind != "name" or token.text.upper() != word or not clause_at(reader.tokens, reader.position):
        return False
    reader.position += 1
    return True


def _read_with(reader: Reader) -> tuple[tuple[Category, ...], str | None]:
    categories: list[Category] = []
    mode = None
    while mode is None and _takes(reader, "WITH"):
        if reader.word in _MODES:
            mode = reader.word
            reader.position += 1
        elif not categories and reader.word == "DATA" and reader.next_word() == "CATEGORY":
            reader.position += 2
            categories.append(read_category(reader))
            while reader.take("AND"):
                categories.append(read_category(reader))
        else:
            hint = "write WITH SECURITY_ENFORCED"
            raise incomplete(reader.tokens, reader.position, "USER_MODE or DATA CATEGORY", hint)
    return tuple(categories), mode


def _read_all_rows(reader: Reader) -> bool:
    found = _takes(reader, "ALL")
    reader.position += found
    return found
