"""Links to parent records: what lookup and master_detail fields have in common."""

from __future__ import annotations

import re
from random import Random
from typing import Annotated, Any, ClassVar

import sqlalchemy as sa
from pydantic import Field

from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.problems import problem, shown
from objectforge.metadata.leaves import Names, Text
from objectforge.values.ids import format_id
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.storage_types import RecordId

__all__ = ["Relational"]

_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")


class Relational(FieldType):
    """A field that holds the id of a parent record.

    Here a value is the id's text; whether the id is right and the record is there is for whoever writes records.
    """

    short_form: ClassVar = ("to",)
    sample: ClassVar = {"to": "Account"}
    unusable: ClassVar = frozenset({"case_sensitive", "external_id"})
    examples: ClassVar = (format_id(1, "001"), format_id(999_999, "001"))

    to: Annotated[Names, Field(min_length=1)]
    children: Text | None = None

    def value_type(self) -> ValueType:
        """The id of a record of one of the objects."""
        return ValueType(Kind.ID, objects=self.to)

    def column_type(self) -> sa.types.TypeEngine[Any]:
        """A record id."""
        return RecordId()

    def coerce(self, value: Any) -> str | None:
        """The id's text, 15 or 18 characters."""
        if value is None:
            return None
        if not isinstance(value, str):
            raise problem("id_wanted", value=shown(value))
        text = value.strip()
        if not text:
            return None
        if not _ID.fullmatch(text):
            raise problem("malformed_id", value=text)
        return text

    def from_text(self, text: str, reading: Any) -> str | None:
        """The id's text."""
        return text.strip() or None

    def example(self, random: Random, number: int) -> None:
        """Nothing: whoever makes records knows the parents."""
        return
