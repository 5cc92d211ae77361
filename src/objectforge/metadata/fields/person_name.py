"""The field type `person_name`."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any, ClassVar

from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.compound import Compound
from objectforge.metadata.fields.picklist import Picklist
from objectforge.metadata.fields.samples import FIRST_NAMES, LAST_NAMES
from objectforge.metadata.fields.text import Text
from objectforge.values.locales import Locale

__all__ = ["PersonName"]

_SALUTATIONS = ("Mr.", "Ms.", "Mrs.", "Dr.", "Prof.", "Mx.")
# Where the family name comes first, without a comma.
_FAMILY_FIRST = frozenset({"ja", "zh", "ko", "hu", "vi"})


class _FirstName(Text):
    def example(self, random: Random, number: int) -> str:
        return random.choice(FIRST_NAMES)


class _LastName(Text):
    def example(self, random: Random, number: int) -> str:
        return random.choice(LAST_NAMES)


class _Rare(Text):
    """A part that most people do not have."""

    def example(self, random: Random, number: int) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        return


class PersonName(Compound):
    """A person's name; the last name is required."""

    type_name: ClassVar = "person_name"
    summary: ClassVar = "A person's name: Salutation, FirstName, MiddleName, LastName (required), Suffix."
    own_words: ClassVar = ("Name", "氏名")
    unusable: ClassVar = Compound.unusable - {"required"}

    def part_types(self) -> Mapping[str, FieldType]:
        """Salutation, FirstName, MiddleName, LastName, Suffix."""
        return {
            "Salutation": Picklist.model_validate(
                {"label": {"en": "Salutation", "ja": "敬称"}, "values": _SALUTATIONS, "restricted": False}
            ),
            "FirstName": _FirstName(label={"en": "First Name", "ja": "名"}, length=40),
            "MiddleName": _Rare(label={"en": "Middle Name", "ja": "ミドルネーム"}, length=40),
            "LastName": _LastName(label={"en": "Last Name", "ja": "姓"}, length=80, required=True),
            "Suffix": _Rare(label={"en": "Suffix", "ja": "接尾辞"}, length=40),
        }

    def compose(self, parts: Mapping[str, Any], locale: Locale) -> str:
        """The parts in the locale's order, without the salutation: it is how a record is named."""
        order = ("FirstName", "MiddleName", "LastName", "Suffix")
        if locale.code.split("_")[0] in _FAMILY_FIRST:
            order = ("LastName", "FirstName", "MiddleName", "Suffix")
        return " ".join(parts[key] for key in order if parts.get(key))
