"""The field type `checkbox`."""

from __future__ import annotations

from random import Random
from typing import Any, ClassVar

import sqlalchemy as sa

from objectforge.metadata.fields.base import NEUTRAL, FieldType, Reading, Region
from objectforge.metadata.fields.problems import problem, shown
from objectforge.values.kinds import BOOLEAN, ValueType
from objectforge.values.locales import Locale, pick_label
from objectforge.values.storage_types import Flag

__all__ = ["Checkbox"]

_TEXTS = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}

_YES, _NO = {"en": "Yes", "ja": "はい"}, {"en": "No", "ja": "いいえ"}


class Checkbox(FieldType):
    """True or false, never null."""

    type_name: ClassVar = "checkbox"
    summary: ClassVar = "True or false, never null; false unless the default says otherwise."
    examples: ClassVar = (False, True)
    unusable: ClassVar = frozenset({"case_sensitive", "unique", "external_id"})

    @property
    def initial(self) -> str:
        """The default as text, `false` where none is given."""
        return "false" if self.default is None else self.default

    def value_type(self) -> ValueType:
        """A truth value."""
        return BOOLEAN

    def column_type(self) -> sa.types.TypeEngine[Any]:
        """A flag."""
        return Flag()

    def coerce(self, value: Any) -> bool:
        """The flag; nothing is false. The words true and false are read, other texts and numbers are refused."""
        match value:
            case bool():
                return value
            case None:
                return False
            case str() if value.strip().lower() in ("true", "false"):
                return value.strip().lower() == "true"
            case _:
                raise problem("flag_wanted", value=shown(value))

    def from_text(self, text: str, reading: Reading) -> bool | None:
        """The flag: true, 1, yes, on or false, 0, no, off in any case; the empty text is false."""
        word = text.strip().lower()
        if not word:
            return False
        if word not in _TEXTS:
            raise ValueError(f"'{text.strip()}' is not one of true, false, yes, no, on, off, 1, 0")
        return _TEXTS[word]

    def to_text(self, value: Any) -> str:
        """`true` or `false`."""
        return "true" if value else "false"

    def display(self, value: Any, locale: Locale, region: Region = NEUTRAL) -> str:
        """Yes or no in the reader's language."""
        return pick_label(_YES if value else _NO, locale)

    def example(self, random: Random, number: int) -> bool:
        """One or the other."""
        return random.random() < 0.5
