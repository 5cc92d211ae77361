"""Plain data to the shortest that says the same: what a model reads from one value is no mapping any more."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.registry import field_type
from objectforge.metadata.models import (
    Dashboard,
    Layout,
    ListView,
    ObjectDef,
    ObjectExtension,
    Report,
    ValueSet,
)  # fmt: skip
from objectforge.metadata.nodes import Data, Scalar
from objectforge.metadata.short import Columns2D, Short

__all__ = ["shorten", "shorten_field"]

_MODELS: Mapping[str, Any] = {
    "objects": ObjectDef,
    "extend": ObjectExtension,
    "value_sets": Annotated[ValueSet, Short("values")],
    "list_views": ListView,
    "reports": Report,
    "dashboards": Dashboard,
    "layouts": Layout,
}


def shorten(section: str, data: Data) -> Data:
    """The shortest form of a definition; nothing at all is an empty mapping."""
    return {} if _nothing(data) else _short(_MODELS[section], data)


def shorten_field(field: Data) -> Data:
    """The shortest form of a field: `currency`, `text(20)`, `[Draft, Sent]`, or a mapping."""
    if isinstance(field, list):
        return _short_list(field)
    word = field.get("type") if isinstance(field, dict) else None
    cls = field_type(word) if isinstance(word, str) else None
    if not isinstance(field, dict) or not isinstance(word, str) or cls is None:
        return field
    rest = {key: value for key, value in _keys(cls, field).items() if key != "type"}
    values = rest.get("values")
    if not rest:
        return word
    if word == "picklist" and len(rest) == 1 and isinstance(values, list):
        return values
    keys = cls.short_form[: len(rest)]
    texts = [_plain(rest.get(key)) for key in keys]
    if len(keys) != len(rest) or None in texts:
        return {"type": word, **rest}
    return f"{word}({', '.join(text for text in texts if text)})"


def _short_list(values: list[Data]) -> Data:
    cls = field_type("picklist")
    assert cls is not None, "picklists are built in"
    return _short(cls.model_fields["values"].annotation, values)


def _short(wanted: Any, data: Data) -> Data:
    """The data as an annotation of a model would read it, shorter."""
    origin, arguments = get_origin(wanted), get_args(wanted)
    match data:
        case _ if origin is Annotated:
            return _marked(arguments[1:], _short(arguments[0], data))
        case _ if origin in (Union, UnionType):
            options = [option for option in arguments if option is not type(None)]
            return _short(options[0], data) if len(options) == 1 else data
        case list() if origin is tuple:
            return [_short(arguments[0], item) for item in data]
        case dict() if origin is Mapping:
            return {key: _short(arguments[1], value) for key, value in data.items()}
        case _ if isinstance(wanted, type) and issubclass(wanted, FieldType):
            return shorten_field(data)
        case dict() if isinstance(wanted, type) and issubclass(wanted, BaseModel):
            return _keys(wanted, data)
        case _:
            return data


def _keys(model: type[BaseModel], data: dict[str, Data]) -> dict[str, Data]:
    """A mapping with each of its keys shortened, without sections that are empty."""
    wanted: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        marks = tuple(info.metadata)
        wanted[info.alias or name] = Annotated[info.annotation, *marks] if marks else info.annotation
    return {
        key: _short(wanted[key], value) if key in wanted else value
        for key, value in data.items()
        if not (_nothing(value) and get_origin(wanted.get(key)) is Mapping)
    }


def _marked(marks: tuple[Any, ...], data: Data) -> Data:
    """What short forms say in place of a mapping of one key, or of a list of one column."""
    for mark in marks:
        match mark, data:
            case Short(key=key), dict() if list(data) == [key] and not isinstance(data[key], dict):
                return data[key]
            case Columns2D(), [list() as only] if not any(isinstance(item, list) for item in only):
                return only
            case _:
                pass
    return data


def _plain(value: Data | None) -> str | None:
    """A parameter as it may stand between the parentheses of a short form."""
    match value:
        case Scalar(value=int(), text=text) if text.isdecimal():
            return text
        case str() if value.isidentifier():
            return value
        case _:
            return None


def _nothing(data: Data | None) -> bool:
    return isinstance(data, Scalar) and data.value is None
