"""The contract of a field type: one class owns its parameters, values, storage, display and examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict
from pydantic_core import CoreSchema

from objectforge.metadata.leaves import Flag, Label, Names, Text
from objectforge.values.kinds import ValueType

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    import sqlalchemy as sa

    from objectforge.values.locales import Locale

__all__ = ["ParameterError", "FieldType", "Reading"]


class ParameterError(ValueError):
    """A field's parameters contradict each other; `key` names the one to point at, `hint` the way out."""

    def __init__(self, key: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.key, self.message, self.hint = key, message, hint


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a text as a value depends on: the org's time zone (local times) and nothing else."""

    zone: ZoneInfo


class FieldType(BaseModel):
    """One field as declared: its type's parameters and what every field has in common.

    Subclasses live in one file each and are named in the registry (or by the entry point `objectforge.field_types`).
    Every other layer is generic over this class and never names a subclass.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    type_name: ClassVar[str]
    """The word after `type:`."""
    summary: ClassVar[str]
    """One sentence for the generated reference."""
    examples: ClassVar[tuple[Any, ...]] = ()
    """Canonical values, edge cases first among them, for the contract test and the reference."""
    short_form: ClassVar[tuple[str, ...]] = ()
    """The parameters of the short form in order: ("length",) makes `text(20)` mean {type: text, length: 20}."""

    label: Label | None = None
    help: Label | None = None
    required: Flag = False
    unique: Flag = False
    external_id: Flag = False
    case_sensitive: Flag = False
    indexed: Flag = False
    default: Text | None = None
    """A literal of the type as written, or an expression after `=`."""
    track_history: Flag = False
    was: Names = ()

    # -- what it is -----------------------------------------------------------------------------------------------
    def check(self) -> None:
        """Check the parameters against each other.

        Raises:
            ParameterError: they contradict each other.
        """

    def value_type(self) -> ValueType:
        """The static type in expressions."""
        raise NotImplementedError

    def parts(self, name: str) -> Mapping[str, FieldType]:
        """The fields that a compound field consists of, by their names; none for a plain field."""
        return {}

    @property
    def stored(self) -> bool:
        """Whether the field has a column of its own (compounds and computed fields have none)."""
        return True

    @property
    def writable(self) -> bool:
        """Whether callers may give a value (autonumbers, computed fields and compounds may not be written)."""
        return True

    # -- how it is kept -------------------------------------------------------------------------------------------
    def column_type(self) -> sa.types.TypeEngine[Any]:
        """The column's type: permissive (unbounded, nullable), exact on every engine."""
        raise NotImplementedError

    # -- values in ------------------------------------------------------------------------------------------------
    def core_schema(self) -> CoreSchema:
        """The pydantic-core schema that turns what a caller gives into the canonical value, None allowed.

        It never rounds, cuts or guesses. Problems are `PydanticCustomError`s whose type is a message key of
        `objectforge.records.messages` and whose context holds the message's parameters.
        """
        raise NotImplementedError

    def from_text(self, text: str, reading: Reading) -> Any:
        """A value from a file's or a default's text, for `core_schema` to judge; empty text is None.

        Raises:
            ValueError: the text cannot be read as this type; the message says why in plain words.
        """
        return text or None

    # -- values out -----------------------------------------------------------------------------------------------
    def to_text(self, value: Any) -> str:
        """The canonical value as text for a file: `from_text` reads it back equal. None is the empty text."""
        return "" if value is None else str(value)

    def display(self, value: Any, locale: Locale) -> str:
        """The canonical value as people of the locale read it. None is the empty text."""
        return self.to_text(value)

    def example(self, random: Random, number: int) -> Any:
        """A believable value for a test record; `number` is different for each record (unique fields use it)."""
        raise NotImplementedError
