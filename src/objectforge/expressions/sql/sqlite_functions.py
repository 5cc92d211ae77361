"""The SQL functions that SQLite lacks, registered on each connection: exact decimals of more than 18 digits as texts.

A long decimal is its plain digits without an exponent; `of_key` makes of it a text that sorts as the numbers do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from objectforge.expressions.functions.function import EvaluationError
from objectforge.expressions.functions.longest import LONGEST
from objectforge.expressions.functions.number import truncate
from objectforge.expressions.functions.registry import FUNCTIONS
from objectforge.expressions.functions.text_values import as_text
from objectforge.expressions.patterns.wildcards import wildcards
from objectforge.expressions.sql.engine.elements import MOST
from objectforge.expressions.sql.sqlite_calls import call
from objectforge.values.ids import format_id
from objectforge.values.instants import from_micros, to_micros
from objectforge.values.numbers import (
    add,
    divide,
    multiply,
    places,
    plain,
    round_half_away,
    scaled,
    subtract,
    unscaled,
)
from objectforge.values.text import lower_simple, upper_simple

__all__ = ["register", "sort_key"]

_WIDTH = 4  # digits that count the digits before the point
_BILLION = 1_000_000_000
_EPOCH = date(1970, 1, 1)
_FIRST_MICRO = to_micros(datetime.min.replace(tzinfo=UTC))
_LAST_MICRO = to_micros(datetime.max.replace(tzinfo=UTC))


def register(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that compiled expressions call."""
    for name, arguments, function in _FUNCTIONS:
        connection.create_function(name, arguments, function, deterministic=True)
    for name, aggregate in (("of_sum", _Sum), ("of_min", _Min), ("of_max", _Max)):
        connection.create_aggregate(name, 1, aggregate)  # pyright: ignore[reportArgumentType] typeshed wants ints


def sort_key(value: Decimal) -> str:
    """A text that orders by code point as the numbers do, equal for equal numbers."""
    if not value:
        return "1"
    whole, _, fraction = plain(abs(value)).partition(".")
    whole = whole.lstrip("0")
    digits = f"{len(whole):0{_WIDTH}d}{whole}{fraction.rstrip('0')}"
    if value > 0:
        return "2" + digits
    return "0" + digits.translate(_COMPLEMENT) + ":"  # ":" sorts after every digit: fewer places, larger number


_COMPLEMENT = str.maketrans("0123456789", "9876543210")


def _nullable(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:
        return None if None in arguments else function(*arguments)

    return call


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _decimal(value: int, scale: int) -> str:
    return plain(Decimal(value).scaleb(-scale))


def _short(value: str, scale: int) -> int:
    """A long decimal as the scaled integer of a shape it is known to fit."""
    return int(multiply(Decimal(value), Decimal(10**scale)))


def _total(billions: int, rest: int, scale: int) -> str:
    return _decimal(billions * _BILLION + rest, scale)


def _like(text: str, pattern: str) -> int:
    return int(wildcards(pattern)(text))


def _step(value: str, step: str, count: int) -> str:
    return plain(_STEPS[step](Decimal(value), count))


def _step_short(value: int, step: str, before: int, count: int, after: int) -> int:
    return scaled(_STEPS[step](unscaled(value, before), count), after)


def _rounded(value: Decimal, count: int) -> Decimal:
    return value if places(value) <= count else round_half_away(value, count)


_STEPS: Mapping[str, Callable[[Decimal, int], Decimal]] = {
    "abs": lambda value, _: value.copy_abs(),
    "round": _rounded,
    "trunc": truncate,
    "to_zero": lambda value, _: _run("FLOOR", value),
    "away": lambda value, _: _run("CEILING", value),
    "below": lambda value, _: _run("MFLOOR", value),
    "above": lambda value, _: _run("MCEILING", value),
}


def _run(name: str, *values: Decimal) -> Decimal:
    """What Python gives for a function of the language."""
    run = FUNCTIONS[name].run
    assert run is not None, f"{name} has a meaning in Python"
    return run(*values)


def _mod(value: str, by: str) -> str | None:
    try:
        return plain(_run("MOD", Decimal(value), Decimal(by)))
    except EvaluationError:
        return None


def _choose(function: str, *values: str) -> str:
    return _text((min if function == "min" else max)(map(Decimal, values))) or ""


def _day(number: int) -> str | None:
    try:
        return (_EPOCH + timedelta(days=number)).isoformat()
    except OverflowError:
        return None


def _instant(micros: int) -> int | None:
    return micros if _FIRST_MICRO <= micros <= _LAST_MICRO else None


def _right(text: str, count: int) -> str:
    return text[-count:] if count >= 1 else ""


def _begins(text: str, part: str) -> int:
    return int(text.startswith(part))


def _replace(text: str, old: str, new: str) -> str | None:
    run = FUNCTIONS["SUBSTITUTE"].run
    assert run is not None, "SUBSTITUTE has a meaning in Python"
    try:
        return run(text, old, new)
    except EvaluationError:
        return None


def _fitting(text: str) -> str | None:
    return text if len(text) <= LONGEST else None


def _shown(micros: int) -> str | None:
    return as_text(from_micros(micros))


def _time_shown(micros: int) -> str | None:
    return as_text((datetime.min + timedelta(microseconds=micros)).time())


class _Fold:
    """An aggregate over long decimals that folds them one by one; null over nothing."""

    fold: Callable[[Decimal, Decimal], Decimal]

    def __init__(self) -> None:
        self.value: Decimal | None = None

    def step(self, text: str | None) -> None:
        """Take one more value in; nulls don't count."""
        if text is not None:
            value = Decimal(text)
            self.value = value if self.value is None else type(self).fold(self.value, value)

    def finalize(self) -> str | None:
        """The result as a text."""
        return _text(self.value)


class _Sum(_Fold):
    fold = staticmethod(add)


class _Min(_Fold):
    fold = staticmethod(min)


class _Max(_Fold):
    fold = staticmethod(max)


def _add(a: str, b: str) -> str:
    return plain(add(Decimal(a), Decimal(b)))


def _subtract(a: str, b: str) -> str:
    return plain(subtract(Decimal(a), Decimal(b)))


def _multiply(a: str, b: str) -> str:
    return plain(multiply(Decimal(a), Decimal(b)))


def _divide(a: str, b: str) -> str | None:
    return _text(divide(Decimal(a), Decimal(b)))


def _whole(a: str) -> int:
    return max(-MOST, min(int(Decimal(a)), MOST))


def _key(a: str) -> str:
    return sort_key(Decimal(a))


_FUNCTIONS: tuple[tuple[str, int, Callable[..., Any]], ...] = (
    ("of_decimal", 2, _nullable(_decimal)),
    ("of_short", 2, _nullable(_short)),
    ("of_total", 3, _nullable(_total)),
    ("of_add", 2, _nullable(_add)),
    ("of_subtract", 2, _nullable(_subtract)),
    ("of_multiply", 2, _nullable(_multiply)),
    ("of_divide", 2, _nullable(_divide)),
    ("of_step", 3, _nullable(_step)),
    ("of_step_short", 5, _nullable(_step_short)),
    ("of_mod", 2, _nullable(_mod)),
    ("of_choose", -1, _nullable(_choose)),
    ("of_whole", 1, _nullable(_whole)),
    ("of_day", 1, _nullable(_day)),
    ("of_instant", 1, _nullable(_instant)),
    ("of_shown", 1, _nullable(_shown)),
    ("of_upper", 1, _nullable(upper_simple)),
    ("of_lower", 1, _nullable(lower_simple)),
    ("of_right", 2, _nullable(_right)),
    ("of_replace", 3, _nullable(_replace)),
    ("of_fitting", 1, _nullable(_fitting)),
    ("of_begins", 2, _nullable(_begins)),
    ("of_key", 1, _nullable(_key)),
    ("of_like", 2, _nullable(_like)),
    ("of_id", 2, _nullable(format_id)),
    ("of_time", 1, _nullable(_time_shown)),
    ("of_call", -1, call),
)
