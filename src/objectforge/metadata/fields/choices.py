"""Values chosen from a list: what picklist and multipicklist fields have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar, Self, cast

import sqlalchemy as sa

from objectforge.errors.issue import closest
from objectforge.metadata.fields.base import NEUTRAL, FieldType, ParameterError, Region
from objectforge.metadata.fields.one_line import text_of
from objectforge.metadata.fields.problems import problem
from objectforge.metadata.fields.traits import ChoiceRules
from objectforge.metadata.fields.value_changes import changed_values
from objectforge.metadata.fields.value_rules import LONGEST_VALUE, check_values
from objectforge.metadata.fields.values import PicklistValue, Values
from objectforge.metadata.leaves import Flag, Text, Texts
from objectforge.values.locales import Locale, pick_label
from objectforge.values.storage_types import PlainText
from objectforge.values.text import clean_line, fold_key

__all__ = ["Choices"]

_SHOWN = 12
_ENGLISH = Locale("en")


class Choices(FieldType):
    """A field whose values are chosen from a list of its own or from a shared value set.

    `values` keeps definition order (`sorted`: alphabetical by label); a value set's are filled in by `resolved`.
    """

    sample: ClassVar = {"values": ("Draft", "Sent", "Paid", "On Hold", "支払済")}
    unusable: ClassVar = frozenset({"case_sensitive"})

    values: Values = ()
    value_set: Text | None = None
    restricted: Flag = True
    sorted: Flag = False
    controlled_by: Text | None = None
    when: Mapping[str, Texts] = {}

    # -- parameters -----------------------------------------------------------------------------------------------
    def check(self) -> None:
        """Check that values come from one place, are well formed and distinct, and that `when` speaks of them.

        What depends on the values of a value set is checked once `resolved` has filled them in.
        """
        own = "values" in self.model_fields_set
        if own and self.value_set is not None:
            raise ParameterError("value_set", "values and value_set cannot both be given", "remove one of them")
        if not own and self.value_set is None:
            raise ParameterError("values", "there are no values", "values: [First, Second], or value_set: NAME")
        if own:
            check_values(self.values)
        if self.default is not None and any(choice.default for choice in self.values):
            raise ParameterError("default", "the default is given twice: here and at a value", "keep one of them")
        self._check_control()
        super().check()

    def _check_default(self) -> None:
        if self.values:
            super()._check_default()

    def _check_control(self) -> None:
        if self.when and self.controlled_by is None:
            raise ParameterError("when", "'when' needs the field that controls it", "add controlled_by: FIELD")
        if self.controlled_by is not None and not self.when:
            raise ParameterError("controlled_by", "which values are allowed when?", "add when: {VALUE: [VALUES]}")
        for allowed in self.when.values() if self.values else ():
            for text in allowed:
                if self._choice(text) is None:
                    raise ParameterError(
                        "when", f"'{text}' is not one of the values", closest(text, self.active, fold_key)
                    )

    def resolved(self, values: Sequence[PicklistValue], *, sort: bool = False) -> Self:
        """The field with the values of its value set."""
        # Not model_copy, which would take the cached properties along. `values` stays unset: it is not as written.
        kept = {key: getattr(self, key) for key in self.model_fields_set}
        filled = kept | {"values": tuple(values), "sorted": self.sorted or sort}
        return type(self).model_construct(set(self.model_fields_set), **filled)

    def overridden(self, changes: Mapping[str, Any]) -> Self:
        """The field with some keys changed; `values: {add: [...], hide: [...]}` changes the list."""
        wanted: Any = changes.get("values")
        if isinstance(wanted, Mapping):
            if self.value_set is not None:
                raise ParameterError("values", f"the values come from the value set {self.value_set}", "change that")
            changes = {**changes, "values": changed_values(self.values, cast("Mapping[str, Any]", wanted))}
        return super().overridden(changes)

    # -- the list -------------------------------------------------------------------------------------------------
    @property
    def choices(self) -> tuple[PicklistValue, ...]:
        """The declared values in definition order, inactive ones too."""
        if not self.sorted:
            return self.values
        return tuple(sorted(self.values, key=_alphabetical))

    @cached_property
    def active(self) -> tuple[str, ...]:
        """The values that new records may choose, in definition order."""
        return tuple(choice.value for choice in self.choices if choice.active)

    @cached_property
    def places_by_key(self) -> Mapping[str, int]:
        """Each value's place in definition order, by its key."""
        return {fold_key(choice.value): place for place, choice in enumerate(self.choices)}

    def _choice(self, text: str) -> PicklistValue | None:
        place = self.places_by_key.get(fold_key(text))
        return None if place is None else self.choices[place]

    def place(self, text: str) -> int:
        """The place of a value in definition order; undeclared ones come last."""
        return self.places_by_key.get(fold_key(text), len(self.places_by_key))

    def label_of(self, value: str, locale: Locale) -> str:
        """What people read for a value."""
        choice = self._choice(value)
        return value if choice is None else pick_label(choice.label or choice.value, locale)

    @property
    def choice_rules(self) -> ChoiceRules:
        """How the choices may be used."""
        return ChoiceRules(
            restricted=self.restricted,
            multiple=self.multiple,
            controlled_by=self.controlled_by,
            when=self.when,
            value_set=self.value_set,
        )

    @property
    def multiple(self) -> bool:
        """Whether one value may hold several choices."""
        return False

    def allowed_with(self, controlling: Any) -> tuple[str, ...]:
        """The active values that the controlling field's value allows, in definition order."""
        if self.controlled_by is None:
            return self.active
        key = "true" if controlling is True else "false" if controlling is False else str(controlling or "")
        given = {fold_key(value): allowed for value, allowed in self.when.items()}
        # A multipicklist controls with each of its values.
        allowed = {fold_key(text) for part in key.split(";") for text in given.get(fold_key(part), ())}
        return tuple(value for value in self.active if fold_key(value) in allowed)

    # -- one value ------------------------------------------------------------------------------------------------
    def column_type(self) -> sa.types.TypeEngine[Any]:
        """Unbounded text: the values as declared."""
        return PlainText()

    def judge(self, text: str) -> str | None:
        """The canonical spelling of one value.

        Raises:
            PydanticCustomError: it cannot be chosen.
        """
        try:
            line = clean_line(text)
        except ValueError as refused:
            raise problem("control_character", found=str(refused)) from refused
        if line is None:
            return None
        choice = self._choice(line)
        if choice is None and self.restricted:
            meant = closest(line, self.active, fold_key)
            if meant is None:
                raise problem("not_a_value", value=line, values=self._shown())
            raise problem("not_a_value_close", value=line, values=self._shown(), closest=meant)
        if choice is not None and not choice.active and self.restricted:
            raise problem("inactive_value", value=choice.value, values=self._shown())
        if choice is not None:
            return choice.value
        if len(line) > LONGEST_VALUE:
            raise problem("text_too_long", length=len(line), max_length=LONGEST_VALUE)
        return line

    def _shown(self) -> str:
        return ", ".join(self.active[:_SHOWN]) + (", ..." if len(self.active) > _SHOWN else "")

    def coerce(self, value: Any) -> str | None:
        """The value in its declared spelling."""
        return None if value is None else self.judge(text_of(value))

    def display(self, value: Any, locale: Locale, region: Region = NEUTRAL) -> str:
        """The value's label."""
        return "" if value is None else self.label_of(value, locale)


def _alphabetical(choice: PicklistValue) -> str:
    return fold_key(pick_label(choice.label or choice.value, _ENGLISH))
