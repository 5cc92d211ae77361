"""The values of picklists as written: one value, a list of them, and their short forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict

from objectforge.metadata.leaves import Flag, Label, Names, Text

__all__ = ["PicklistValue", "Values"]


class PicklistValue(BaseModel):
    """One value of a picklist; short form: the value alone. `sets` gives other fields their values with it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: Text
    label: Label | None = None
    active: Flag = True
    default: Flag = False
    sets: Mapping[str, Text] = {}
    was: Names = ()


def _value(raw: Any) -> Any:
    return cast("object", raw) if isinstance(raw, Mapping | PicklistValue) else {"value": raw}


Values = tuple[Annotated[PicklistValue, BeforeValidator(_value)], ...]
