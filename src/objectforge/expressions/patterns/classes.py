r"""Escapes and character classes of Java to those of the engine: `\d`, `\w`, `\s` mean ASCII, `\Q...\E` is gone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from objectforge.expressions.patterns.problem import PatternError, not_linear

__all__ = ["Atom", "escape", "read_class", "unquoted"]

_LINE_ENDS = r"\n\x0B\f\r\x{85}\x{2028}\x{2029}"
_SETS: Mapping[str, str] = MappingProxyType({
    "d": "0-9",
    "w": "A-Za-z0-9_",
    "s": r" \t\n\x0B\f\r",
    "h": r" \t\x{A0}\x{1680}\x{180E}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}",
    "v": _LINE_ENDS,
})  # fmt: skip
_ASCII_SETS = frozenset({
    "alpha", "digit", "alnum", "upper", "lower", "punct", "graph", "print", "blank", "cntrl", "xdigit", "space",
    "ascii",
})  # fmt: skip
_QUOTED = re.compile(r"\\Q(.*?)(?:\\E|\Z)|\\.", re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:([pP])(?:\{(\w+)\})|0([0-3]?[0-7]{1,2})|c([@-_])|k<\w*>|x\{\w+\}|x\w\w|u\w{4}|.)", re.DOTALL
)

_FEW = 1
_WIDE = 10
_PROPERTY = 100


@dataclass(frozen=True, slots=True)
class Atom:
    """A part of a pattern as the engine writes it, where it ends in the text, and about how many states it needs."""

    text: str
    end: int
    cost: int = _FEW


def unquoted(pattern: str) -> str:
    r"""The pattern with each character between `\Q` and `\E` escaped."""

    def plain(found: re.Match[str]) -> str:
        inside: str | None = found[1]
        return found[0] if inside is None else "".join(c if c.isascii() and c.isalnum() else "\\" + c for c in inside)

    return _QUOTED.sub(plain, pattern)


def escape(pattern: str, at: int, *, inside: bool) -> Atom:
    """The escape that begins here, `inside` a character class or not."""
    found = _ESCAPE.match(pattern, at)
    if found is None:
        raise PatternError("not a regular expression: a backslash at its end")
    letter, end = found[0][1], found.end()
    name, octal, control = found[2], found[3], found[4]
    if name is not None:
        return Atom(_property(found[1], name), end, _WIDE if name.lower() in _ASCII_SETS else _PROPERTY)
    if octal is not None:
        return Atom(f"\\x{{{int(octal, 8):x}}}", end)
    if control is not None:
        return Atom(f"\\x{{{ord(control) ^ 64:x}}}", end)
    if letter.lower() in _SETS:
        return _set(letter, end, inside=inside)
    match letter:
        case "R" if not inside:
            return Atom(rf"(?:\r\n|[{_LINE_ENDS}])", end, _WIDE)
        case "e":
            return Atom(r"\x1B", end)
        case "Z":
            return Atom(r"\z", end)
        case "k" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9":
            raise not_linear(f"a reference to a group: {found[0]}")
        case "p" | "P":
            return Atom(found[0], end, _PROPERTY)
        case _:
            plain = letter.isascii() and letter.isalnum()
            return Atom(found[0] if plain else f"\\x{{{ord(letter):x}}}", end)


def _set(letter: str, end: int, *, inside: bool) -> Atom:
    letters = _SETS[letter.lower()]
    if letter.isupper():
        return Atom(f"[^{letters}]", end, _WIDE)
    return Atom(letters if inside else f"[{letters}]", end)


def _property(letter: str, name: str) -> str:
    if name.lower() not in _ASCII_SETS:
        return f"\\{letter}{{{name}}}"
    return f"[[:{'^' if letter == 'P' else ''}{name.lower()}:]]"


def read_class(pattern: str, at: int) -> Atom:
    """The character class that begins here, with the classes in it."""
    texts, depth, cost, first = list[str](), 0, _FEW, False
    while at < len(pattern):
        letter, end, opening = pattern[at], at + 1, False
        match letter:
            case "[":
                depth, opening = depth + 1, True
                if pattern.startswith("^", end):
                    letter, end, cost = "[^", end + 1, max(cost, _WIDE)
                texts.append(letter)
            case "]" if not first:
                depth -= 1
                texts.append(letter)
            case "\\":
                atom = escape(pattern, at, inside=True)
                end, cost = atom.end, max(cost, atom.cost)
                texts.append(atom.text)
            case "-" if not pattern.startswith("-", at - 1):
                texts.append(letter)
            case "-" | "~" | ":" | "]":
                texts.append("\\" + letter)
            case _:
                cost = cost if letter.isascii() else max(cost, _WIDE)
                texts.append(letter)
        if depth == 0:
            return Atom("".join(texts), end, cost)
        at, first = end, opening
    return Atom("".join(texts), at, cost)
