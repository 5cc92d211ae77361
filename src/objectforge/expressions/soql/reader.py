"""The parser that all clauses of a query share: words and names between expressions."""

from __future__ import annotations

from objectforge.expressions.lexer import Token
from objectforge.expressions.names import read_path
from objectforge.expressions.parser import Parser
from objectforge.expressions.powers import COMPARE
from objectforge.expressions.soql.words import word_at
from objectforge.expressions.syntax import DateWord, Expression, Money, Part, Path

__all__ = ["Reader"]

_BARE = frozenset({",", "name", ")", "end"})


class Reader(Parser):
    """Reads the words and names of a query from the tokens; `position` stays at the first one not read."""

    __slots__ = ()

    def __init__(self, text: str, tokens: list[Token]) -> None:
        super().__init__(text, tokens, currencies=True)

    @property
    def word(self) -> str:
        """The next token in capitals where it is a name, else an empty text."""
        token = self.tokens[self.position]
        return token.text.upper() if token.kind == "name" else ""

    @property
    def end(self) -> int:
        """Where the token read last ends."""
        return self.tokens[self.position - 1].end

    def next_word(self, ahead: int = 1) -> str:
        """The word so many tokens after the next one."""
        return word_at(self.tokens, min(self.position + ahead, len(self.tokens) - 1))

    def take(self, kind: str) -> bool:
        """Pass a sign, where it is the next token."""
        found = self.tokens[self.position].kind == kind
        self.position += found
        return found

    def take_word(self, word: str) -> bool:
        """Pass a word, where it is the next token."""
        token = self.tokens[self.position]
        if token.kind != "name" or token.text.upper() != word:
            return False
        self.position += 1
        return True

    def name(self) -> Part | None:
        """Pass a name without dots, where it is the next token."""
        token = self.tokens[self.position]
        if token.kind != "name" or "." in token.text or ":" in token.text:
            return None
        self.position += 1
        return Part(token.text, token.start, token.end)

    def path(self) -> Path | None:
        """Pass a path, where it is the next token."""
        token = self.tokens[self.position]
        if token.kind != "name":
            return None
        self.position += 1
        return read_path(token)

    def value(self) -> Expression:
        """Read a field, a function or another value, without comparisons.

        A name that stands alone is a field, also where a condition would read a date word.

        Raises:
            ExpressionSyntaxError: there is none.
        """
        token = self.tokens[self.position]
        if token.kind == "name" and self.tokens[self.position + 1].kind in _BARE:
            self.position += 1
            return read_path(token)
        value = self.expression(COMPARE)
        match value:
            case DateWord(word=word, n=None):
                return Path((Part(word, value.start, value.end),), value.start, value.end)
            case Money(value=amount) if amount == amount.to_integral_value() and amount.as_tuple().exponent == 0:
                return Path((Part(str(value), value.start, value.end),), value.start, value.end)
            case _:
                return value
