"""What a plan is made of: each step as a value. What a step says, runs and checks is registered elsewhere by class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from objectforge.change.conversion.outcome import Conversion
from objectforge.change.retype.failures import Failures
from objectforge.change.risk import Risk
from objectforge.expressions.typed import Const, Typed
from objectforge.storage.indexes import Index

__all__ = [
    "AddField",
    "AddIndex",
    "ChangeDefinition",
    "ChangeField",
    "CreateObject",
    "HoldField",
    "HoldObject",
    "HoldValue",
    "PurgeField",
    "PurgeObject",
    "PurgeValue",
    "Refuse",
    "RemoveIndex",
    "RenameField",
    "RenameObject",
    "RenameValue",
    "RequireField",
    "ReturnField",
    "ReturnObject",
    "ReturnValue",
    "RetypeField",
    "Step",
]  # fmt: skip


# -- objects ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class CreateObject:
    """A new object with its table, of the fields that can be there from the start, and the indexes over them."""

    object: str
    fields: tuple[str, ...]
    indexes: tuple[Index, ...]
    risk: ClassVar[Risk] = Risk.SAFE


@dataclass(frozen=True, slots=True)
class RenameObject:
    """An object gets another name; its table and its records' ids stay."""

    before: str
    object: str
    risk: ClassVar[Risk] = Risk.SAFE


@dataclass(frozen=True, slots=True)
class HoldObject:
    """An object that is no longer declared: it goes out of sight with its records, and comes back when declared."""

    object: str
    records: int

    @property
    def risk(self) -> Risk:
        """Lossy where there are records."""
        return Risk.LOSSY if self.records else Risk.SAFE


@dataclass(frozen=True, slots=True)
class ReturnObject:
    """An object that was held is declared again, and has its records back."""

    object: str
    records: int
    risk: ClassVar[Risk] = Risk.SAFE


# -- fields -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class AddField:
    """A new field. Existing records get `constant` without being rewritten, or what `computed` gives for each."""

    object: str
    field: str
    constant: Const | None = None
    computed: Typed | None = None
    lacking: bool = False
    """Whether it is required, and yet nothing fills it in existing records."""
    records: int = 0
    """How many records there are."""
    risk: ClassVar[Risk] = Risk.SAFE


@dataclass(frozen=True, slots=True)
class RenameField:
    """A field gets another name; its column stays."""

    object: str
    before: str
    field: str
    risk: ClassVar[Risk] = Risk.SAFE


@dataclass(frozen=True, slots=True)
class HoldField:
    """A field that is no longer declared: it goes out of sight with its values, and comes back when declared."""

    object: str
    field: str
    values: int
    stored: bool = True
    """Whether it has values at all: a formula has none."""
    part_of: str | None = None
    """The compound that it is a part of, which goes too."""

    @property
    def risk(self) -> Risk:
        """Lossy where records have values."""
        return Risk.LOSSY if self.values else Risk.SAFE


@dataclass(frozen=True, slots=True)
class ReturnField:
    """A field that was held is declared again, and has its values back."""

    object: str
    field: str
    values: int
    links: bool = False
    """Whether it is a lookup, whose records may have gone to the recycle bin meanwhile."""
    required: bool = False
    """Whether it is a lookup that cannot be without its record: then one in the bin is in the way."""
    failures: Failures | None = None
    """The records whose master is in the recycle bin."""

    @property
    def risk(self) -> Risk:
        """Checked where a link must lead to a living record."""
        return Risk.CHECKED if self.links and self.required else Risk.SAFE


@dataclass(frozen=True, slots=True)
class RetypeField:
    """A field's values take another form; each of them must have one."""

    object: str
    field: str
    identity: int
    before: str
    """What it was, as a short form: text(20)."""
    after: str
    conversion: Conversion
    values: int
    failures: Failures | None = None
    """The values that cannot be converted."""
    links: bool = False
    """Whether they are ids."""

    @property
    def risk(self) -> Risk:
        """What converting may do; nothing is lost where there is no value."""
        return Risk.SAFE if self.conversion.risk is Risk.LOSSY and not self.values else self.conversion.risk


@dataclass(frozen=True, slots=True)
class RequireField:
    """A field becomes required. Records without a value get `constant` or `computed`, else they are in the way."""

    object: str
    field: str
    records: int
    """How many have no value."""
    constant: Const | None = None
    computed: Typed | None = None
    failures: Failures | None = None

    @property
    def risk(self) -> Risk:
        """Checked where nothing fills it."""
        return Risk.SAFE if self.constant is not None or self.computed is not None else Risk.CHECKED


@dataclass(frozen=True, slots=True)
class ChangeField:
    """A field's definition changes and every value stays as it is; `keys` are the parameters that change."""

    object: str
    field: str
    keys: tuple[str, ...]
    new_values: tuple[str, ...] = ()
    """Picklist values that it did not have."""
    words: tuple[tuple[str, str], ...] = ()
    """Keys with the words that tell more of them: ("length", "length 10 -> 20"), ("required", "now required")."""
    risk: ClassVar[Risk] = Risk.SAFE


# -- picklist values --------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class RenameValue:
    """A picklist value gets another spelling, in the records that hold it too."""

    object: str
    field: str
    before: str
    value: str
    records: int
    risk: ClassVar[Risk] = Risk.SAFE


@dataclass(frozen=True, slots=True)
class HoldValue:
    """A picklist value that is no longer declared: records keep and show it, new writes may not choose it."""

    object: str
    field: str
    value: str
    records: int
    restricted: bool

    @property
    def risk(self) -> Risk:
        """Lossy where records hold what could not be written again."""
        return Risk.LOSSY if self.records and self.restricted else Risk.SAFE


@dataclass(frozen=True, slots=True)
class ReturnValue:
    """A picklist value that was held may be chosen again."""

    object: str
    field: str
    value: str
    records: int
    risk: ClassVar[Risk] = Risk.SAFE


# -- what else a table has, and what touches no table -----------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class AddIndex:
    """A new index. A unique one can fail: on records that already share a value."""

    index: Index
    populated: bool
    """Whether the object was there before, so that it may have records."""
    again: bool = False
    """Whether it was there, over a field whose values take another form."""
    quiet: bool = False
    """Whether another step tells of it: it comes back with what was held."""
    failures: Failures | None = None
    """The records that share a value, of a unique one."""

    @property
    def risk(self) -> Risk:
        """Checked where records may clash."""
        return Risk.CHECKED if self.index.unique and self.populated else Risk.SAFE


@dataclass(frozen=True, slots=True)
class RemoveIndex:
    """An index, or a uniqueness, that is no longer wanted."""

    index: Index
    quiet: bool = False
    """Whether another step tells of it: it goes with what is held, or is made again."""
    risk: ClassVar[Risk] = Risk.SAFE


@dataclass(frozen=True, slots=True)
class ChangeDefinition:
    """What touches no table: labels, views, layouts, reports, validations, settings. `name` is None for the whole."""

    section: str
    name: str | None
    change: Literal["add", "change", "remove"]
    keys: tuple[str, ...] = ()
    note: str = ""
    """More about the change, in words."""
    risk: ClassVar[Risk] = Risk.SAFE


# -- for good ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class PurgeObject:
    """A held object is forgotten, its table dropped and its records with it."""

    object: str
    number: int
    records: int
    risk: ClassVar[Risk] = Risk.DESTRUCTIVE


@dataclass(frozen=True, slots=True)
class PurgeField:
    """A held field is forgotten, its column dropped and its values with it."""

    object: str
    field: str
    identity: int
    values: int
    risk: ClassVar[Risk] = Risk.DESTRUCTIVE


@dataclass(frozen=True, slots=True)
class PurgeValue:
    """A held picklist value is forgotten, and taken out of the records that hold it."""

    object: str
    field: str
    value: str
    identity: int
    """The field's."""
    records: int
    risk: ClassVar[Risk] = Risk.DESTRUCTIVE


@dataclass(frozen=True, slots=True)
class Refuse:
    """A change that cannot be carried out; a plan with one is refused."""

    name: str
    change: str
    """What the metadata asks for, in words."""
    way: str
    """The way round: what to do instead."""
    risk: ClassVar[Risk] = Risk.CHECKED


Step = (
    CreateObject | RenameObject | HoldObject | ReturnObject | AddField | RenameField | HoldField | ReturnField
    | RetypeField | RequireField | ChangeField | RenameValue | HoldValue | ReturnValue | AddIndex | RemoveIndex
    | ChangeDefinition | PurgeObject | PurgeField | PurgeValue | Refuse
)  # fmt: skip
