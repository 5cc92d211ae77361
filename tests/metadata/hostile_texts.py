"""Real metadata texts, spoiled at random: cut, repeated, swapped, with odd values, types, anchors and letters."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import yaml

from objectforge.metadata.metadata import Metadata
from objectforge.metadata.to_yaml import layer_to_yaml

__all__ = ["spoiled_text", "texts"]

_REPO = Path(__file__).parent.parent.parent
_FOLDERS = ("examples", "tests/golden", "tests/mistakes")
_PIECE = re.compile(r"[A-Za-z_]\w*|\d+|\S")
_ODD = (
    *(
        "null",
        "~",
        "true",
        "NO",
        "",
        "''",
        '""',
        "[]",
        "{}",
        "[[]]",
        "[null]",
        "{a: }",
        "- -",
        "? x",
        "? [a]",
        "0",
        "-1",
    ),
    *(
        "1e999",
        "1e-999999999",
        "9" * 400,
        "0x" + "f" * 300,
        "1:60:60",
        ".inf",
        ".nan",
        "2026-02-30",
        "1_000",
        "\t",
        "#",
    ),
    *(
        "*x",
        "&x",
        "&x y",
        "<<: *x",
        "<<: {a: b}",
        "!!python/object:os.system x",
        "!!binary x",
        "!x",
        "!!int a",
        "%YAML 9",
    ),
    *("---", "...", "|", ">-", "|9\n x", '"\\x00"', '"\\ud800"', '"\\q"', "'", '"', "\x00", "\x7f", "\u2028", "\ufeff"),
    *("é", "あ", "😀", "a\u0301", "\u202eabc", "x" * 300, "Name", "Id", "User", "lookup(Nothing)", "number(99, 99)"),
    *(
        "text(0)",
        "text(-1)",
        "text(",
        "lookup(a, b)",
        "=TODAY(",
        "={",
        "AND",
        "a.b.c.d.e.f.g.h",
        "1 / 0",
        "((((((",
        "')",
    ),
    *("[" * 80, "{a: " * 80 + "}" * 80, "[" + "a, " * 60 + "]", "{" + "a: 1, " * 40 + "}", "uses: [sales]", "objects:"),
)


def texts() -> tuple[str, ...]:
    """The sales package as one text, and the metadata of the examples and of the tests themselves, file by file."""
    sales = next(layer for layer in Metadata.parse("uses: [sales]").layers if layer.package == "sales")
    whole = re.sub(r"(?ms)\Apackage:.*?(?=^\S)", "", layer_to_yaml(sales))
    files = sorted(file for folder in _FOLDERS for file in (_REPO / folder).rglob("*.yaml"))
    return (*[whole] * (len(files) // 4), *(file.read_text("utf-8") for file in files))


def spoiled_text(random: Random, originals: tuple[str, ...], size: int = 4_000) -> str:
    """One of the texts, mostly cut to a size, with one to four things done to it."""
    text = random.choice(originals)
    if len(text) > size and random.random() < 0.8:
        text = _section(random, text, size)
    for _ in range(random.choice((1, 1, 1, 2, 3, 4))):
        text = random.choice(_WAYS)(random, text, originals)
    return "uses: []\n" if re.search(r"uses\W.*[./~]", text) else text  # no walks through the disk


def _section(random: Random, text: str, size: int) -> str:
    """The head of a text, or its first line and a part of its middle, cut at the start of a definition."""
    starts = [found.start() for found in re.finditer(r"(?m)^  ?\w", text)]
    if not starts or random.random() < 0.3:
        return text[: text.rfind("\n", 0, size) + 1] or text[:size]
    start = random.choice(starts)
    end = next((at for at in reversed(starts) if start < at <= start + size), start + size)
    head = re.findall(r"(?m)^\w.*\n", text[:start])[-1:]
    return "".join(head) + text[start:end]


def _stretch(random: Random, text: str, longest: int) -> tuple[int, int]:
    start = random.randint(0, len(text))
    return start, min(len(text), start + random.randint(1, longest))


def _cut(random: Random, text: str, originals: tuple[str, ...]) -> str:
    start, end = _stretch(random, text, 40)
    return text[:start] + text[end:]


def _repeat(random: Random, text: str, originals: tuple[str, ...]) -> str:
    start, end = _stretch(random, text, 60)
    return text[:end] + text[start:end] * random.choice((1, 2, 30)) + text[end:]


def _repeat_lines(random: Random, text: str, originals: tuple[str, ...]) -> str:
    lines = text.splitlines(keepends=True)
    start, end = _stretch(random, "x" * len(lines), 4)
    return "".join([*lines[:end], *lines[start:end] * random.choice((1, 3, 40)), *lines[end:]])


def _swap(random: Random, text: str, originals: tuple[str, ...]) -> str:
    pieces = list(_PIECE.finditer(text))
    if len(pieces) < 2:
        return text
    first, second = sorted(random.sample(pieces, 2), key=lambda piece: piece.start())
    between = text[first.end() : second.start()]
    return text[: first.start()] + second[0] + between + first[0] + text[second.end() :]


def _odd_piece(random: Random, text: str, originals: tuple[str, ...]) -> str:
    pieces = list(_PIECE.finditer(text))
    if not pieces:
        return random.choice(_ODD)
    piece = random.choice(pieces)
    return text[: piece.start()] + random.choice(_ODD) + text[piece.end() :]


def _odd_value(random: Random, text: str, originals: tuple[str, ...]) -> str:
    """Another value, wherever one begins behind a colon or a dash."""
    values = list(re.finditer(r"(?<=[:-] )[^,\n\]}]+", text))
    if not values:
        return text
    value = random.choice(values)
    return text[: value.start()] + random.choice(_ODD) + text[value.end() :]


def _odd_letters(random: Random, text: str, originals: tuple[str, ...]) -> str:
    at = random.randint(0, len(text))
    return text[:at] + random.choice((*_ODD, "  ", "\n", ":", ": ", ",", "}", "]")) + text[at:]


def _indent(random: Random, text: str, originals: tuple[str, ...]) -> str:
    lines = text.splitlines(keepends=True)
    at = random.randrange(len(lines)) if lines else 0
    lines[at : at + 1] = [random.choice((" ", "   ", "\t")) + line for line in lines[at : at + 1]]
    return "".join(lines)


def _anchor(random: Random, text: str, originals: tuple[str, ...]) -> str:
    """An anchor at one value, aliases in the place of some others."""
    values = list(re.finditer(r"(?<=: )[^,\n\]}]+", text))
    if len(values) < 2:
        return text
    chosen = sorted(random.sample(values, min(len(values), 4)), key=lambda value: -value.start())
    for value in chosen[:-1]:
        text = text[: value.start()] + "*a" + text[value.end() :]
    return text[: chosen[-1].start()] + "&a " + text[chosen[-1].start() :]


def _join(random: Random, text: str, originals: tuple[str, ...]) -> str:
    """Another text behind it: the sections stand there twice."""
    return text + random.choice(originals)[:2_000]


def _as_flow(random: Random, text: str, originals: tuple[str, ...]) -> str:
    """All of it on one line, in braces."""
    try:
        return yaml.safe_dump(yaml.safe_load(text), default_flow_style=True, width=10**9, allow_unicode=True)
    except (yaml.YAMLError, ValueError, RecursionError, AttributeError, TypeError, LookupError):
        return "{" + text


_WAYS: tuple[Callable[[Random, str, tuple[str, ...]], str], ...] = (
    *(_cut, _repeat, _repeat_lines, _swap, _odd_piece, _odd_piece, _odd_value, _odd_value, _odd_letters, _indent),
    *(_anchor, _join, _as_flow),
)
