"""One rule that a record breaks: which field, which code, and a sentence in the org's language."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["RecordIssue"]


@dataclass(frozen=True, slots=True)
class RecordIssue:
    """What is wrong with one record, as data.

    `row` is the record's place in the batch, from 0. `fields` are API names, none when the whole record is meant.
    `code` follows Salesforce's API status codes (REQUIRED_FIELD_MISSING, STRING_TOO_LONG, ...).
    """

    object: str
    row: int
    fields: tuple[str, ...]
    code: str
    message: str

    def __str__(self) -> str:
        place = ".".join((self.object, *self.fields[:1]))
        return f"row {self.row}: {place}: {self.code} {self.message}"
