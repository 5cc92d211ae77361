"""What is wrong with a record, in words: message keys to status codes and sentences in English and Japanese."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from objectforge.metadata.fields.problems import WORDS
from objectforge.records.messages_ja import JAPANESE

__all__ = ["FALLBACK", "MESSAGES", "Message", "code_of", "message"]


@dataclass(frozen=True, slots=True)
class Message:
    """The status code of a problem (Salesforce's API names) and its sentences; names in braces are the context's."""

    code: str
    en: str
    ja: str


FALLBACK = "invalid_value"
"""The key that stands in for unknown ones: a third party's, or pydantic's own."""

_VALUE_CODES: Mapping[str, str] = {
    "text_wanted": "INVALID_TYPE_ON_FIELD_IN_RECORD",
    "text_too_long": "STRING_TOO_LONG",
    "control_character": "INVALID_TYPE_ON_FIELD_IN_RECORD",
    "bad_email": "INVALID_EMAIL_ADDRESS",
    "bad_url": "INVALID_TYPE_ON_FIELD_IN_RECORD",
    "number_wanted": "INVALID_TYPE_ON_FIELD_IN_RECORD",
    "thousands_separator": "INVALID_TYPE_ON_FIELD_IN_RECORD",
    "whole_number_wanted": "NUMBER_OUTSIDE_VALID_RANGE",
    "too_many_decimals": "NUMBER_OUTSIDE_VALID_RANGE",
    "number_too_large": "NUMBER_OUTSIDE_VALID_RANGE",
    "out_of_range": "NUMBER_OUTSIDE_VALID_RANGE",
    "flag_wanted": "INVALID_TYPE_ON_FIELD_IN_RECORD",
    "date_wanted": "INVALID_TYPE_ON_FIELD_IN_RECORD",
    "datetime_wanted": "INVALID_TYPE_ON_FIELD_IN_RECORD",
    "naive_datetime": "INVALID_TYPE_ON_FIELD_IN_RECORD",
    "time_wanted": "INVALID_TYPE_ON_FIELD_IN_RECORD",
    "unreadable": "INVALID_TYPE_ON_FIELD_IN_RECORD",
    "not_a_value": "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    "not_a_value_close": "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    "inactive_value": "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    "semicolon_in_value": "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    "id_wanted": "MALFORMED_ID",
    "malformed_id": "MALFORMED_ID",
    "json_wanted": "INVALID_TYPE_ON_FIELD_IN_RECORD",
    "not_writable": "INVALID_FIELD_FOR_INSERT_UPDATE",
}
"""The codes of the problems that field types find; their English words stand beside them."""

_RECORD_MESSAGES: Mapping[str, tuple[str, str]] = {
    FALLBACK: ("INVALID_TYPE_ON_FIELD_IN_RECORD", "{label} cannot take this value: {reason}"),
    "required": ("REQUIRED_FIELD_MISSING", "{label} is required"),
    "unknown_field": ("INVALID_FIELD", "{object} has no field '{field}'{hint}"),
    "parts_wanted": ("INVALID_FIELD_FOR_INSERT_UPDATE", "{label} is made of parts; give {parts}"),
    "duplicate_value": ("DUPLICATE_VALUE", "{label}: {value} is already that of {holder}"),
    "duplicate_in_batch": ("DUPLICATE_VALUE", "{label}: {value} is also given in row {row} of the same batch"),
    "duplicate_in_file": ("DUPLICATE_VALUE", "{label}: {value} is also given in line {row} of the file"),
    "no_such_record": ("INVALID_CROSS_REFERENCE_KEY", "{label}: there is no record {value}"),
    "deleted_record": ("ENTITY_IS_DELETED", "{label}: the record {value} is in the recycle bin"),
    "wrong_object": ("INVALID_CROSS_REFERENCE_KEY", "{label}: {value} is a record of {found}; {wanted} is expected"),
    "wrong_checksum": ("MALFORMED_ID", "{label}: the check characters of '{value}' are wrong; it was mistyped"),
    "loop": ("CIRCULAR_DEPENDENCY", "{label}: the record would be its own ancestor"),
    "not_reparentable": ("INVALID_FIELD_FOR_INSERT_UPDATE", "{label} cannot be changed once the record exists"),
    "has_children": ("DELETE_FAILED", "{value} cannot be deleted: {label} of {count} records needs it: {children}"),
    "dependent_value": (
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        "{label}: '{value}' is not allowed while {controlling} is {given}; allowed are {values}",
    ),
    "lookup_filter": ("FIELD_FILTER_VALIDATION_EXCEPTION", "{label}: {value} does not pass the field's filter"),
    "lookup_filter_message": ("FIELD_FILTER_VALIDATION_EXCEPTION", "{message}"),
    "validation": ("FIELD_CUSTOM_VALIDATION_EXCEPTION", "{message}"),
    "stale_record": ("ENTITY_IS_LOCKED", "the record was changed by someone else since it was read; read it again"),
    "missing_record": ("INVALID_CROSS_REFERENCE_KEY", "there is no {object} {value}"),
    "deleted_itself": ("ENTITY_IS_DELETED", "{value} is in the recycle bin; restore it first"),
    "id_twice_in_batch": ("DUPLICATE_VALUE", "{value} is also in row {row} of the same batch"),
    "id_twice_in_file": ("DUPLICATE_VALUE", "{value} is also in line {row} of the file"),
    "needed_user": ("DELETE_FAILED", "{value} cannot be deleted: the org works as this user"),
    "not_in_bin": ("INVALID_CROSS_REFERENCE_KEY", "there is no {object} {value} in the recycle bin"),
    "missing_id": ("MISSING_ARGUMENT", "the Id of the record is missing"),
    "upsert_several": ("DUPLICATE_EXTERNAL_ID", "{label}: {value} is that of several records"),
    "upsert_key_missing": ("MISSING_ARGUMENT", "{label} is needed to find the record"),
    "parent_in_bin": ("ENTITY_IS_DELETED", "{value} cannot come back: its {label} {parent} is in the recycle bin"),
    "ragged_line": ("INVALID_INPUT", "the line has {count} cells, the header has {wanted}{rest}"),
    "broken_line": ("INVALID_INPUT", "the line cannot be read as CSV: {reason}"),
    "hook_refused": ("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "{message}"),
}  # fmt: skip


def _catalogue() -> Mapping[str, Message]:
    values = {key: (code, f"{{label}} {WORDS[key]}") for key, code in _VALUE_CODES.items()}
    english = {**values, **_RECORD_MESSAGES}
    return MappingProxyType({key: Message(code, text, JAPANESE[key]) for key, (code, text) in english.items()})


MESSAGES = _catalogue()
"""Every message by key."""


def code_of(key: str) -> str:
    """The status code of a problem."""
    return MESSAGES.get(key, MESSAGES[FALLBACK]).code


def message(key: str, locale: str, **context: Any) -> str:
    """The sentence of a problem in the locale's language (English where there is none).

    An unknown key gives the fallback, whose `reason` the context should have; a name the context lacks is left out.
    """
    found = MESSAGES.get(key, MESSAGES[FALLBACK])
    language = locale.replace("-", "_").split("_")[0].lower()
    return (found.ja if language == "ja" else found.en).format_map(_Context(context))


class _Context(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""
