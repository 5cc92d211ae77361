"""A field type to the form its values have, which is what decides how they convert."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from objectforge.metadata.fields.base import FieldType, Reading
from objectforge.storage.record_ids import RecordIds
from objectforge.values.kinds import Kind

__all__ = ["Form", "Pair", "form_of"]


class Form(StrEnum):
    """The forms of values."""

    TEXT = "text"
    CHOICE = "one choice"
    CHOICES = "several choices"
    NUMBER = "number"
    FLAG = "checkbox"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    LINK = "link"
    JSON = "json"
    SERIES = "autonumber"
    COMPUTED = "computed"
    COMPOUND = "compound"
    OTHER = "other"  # a third party's, known only by its texts


_BY_KIND: Mapping[Kind, Form] = {
    Kind.NUMBER: Form.NUMBER,
    Kind.BOOLEAN: Form.FLAG,
    Kind.DATE: Form.DATE,
    Kind.DATETIME: Form.DATETIME,
    Kind.TIME: Form.TIME,
    Kind.JSON: Form.JSON,
}


def form_of(field: FieldType) -> Form:
    """The form of a field's values."""
    if field.computed is not None:
        return Form.COMPUTED
    if not field.stored:
        return Form.COMPOUND
    if field.relation is not None:
        return Form.LINK
    if field.numbering is not None:
        return Form.SERIES
    if field.choice_rules is not None:
        return Form.CHOICES if field.choice_rules.multiple else Form.CHOICE
    if field.text_rules is not None:
        return Form.TEXT
    return _BY_KIND.get(field.value_type().kind, Form.OTHER)


@dataclass(frozen=True)
class Pair:
    """A field before and after, and what reading its values depends on."""

    before: FieldType
    after: FieldType
    zone: ZoneInfo
    ids: RecordIds

    @cached_property
    def forms(self) -> tuple[Form, Form]:
        """The forms of both."""
        return form_of(self.before), form_of(self.after)

    def read(self, text: str) -> Any:
        """The new type's value that a text gives."""
        return self.after.coerce(self.after.from_text(text, Reading(self.zone)))

    def write(self, value: Any) -> str:
        """An old value as text."""
        return self.before.to_text(value)
