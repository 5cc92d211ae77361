"""The cursor of a page: where the page ended, when it was, and of which question, as one opaque text."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from objectforge.errors.exceptions import QueryError
from objectforge.errors.issue import Issue
from objectforge.values.instants import from_micros, to_micros
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.numbers import fits

__all__ = ["Cursor", "fingerprint", "read_cursor", "write_cursor"]

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between two rows: the sorting values of the row it stands behind (`backward`: before)."""

    question: str
    """The fingerprint of the query it belongs to."""
    now: datetime
    """The moment the first page was asked, by which date words go on all pages."""
    values: tuple[Any, ...]
    backward: bool = False


def fingerprint(*parts: object) -> str:
    """A short text that is the same for the same query on the same metadata."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def write_cursor(cursor: Cursor) -> str:
    """The cursor as a text that fits into a URL."""
    data = [cursor.question, to_micros(cursor.now), [_pack(value) for value in cursor.values], int(cursor.backward)]
    return base64.urlsafe_b64encode(json.dumps(data, ensure_ascii=False).encode()).decode().rstrip("=")


def read_cursor(text: str, question: str, keys: Sequence[ValueType]) -> Cursor:
    """The cursor of a text, for an order by keys of these types.

    Raises:
        QueryError: it is none, or belongs to another view, sort, parameter or metadata version.
    """
    try:
        data = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        found, micros, values, backward = data
        cursor = Cursor(found, from_micros(micros), tuple(_unpack(value) for value in values), bool(backward))
    except (binascii.Error, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError) as wrong:
        raise _not_a_cursor() from wrong
    if cursor.question != question or len(cursor.values) != len(keys):
        raise QueryError(
            Issue(
                "OF802",
                "the cursor belongs to another view, sort, condition or metadata version",
                hint="start again with after=None",
            )
        )
    if not all(map(_is_of, cursor.values, keys)):
        raise _not_a_cursor()
    return cursor


def _not_a_cursor() -> QueryError:
    return QueryError(Issue("OF801", "this is not a page cursor", hint="pass page.next or page.previous as it is"))


def _is_of(value: Any, shape: ValueType) -> bool:
    """Whether a key of this type can have this value: cursors travel through strangers' hands."""
    match value:
        case None:
            return True
        case Decimal():
            fitting = value.is_finite() and fits(value, max(shape.digits, 1), shape.scale) is None
            return shape.kind is Kind.NUMBER and fitting
        case bool():
            return shape.kind is Kind.BOOLEAN
        case int():
            return shape.kind is Kind.ID and 0 <= value < 2**63
        case datetime():
            return shape.kind is Kind.DATETIME
        case date():
            return shape.kind is Kind.DATE
        case time():
            return shape.kind is Kind.TIME and value.tzinfo is None
        case _:
            return shape.kind in (Kind.TEXT, Kind.MULTI) and not _UNSTORABLE.search(value)


def _pack(value: Any) -> Any:
    match value:
        case None | str():
            return value
        case bool():
            return {"b": int(value)}
        case int():
            return {"i": value}
        case Decimal():
            return {"n": str(value)}
        case datetime():
            return {"t": to_micros(value)}
        case date():
            return {"d": value.isoformat()}
        case time():
            return {"h": value.isoformat()}
        case _:
            raise AssertionError(f"no cursor holds a {type(value).__name__}")


def _unpack(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    ((kind, data),) = value.items()
    match kind:
        case "b":
            return bool(data)
        case "i":
            return int(data)
        case "n":
            return Decimal(data)
        case "t":
            return from_micros(data)
        case "d":
            return date.fromisoformat(data)
        case "h":
            return time.fromisoformat(data)
        case _:
            raise ValueError(kind)
