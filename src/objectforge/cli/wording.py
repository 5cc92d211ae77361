"""Messages written for callers in Python to the same messages in the words of the command line."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Callable

__all__ = ["command_words"]

_TEXT = r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""


def _map(found: re.Match[str]) -> str:
    header, field = ast.literal_eval(found[1]), found[2]
    wanted = {"None": "", "...": "..."}.get(field)
    return f"--map {shlex.quote(f'{header}={ast.literal_eval(field) if wanted is None else wanted}')}"


def _option(found: re.Match[str]) -> str:
    value = ast.literal_eval(found[2]).replace("\t", "\\t")
    return f"--{found[1]} {shlex.quote(value)}"


def _params(found: re.Match[str]) -> str:
    return "give " + " ".join(f"--param {each}" for each in found[1].split(", "))


def _allow(found: re.Match[str]) -> str:
    return " ".join(f"--allow {shlex.quote(name)}" for name in ast.literal_eval(found[1]))


_WORDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"columns=\{{{_TEXT}: (None|\.\.\.|{_TEXT})\}}"), _map),
    (re.compile(rf"\b(encoding|delimiter)={_TEXT}"), _option),
    (re.compile(r"give (\w+=\.\.\.(?:, \w+=\.\.\.)*)(?:; None asks for records without a value)?"), _params),
    (re.compile(rf"allow=(\[{_TEXT}(?:, {_TEXT})*\])"), _allow),
    (re.compile(r"org\.deploy\(\"crm/\"\), or (`objectforge)"), lambda found: found[1]),
    (re.compile(r", or org\.failures\(plan\)"), lambda _: ""),
    (re.compile(r"start again with after=None"), lambda _: "start again without --after"),
    (
        re.compile(r"pass page\.next or page\.previous as it is"),
        lambda _: "give --after the text that stands below a page of this view, as it is",
    ),
)


def command_words(text: str) -> str:
    """The text with arguments of Python calls as options of commands."""
    for pattern, words in _WORDS:
        text = pattern.sub(words, text)
    return text
