"""A token that a query has no place for to the error that says what was expected there and what to type."""

from __future__ import annotations

from collections.abc import Sequence

from objectforge.errors.issue import closest
from objectforge.expressions.diagnosis import leftover
from objectforge.expressions.lexer import Token
from objectforge.expressions.shown import found
from objectforge.expressions.soql.words import clause_at, word_at
from objectforge.expressions.syntax_error import ExpressionSyntaxError

__all__ = [
    "alone", "bad_fields", "bad_item", "bad_type_of", "incomplete", "misplaced", "no_object", "no_select", "not_closed",
]  # fmt: skip

_FORM = "a query reads SELECT Name FROM Account WHERE ..."
_CONDITIONS = frozenset({"WHERE", "HAVING"})
_CLAUSES = ("WHERE", "GROUP BY", "ORDER BY", "LIMIT", "OFFSET", "HAVING", "WITH")
_AFTER = "clauses are WHERE, GROUP BY, ORDER BY, LIMIT ..."
_OTHER_LANGUAGES = {
    "JOIN": "follow a lookup, Account.Name, or write a child query in parentheses after SELECT",
    "INNER": "follow a lookup, Account.Name, or write a child query in parentheses after SELECT",
    "LEFT": "follow a lookup, Account.Name, or write a child query in parentheses after SELECT",
    "ON": "lookups say what belongs together: write Account.Name",
    "UNION": "write two queries",
    "TOP": "write LIMIT 10 at the end",
    "ORDER": "write ORDER BY",
    "GROUP": "write GROUP BY",
    "SORT": "write ORDER BY",
    "FETCH": "write LIMIT 10",
    "SCOPE": "write USING SCOPE",
    "AND": "conditions begin with WHERE",
    "OR": "conditions begin with WHERE",
}


def no_select(tokens: Sequence[Token]) -> ExpressionSyntaxError:
    """The text does not begin with SELECT."""
    token = tokens[0]
    hint = _misspelt(token, ("SELECT",)) or _FORM
    return _error("OF920", f"a query begins with SELECT, found {found(token)}", token, hint)


def bad_item(tokens: Sequence[Token], at: int) -> ExpressionSyntaxError:
    """No item of SELECT starts at `at`, or one has ended and neither a comma nor FROM follows."""
    token, before = tokens[at], tokens[at - 1]
    word = word_at(tokens, at)
    if before.text.upper() == "SELECT" or before.kind == ",":
        hint = "write the fields to show: SELECT Id, Name FROM Account"
        if token.kind == "*":
            hint = "write FIELDS(ALL) for all fields"
        elif before.kind == "," and word == "FROM":
            hint = "delete the comma before FROM"
        elif word == "DISTINCT":
            hint = "write GROUP BY for distinct values"
        return _error("OF921", f"expected a field after {found(before)}, found {found(token)}", token, hint)
    if token.kind == "(" and word_at(tokens, at + 1) == "SELECT":
        return _error("OF921", f"a comma is missing after {found(before)}", token, f"write {before.text}, (SELECT ...)")
    hint = _OTHER_LANGUAGES.get(word) or _misspelt(before, ("FROM",))
    if hint is None:
        hint = "write the comma that is missing" if token.kind in ("name", "(") else _FORM
        if token.kind == "end" or clause_at(tokens, at):
            hint = "write FROM and the name of the object"
    return _error("OF920", f"expected FROM or a comma after {found(before)}, found {found(token)}", token, hint)


def no_object(tokens: Sequence[Token], at: int) -> ExpressionSyntaxError:
    """FROM, or a comma after it, is followed by no object at `at`."""
    hint = "write the name of an object: FROM Account"
    if tokens[at].kind == "(":
        hint = "a query is over an object; child queries stand in parentheses after SELECT"
    message = f"expected an object after {found(tokens[at - 1])}, found {found(tokens[at])}"
    return _error("OF922", message, tokens[at], hint)


def incomplete(tokens: Sequence[Token], at: int, expected: str, hint: str) -> ExpressionSyntaxError:
    """A clause has begun, and at `at` stands something else than what it needs."""
    message = f"expected {expected} after {found(tokens[at - 1])}, found {found(tokens[at])}"
    return _error("OF924", message, tokens[at], hint)


def alone(token: Token) -> ExpressionSyntaxError:
    """ROLLUP or CUBE stands beside something else in GROUP BY, at this token."""
    hint = "put all fields inside: GROUP BY ROLLUP(Type, Industry)"
    return _error("OF924", "ROLLUP and CUBE stand alone in GROUP BY", token, hint)


def bad_type_of(tokens: Sequence[Token], at: int, expected: str) -> ExpressionSyntaxError:
    """TYPEOF goes wrong at `at`."""
    message = f"expected {expected} after {found(tokens[at - 1])}, found {found(tokens[at])}"
    return _error("OF933", message, tokens[at], "write TYPEOF What WHEN Account THEN Phone ELSE Name END")


def bad_fields(token: Token) -> ExpressionSyntaxError:
    """FIELDS( is not followed by one of its words."""
    message = f"FIELDS takes ALL, STANDARD or CUSTOM, found {found(token)}"
    return _error("OF934", message, token, "write FIELDS(ALL), or the fields themselves")


def not_closed(opening: Token) -> ExpressionSyntaxError:
    """The parenthesis is never closed."""
    return _error("OF311", "the parenthesis that opens here is never closed", opening, "write the ) that closes it")


def misplaced(tokens: Sequence[Token], at: int, last: str) -> ExpressionSyntaxError:
    """A query was complete before `at`, where something stands that cannot follow its clause `last`."""
    token, before = tokens[at], tokens[at - 1]
    word = clause_at(tokens, at)
    if word == "HAVING":
        hint = "write GROUP BY before it, or WHERE for a condition on records"
        return _error("OF927", "HAVING stands after GROUP BY", token, hint)
    if word and last:
        shown = {"GROUP": "GROUP BY", "ORDER": "ORDER BY", "USING": "USING SCOPE"}.get(word, word)
        hint = "the order is FROM, WHERE, WITH, GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET; each of them once"
        return _error("OF923", f"{shown} cannot stand after {last}", token, hint)
    if last == "ORDER BY" and token.kind == "name":
        hint = "write Name DESC NULLS LAST, and a comma between fields"
        return _error("OF923", f"expected a comma or a clause after {found(before)}, found {found(token)}", token, hint)
    if last in _CONDITIONS or token.kind == ")":
        return leftover(tokens, at)
    if word_at(tokens, at - 1) in ("ORDER", "GROUP"):
        hint = f"write {before.text.upper()} BY"
    else:
        hint = _misspelt(before, _CLAUSES) or _OTHER_LANGUAGES.get(token.text.upper(), _AFTER)
    return _error("OF923", f"expected a clause or the end after {found(before)}, found {found(token)}", token, hint)


def _misspelt(token: Token, words: Sequence[str]) -> str | None:
    """What to type for a word of the language that was read as an alias: `WHER`, `FROMAccount`."""
    text = token.text.upper()
    for word in words:
        if text.startswith(word) and text != word:
            return f"write a space: {word} {token.text[len(word) :]}"
    near = closest(text, words) if token.kind == "name" else None
    return f"did you mean {near}?" if near else None


def _error(code: str, message: str, token: Token, hint: str) -> ExpressionSyntaxError:
    return ExpressionSyntaxError(code, message, token.start, token.end, hint)
