"""What can be wrong with a value: the message keys of the field types, their English words, and how one is raised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import PydanticCustomError

__all__ = ["WORDS", "problem", "shown"]

_LONGEST = 60

WORDS: Mapping[str, str] = {
    "text_wanted": "must be text, not {value}",
    "text_too_long": "is {length} characters long; at most {max_length} are allowed",
    "control_character": "holds a {found}",
    "bad_email": "'{value}' is not an email address: {reason}",
    "bad_url": "'{value}' is not a web address: {reason}",
    "number_wanted": "must be a number, not {value}",
    "thousands_separator": "'{value}' has thousands separators; write {plain}",
    "whole_number_wanted": "must be a whole number, not {value}",
    "too_many_decimals": "{value} has more than {scale} decimal places; nothing is rounded silently",
    "number_too_large": "{value} is too large; at most {digits} digits before the point are allowed",
    "out_of_range": "{value} is not between {least} and {most}",
    "flag_wanted": "must be true or false, not {value}",
    "date_wanted": "must be a date such as 2026-04-01, not {value}",
    "datetime_wanted": "must be a date and time such as 2026-04-01T09:30:00+09:00, not {value}",
    "naive_datetime": "{value} does not say its time zone; give an aware datetime or add the offset, such as +09:00",
    "unreadable": "'{value}' cannot be read: {reason}",
    "time_wanted": "must be a time of day such as 09:30, not {value}",
    "not_a_value": "'{value}' is not one of the values; the values are {values}",
    "not_a_value_close": "'{value}' is not one of the values; did you mean '{closest}'? The values are {values}",
    "inactive_value": "'{value}' can no longer be chosen; the values are {values}",
    "semicolon_in_value": "'{value}' holds a semicolon, which separates the values of a multipicklist",
    "id_wanted": "must be the id of a record, not {value}",
    "malformed_id": "'{value}' is not an id: 15 or 18 letters and digits are expected",
    "json_wanted": "cannot be written as JSON: {reason}",
    "not_writable": "cannot be written",
}
"""What follows the field's label in a message, in English; the names in braces are the context's."""


def problem(key: str, **context: Any) -> PydanticCustomError:
    """The error of a value, to be raised: its type is the message key, its context what the message names."""
    for name, value in context.items():
        if isinstance(value, str) and not value.isascii():  # pydantic fails on half a surrogate pair
            context[name] = value.encode("utf-8", "backslashreplace").decode("utf-8")
    return PydanticCustomError(key, WORDS[key], context)  # pyright: ignore[reportArgumentType]


def shown(value: Any) -> str:
    """A value that is not what was wanted, as a message may show it: short, whatever it is."""
    try:
        text = repr(value)
    except Exception:
        return f"this {type(value).__name__}"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
