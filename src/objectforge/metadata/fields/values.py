"""The values of picklists as written: one value, a list of them, and their short forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict

from objectforge.metadata.leaves import Flag, Label, Names, Text
from objectforge.metadata.short import Short

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


Values = tuple[Annotated[PicklistValue, Short("value")], ...]
