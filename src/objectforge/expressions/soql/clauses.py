"""The clauses of a query after SELECT and FROM, each by a function of its own that begins after the clause's words."""

from __future__ import annotations

from objectforge.expressions.soql.diagnosis import alone, incomplete, no_object
from objectforge.expressions.soql.reader import Reader
from objectforge.expressions.soql.syntax import Category, Group, Sort, Source
from objectforge.expressions.soql.words import clause_at
from objectforge.expressions.syntax import Expression, Part

__all__ = [
    "read_category", "read_condition", "read_group", "read_purpose", "read_scope", "read_sorts", "read_sources",
    "read_update",
]  # fmt: skip

_SELECTORS = frozenset({"AT", "ABOVE", "BELOW", "ABOVE_OR_BELOW"})
_PURPOSES = frozenset({"VIEW", "REFERENCE", "UPDATE"})
_SUBTOTALS = frozenset({"ROLLUP", "CUBE"})
_UPDATES = frozenset({"TRACKING", "VIEWSTAT"})
_CATEGORY = "write WITH DATA CATEGORY Geography__c AT usa__c"


def read_sources(reader: Reader) -> tuple[Source, ...]:
    """The object and its alias, and further ones after commas."""
    sources: list[Source] = []
    while True:
        start = reader.token.start
        tokens, at = reader.tokens, reader.position
        path = None if clause_at(tokens, at) in ("ORDER", "GROUP", "WHERE") else reader.path()
        if path is None:
            raise no_object(tokens, at)
        alias = None
        if reader.take_word("AS"):
            alias = reader.name()
            if alias is None:
                raise incomplete(tokens, reader.position, "an alias", "write FROM Account a")
        elif reader.word and not clause_at(tokens, reader.position):
            alias = reader.name()
        sources.append(Source(path, alias, start, reader.end))
        if not reader.take(","):
            return tuple(sources)


def read_scope(reader: Reader) -> Part:
    """The word after USING SCOPE."""
    reader.position += 1
    scope = None if clause_at(reader.tokens, reader.position) else reader.name()
    if scope is None:
        raise incomplete(reader.tokens, reader.position, "a scope", "write USING SCOPE mine")
    return scope


def read_condition(reader: Reader) -> Expression:
    """The condition after WHERE or HAVING."""
    if reader.token.kind == "end" or clause_at(reader.tokens, reader.position):
        hint = "write a condition, Amount > 1000, or delete the word"
        raise incomplete(reader.tokens, reader.position, "a condition", hint)
    return reader.expression()


def read_category(reader: Reader) -> Category:
    """One choice of WITH DATA CATEGORY."""
    start = reader.token.start
    group = reader.name()
    if group is None or reader.word not in _SELECTORS:
        expected = "a category group" if group is None else "AT, ABOVE, BELOW or ABOVE_OR_BELOW"
        raise incomplete(reader.tokens, reader.position, expected, _CATEGORY)
    selector = reader.word
    reader.position += 1
    listed = reader.take("(")
    names: list[Part] = []
    while True:
        name = reader.name()
        if name is None:
            raise incomplete(reader.tokens, reader.position, "a category", _CATEGORY)
        names.append(name)
        if not (listed and reader.take(",")):
            break
    if listed and not reader.take(")"):
        raise incomplete(reader.tokens, reader.position, "a comma or ')'", f"{_CATEGORY[:-7]}(usa__c, uk__c)")
    return Category(group, selector, tuple(names), start, reader.end)


def read_group(reader: Reader) -> Group:
    """What stands after GROUP, BY included."""
    reader.position += 1
    start = reader.token.start
    subtotals = reader.word if reader.word in _SUBTOTALS and _opens(reader) else None
    if subtotals is None:
        return Group(_values(reader, "GROUP BY Industry"), None, start, reader.end)
    reader.position += 2
    by = _values(reader, f"GROUP BY {subtotals}(Type, Industry)")
    if not reader.take(")"):
        hint = f"write GROUP BY {subtotals}(Type, Industry)"
        raise incomplete(reader.tokens, reader.position, "a comma or ')'", hint)
    if reader.token.kind == ",":
        raise alone(reader.token)
    return Group(by, subtotals, start, reader.end)


def read_sorts(reader: Reader) -> tuple[Sort, ...]:
    """What stands after ORDER, BY included."""
    reader.position += 1
    sorts: list[Sort] = []
    while True:
        start = reader.token.start
        by = _value(reader, "ORDER BY Name DESC")
        descending = False
        if (word := reader.word) in ("ASC", "DESC"):
            descending = word == "DESC"
            reader.position += 1
        nulls = None
        if reader.take_word("NULLS"):
            nulls = reader.word
            if nulls not in ("FIRST", "LAST"):
                raise incomplete(reader.tokens, reader.position, "FIRST or LAST", "write NULLS LAST")
            reader.position += 1
        sorts.append(Sort(by, descending, nulls, start, reader.end))
        if not reader.take(","):
            return tuple(sorts)


def read_purpose(reader: Reader) -> str:
    """The word after FOR."""
    return _one_of(reader, _PURPOSES, "VIEW, REFERENCE or UPDATE", "write FOR VIEW")


def read_update(reader: Reader) -> str:
    """The word after UPDATE, or after a comma."""
    return _one_of(reader, _UPDATES, "TRACKING or VIEWSTAT", "write UPDATE VIEWSTAT")


def _one_of(reader: Reader, words: frozenset[str], expected: str, hint: str) -> str:
    word = reader.word
    if word not in words:
        raise incomplete(reader.tokens, reader.position, expected, hint)
    reader.position += 1
    return word


def _values(reader: Reader, form: str) -> tuple[Expression, ...]:
    values = [_value(reader, form)]
    while reader.take(","):
        if reader.word in _SUBTOTALS and _opens(reader):
            raise alone(reader.token)
        values.append(_value(reader, form))
    return tuple(values)


def _value(reader: Reader, form: str) -> Expression:
    if reader.token.kind in ("end", ",", ")") or clause_at(reader.tokens, reader.position):
        raise incomplete(reader.tokens, reader.position, "a field", f"write {form}")
    return reader.value()


def _opens(reader: Reader) -> bool:
    return reader.tokens[reader.position + 1].kind == "("
