"""The leaves of metadata: how a YAML scalar becomes a text, a number or a flag.

Where a text is wanted the scalar's source text counts (`NO`, `1.10` and `007` stay what they are); null never is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from objectforge.metadata.nodes import Scalar

__all__ = ["Flag", "Label", "Names", "Text", "Texts", "Whole"]


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
        case _:
            return value


def _whole(value: Any) -> Any:
    return value.value if isinstance(value, Scalar) else value


def _flag(value: Any) -> Any:
    return value.value if isinstance(value, Scalar) else value


def _texts(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


Text = Annotated[str, BeforeValidator(_text), Field(strict=True)]
"""A text: the scalar as written."""
Whole = Annotated[int, BeforeValidator(_whole), Field(strict=True)]
"""A whole number."""
Flag = Annotated[bool, BeforeValidator(_flag), Field(strict=True)]
"""true or false."""
Texts = Annotated[tuple[Text, ...], BeforeValidator(_texts)]
"""A text or a list of texts."""
Names = Texts
"""An API name or a list of them."""
Label = Text | Mapping[str, Text]
"""What people read: one text, or one per locale ({en: Invoice, ja: 請求書})."""
