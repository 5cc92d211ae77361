"""Short forms of models: a value that stands for the whole mapping, for validation and for the JSON Schema alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

__all__ = ["Columns2D", "Groups", "Short"]


@dataclass(frozen=True, slots=True)
class Short:
    """The value of `key` alone may stand for the mapping: `Amount` for {field: Amount}."""

    key: str

    def expand(self, raw: Any) -> Any:
        """The long form."""
        given: object = raw
        return raw if isinstance(given, Mapping | BaseModel) else {self.key: raw}

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.expand, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        long = handler(schema)
        short = handler.resolve_ref_schema(long)["properties"][self.key]
        return {"anyOf": [{key: short[key] for key in ("type", "anyOf", "items", "enum") if key in short}, long]}


@dataclass(frozen=True, slots=True)
class Groups:
    """A bucket's two short forms: a list of limits, or a mapping of labels to values."""

    def expand(self, raw: Any) -> Any:
        """The long form."""
        given: object = raw
        if isinstance(given, list | tuple):
            return {"limits": raw}
        return {"groups": raw} if isinstance(given, Mapping) else raw

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.expand, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        properties = handler.resolve_ref_schema(handler(schema))["properties"]
        return {"anyOf": [properties["limits"], properties["groups"]]}


@dataclass(frozen=True, slots=True)
class Columns2D:
    """A list of columns, each a list of items; a flat list is one column."""

    def expand(self, raw: Any) -> Any:
        """The long form."""
        given: object = raw
        return [raw] if isinstance(given, list) and not any(isinstance(item, list) for item in raw) else raw

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.expand, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        columns = handler(schema)
        return {"anyOf": [columns["items"], columns]}
