"""Numbers as callers and files give them, to exact decimals, with plain words for what is refused."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from objectforge.metadata.fields.problems import problem, shown
from objectforge.values.numbers import to_decimal

__all__ = ["decimal_of", "number_from_text"]

_SEPARATED = re.compile(r"[+-]?\d{1,3}([,_'  .]\d{3})+([.,]\d+)?")


def decimal_of(value: Any) -> Decimal:
    """The number a caller gave, exactly.

    Raises:
        PydanticCustomError: it is none (`number_wanted`).
    """
    try:
        return to_decimal(value)
    except (TypeError, ValueError) as wrong:
        if isinstance(value, str) and (grouped := _without_separators(value)):
            raise problem("thousands_separator", value=value.strip(), plain=grouped) from wrong
        raise problem("number_wanted", value=shown(value)) from wrong


def number_from_text(text: str) -> Decimal | None:
    """The number in a file's text; empty text is None.

    Raises:
        ValueError: it is none.
    """
    stripped = text.strip()
    if not stripped:
        return None
    try:
        return to_decimal(stripped)
    except ValueError as wrong:
        if grouped := _without_separators(stripped):
            raise ValueError(f"it has thousands separators; write {grouped}") from wrong
        raise


def _without_separators(text: str) -> str | None:
    stripped = text.strip()
    if not _SEPARATED.fullmatch(stripped):
        return None
    if stripped.count(".") > 1 or re.search(r"\.\d{3},\d+$", stripped):  # 1.234.567,89
        return stripped.replace(".", "").replace(",", ".")
    return re.sub(r"[^\d.+-]", "", stripped)
