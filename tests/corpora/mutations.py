"""Texts to other texts: pieces taken out, put in, repeated, moved and exchanged, and characters nobody expects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

__all__ = ["PIECE", "changed"]

PIECE = re.compile(r"'[^']*'|\"[^\"]*\"|[A-Za-z_.$]+|\d+|\S")
ODD = (
    "'\U0001f600'", "'\x00'", "'\ud800'", "\u00a0", "\u0660", "'\\'", "'", '"', "/*", "*/", "\u2028", "\ufeff",
    "e\u0301", "9" * 400, "1e400", "-0", ".5", "5.", "0.0000000000000000001", "0000-00-00", "9999-12-31", "$User.",
    "9999-12-31T23:59:59Z", "2024-02-30", ":x", ":x.y[0]", "::", "..", "(" * 40, ")" * 40, "NOT " * 40, "- " * 40,
)  # fmt: skip


def changed(text: str, pieces: Sequence[str], random: Random) -> str:
    """The text with one to three changes."""
    parts = PIECE.findall(text)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        place = random.randrange(len(parts))
        match random.choice(("out", "cut", "in", "like", "like", "like", "any", "repeat", "move", "odd", "character")):
            case "out" if len(parts) > 1:
                del parts[place]
            case "cut" if place:
                del parts[place:]
            case "in":
                parts.insert(place, random.choice(pieces))
            case "like":
                parts[place] = next((each for each in random.sample(pieces, 40) if _alike(each, parts[place])), "x")
            case "repeat":
                some = parts[place : place + random.randrange(1, 6)]
                parts[place:place] = some * random.choice((1, 1, 2, 30))
            case "move":
                parts.insert(random.randrange(len(parts)), parts.pop(place))
            case "odd":
                parts.insert(place, random.choice(ODD))
            case "character":
                part = parts[place]
                at = random.randrange(len(part))
                parts[place] = part[:at] + chr(random.choice((0, 9, 10, 39, 92, 127, 160, 0x1F600))) + part[at + 1 :]
            case _:
                parts[place] = random.choice(pieces)
    return " ".join(parts)


def _alike(one: str, other: str) -> bool:
    """Whether both are names, or numbers, or texts, or signs."""
    return (one[0].isalpha(), one[0].isdigit(), one[0] in "'\"") == (
        other[0].isalpha(),
        other[0].isdigit(),
        other[0] in "'\"",
    )
