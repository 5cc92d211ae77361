"""The field type `json`."""

from __future__ import annotations

import json
from random import Random
from typing import Any, ClassVar, cast

import sqlalchemy as sa

from objectforge.metadata.fields.base import FieldType, Reading
from objectforge.metadata.fields.problems import problem
from objectforge.metadata.fields.samples import WORDS
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.storage_types import JsonText

__all__ = ["Json"]

_DEPTH = 64
_BITS = 1024


class Json(FieldType):
    """Anything that JSON can say: a mapping, a list, a text, a number, true or false; null is no value."""

    type_name: ClassVar = "json"
    summary: ClassVar = "Anything that JSON can say; for other programs' data, not for conditions."
    examples: ClassVar = ({}, [], {"a": [1, 2.5, None, {"b": "日本"}]}, "text", 0, False, [[]])
    unusable: ClassVar = frozenset({"unique", "external_id", "indexed", "case_sensitive"})

    def value_type(self) -> ValueType:
        """JSON."""
        return ValueType(Kind.JSON, searchable=False)

    def column_type(self) -> sa.types.TypeEngine[Any]:
        """JSON as text."""
        return JsonText()

    def coerce(self, value: Any) -> Any:
        """The value, with tuples as lists."""
        return None if value is None else _plain(value, _DEPTH)

    def from_text(self, text: str, reading: Reading) -> Any:
        """The value of a JSON text."""
        if not text.strip():
            return None
        try:
            return json.loads(text, parse_constant=_refuse)
        except json.JSONDecodeError as wrong:
            raise ValueError(f"it is not JSON: {wrong}") from wrong
        except RecursionError as wrong:
            raise ValueError("it is nested too deeply") from wrong

    def to_text(self, value: Any) -> str:
        """The value as one line of JSON."""
        return "" if value is None else json.dumps(value, ensure_ascii=False)

    def example(self, random: Random, number: int) -> Any:
        """A small mapping."""
        return {"number": number, "tags": [random.choice(WORDS).lower()]}


def _plain(value: Any, depth: int) -> Any:
    if depth == 0:
        raise problem("json_wanted", reason=f"it is nested more than {_DEPTH} levels deep")
    match value:
        case None | bool():
            return value
        case int() if value.bit_length() <= _BITS:
            return value
        case int():
            raise problem("json_wanted", reason="a number in it is too long")
        case str():
            return _text(value)
        case float() if value - value == 0:  # neither infinite nor NaN
            return value
        case dict():
            entries = cast("dict[Any, Any]", value)
            return {_key(key): _plain(item, depth - 1) for key, item in entries.items()}
        case list() | tuple():
            items = cast("list[Any]", value)
            return [_plain(item, depth - 1) for item in items]
        case _:
            raise problem("json_wanted", reason=f"a {type(value).__name__} has no form in JSON")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise problem("json_wanted", reason=f"the key {key!r} is not text")
    return _text(key)


def _text(text: str) -> str:
    if "\0" in text or (not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text)):
        raise problem("json_wanted", reason="a text in it holds a character that cannot be stored")
    return text


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is not JSON")
