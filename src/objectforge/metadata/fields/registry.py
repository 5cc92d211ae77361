"""Every field type by name: the built-in ones, and third parties' of the entry point `objectforge.field_types`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points
from threading import RLock
from types import MappingProxyType

from objectforge.metadata.fields.address import Address
from objectforge.metadata.fields.autonumber import AutoNumber
from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.checkbox import Checkbox
from objectforge.metadata.fields.currency import Currency
from objectforge.metadata.fields.date import Date
from objectforge.metadata.fields.datetime import DateTime
from objectforge.metadata.fields.email import Email
from objectforge.metadata.fields.formula import Formula
from objectforge.metadata.fields.geolocation import Geolocation
from objectforge.metadata.fields.integer import Integer
from objectforge.metadata.fields.json import Json
from objectforge.metadata.fields.long_text import LongText
from objectforge.metadata.fields.lookup import Lookup
from objectforge.metadata.fields.master_detail import MasterDetail
from objectforge.metadata.fields.multipicklist import MultiPicklist
from objectforge.metadata.fields.number import Number
from objectforge.metadata.fields.percent import Percent
from objectforge.metadata.fields.person_name import PersonName
from objectforge.metadata.fields.phone import Phone
from objectforge.metadata.fields.picklist import Picklist
from objectforge.metadata.fields.rich_text import RichText
from objectforge.metadata.fields.rollup import Rollup
from objectforge.metadata.fields.text import Text
from objectforge.metadata.fields.textarea import TextArea
from objectforge.metadata.fields.time import Time
from objectforge.metadata.fields.url import Url

__all__ = ["BUILT_IN", "ENTRY_POINTS", "field_type", "field_types", "register"]

ENTRY_POINTS = "objectforge.field_types"

BUILT_IN: tuple[type[FieldType], ...] = (
    Text,
    TextArea,
    LongText,
    RichText,
    Email,
    Phone,
    Url,
    Integer,
    Number,
    Currency,
    Percent,
    Checkbox,
    Date,
    DateTime,
    Time,
    Picklist,
    MultiPicklist,
    Lookup,
    MasterDetail,
    AutoNumber,
    Formula,
    Rollup,
    Geolocation,
    Address,
    PersonName,
    Json,
)

_types: dict[str, type[FieldType]] = {}
_lock = RLock()
_plugins_read = False


def register(cls: type[FieldType]) -> type[FieldType]:
    """Make a field type known under its `type_name`; may stand above the class as a decorator.

    Raises:
        ValueError: another class has the name already.
    """
    with _lock:
        known = _types.get(cls.type_name)
        if known is not None and known is not cls:
            raise ValueError(
                f"the field type '{cls.type_name}' of {cls.__module__} is already registered by {known.__module__}"
            )
        _types[cls.type_name] = cls
    return cls


def field_types() -> Mapping[str, type[FieldType]]:
    """Every field type by name, installed ones included."""
    global _plugins_read  # noqa: PLW0603 - installed types are looked for once per process
    with _lock:
        if not _plugins_read:
            for entry in entry_points(group=ENTRY_POINTS):
                register(_load(entry))
            _plugins_read = True
    return MappingProxyType(_types)


def field_type(name: str) -> type[FieldType] | None:
    """The field type of that name."""
    return field_types().get(name)


def _load(entry: EntryPoint) -> type[FieldType]:
    found: object = entry.load()
    if not (isinstance(found, type) and issubclass(found, FieldType)):
        raise TypeError(f"the entry point '{entry.name}' of the group {ENTRY_POINTS} is no field type: {entry.value}")
    return found


for _built_in in BUILT_IN:
    register(_built_in)
