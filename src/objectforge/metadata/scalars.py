"""The text of an unquoted YAML scalar to the value it means, by the core schema of YAML 1.2 (section 10.3.2)."""

from __future__ import annotations

import re

__all__ = ["Value", "resolve"]

Value = bool | int | float | str | None

_CONSTANTS: dict[str, Value] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_FIRST = frozenset("+-.0123456789")
_NUMBER = re.compile(
    r"(?P<octal>0o[0-7]+)|(?P<hex>0x[0-9a-fA-F]+)|(?P<int>[-+]?[0-9]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<inf>[-+]?\.(?:inf|Inf|INF))|(?P<nan>\.(?:nan|NaN|NAN))"
)
_LONGEST = 1000  # digits beyond any number of ours; Python's own int() refuses from 4,300 on


def resolve(text: str) -> Value:
    """What an unquoted scalar means: null, a boolean, an int, a float; everything else, dates too, is its text."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in _FIRST or len(text) > _LONGEST:
        return text
    found = _NUMBER.fullmatch(text)
    match found and found.lastgroup:
        case "int":
            return int(text)
        case "octal" | "hex":
            return int(text, 0)
        case "float":
            return float(text)
        case "inf" | "nan":
            return float(text.replace(".", "", 1))
        case _:
            return text
