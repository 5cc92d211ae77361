"""Functions between texts and other values: TEXT, VALUE, ISNUMBER, JSONVALUE."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from objectforge.expressions.functions.double import fitting
from objectforge.expressions.functions.function import TEXT as TEXT_ARG
from objectforge.expressions.functions.function import Accept, EvaluationError, Function, Site, Value
from objectforge.expressions.functions.shapes import REAL
from objectforge.expressions.typed import Call, Typed
from objectforge.values.kinds import BOOLEAN, TEXT, Kind
from objectforge.values.numbers import plain
from objectforge.values.text import storable

__all__ = ["BLANKS", "NUMERAL", "TEXT_VALUES", "as_text"]

BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001))))
"""Every character that is white space."""
NUMERAL = r"[+-]?(?:[0-9]{1,200}(?:\.[0-9]{0,200})?|\.[0-9]{1,200})(?:[eE][+-]?[0-9]{1,3})?"
"""The form of a text that is a number, as a regular expression of Python's and PostgreSQL's."""

_NUMERAL = re.compile(NUMERAL)
_SHOWN = Accept(
    "a number, a date, a time or a picklist value",
    frozenset({Kind.NUMBER, Kind.DATE, Kind.DATETIME, Kind.TIME, Kind.TEXT, Kind.ID, Kind.MULTI}),
)
_JSON = Accept("JSON", frozenset({Kind.JSON, Kind.TEXT}))


def as_text(value: Value) -> str | None:
    """The value as the TEXT function writes it: numbers plain, instants in UTC."""
    match value:
        case Decimal() | int() if not isinstance(value, bool):
            return plain(Decimal(value))
        case datetime():
            return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z"
        case date():
            return value.isoformat()
        case time():
            return value.isoformat(timespec="milliseconds")
        case str():
            return value
        case _:
            return None


def _text_rule(site: Site) -> Typed:
    (value,) = site.args
    return (
        value if value.type.kind in (Kind.TEXT, Kind.MULTI) and not value.type.order else Call("TEXT", (value,), TEXT)
    )


def _value(text: str) -> Decimal | None:
    digits = text.strip(BLANKS)
    if not digits:
        return None
    if not _NUMERAL.fullmatch(digits):
        raise EvaluationError(f"'{text[:40]}' is not a number")
    return fitting(Decimal(digits))


def _is_number(text: str | None) -> bool:
    return _NUMERAL.fullmatch((text or "").strip(BLANKS)) is not None


def _json_value(source: object, key: str) -> str | None:
    found = _under(source, key)
    if found is not None and not storable(found):
        raise EvaluationError("a character that no text can have")
    return found


def _under(source: object, key: str) -> str | None:
    data: Any = _read_json(source, Decimal) if isinstance(source, str) else source
    if not isinstance(data, dict):
        return None
    found: Any = cast("dict[str, Any]", data).get(key)
    match found:
        case None | str():
            return found
        case dict() | list() if isinstance(source, str):  # json writes no decimals
            return json.dumps(_read_json(source, _short)[key], ensure_ascii=False)
        case bool() | dict() | list():
            return json.dumps(found, ensure_ascii=False)
        case _:
            return str(found)


def _read_json(source: str, number: Callable[[str], Any]) -> Any:
    if not source.strip():
        return None
    try:
        return json.loads(source, parse_float=number, parse_int=number, parse_constant=_refuse)
    except (ValueError, RecursionError, InvalidOperation) as problem:
        raise EvaluationError("not JSON") from problem


def _short(digits: str) -> int | float:
    return int(digits) if digits.lstrip("-").isdigit() else float(digits)


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is no JSON")


TEXT_VALUES = (
    Function("TEXT", "TEXT(x)", "A number, date, time or picklist value as text.", (_SHOWN,), TEXT, run=as_text,
             rule=_text_rule),
    Function("VALUE", "VALUE(text)", "The number a text says.", (TEXT_ARG,), REAL, run=_value),
    Function("ISNUMBER", "ISNUMBER(text)", "Whether a text is a number.", (TEXT_ARG,), BOOLEAN, run=_is_number,
             nulls=True),
    Function("JSONVALUE", "JSONVALUE(json, 'key')", "What stands under a key, as text.", (_JSON, TEXT_ARG), TEXT,
             run=_json_value),
)  # fmt: skip
