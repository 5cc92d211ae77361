"""The leaves of metadata: how a YAML scalar becomes a text, a number, a flag or a label.

Where a text is wanted the scalar's source text counts (`NO`, `1.10` and `007` stay what they are); null never is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, cast

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from objectforge.metadata.nodes import Scalar
from objectforge.values.locales import is_locale

__all__ = ["Flag", "Label", "Names", "SomeTexts", "Text", "Texts", "Whole"]

_TEXT_SCHEMA = {"type": ["string", "number", "boolean"]}


def _text(value: Any) -> Any:
    match value:
        case Scalar(value=None) | None:
            raise PydanticCustomError("text_null", "an empty value where a text is wanted")
        case Scalar():
            return value.text
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return str(value)
        case float():
            return repr(value)
        case date() | time():
            return value.isoformat()
        case _:
            return value


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Scalar) else value


def _texts(value: Any) -> Any:
    given: object = value
    return value if isinstance(given, list | tuple) else [value]


def _label(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return _label_text(value)
    labels = cast("Mapping[str, Any]", value)
    if not labels:
        raise PydanticCustomError("label_empty", "no label in it")
    for code in labels:
        if not is_locale(str(code)):
            raise PydanticCustomError("label_locale", "no locale", {"code": str(code)})
    return {locale: _label_text(text) for locale, text in labels.items()}


def _label_text(value: Any) -> str:
    text = _text(value)
    if not isinstance(text, str):
        raise PydanticCustomError("label_type", "a text is wanted, or one per locale")
    return text


Text = Annotated[str, BeforeValidator(_text), Field(strict=True), WithJsonSchema(_TEXT_SCHEMA)]
"""A text: the scalar as written."""
Whole = Annotated[int, BeforeValidator(_plain), Field(strict=True)]
"""A whole number."""
Flag = Annotated[bool, BeforeValidator(_plain), Field(strict=True)]
"""true or false."""
Texts = Annotated[
    tuple[Text, ...],
    BeforeValidator(_texts),
    WithJsonSchema({"anyOf": [_TEXT_SCHEMA, {"type": "array", "items": _TEXT_SCHEMA}]}),
]
"""A text or a list of texts."""
SomeTexts = Annotated[
    tuple[Text, ...],
    BeforeValidator(_texts),
    Field(min_length=1),
    WithJsonSchema({"anyOf": [_TEXT_SCHEMA, {"type": "array", "items": _TEXT_SCHEMA, "minItems": 1}]}),
]
"""A text or a list of at least one."""
Names = Texts
"""An API name or a list of them."""
Label = Annotated[
    str | Mapping[str, str],
    PlainValidator(_label),
    WithJsonSchema(
        {
            "anyOf": [
                _TEXT_SCHEMA,
                {
                    "type": "object",
                    "propertyNames": {"pattern": "^[A-Za-z]{2,3}([-_][0-9A-Za-z]+)*$"},
                    "additionalProperties": _TEXT_SCHEMA,
                    "minProperties": 1,
                },
            ]
        }
    ),
]
"""What people read: one text, or one per locale ({en: Invoice, ja: 請求書})."""
