"""What a plan is made of: each step as a value. What a step says, runs and checks is registered elsewhere by class."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal

from objectforge.expressions.typed import Const, Typed
from objectforge.storage.indexes import Index

__all__ = [
    "AddField",
    "AddIndex",
    "ChangeDefinition",
    "ChangeField",
    "CreateObject",
    "NotSupported",
    "RemoveIndex",
    "Risk",
    "Step",
]


class Risk(StrEnum):
    """What a step may do to data."""

    SAFE = "safe"
    CHECKED = "checked"  # can fail on the data there is
    LOSSY = "lossy"
    DESTRUCTIVE = "destructive"


@dataclass(frozen=True, slots=True)
class CreateObject:
    """A new object with its table, of the fields that can be there from the start, and the indexes over them."""

    object: str
    fields: tuple[str, ...]
    indexes: tuple[Index, ...]
    risk: ClassVar[Risk] = Risk.SAFE


@dataclass(frozen=True, slots=True)
class AddField:
    """A new field. Existing records get `constant` without being rewritten, or what `computed` gives for each."""

    object: str
    field: str
    constant: Const | None = None
    computed: Typed | None = None
    lacking: bool = False
    """Whether it is required, and yet nothing fills it in existing records."""
    risk: ClassVar[Risk] = Risk.SAFE


@dataclass(frozen=True, slots=True)
class ChangeField:
    """A field's definition changes so that every value it holds stays valid; `keys` are the parameters that do."""

    object: str
    field: str
    keys: tuple[str, ...]
    new_values: tuple[str, ...] = ()
    """Picklist values that it did not have."""
    sizes: tuple[tuple[str, str], ...] = ()
    """Keys that are told with their old and new value: ("length", "10 -> 20")."""
    risk: ClassVar[Risk] = Risk.SAFE


@dataclass(frozen=True, slots=True)
class AddIndex:
    """A new index. A unique one can fail: on records that already share a value."""

    index: Index
    populated: bool
    """Whether the object was there before, so that it may have records."""

    @property
    def risk(self) -> Risk:
        """Checked where records may clash."""
        return Risk.CHECKED if self.index.unique and self.populated else Risk.SAFE


@dataclass(frozen=True, slots=True)
class RemoveIndex:
    """An index, or a uniqueness, that is no longer wanted."""

    index: Index
    risk: ClassVar[Risk] = Risk.SAFE


@dataclass(frozen=True, slots=True)
class ChangeDefinition:
    """What touches no table: labels, views, layouts, reports, validations, settings. `name` is None for the whole."""

    section: str
    name: str | None
    change: Literal["add", "change", "remove"]
    keys: tuple[str, ...] = ()
    risk: ClassVar[Risk] = Risk.SAFE


@dataclass(frozen=True, slots=True)
class NotSupported:
    """A change that this version cannot carry out; a plan with one is refused."""

    name: str
    change: str
    """What the metadata asks for, in words."""
    risk: ClassVar[Risk] = Risk.DESTRUCTIVE


Step = CreateObject | AddField | ChangeField | AddIndex | RemoveIndex | ChangeDefinition | NotSupported
