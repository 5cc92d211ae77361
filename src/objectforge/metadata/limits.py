"""How much of a file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest file: its bytes, how deep its mappings and lists nest, and its nodes, aliases counted in full."""

    bytes: int = 10_000_000
    depth: int = 64
    nodes: int = 200_000
