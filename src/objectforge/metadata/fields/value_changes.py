"""What an override does to a picklist's values: some are added at the end, some hidden from new records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from objectforge.metadata.fields.base import ParameterError
from objectforge.metadata.fields.values import PicklistValue, Values
from objectforge.metadata.leaves import Texts
from objectforge.values.text import fold_key

__all__ = ["changed_values"]


class _Changes(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    add: Values = ()
    hide: Texts = ()


class _Override(BaseModel):
    values: _Changes


def changed_values(values: tuple[PicklistValue, ...], wanted: Mapping[str, Any]) -> tuple[PicklistValue, ...]:
    """The values with `wanted` = {add: [...], hide: [...]} carried out; what is hidden stays, inactive.

    Raises:
        ParameterError: a value to hide is not there.
        pydantic.ValidationError: a key or a value is not allowed.
    """
    changes = _Override.model_validate({"values": wanted}).values
    hidden = {fold_key(text): text for text in changes.hide}
    known = {fold_key(choice.value) for choice in values}
    for key, text in hidden.items():
        if key not in known:
            raise ParameterError("values", f"the value '{text}' to hide is not there")
    kept = [
        choice.model_copy(update={"active": False, "default": False}) if fold_key(choice.value) in hidden else choice
        for choice in values
    ]
    return (*kept, *changes.add)
