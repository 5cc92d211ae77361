"""Metadata to the JSON text that an org keeps of it, and back to equal metadata: merged, in the long form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, cast

from pydantic import BaseModel

from objectforge.errors.exceptions import ObjectForgeError
from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.registry import field_type
from objectforge.metadata.metadata import Metadata
from objectforge.metadata.models import (
    Bucket,
    Dashboard,
    Layout,
    ListView,
    ObjectDef,
    OrgSettings,
    PackageHead,
    Report,
    ValueSet,
)

__all__ = ["SECTIONS", "dump", "restore"]

SECTIONS: Mapping[str, type[BaseModel]] = {
    "objects": ObjectDef,
    "value_sets": ValueSet,
    "list_views": ListView,
    "reports": Report,
    "dashboards": Dashboard,
    "layouts": Layout,
}
"""What metadata holds by name."""

_TYPE = "$type"
# A bucket's long form looks like its short one: labels and what falls under them.
_BUCKET = "$bucket"


def dump(metadata: Metadata) -> str:
    """The metadata as JSON text."""
    data = {one.name: _plain(getattr(metadata, one.name)) for one in fields(metadata) if one.compare}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def restore(text: str) -> Metadata:
    """The metadata that `dump` wrote, without the places in files that it came from.

    Raises:
        ObjectForgeError: it has fields of a type that is not installed.
    """
    data = json.loads(text, object_hook=_revive)
    named = {
        section: {name: model.model_validate(one) for name, one in data[section].items()}
        for section, model in SECTIONS.items()
    }
    return Metadata(
        settings=OrgSettings.model_validate(data["settings"]),
        packages=tuple(PackageHead.model_validate(head) for head in data["packages"]),
        **cast("Any", named),
    )


def _plain(value: Any) -> Any:
    match value:
        case FieldType():
            return {_TYPE: value.type_name, **_given(value)}
        case Bucket():
            return {_BUCKET: _given(value)}
        case BaseModel():
            return _given(value)
        case Mapping():
            return {key: _plain(one) for key, one in cast("Mapping[str, Any]", value).items()}
        case list() | tuple():
            return [_plain(one) for one in cast("tuple[Any, ...]", value)]
        case _:
            return value


def _given(model: BaseModel) -> dict[str, Any]:
    """What was given, for an override of a package's field must know it from what is merely the default."""
    known = type(model).model_fields
    return {known[key].alias or key: _plain(getattr(model, key)) for key in known if key in model.model_fields_set}


def _revive(data: dict[str, Any]) -> Any:
    if _BUCKET in data:
        return Bucket.model_validate(data[_BUCKET])
    if _TYPE not in data:
        return data
    name = data.pop(_TYPE)
    found = field_type(name)
    if found is None:
        raise ObjectForgeError(f"the org has fields of the type '{name}', which is not installed here")
    return found.model_validate(data)
