"""Values to JSON text: exact decimals as numbers with all their digits, dates and times in ISO 8601."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any, cast

__all__ = ["json_text"]

_STEP = "  "


def json_text(value: object, indent: str = "") -> str:
    """The value as indented JSON. Where the standard encoder would go through floats, digits are kept."""
    match value:
        case Mapping():
            pairs = cast("Mapping[object, Any]", value).items()
            items = [
                f"{json.dumps(str(key), ensure_ascii=False)}: {json_text(one, indent + _STEP)}" for key, one in pairs
            ]
            return _block("{", items, "}", indent)
        case list() | tuple():
            parts = cast("Iterable[Any]", value)
            return _block("[", [json_text(item, indent + _STEP) for item in parts], "]", indent)
        case Decimal():
            return f"{value:f}"
        case date() | time():  # a datetime is a date
            return json.dumps(value.isoformat())
        case _:
            return json.dumps(value, ensure_ascii=False)


def _block(start: str, items: list[str], end: str, indent: str) -> str:
    if not items:
        return start + end
    inner = f",\n{indent}{_STEP}".join(items)
    return f"{start}\n{indent}{_STEP}{inner}\n{indent}{end}"
