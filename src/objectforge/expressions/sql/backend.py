"""What the compiler asks of a database engine: the few operations that engines spell differently.

A *raw* element is what SQL computes with: on SQLite a number is an integer scaled by 10^scale (a decimal text where it
may have more than 18 digits), an instant microseconds, a date its ISO text; on PostgreSQL all are native.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Literal

import sqlalchemy as sa

from objectforge.values.grains import Grain
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.periods import Calendar
from objectforge.values.storage_types import (
    Day,
    Flag,
    Instant,
    JsonText,
    PlainText,
    RecordId,
    ScaledDecimal,
    TimeOfDay,
)

__all__ = ["FIRST_DAY", "LAST_DAY", "MOST", "Backend", "Element", "Step", "decoded", "joined"]

Element = sa.ColumnElement[Any]
Step = Literal["abs", "round", "trunc", "to_zero", "away", "below", "above"]
"""What may be done to the places of a number."""
MOST = 10**12
"""More days, seconds or characters than there can be: whole numbers that count such go no further."""
FIRST_DAY = date.min.toordinal() - date(1970, 1, 1).toordinal()
"""The day number of 0001-01-01."""
LAST_DAY = date.max.toordinal() - date(1970, 1, 1).toordinal()
"""The day number of 9999-12-31."""


def decoded(value_type: ValueType) -> sa.types.TypeEngine[Any]:
    """The column type that turns a raw element of a value type into its Python value."""
    match value_type.kind:
        case Kind.NUMBER:
            return ScaledDecimal(value_type.digits, value_type.scale)
        case Kind.BOOLEAN:
            return Flag()
        case Kind.DATE:
            return Day()
        case Kind.DATETIME:
            return Instant()
        case Kind.TIME:
            return TimeOfDay()
        case Kind.ID:
            return RecordId()
        case Kind.JSON:
            return JsonText()
        case _:
            return PlainText()


class Backend(ABC):
    """One database engine's way of computing. Stateless; `of(dialect)` picks it."""

    name: ClassVar[str]

    # -- values ---------------------------------------------------------------------------------------------------
    @abstractmethod
    def raw_type(self, value_type: ValueType) -> sa.types.TypeEngine[Any]:
        """The undecorated type of raw elements."""

    @abstractmethod
    def encode(self, value: Any, value_type: ValueType) -> Any:
        """A canonical Python value as the raw value of a bind."""

    def decode(self, element: Element, value_type: ValueType) -> Element:
        """A raw element as a result column that yields canonical Python values."""
        if isinstance(element, sa.BindParameter):  # of which type_coerce would change what is sent
            element = sa.cast(element, self.raw_type(value_type))
        return sa.type_coerce(element, self.result_type(value_type))

    def result_type(self, value_type: ValueType) -> sa.types.TypeEngine[Any]:
        """The column type that turns raw elements of a value type into Python values."""
        return decoded(value_type)

    def raw(self, column: Element, value_type: ValueType) -> Element:
        """A stored column as a raw element."""
        return sa.type_coerce(column, self.raw_type(value_type))

    def literal(self, value: Any, value_type: ValueType) -> Element:
        """A canonical Python value as a raw element."""
        return sa.literal(self.encode(value, value_type), self.raw_type(value_type))

    def null(self, value_type: ValueType) -> Element:
        """A typed null."""
        return sa.cast(sa.null(), self.raw_type(value_type))

    # -- text -----------------------------------------------------------------------------------------------------
    @abstractmethod
    def text_key(self, element: Element) -> Element:
        """The text as it compares, groups and sorts: ASCII letters folded, by code point."""

    @abstractmethod
    def folded(self, element: Element) -> Element:
        """The text with ASCII letters in lower case, as a text of its own."""

    @abstractmethod
    def text_exact(self, element: Element) -> Element:
        """The text as it compares exactly, by code point."""

    @abstractmethod
    def like(self, element: Element, pattern: Element, *, exact: bool) -> Element:
        r"""Whether the text has the form of the pattern (%, _, escape \)."""

    @abstractmethod
    def concat(self, items: Sequence[Element]) -> Element:
        """Texts joined, none of them null."""

    @abstractmethod
    def trimmed(self, element: Element) -> Element:
        """Without spaces, tabs and line ends at both ends."""

    @abstractmethod
    def cased(self, element: Element, *, upper: bool) -> Element:
        """In capitals or small letters, character by character, by the tables of `values.text`."""

    @abstractmethod
    def left(self, element: Element, count: Element) -> Element:
        """The first characters; none for a count below one."""

    @abstractmethod
    def right(self, element: Element, count: Element) -> Element:
        """The last characters; none for a count below one."""

    @abstractmethod
    def middle(self, element: Element, start: Element, count: Element) -> Element:
        """Characters from a position; positions below one are the first."""

    @abstractmethod
    def position(self, part: Element, text: Element) -> Element:
        """Where a part begins, counted from 1; 0 where it does not occur."""

    @abstractmethod
    def replaced(self, text: Element, old: Element, new: Element) -> Element:
        """Every occurrence of a part replaced; the empty text occurs nowhere."""

    @abstractmethod
    def begins(self, text: Element, part: Element) -> Element:
        """Whether a text begins with a part, letter by letter."""

    @abstractmethod
    def shown(self, element: Element, value_type: ValueType) -> Element:
        """A number, date or instant as the function TEXT writes it."""

    @abstractmethod
    def member(self, element: Element, values: Sequence[Any], value_type: ValueType, *, exact: bool) -> Element:
        """Whether the element is one of many values, as one bind however many there are."""

    # -- numbers --------------------------------------------------------------------------------------------------
    @abstractmethod
    def rescale(self, element: Element, before: ValueType, after: ValueType) -> Element:
        """The same number in another shape of at least its scale."""

    @abstractmethod
    def arithmetic(self, op: str, left: Element, right: Element, shape: ValueType) -> Element:
        """Exact `+ - *` of two numbers in the shapes that `operands` asks for."""

    @abstractmethod
    def operands(self, op: str, left: ValueType, right: ValueType, result: ValueType) -> tuple[ValueType, ValueType]:
        """The shapes that the operands of an operator must have."""

    @abstractmethod
    def divide(self, left: Element, right: Element, left_type: ValueType, right_type: ValueType) -> Element:
        """The quotient at 18 places, rounded half away from zero; null when the divisor is 0."""

    @abstractmethod
    def stepped(self, step: Step, element: Element, before: ValueType, after: ValueType, places: int) -> Element:
        """The number brought to so many places, or to a whole one, in another shape; see `numeric_steps`."""

    def round(self, element: Element, before: ValueType, after: ValueType, places: int) -> Element:
        """The number rounded half away from zero."""
        return self.stepped("round", element, before, after, places)

    @abstractmethod
    def remainder(self, left: Element, right: Element, shape: ValueType) -> Element:
        """What division leaves, with the sign of the left; both in the shape. Null when the right is 0."""

    @abstractmethod
    def choose(self, function: str, elements: Sequence[Element], shape: ValueType) -> Element:
        """The smallest (`min`) or largest (`max`) of several in the shape; null where one is."""

    @abstractmethod
    def comparable(self, element: Element, shape: ValueType) -> Element:
        """A number of a shape as something `<` and `=` order rightly."""

    @abstractmethod
    def whole(self, element: Element, shape: ValueType) -> Element:
        """The number without its fraction, as an integer; what is beyond `MOST` either way as that."""

    @abstractmethod
    def from_integer(self, element: Element, shape: ValueType) -> Element:
        """An integer as a raw number of a shape."""

    # -- aggregates -----------------------------------------------------------------------------------------------
    @abstractmethod
    def sums(self, element: Element, shape: ValueType) -> tuple[Element, ...]:
        """The columns of an exact sum; `join_sums` makes a Decimal of their values."""

    @abstractmethod
    def join_sums(self, parts: Sequence[Any], shape: ValueType) -> Any:
        """The Decimal (None over nothing) of the values of the columns of `sums`."""

    @abstractmethod
    def extreme(self, function: str, element: Element, shape: ValueType) -> Element:
        """The smallest (`min`) or largest (`max`) value, raw."""

    @abstractmethod
    def decode_raw(self, value: Any, shape: ValueType) -> Any:
        """The canonical value of a raw value that came back as it is."""

    # -- dates ----------------------------------------------------------------------------------------------------
    def shift_days(self, element: Element, days: Element) -> Element:
        """A date so many whole days later; null beyond the calendar."""
        return self.from_day_number(self.day_number(element) + days)

    @abstractmethod
    def shift_seconds(self, element: Element, seconds: Element) -> Element:
        """An instant so many whole seconds later; null beyond the calendar."""

    @abstractmethod
    def micros_between(self, later: Element, earlier: Element) -> Element:
        """The microseconds from one instant to another, as a raw number of 18 digits."""

    @abstractmethod
    def local_day(self, element: Element, calendar: Calendar) -> Element:
        """The date of an instant in the calendar's zone."""

    @abstractmethod
    def local_hour(self, element: Element, calendar: Calendar) -> Element:
        """The hour (0-23) of an instant in the calendar's zone, as an integer."""

    @abstractmethod
    def date_parts(self, day: Element) -> tuple[Element, Element, Element]:
        """Year, month and day of month as integers."""

    @abstractmethod
    def make_date(self, year: Element, month: Element, day: Element) -> Element:
        """The date of valid integer parts."""

    @abstractmethod
    def day_number(self, day: Element) -> Element:
        """Days since 1970-01-01 as an integer."""

    @abstractmethod
    def from_day_number(self, number: Element) -> Element:
        """The date of a day number; null where no calendar has it (before year 1, after 9999)."""

    # -- made of the above ----------------------------------------------------------------------------------------
    def truncate(self, day: Element, grain: Grain, calendar: Calendar) -> Element:
        """The first day of the period of a grain that the day is in, or for a part grain its number."""
        from_one = sa.literal(1, sa.Integer())
        year, month, of_month = self.date_parts(day)
        match grain:
            case Grain.DAY:
                return day
            case Grain.WEEK:
                # 1970-01-01 was a Thursday, three days after a Monday
                offset = (3 - calendar.first_weekday) % 7
                number = self.day_number(day)
                return self.from_day_number(_at_least(number - (number + offset + 7 * 522_000) % 7, FIRST_DAY))
            case Grain.MONTH:
                return self.make_date(year, month, from_one)
            case Grain.QUARTER:
                return self.make_date(year, month - (month - 1) % 3, from_one)
            case Grain.YEAR:
                return self.make_date(year, from_one, from_one)
            case Grain.FISCAL_QUARTER | Grain.FISCAL_YEAR:
                width = 3 if grain is Grain.FISCAL_QUARTER else 12
                months = year * 12 + month - 1
                # the first period of all begins before the calendar does
                first = _at_least(months - (months - (calendar.fiscal_start - 1)) % width, 12)
                return self.make_date(first // 12, first % 12 + 1, from_one)
            case Grain.DAY_IN_WEEK:
                return (self.day_number(day) + 4 + 7 * 522_000) % 7 + 1  # 1 = Sunday
            case Grain.DAY_IN_MONTH:
                return of_month
            case Grain.DAY_IN_YEAR:
                return self.day_number(day) - self.day_number(self.make_date(year, from_one, from_one)) + 1
            case Grain.WEEK_IN_YEAR:
                return (self.day_number(day) - self.day_number(self.make_date(year, from_one, from_one))) // 7 + 1
            case Grain.MONTH_IN_YEAR:
                return month
            case Grain.QUARTER_IN_YEAR:
                return (month + 2) // 3
            case Grain.FISCAL_MONTH_IN_YEAR:
                return (month - calendar.fiscal_start + 12) % 12 + 1
            case Grain.FISCAL_QUARTER_IN_YEAR:
                return (month - calendar.fiscal_start + 12) % 12 // 3 + 1
            case Grain.HOUR_IN_DAY:
                raise AssertionError("hours come from instants")


def _at_least(number: Element, least: int) -> Element:
    return sa.case((number < least, sa.literal(least, sa.Integer())), else_=number)


def joined(items: Sequence[Element]) -> Element:
    """Texts joined by ||, as a balanced tree: a long chain would be too deep."""
    if len(items) == 1:
        return items[0]
    middle = len(items) // 2
    return joined(items[:middle]).self_group().op("||")(joined(items[middle:]).self_group())
