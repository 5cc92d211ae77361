"""Problems of records to issues: the sentence in the org's language, with the fields' labels."""

from __future__ import annotations

from typing import Any

from objectforge.errors.record import RecordIssue
from objectforge.records.draft import Draft
from objectforge.records.messages import code_of, message
from objectforge.relations.schema import Field, Object
from objectforge.values.locales import Locale, pick_label

__all__ = ["Reporter"]


class Reporter:
    """Writes down what is wrong with records of one object."""

    def __init__(self, obj: Object, locale: Locale) -> None:
        self._object = obj
        self._locale = locale

    def label(self, field: Field) -> str:
        """What the reader calls the field."""
        return pick_label(field.label, self._locale)

    def object_label(self, obj: Object) -> str:
        """What the reader calls records of an object."""
        return pick_label(obj.label, self._locale)

    def field(self, draft: Draft, field: Field, key: str, /, **context: Any) -> None:
        """Something is wrong with a field."""
        text = message(key, self._locale.code, **{"label": self.label(field), **context})
        draft.issues.append(self.issue(draft.row, (field.name,), code_of(key), text))

    def fields(self, draft: Draft, fields: tuple[Field, ...], key: str, /, **context: Any) -> None:
        """Something is wrong with several fields together."""
        label = ", ".join(map(self.label, fields))
        text = message(key, self._locale.code, **{"label": label, **context})
        draft.issues.append(self.issue(draft.row, tuple(each.name for each in fields), code_of(key), text))

    def record(self, draft: Draft, key: str, /, **context: Any) -> None:
        """Something is wrong with the whole record."""
        draft.issues.append(self.issue(draft.row, (), code_of(key), message(key, self._locale.code, **context)))

    def unknown(self, draft: Draft, name: str, hint: str) -> None:
        """The row gives a field that the object does not have."""
        text = message("unknown_field", self._locale.code, object=self._object.name, field=name, hint=hint)
        draft.issues.append(self.issue(draft.row, (name,), code_of("unknown_field"), text))

    def issue(self, row: int, fields: tuple[str, ...], code: str, text: str) -> RecordIssue:
        """An issue about a row."""
        return RecordIssue(self._object.name, row, fields, code, text)
