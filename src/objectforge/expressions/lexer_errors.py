"""A place no token fits to the error that says what it is and what to type instead."""

from __future__ import annotations

import re
import unicodedata

from objectforge.expressions.near_words import near_date, near_date_word
from objectforge.expressions.syntax_error import ExpressionSyntaxError

__all__ = ["explain", "too_long"]

_OPERATORS = {
    "=>": "write >=",
    "=<": "write <=",
    "*/": "a comment starts with /*",
    "//": "write / to divide; a comment is written /* ... */",
    "|": "write || or OR; text is joined with &",
}

_CHARACTERS = {
    ";": "delete it, or write a comma between arguments",
    "%": "write MOD(a, b) for the remainder; a percentage is x / 100",
    "?": "write IF(condition, a, b)",
    "[": "names stand bare, lists in parentheses: x IN (a, b)",
    "]": "names stand bare, lists in parentheses: x IN (a, b)",
    "{": "write the field's name alone, without {! }",
    "}": "write the field's name alone, without {! }",
    "@": "a value given at run time is written :name",
    "#": "a comment is written /* ... */",
    **dict.fromkeys("¥€£￥", "write the amount alone, without a currency sign"),
    "`": "names are written bare, texts in '...'",
    ":": "a colon and what follows it stand together: :name, LAST_N_DAYS:30",
    "$": "a name follows the $ at once: $User.Id",
    ".": "a name stands on both sides of a dot, without spaces: Account.Name",
    "\\": "a backslash has a meaning only inside a text",
    "~": "write LIKE 'a%' for a pattern, NOT for a negation",
}

_DASHES = "‐‑‒–—−"
_QUOTES = "“”„‟‘’‚‛«»「」『』"
_EXPONENT = re.compile(r"\.?[0-9][0-9.]*e[+-]?[0-9]+", re.IGNORECASE)
_SHOWN = 40


def explain(kind: str, text: str, start: int, end: int) -> ExpressionSyntaxError:
    """The error for `text[start:end]`, a mistake of one of the lexer's kinds wrong, digits, unclosed or character."""
    found = text[start:end]
    match kind:
        case "wrong":
            return _operator(found, start, end)
        case "digits":
            return _digits(found, start, end)
        case "unclosed":
            return _unclosed(found, start, end)
        case _:
            return _character(found, start, end)


def too_long(text: str, most: int) -> ExpressionSyntaxError:
    """The text is longer than `most` characters."""
    message = f"the text has {len(text):,} characters, at most {most:,} are read"
    hint = "split it, or give many values as one list beside it: Name IN :names"
    return ExpressionSyntaxError("OF317", message, most, len(text), hint)


def _operator(found: str, start: int, end: int) -> ExpressionSyntaxError:
    if found == "*/":
        return ExpressionSyntaxError(
            "OF302", "'*/' ends a comment that was never opened", start, end, _OPERATORS[found]
        )
    hint = _OPERATORS.get(found)
    if hint is None:
        meant = {"=": "=", "!": "!=", "&": "&& or AND", "|": "|| or OR", "*": "^ for a power", "/": "/"}[found[0]]
        hint = f"write {meant}"
    return ExpressionSyntaxError("OF308", f"there is no operator '{found}'", start, end, hint)


def _digits(found: str, start: int, end: int) -> ExpressionSyntaxError:
    shown = _short(found)
    if _EXPONENT.fullmatch(found):
        hint = "write the number out: 1500000 instead of 1.5e6"
        return ExpressionSyntaxError(
            "OF305", f"numbers are written without an exponent, found '{shown}'", start, end, hint
        )
    if re.fullmatch(r"[0-9]+\.", found):
        hint = f"write {found[:-1]} or {found}0"
        return ExpressionSyntaxError("OF305", f"digits are missing after the point of '{shown}'", start, end, hint)
    if (meant := near_date(found)) is not None:
        return ExpressionSyntaxError("OF305", f"'{shown}' is no date as they are written here", start, end,
                                     f"a date is written year-month-day: {meant}")  # fmt: skip
    if (word := near_date_word(found)) is not None and "_" in found:
        return ExpressionSyntaxError("OF305", f"'{shown}' is neither a number nor a name", start, end, f"write {word}")
    if re.fullmatch(r"[0-9.]+", found):
        hint = "a number has one decimal point and no separators: 1234.56"
    else:
        hint = "a number holds digits and one point; a name starts with a letter; a text stands in quotes"
    return ExpressionSyntaxError("OF305", f"'{shown}' is neither a number nor a name", start, end, hint)


def _unclosed(found: str, start: int, end: int) -> ExpressionSyntaxError:
    if found.startswith("/*"):
        return ExpressionSyntaxError("OF307", "the comment is never closed", start, start + 2, "close it with */")
    quote = found[0]
    hint = f"close it with {quote}"
    if found.endswith(f"\\{quote}"):
        hint = f"\\{quote} is a quote inside the text: write \\\\ for a backslash at its end"
    elif quote in found[1:]:
        hint += f", and write \\{quote} for a quote inside it"
    return ExpressionSyntaxError("OF303", "the text that starts here is never closed", start, end, hint)


def _character(found: str, start: int, end: int) -> ExpressionSyntaxError:
    if found in _QUOTES:
        hint = "write the straight quote ' or \""
        return ExpressionSyntaxError("OF302", f"'{found}' is a typographic quote", start, end, hint)
    if found in _DASHES:
        return ExpressionSyntaxError(
            "OF302", f"'{found}' is a dash, not a minus sign", start, end, "write the minus sign -"
        )
    if found in _CHARACTERS:
        return ExpressionSyntaxError("OF302", f"unexpected character '{found}'", start, end, _CHARACTERS[found])
    plain = {"≠": "!=", "≤": "<=", "≥": ">=", "×": "*", "÷": "/", "≦": "<=", "≧": ">="}.get(found)
    plain = plain or unicodedata.normalize("NFKC", found)
    if found != plain and plain.isascii() and plain.strip():
        return ExpressionSyntaxError("OF302", f"unexpected character '{found}'", start, end, f"write {plain}")
    if not found.isprintable():
        hint = "delete it; it may have come with copied text"
        return ExpressionSyntaxError("OF302", f"invisible character U+{ord(found):04X}", start, end, hint)
    return ExpressionSyntaxError("OF302", f"unexpected character '{found}'", start, end)


def _short(found: str) -> str:
    return found if len(found) <= _SHOWN else found[:_SHOWN] + "..."
