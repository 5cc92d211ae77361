"""A page as data: sections of labelled values, and related lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from objectforge.metadata.fields.base import Region
from objectforge.query.record import Record
from objectforge.relations.view import Column
from objectforge.values.locales import Locale

__all__ = ["PageData", "PageField", "PageList", "PageSection"]


@dataclass(frozen=True, slots=True)
class PageField:
    """A field on a page: its value, the text that people read for it, and what may be done with it.

    `value` is an id for a lookup and a mapping of its parts for a compound. `behavior` is edit, readonly or required.
    """

    field: str
    label: str
    value: Any
    text: str
    behavior: str


@dataclass(frozen=True, slots=True)
class PageSection:
    """A block of a page: columns of fields under a label, which may be empty."""

    label: str
    columns: tuple[tuple[PageField, ...], ...]


@dataclass(frozen=True, slots=True)
class PageList:
    """A related list: the first child records. Each row has its `Id` besides the columns; `more` tells of further."""

    name: str
    label: str
    object: str
    columns: tuple[Column, ...]
    rows: tuple[Record, ...]
    more: bool


@dataclass(frozen=True)
class PageData:
    """The page of one record, resolved for its reader. `names` are those of the records its lookups point to."""

    title: str
    object: str
    label: str
    id: str
    layout: str
    sections: tuple[PageSection, ...]
    related: tuple[PageList, ...]
    names: Mapping[str, str] = field(repr=False)
    locale: Locale = field(repr=False)
    region: Region = field(repr=False)
