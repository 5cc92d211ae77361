"""One problem in what a user wrote: what, where, and what to type instead."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from objectforge.errors.attention import attended
from objectforge.errors.codes import CODES
from objectforge.errors.source import Span

__all__ = ["SHOWN", "Issue", "Severity", "closest", "render", "render_all", "sort_issues", "suggest"]

SHOWN = 100
"""How many issues are worth reading at a time."""
_EXCERPT = 160
_LONGEST_TEXT = 2_000
_LONGEST_NAME = 100


class Severity(StrEnum):
    """Whether an issue stops the work (error) or only deserves a look (warning)."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Issue:
    """A problem in metadata or in a query, as data: editors may use it as it is.

    `code` is one of `objectforge.errors.codes.CODES`. `related` names further places with a short text each,
    for example `("first defined here", span)` where two definitions clash.
    """

    code: str
    message: str
    span: Span | None = None
    hint: str | None = None
    severity: Severity = Severity.ERROR
    related: tuple[tuple[str, Span], ...] = ()

    def __post_init__(self) -> None:
        assert self.code in CODES, f"undocumented issue code {self.code}"

    def __str__(self) -> str:
        return render(self)


def suggest(word: str, known: Iterable[str], *, what: str = "known", limit: int = 12) -> str | None:
    """A hint for an unknown word: `did you mean 'currency'?`, then what is known when the list is short enough to read.

    Names are compared without regard to case. With a limit of 0 only the name that was likely meant is told. None when
    there is nothing to say.
    """
    names = list(dict.fromkeys(attended(known)))
    close = closest(word, names)
    parts = [] if close is None else [f"did you mean '{close}'?"]
    if names and limit and (len(names) <= limit or close is None):
        shown = ", ".join(names[: limit * 2])
        parts.append(f"{what}: {shown}{', ...' if len(names) > limit * 2 else ''}")
    return " ".join(parts) or None


def closest(word: str, known: Iterable[str], key: Callable[[str], str] = str.lower) -> str | None:
    """The known word that was likely meant, judged by the words' keys; None where none is like it, or it is no name."""
    if len(word) > _LONGEST_NAME:
        return None
    by_key: dict[str, str] = {}
    for name in attended(known):
        if len(name) <= _LONGEST_NAME:
            by_key.setdefault(key(name), name)
    close = get_close_matches(key(word), by_key, n=1, cutoff=0.6)
    return by_key[close[0]] if close else None


def sort_issues(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Issues without doubles in reading order: by file, then place, then code."""

    def key(issue: Issue) -> tuple[str, int, str, str]:
        span = issue.span
        return (span.source.name if span else "", span.start if span else -1, issue.code, issue.message)

    return tuple(sorted(dict.fromkeys(issues), key=key))


def render(issue: Issue) -> str:
    """The issue as text: `file:line:column: CODE message`, the source line, a caret, the hint, related places."""
    place = f"{issue.span}: " if issue.span else ""
    level = "" if issue.severity is Severity.ERROR else f"{issue.severity}: "
    lines = [f"{place}{level}{issue.code} {_readable(issue.message)}"]
    hint = _readable(issue.hint) if issue.hint else None
    if issue.span is not None:
        lines += _excerpt(issue.span, hint)
    elif hint:
        lines.append(f"   {hint}")
    for text, span in issue.related:
        lines.append(f"   {text}: {span}")
        lines += _excerpt(span, None)
    return "\n".join(lines)


def render_all(issues: Sequence[Issue]) -> str:
    """The issues as text, of very many the first hundred."""
    texts = [render(issue) for issue in issues[:SHOWN]]
    if len(issues) > SHOWN:
        texts.append(f"... and {len(issues) - SHOWN:,} more; `.issues` holds them all")
    return "\n".join(texts)


def _readable(text: str) -> str:
    """A text that quotes very much of what was written, without its middle."""
    if len(text) <= _LONGEST_TEXT:
        return text
    half = _LONGEST_TEXT // 2
    return f"{text[:half]} ... {text[-half:]}"


def _excerpt(span: Span, hint: str | None) -> list[str]:
    number, column = span.source.position(span.start)
    text = span.source.line(number).replace("\t", " ")
    start = column - 1
    end = min(len(text), start + max(1, span.end - span.start))
    if len(text) > _EXCERPT:  # a very long line is shown around the place
        left = max(0, start - _EXCERPT // 2)
        text = text[left : left + _EXCERPT]
        start, end = start - left, min(end - left, len(text))
    text = "".join(char if char.isprintable() else "�" for char in text)
    gutter = f"{number:5d} | "
    caret = " " * _width(text[:start]) + "^" * max(1, _width(text[start:end]))
    below = f"      | {caret}"
    return [gutter + text, f"{below}  {hint}" if hint else below]


def _width(text: str) -> int:
    """The columns that a text takes in a terminal: wide letters take two, accents of their own and joiners none."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
