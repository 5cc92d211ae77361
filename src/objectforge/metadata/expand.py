"""Short forms of fields and definitions to the long forms that the models read, as plain data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from objectforge.metadata.fields.registry import field_type
from objectforge.metadata.nodes import Scalar
from objectforge.metadata.problem import Problem

__all__ = ["NAME_FIELD", "expand_field", "expand_name_field"]

NAME_FIELD: Mapping[str, Any] = {"type": "text", "length": 80, "required": True}
"""What `name_field` is when the object does not say."""

_SHORT = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*)\s*(?:\((.*)\)\s*)?", re.DOTALL)
_WHOLE = re.compile(r"[-+]?[0-9]+")


def expand_field(raw: Any, name: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """A field's long form: `currency`, `text(20)`, `lookup(Account)`, `[Draft, Sent]` or a mapping already."""
    match raw:
        case dict():
            return cast("dict[str, Any]", raw), []
        case list():
            return {"type": "picklist", "values": raw}, []
        case str() if found := _SHORT.fullmatch(raw):
            return _call(found[1], found[2] if found[2] is None else found[2].strip())
        case Scalar(value=None):
            return None, [Problem("OF106", f"field '{name}' has no type", (), f"for example `{name}: text`")]
        case _:
            if isinstance(raw, str) and "(" in raw and ")" not in raw:  # {Rate: number(5,3)}: the comma ends the value
                hint = f'between braces a short form with a comma is quoted: `{name}: "{raw}, ...)"`'
                return None, [Problem("OF110", f"this does not say what field '{name}' is", (), hint)]
            hint = f"for example `{name}: currency`, `{name}: text(20)` or `{name}: {{type: text}}`"
            return None, [Problem("OF110", f"this does not say what field '{name}' is", (), hint)]


def expand_name_field(raw: Any) -> tuple[str, dict[str, Any] | None, list[Problem]]:
    """The name field's own name and its long form; a text keeps the defaults that are not said otherwise."""
    long, problems = expand_field({} if raw is None else raw, "name_field")
    if long is None:
        return "Name", None, problems
    name = long.get("name", "Name")
    name = name.text if isinstance(name, Scalar) else str(name)
    rest = {key: value for key, value in long.items() if key != "name"}
    return name, {**NAME_FIELD, **rest} if rest.get("type", "text") == "text" else rest, problems


def _call(word: str, arguments: str | None) -> tuple[dict[str, Any] | None, list[Problem]]:
    if arguments is None:
        return {"type": word}, []
    given = [argument.strip() for argument in arguments.split(",")] if arguments else []
    cls = field_type(word)
    if cls is None:  # the unknown type is reported where the long form is built
        return {"type": word}, []
    keys = cls.short_form
    if not given or len(given) > len(keys):
        shown = f"{word}({', '.join(keys)})" if keys else word
        return None, [Problem("OF110", f"'{word}({arguments})' is no short form of '{word}'", (), f"write {shown}")]
    values = (int(text) if _WHOLE.fullmatch(text) else text for text in given)
    return {"type": word, **dict(zip(keys, values, strict=False))}, []
