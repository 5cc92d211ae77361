"""Column types that keep values exactly: what a field holds becomes what SQLite or PostgreSQL stores, and back.

| type | Python | SQLite | PostgreSQL |
|---|---|---|---|
| ScaledDecimal | Decimal | INTEGER, times 10^scale (past 18 digits: TEXT) | NUMERIC |
| Instant | datetime, aware, UTC | INTEGER, microseconds since 1970 | TIMESTAMP WITH TIME ZONE |
| Day | date | TEXT, 2026-04-01 | DATE |
| TimeOfDay | time | INTEGER, microseconds since midnight | TIME WITHOUT TIME ZONE |
| Flag | bool | INTEGER, 0 or 1 | BOOLEAN |
| RecordId | int | INTEGER | BIGINT |
| PlainText | str | TEXT | TEXT |
| JsonText | what JSON has | TEXT | TEXT |

Values are canonical by the time they come here: dates lie between 1700 and 4000, numbers fit their scale, text has no
NUL. Whatever does not fit is therefore a fault of the caller's and raises instead of being stored approximately.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from objectforge.values.instants import from_micros, to_micros
from objectforge.values.number_shape import NATIVE_DIGITS
from objectforge.values.numbers import fits, plain, round_half_away, scaled, unscaled

__all__ = ["Day", "Flag", "Instant", "JsonText", "PlainText", "RecordId", "ScaledDecimal", "TimeOfDay"]

_SECOND = 1_000_000


class ScaledDecimal(TypeDecorator[Decimal]):
    """A number of at most `precision` digits, `scale` of them after the point; always read with `scale` places.

    SQLite has no decimals: NUMERIC there is a float, which changes the last of eighteen digits. An integer is exact,
    sorts and sums. Expressions of more than eighteen digits, which no column has, travel as text.
    """

    impl = sa.Numeric
    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        super().__init__()
        self.precision = precision
        self.scale = scale

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the engine's type; PostgreSQL's has no limit, for storage is permissive and the write path strict."""
        if not _is_sqlite(dialect):
            return dialect.type_descriptor(sa.Numeric())
        native = self.precision <= NATIVE_DIGITS
        return dialect.type_descriptor(sa.Integer() if native else sa.Text())

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> Any:
        """Turn a number into what the engine keeps.

        Raises:
            ValueError: it has more digits than the type, so that it could not be kept exactly.
        """
        if value is None:
            return None
        number = Decimal(value)
        if problem := fits(number, self.precision, self.scale):
            raise ValueError(f"a number is {problem.value} for {self.precision} digits, {self.scale} after the point")
        if not _is_sqlite(dialect):
            return round_half_away(number, self.scale)
        return scaled(number, self.scale) if self.precision <= NATIVE_DIGITS else plain(number, self.scale)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Read the number, with `scale` places."""
        match value:
            case None:
                return None
            case int():
                return unscaled(value, self.scale)
            case str():
                return _padded(Decimal(value), self.scale)
            case _:
                return _padded(value, self.scale)


class Instant(TypeDecorator[datetime]):
    """An instant, to the microsecond. On SQLite an integer: it compares, subtracts and needs no parsing."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the engine's type."""
        return dialect.type_descriptor(sa.Integer() if _is_sqlite(dialect) else sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Turn an aware datetime into what the engine keeps.

        Raises:
            ValueError: the datetime is naive.
        """
        if value is None:
            return None
        micros = to_micros(value)
        return micros if _is_sqlite(dialect) else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Read the instant as an aware datetime in UTC; PostgreSQL's driver gives the session's zone."""
        if value is None:
            return None
        return from_micros(value) if _is_sqlite(dialect) else value.astimezone(UTC)


class Day(TypeDecorator[date]):
    """A date. On SQLite its ISO text: readable, in order, and what SQLite's date functions take."""

    impl = sa.Date
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the engine's type."""
        return dialect.type_descriptor(sa.Text() if _is_sqlite(dialect) else sa.Date())

    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:
        """Turn a date into what the engine keeps.

        Raises:
            TypeError: it is a datetime, whose date depends on a zone.
        """
        if isinstance(value, datetime):
            raise TypeError("a date is needed, not a datetime")
        return value.isoformat() if value is not None and _is_sqlite(dialect) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        """Read the date."""
        return date.fromisoformat(value) if isinstance(value, str) else value


class TimeOfDay(TypeDecorator[time]):
    """A time of day, to the microsecond, without a zone. On SQLite an integer, as an instant is."""

    impl = sa.Time
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the engine's type."""
        return dialect.type_descriptor(sa.Integer() if _is_sqlite(dialect) else sa.Time())

    def process_bind_param(self, value: time | None, dialect: Dialect) -> Any:
        """Turn a time into what the engine keeps.

        Raises:
            ValueError: it has a zone, which a time of day has not.
        """
        if value is None:
            return None
        if value.tzinfo is not None:
            raise ValueError("a time of day has no zone")
        if not _is_sqlite(dialect):
            return value
        return ((value.hour * 60 + value.minute) * 60 + value.second) * _SECOND + value.microsecond

    def process_result_value(self, value: Any, dialect: Dialect) -> time | None:
        """Read the time."""
        if not isinstance(value, int):
            return value
        seconds, micros = divmod(value, _SECOND)
        minutes, second = divmod(seconds, 60)
        return time(minutes // 60, minutes % 60, second, micros)


class Flag(TypeDecorator[bool]):
    """A checkbox. SQLite has no booleans; SQLAlchemy writes `x = 1` there where a condition is meant."""

    impl = sa.Boolean
    cache_ok = True
    # So that `flag.is_(False)` is IS FALSE: PostgreSQL takes no bind after IS.
    coerce_to_is_types = (type(None), bool)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the engine's type."""
        return dialect.type_descriptor(sa.Integer() if _is_sqlite(dialect) else sa.Boolean())

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> Any:
        """Turn a bool into what the engine keeps."""
        return int(value) if value is not None and _is_sqlite(dialect) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:
        """Read the bool."""
        return None if value is None else bool(value)


class RecordId(TypeDecorator[int]):
    """A record's id. On SQLite INTEGER, 64 bits as well, and the one word that makes a primary key the row's own id."""

    impl = sa.BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the engine's type."""
        return dialect.type_descriptor(sa.Integer() if _is_sqlite(dialect) else sa.BigInteger())


class PlainText(TypeDecorator[str]):
    """Text of any length, compared by code point; whoever compares without case says so in the query."""

    impl = sa.Text
    cache_ok = True


class JsonText(TypeDecorator[Any]):
    """A JSON value, as text on every engine: JSONB would reorder keys and drop what PostgreSQL cannot hold."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write the value; None is NULL.

        Raises:
            TypeError: it holds something that JSON has not.
            ValueError: it holds a number that is not finite, or itself.
        """
        return None if value is None else json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read the value."""
        return None if value is None else json.loads(value)


def _is_sqlite(dialect: Dialect) -> bool:
    return dialect.name == "sqlite"


def _padded(value: Decimal, scale: int) -> Decimal:
    return round_half_away(value, max(scale, -int(value.as_tuple().exponent)))
