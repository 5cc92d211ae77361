"""The shape of models: which keys a mapping at a path of one may have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

__all__ = ["keys_at", "keys_of"]


def keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys of a model as they are written, without those that come from the place it stands in."""
    placed: tuple[str, ...] = getattr(model, "placed", ())
    inside: tuple[str, ...] = getattr(model, "inside", ())
    own = (field.alias or name for name, field in model.model_fields.items() if name not in placed)
    return (*own, *inside)


def keys_at(model: type[BaseModel], path: Sequence[str | int]) -> tuple[str, ...]:
    """The keys of the mapping at a path of a model, none where the model does not prescribe them."""
    at: Any = model
    for step in path:
        at = _below(_bare(at), step)
    at = _bare(at)
    return keys_of(at) if isinstance(at, type) and issubclass(at, BaseModel) else ()


def _below(at: Any, step: str | int) -> Any:
    if isinstance(at, type) and issubclass(at, BaseModel):
        return next((field.annotation for name, field in at.model_fields.items() if step in (name, field.alias)), None)
    arguments = get_args(at)
    if isinstance(step, int):
        return arguments[0] if arguments else None
    return arguments[1] if get_origin(at) is Mapping and len(arguments) == 2 else None


def _bare(annotation: Any) -> Any:
    """The annotation without what surrounds it: Annotated, and `| None`."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _bare(get_args(annotation)[0])
    if origin in (Union, UnionType):
        options = [option for option in get_args(annotation) if option is not type(None)]
        return _bare(options[0]) if len(options) == 1 else None
    return annotation
