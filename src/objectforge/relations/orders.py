"""An order written as in other languages to how it is written here: `Amount desc`, `-Amount, Name`."""

from __future__ import annotations

import re

__all__ = ["order_meant"]

_WORD = re.compile(r"(-?)([\w.:]+)\s+(asc|desc)(?:ending)?(?:\s+nulls\s+(?:first|last))?", re.IGNORECASE)


def order_meant(text: str) -> str | None:
    """What to type, where a text is an order but not one of ours."""
    keys = [part.strip() for part in text.split(",")]
    if len(keys) > 1 and all(keys) and "(" not in text:
        return f"write a list: [{', '.join(_one(key) for key in keys)}]"
    return f"write {_one(text.strip())}" if _WORD.fullmatch(text.strip()) else None


def _one(key: str) -> str:
    found = _WORD.fullmatch(key)
    if found is None:
        return key
    return f"-{found[2]}" if found[3].lower() == "desc" else found[2]
