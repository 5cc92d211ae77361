"""How much of a file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest file: its bytes, how deep its mappings and lists nest, and its nodes, aliases counted in full.

    `key` and `scalar` are the characters of a key and of any other text. What aliases repeat is at most as long as the
    file, or `repeated` characters where that is more.
    """

    bytes: int = 10_000_000
    depth: int = 64
    nodes: int = 200_000
    key: int = 1_000
    scalar: int = 131_072
    repeated: int = 200_000
