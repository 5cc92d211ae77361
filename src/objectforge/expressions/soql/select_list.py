"""What stands after SELECT: fields, functions, child queries, TYPEOF and FIELDS, up to FROM."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from objectforge.expressions.names import read_path
from objectforge.expressions.soql.diagnosis import bad_fields, bad_item, bad_type_of, not_closed
from objectforge.expressions.soql.reader import Reader
from objectforge.expressions.soql.syntax import Child, Column, Fields, Item, Query, TypeOf, When
from objectforge.expressions.soql.words import clause_at
from objectforge.expressions.syntax import Call, Part, Path
from objectforge.expressions.syntax_error import ExpressionSyntaxError

__all__ = ["read_items"]

_FIELDS = ("ALL", "STANDARD", "CUSTOM")

ReadQuery = Callable[[Reader], Query]


def read_items(reader: Reader, read_query: ReadQuery) -> tuple[Item, ...]:
    """Read the items and FROM; `read_query` reads what is inside the parentheses of a child query.

    Raises:
        ExpressionSyntaxError: one of them is none, or FROM does not follow.
    """
    items: list[Item] = []
    while True:
        _read_plain(reader, items)
        items.append(_item(reader, read_query))
        if reader.take(","):
            continue
        if not reader.take_word("FROM"):
            raise bad_item(reader.tokens, reader.position)
        _check_count(items)
        return tuple(items)


def _read_plain(reader: Reader, items: list[Item]) -> None:
    """Read fields as long as a comma follows each: most queries have little else, so that it should be quick."""
    tokens, at = reader.tokens, reader.position
    while (token := tokens[at]).kind == "name" and tokens[at + 1].kind == ",":
        items.append(Column(read_path(token), None, token.start, token.end))
        at += 2
    reader.position = at


def _item(reader: Reader, read_query: ReadQuery) -> Item:
    token = reader.token
    match token.kind:
        case "name":
            return _special(reader) or _column(reader)
        case "(" if reader.next_word() == "SELECT":
            reader.position += 1
            reader.open_select(token)
            query = read_query(reader)
            reader.close_select()
            if reader.token.kind == "end":
                raise not_closed(token)
            reader.position += 1
            return Child(query, token.start, reader.end)
        case "*" | "," | "end":
            raise bad_item(reader.tokens, reader.position)
        case _:
            return _column(reader)


def _special(reader: Reader) -> Item | None:
    """What begins with a word and is no value, and the words that are none at all."""
    following = reader.tokens[reader.position + 1].kind
    match reader.word:
        case "FROM" | "DISTINCT" if following not in (",", "("):
            if reader.word == "FROM" or (following == "name" and reader.next_word() != "FROM"):
                raise bad_item(reader.tokens, reader.position)
            return None
        case "FIELDS" if following == "(":
            return _fields(reader)
        case "TYPEOF" if following == "name" and reader.next_word() != "FROM" and reader.next_word(2) == "WHEN":
            return _type_of(reader)
        case _:
            return None


def _column(reader: Reader) -> Column:
    start = reader.token.start
    if reader.word and reader.tokens[reader.position + 1].kind == "(" and reader.next_word(2) == "SELECT":
        raise bad_item(reader.tokens, reader.position + 1)
    value = reader.value()
    alias = None
    if (word := reader.word) and word != "FROM":
        if word == "AS":
            reader.position += 1
        if clause_at(reader.tokens, reader.position) in ("", "OFFSET"):
            alias = reader.name()
        if alias is None:
            raise bad_item(reader.tokens, reader.position)
    return Column(value, alias, start, reader.end)


def _fields(reader: Reader) -> Fields:
    start = reader.token.start
    which = reader.next_word(2)
    if which not in _FIELDS:
        raise bad_fields(reader.tokens[reader.position + 2])
    reader.position += 3
    if not reader.take(")"):
        raise bad_fields(reader.token)
    return Fields(which, start, reader.end)


def _type_of(reader: Reader) -> TypeOf:
    start = reader.token.start
    reader.position += 1
    path = reader.path()
    assert path is not None, "a name follows"
    cases: list[When] = []
    while reader.word == "WHEN":
        begin = reader.token.start
        reader.position += 1
        kind = reader.name()
        if kind is None:
            raise bad_type_of(reader.tokens, reader.position, "the name of an object")
        if not reader.take_word("THEN"):
            raise bad_type_of(reader.tokens, reader.position, "THEN")
        cases.append(When(kind, _paths(reader), begin, reader.end))
    otherwise = _paths(reader) if reader.take_word("ELSE") else ()
    if not reader.take_word("END"):
        raise bad_type_of(reader.tokens, reader.position, "END" if otherwise else "a comma, WHEN, ELSE or END")
    return TypeOf(path, tuple(cases), otherwise, start, reader.end)


def _paths(reader: Reader) -> tuple[Path, ...]:
    paths: list[Path] = []
    while True:
        path = reader.path()
        if path is None or reader.token.kind == "(":
            raise bad_type_of(reader.tokens, reader.position - (path is not None), "a field")
        paths.append(path)
        if not reader.take(","):
            return tuple(paths)


def _check_count(items: Sequence[Item]) -> None:
    for item in items:
        if isinstance(item, Column) and isinstance(item.value, Call) and not item.value.args:
            _check_alone(item.value, item.alias, len(items))


def _check_alone(call: Call, alias: Part | None, items: int) -> None:
    if call.name.upper() == "COUNT" and (items > 1 or alias):
        message = f"{call.name}() stands alone, without {'an alias' if alias else 'other items'}"
        hint = f"write {call.name}(Id){f' {alias.name}' if alias else ''}"
        raise ExpressionSyntaxError("OF928", message, call.start, call.end, hint)
