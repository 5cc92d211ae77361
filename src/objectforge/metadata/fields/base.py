"""The contract of a field type: one class owns its parameters, values, storage, display and examples."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from objectforge.metadata.fields.traits import ChoiceRules, FormulaBody, Numbering, Relation, RollupBody, TextRules
from objectforge.metadata.fields.values import PicklistValue
from objectforge.metadata.leaves import Flag, Label, Names, Text
from objectforge.values.kinds import ValueType

if TYPE_CHECKING:
    import sqlalchemy as sa

    from objectforge.values.locales import Locale

__all__ = ["NEUTRAL", "FieldType", "ParameterError", "Reading", "Region"]

_CALL = re.compile(r"[A-Za-z]\w*\s*\(.*\)(\s*[-+*/].*)?", re.DOTALL)
_NEVER_OVERRIDDEN = ("type", "to", "was")


class ParameterError(ValueError):
    """A field's parameters contradict each other; `key` names the one to point at, `hint` the way out."""

    def __init__(self, key: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.key, self.message, self.hint = key, message, hint


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a text as a value depends on: the org's time zone (local times) and nothing else."""

    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Region:
    """What showing a value takes besides the reader's locale: the time zone, and the currency of amounts."""

    zone: ZoneInfo
    currency: str | None = None


NEUTRAL = Region(ZoneInfo("UTC"))
"""UTC, and amounts as plain numbers."""


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
    sample: ClassVar[Mapping[str, Any]] = {}
    """Parameters with which the examples are values; what cannot be left out stands here."""
    short_form: ClassVar[tuple[str, ...]] = ()
    """The parameters of the short form in order: ("length",) makes `text(20)` mean {type: text, length: 20}."""
    unusable: ClassVar[frozenset[str]] = frozenset()
    """The common parameters that make no sense for the type: `check` refuses them."""

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
        """Check the parameters against each other; subclasses add their own after this.

        Raises:
            ParameterError: they contradict each other.
        """
        for key in sorted(self.unusable):
            if key in self.model_fields_set and getattr(self, key):
                raise ParameterError(key, f"a {self.type_name} field cannot be given '{key}'", f"remove '{key}:'")
        self._check_default()

    @abstractmethod
    def value_type(self) -> ValueType:
        """The static type in expressions."""

    def parts(self, name: str) -> Mapping[str, FieldType]:
        """The fields that a compound field of that name consists of, by their names; none for a plain field."""
        return {}

    def part_keys(self, name: str) -> Mapping[str, str]:
        """The key of each part in the whole (`Street`), with the part's field name (`BillingStreet`)."""
        return {}

    @property
    def stored(self) -> bool:
        """Whether the field has a column of its own (compounds and formulas have none)."""
        return True

    @property
    def writable(self) -> bool:
        """Whether callers may give a value (autonumbers, computed fields and compounds may not be written)."""
        return True

    @property
    def relation(self) -> Relation | None:
        """The link to parent records that the field is, if it is one."""
        return None

    @property
    def computed(self) -> FormulaBody | RollupBody | None:
        """How the value is computed, if it is."""
        return None

    def over(self, field: FieldType | None) -> FieldType:
        """The type that knows how values computed over another field are shown; a roll-up's depends on that field."""
        return self

    @property
    def numbering(self) -> Numbering | None:
        """The series that gives the value, if one does."""
        return None

    @property
    def choices(self) -> tuple[PicklistValue, ...]:
        """The declared values, inactive ones too, in definition order; empty for what is no picklist."""
        return ()

    @property
    def choice_rules(self) -> ChoiceRules | None:
        """How the choices may be used, for a picklist."""
        return None

    @property
    def text_rules(self) -> TextRules | None:
        """Which texts are values, for a field of free text."""
        return None

    def allowed_with(self, controlling: Any) -> tuple[str, ...]:
        """The active choices that a value of the controlling field allows; all of them without a controlling field."""
        return tuple(choice.value for choice in self.choices if choice.active)

    @property
    def initial(self) -> str | None:
        """The default as text - `default`, or what the type has otherwise; an expression starts with `=`."""
        return self.default

    def resolved(self, values: tuple[PicklistValue, ...], *, sort: bool = False) -> Self:
        """The field with the values of its value set."""
        raise TypeError(f"a {self.type_name} field has no value set")

    def overridden(self, changes: Mapping[str, Any]) -> Self:
        """The field with some keys changed, checked anew.

        Raises:
            ParameterError: a key cannot be overridden, or what comes out contradicts itself.
            pydantic.ValidationError: a key or a value is not allowed.
        """
        for key in _NEVER_OVERRIDDEN:
            if key in changes:
                raise ParameterError(key, f"'{key}' cannot be overridden", "declare a field of your own instead")
        kept = {key: getattr(self, key) for key in self.model_fields_set}
        changed = type(self).model_validate(kept | dict(changes))
        changed.check()
        return changed

    # -- how it is kept -------------------------------------------------------------------------------------------
    @abstractmethod
    def column_type(self) -> sa.types.TypeEngine[Any]:
        """The column's type: permissive (unbounded, nullable), exact on every engine."""

    # -- values in ------------------------------------------------------------------------------------------------
    @abstractmethod
    def coerce(self, value: Any) -> Any:
        """The canonical value of what a caller gives: nothing is rounded, cut or guessed. None stays None.

        Raises:
            PydanticCustomError: the value is refused; see `objectforge.metadata.fields.problems.problem`.
        """

    def core_schema(self) -> CoreSchema:
        """The pydantic-core schema around `coerce`, to be validated together with a record's other fields."""
        return core_schema.no_info_plain_validator_function(self.coerce)

    def from_text(self, text: str, reading: Reading) -> Any:
        """A value from a file's or a default's text, for `coerce` to judge; empty text is None.

        Raises:
            ValueError: the text cannot be read as this type; the message says why in plain words.
        """
        return text or None

    def canonical(self, value: Any) -> Any:
        """The canonical form of a value that a query computed, where every number is a Decimal. None stays None."""
        return value

    # -- values out -----------------------------------------------------------------------------------------------
    def to_text(self, value: Any) -> str:
        """The canonical value as text for a file: `from_text` reads it back equal. None is the empty text."""
        return "" if value is None else str(value)

    def display(self, value: Any, locale: Locale, region: Region = NEUTRAL) -> str:
        """The canonical value as people of the locale read it. None is the empty text."""
        return self.to_text(value)

    def compose(self, parts: Mapping[str, Any], locale: Locale) -> str:
        """The whole of a compound as text, from the values of its parts by part key."""
        return ""

    @abstractmethod
    def example(self, random: Random, number: int) -> Any:
        """A believable value for a test record; `number` is different for each record (unique fields use it)."""

    # -- checks ---------------------------------------------------------------------------------------------------
    def _check_default(self) -> None:
        """Check that a literal default is a value of the type; expressions are typed later."""
        literal = self.initial
        if literal is None or literal.startswith("="):
            return
        try:
            self.coerce(self.from_text(literal, Reading(NEUTRAL.zone)))
        except PydanticCustomError as wrong:
            raise ParameterError("default", f"the default {wrong.message()}") from wrong
        except ValueError as wrong:
            hint = f'write "={_called(literal)}" for an expression' if _called(literal) else None
            raise ParameterError("default", f"the default '{literal}' is wrong: {wrong}", hint) from wrong


def _called(literal: str) -> str | None:
    """The expression that a default was meant to be: a call, or a word for this day or moment."""
    word = literal.strip()
    if word.upper() in ("TODAY", "NOW"):
        return f"{word.upper()}()"
    return word if _CALL.fullmatch(word) else None
