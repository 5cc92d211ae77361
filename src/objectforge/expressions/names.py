"""A name token to a path, or to a date word where it is one."""

from __future__ import annotations

from objectforge.expressions.date_words import COUNTED_WORDS, PLAIN_WORDS
from objectforge.expressions.lexer import Token
from objectforge.expressions.syntax import DateWord, Part, Path
from objectforge.expressions.syntax_error import ExpressionSyntaxError

__all__ = ["parts_of", "read_name", "read_path"]


def read_name(token: Token) -> Path | DateWord:
    """A dotted path, or one of the date words that stand alone, in any case.

    Raises:
        ExpressionSyntaxError: it is a date word that needs a number.
    """
    _, text, start, end = token
    if "." in text or ":" in text:
        word, colon, _ = text.partition(":")
        if colon and word.upper() in COUNTED_WORDS:
            hint = f"write {word.upper()}:30"
            raise ExpressionSyntaxError("OF315", f"a whole number follows '{word}:'", start, end, hint)
        return read_path(token)
    word = text.upper()
    if word in PLAIN_WORDS:
        return DateWord(word, None, start, end)
    if word in COUNTED_WORDS:
        message = f"'{text}' needs a number"
        raise ExpressionSyntaxError("OF315", message, start, end, f"write {word}:30")
    return Path((Part(text, start, end),), start, end)


def read_path(token: Token) -> Path:
    """A name token as a path where no date word can stand."""
    _, text, start, end = token
    if "." not in text and ":" not in text:
        return Path((Part(text, start, end),), start, end)
    return Path(parts_of(text, start), start, end)


def parts_of(text: str, start: int = 0) -> tuple[Part, ...]:
    """The parts of a dotted name that begins at `start`."""
    parts: list[Part] = []
    for step in text.split("."):
        end = start + len(step)
        name, _, as_object = step.partition(":")
        parts.append(Part(name, start, end, as_object or None))
        start = end + 1
    return tuple(parts)
