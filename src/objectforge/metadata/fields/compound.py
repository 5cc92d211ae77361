"""Several fields shown as one: what geolocation, address and person_name fields have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from random import Random
from typing import Any, ClassVar

import sqlalchemy as sa

from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.problems import problem
from objectforge.metadata.leaves import Label
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.locales import Locale, pick_label
from objectforge.values.storage_types import PlainText

__all__ = ["Compound"]

_CUSTOM = "__c"
_ENGLISH, _JAPANESE = Locale("en"), Locale("ja")


class Compound(FieldType):
    """A field that has no column: its parts have. The whole is read-only, a mapping by part key in records.

    A part is named by the whole's name without the type's own word, then the part's key: BillingAddress gives
    BillingStreet, Office__c OfficeStreet__c.
    """

    unusable: ClassVar = frozenset(
        {"default", "required", "unique", "external_id", "indexed", "case_sensitive", "track_history"}
    )
    own_words: ClassVar[tuple[str, str]] = ("", "")
    """The word that ends such a field's name (`Address`), and the one that ends its Japanese label."""

    @abstractmethod
    def part_types(self) -> Mapping[str, FieldType]:
        """The parts by key, labelled as they stand alone."""

    def part_keys(self, name: str) -> Mapping[str, str]:
        """The key of each part with its field name."""
        stem = name.removesuffix(_CUSTOM)
        suffix = name[len(stem) :]
        return {key: f"{stem.removesuffix(self.own_words[0])}{key}{suffix}" for key in self.part_types()}

    def parts(self, name: str) -> Mapping[str, FieldType]:
        """The parts by field name, labelled after the whole."""
        names = self.part_keys(name)
        return {
            names[key]: part.model_copy(update={"label": self._part_label(part.label)})
            for key, part in self.part_types().items()
        }

    def _part_label(self, label: Label | None) -> Label | None:
        if self.label is None or label is None:
            return label
        english = pick_label(self.label, _ENGLISH).removesuffix(self.own_words[0]).strip()
        japanese = pick_label(self.label, _JAPANESE).removesuffix(self.own_words[1]).strip()
        part_en, part_ja = pick_label(label, _ENGLISH), pick_label(label, _JAPANESE)
        return {
            "en": f"{english} {part_en}".strip(),
            "ja": f"{part_ja}({japanese})" if japanese else part_ja,
        }

    @property
    def stored(self) -> bool:
        """Never: the parts are."""
        return False

    @property
    def writable(self) -> bool:
        """Never: the parts are."""
        return False

    def value_type(self) -> ValueType:
        """A compound."""
        return ValueType(Kind.COMPOUND)

    def column_type(self) -> sa.types.TypeEngine[Any]:
        """The text of the whole in a query."""
        return PlainText()

    def coerce(self, value: Any) -> Any:
        """Refuse every value: the parts are written."""
        if value is None:
            return None
        raise problem("not_writable")

    def example(self, random: Random, number: int) -> None:
        """Nothing: the parts have examples."""
        return
