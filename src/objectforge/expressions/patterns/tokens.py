"""A regular expression of Java to its tokens, each with the text that the engine knows it by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from objectforge.expressions.patterns.classes import Atom, escape, read_class, unquoted
from objectforge.expressions.patterns.problem import PatternError, not_linear

__all__ = ["Token", "tokens", "weight"]

_Kind = Literal["open", "ahead", "not_ahead", "close", "bar", "repeat", "start", "end", "flags", "atom"]

_FLAGS = re.compile(r"\(\?([A-Za-z]*)(?:-([A-Za-z]*))?([:)])")
_NAMED = re.compile(r"\(\?<([A-Za-z]\w*)>")
_REPEAT = re.compile(r"(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})\??(\+?)")
_LINE = r"[^\n\r\x{85}\x{2028}\x{2029}]"
_WIDE = 10
_KNOWN_FLAGS = frozenset("imsud")
_KEPT_FLAGS = frozenset("im")
_MOST_TIMES = 10**6


@dataclass(frozen=True, slots=True)
class Token:
    """One token, the flags that hold where it stands, its states, and how often a repeat wants what is before it."""

    kind: _Kind
    text: str
    flags: frozenset[str]
    cost: int = 0
    times: int = 1


def tokens(pattern: str) -> list[Token]:
    """The tokens of a regular expression.

    Raises:
        PatternError: it has a part that cannot be tested by reading a text once.
    """
    return list(_read(unquoted(pattern)))


def weight(found: Sequence[Token]) -> int:
    """About how many states the engine has for these tokens, with each repeat written out."""
    outer, total, last = list[int](), 0, 0
    for token in found:
        match token.kind:
            case "open" | "ahead" | "not_ahead":
                outer.append(total)
                total = 0
            case "close" if outer:
                last, total = total, outer.pop() + total
            case "repeat":
                total += last * (token.times - 1)
                last *= token.times
            case _:
                last = token.cost
                total += last
        total = min(total, _MOST_TIMES)
    return min(sum(outer) + total, _MOST_TIMES)


def _read(pattern: str) -> Iterator[Token]:
    at, flags = 0, frozenset[str]()
    outer = list[frozenset[str]]()
    while at < len(pattern):
        letter, holds = pattern[at], flags
        match letter:
            case "(":
                outer.append(flags)
                kind, text, at, flags = _group(pattern, at, flags)
                if kind == "flags":
                    outer.pop()
                yield Token(kind, text, holds)
            case ")":
                if not outer:
                    raise PatternError("not a regular expression: unopened group")
                flags = outer.pop()
                at += 1
                yield Token("close", letter, holds)
            case "*" | "+" | "?" | "{" if repeat := _REPEAT.match(pattern, at):
                at = repeat.end()
                yield _repeat(repeat, holds)
            case "|" | "^" | "$":
                at += 1
                yield Token("bar" if letter == "|" else "start" if letter == "^" else "end", letter, holds)
            case _:
                atom = _atom(pattern, at, flags)
                at = atom.end
                kind = "start" if atom.text == r"\A" else "end" if atom.text == r"\z" else "atom"
                yield Token(kind, atom.text, holds, atom.cost)


def _repeat(found: re.Match[str], flags: frozenset[str]) -> Token:
    if found[4]:
        raise not_linear(f"a possessive repeat: {found[0]}")
    least, most = found[1], found[3]
    times = 1 if least is None else int((most or least)[:7])
    return Token("repeat", found[0], flags, times=max(times, 1))


def _atom(pattern: str, at: int, flags: frozenset[str]) -> Atom:
    match pattern[at]:
        case "\\":
            return escape(pattern, at, inside=False)
        case "[":
            return read_class(pattern, at)
        case ".":
            return Atom("(?s:.)" if "s" in flags else _LINE, at + 1, _WIDE)
        case letter:
            return Atom(letter, at + 1)


def _group(pattern: str, at: int, flags: frozenset[str]) -> tuple[_Kind, str, int, frozenset[str]]:
    """The kind of what a parenthesis opens, its text, where it ends, and the flags that hold from here on."""
    if not pattern.startswith("(?", at):
        return "open", "(", at + 1, flags
    match pattern[at + 2 : at + 4]:
        case "<=" | "<!":
            raise not_linear("a look back")
        case word if word.startswith(">"):
            raise not_linear("an atomic group")
        case word if word.startswith(("=", "!")):
            return ("ahead" if word.startswith("=") else "not_ahead"), pattern[at : at + 3], at + 3, flags
        case _:
            pass
    if named := _NAMED.match(pattern, at):
        return "open", f"(?P<{named[1]}>", named.end(), flags
    found = _FLAGS.match(pattern, at)
    if found is None or not _KNOWN_FLAGS.issuperset(found[1] + (found[2] or "")):
        raise PatternError(f"a regular expression cannot begin a group with {pattern[at : at + 4]}")
    on, off = set(found[1]), set(found[2] or "")
    kept, dropped = "".join(sorted(on & _KEPT_FLAGS)), "".join(sorted(off & _KEPT_FLAGS))
    text = f"(?{kept}{'-' * bool(dropped)}{dropped}{found[3]}"
    return ("open" if found[3] == ":" else "flags"), text if text != "(?)" else "", found.end(), (flags | on) - off
