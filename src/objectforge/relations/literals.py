"""Texts that stand for a value of a field - defaults, `sets:`, buckets - to canonical values."""

from __future__ import annotations

from typing import Any

from pydantic_core import PydanticCustomError

from objectforge.metadata.fields.base import FieldType, Reading

__all__ = ["judge_value", "read_literal"]


def read_literal(text: str, declared: FieldType, reading: Reading) -> Any:
    """The canonical value that a text means for a field.

    Raises:
        ValueError: it means none; the message says why in plain words.
    """
    return judge_value(declared.from_text(text, reading), declared)


def judge_value(value: object, declared: FieldType) -> Any:
    """The canonical form of a value for a field.

    Raises:
        ValueError: it is none; the message says why in plain words.
    """
    try:
        return declared.coerce(value)
    except PydanticCustomError as wrong:
        raise ValueError(wrong.message()) from wrong
