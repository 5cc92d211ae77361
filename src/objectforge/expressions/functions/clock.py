"""Functions on instants and times of day. A datetime's time of day is that of the org's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from math import floor
from typing import Literal

from objectforge.expressions.functions.function import (
    DURATION,
    FLAG,
    NUMBER,
    TIME_LIKE,
    Accept,
    EvaluationError,
    Function,
    Site,
)
from objectforge.expressions.functions.shapes import whole
from objectforge.expressions.moment import Moment
from objectforge.expressions.typed import Call, Typed
from objectforge.values.instants import parse_time
from objectforge.values.kinds import DATETIME, TEXT, TIME, Kind, number
from objectforge.values.numbers import add, multiply

__all__ = ["CLOCK", "DAY_MILLISECONDS", "milliseconds", "shift_time"]

DAY_MILLISECONDS = 86_400_000

_TIME_SOURCE = Accept("a time as text, or a datetime", frozenset({Kind.TEXT, Kind.TIME, Kind.DATETIME}))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def milliseconds(value: time) -> Decimal:
    """The time of day as milliseconds since midnight."""
    seconds = (value.hour * 60 + value.minute) * 60 + value.second
    return Decimal(seconds * 1_000_000 + value.microsecond).scaleb(-3)


def shift_time(value: time, by: Decimal) -> time:
    """A time of day so many milliseconds later; past midnight the clock goes on from 0:00.

    Raises:
        EvaluationError: that is before this day.
    """
    micros = floor(multiply(add(milliseconds(value), by), Decimal(1000)))
    if micros < 0:
        raise EvaluationError("the time is before midnight")
    seconds, rest = divmod(micros % (DAY_MILLISECONDS * 1000), 1_000_000)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60, rest)


def _time_value(moment: Moment, value: str | time | datetime) -> time | None:
    match value:
        case datetime():
            return moment.local(value).time()
        case time():
            return value
        case _:
            if not value.strip():
                return None
            if value.strip()[-1] in "zZ":
                raise EvaluationError("a time of day has no zone")
            try:
                found = parse_time(value)
            except ValueError as problem:
                raise EvaluationError(str(problem)) from problem
            if found.microsecond % 1000:
                raise EvaluationError("a time has at most three digits after the seconds")
            return found


def _clock(part: Literal["hour", "minute", "second", "microsecond"], unit: int = 1):  # noqa: ANN202 - a run function
    def run(moment: Moment, value: time | datetime) -> Decimal:
        shown = moment.local(value) if isinstance(value, datetime) else value
        return Decimal(getattr(shown, part) // unit)

    return run


def _now(moment: Moment) -> datetime:
    return moment.now


def _time_now(moment: Moment) -> time:
    return moment.local(moment.now).time()


def _from_unix(seconds: Decimal) -> datetime:
    try:
        return _EPOCH + timedelta(seconds=int(seconds))
    except OverflowError as problem:
        raise EvaluationError("the instant is out of range") from problem


def _unix(value: date | time) -> Decimal:
    match value:
        case time():
            return Decimal(int(milliseconds(value)) // 1000)
        case datetime():
            return Decimal((value - _EPOCH) // timedelta(seconds=1))
        case _:
            return Decimal((value - _EPOCH.date()).days * 86_400)


def _format_duration(first: Decimal | time | datetime, second: bool | time | datetime | None = None) -> str:
    """Days, hours, minutes and seconds: of a number of seconds, or between two times or instants."""
    match (first, second):
        case (time(), time()):
            return _clocked(int(abs(milliseconds(first) - milliseconds(second))) // 1000, days=False)
        case (datetime(), datetime()):
            return _clocked(abs(first - second) // timedelta(seconds=1), days=True)
        case (Decimal(), _):
            return _clocked(int(first.copy_abs()), days=bool(second))
        case _:
            raise EvaluationError("a duration lies between two times or two datetimes")


def _clocked(seconds: int, *, days: bool) -> str:
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    if not days:
        return f"{hours:02}:{minute:02}:{second:02}"
    day, hour = divmod(hours, 24)
    return f"{day}:{hour:02}:{minute:02}:{second:02}"


def _duration_rule(site: Site) -> Typed:
    kinds = [arg.type.kind for arg in site.args]
    seconds = kinds[0] in (Kind.NUMBER, Kind.NULL) and kinds[1:] in ([], [Kind.BOOLEAN], [Kind.NULL])
    between = len(kinds) == 2 and kinds[0] in (Kind.TIME, Kind.DATETIME) and kinds[1] in (kinds[0], Kind.NULL)
    if not seconds and not between:
        hint = "write FORMATDURATION(seconds, true), or two times, or two datetimes"
        site.report("OF322", "FORMATDURATION takes seconds, or two times or datetimes", site.call, hint)
    return Call("FORMATDURATION", site.args, TEXT)


_SECOND_ARGUMENT = Accept("true, a time or a datetime", FLAG.kinds | {Kind.TIME, Kind.DATETIME})

CLOCK = (
    Function("NOW", "NOW()", "The present instant.", (), DATETIME, run=_now, takes="moment"),
    Function("TIMENOW", "TIMENOW()", "The present time of day.", (), TIME,
             run=_time_now, takes="moment"),
    Function("TIMEVALUE", "TIMEVALUE(x)", "The time a text says, or that of a datetime.", (_TIME_SOURCE,), TIME,
             run=_time_value, takes="moment"),
    Function("HOUR", "HOUR(time)", "The hour, 0 to 23.", (TIME_LIKE,), whole(2), run=_clock("hour"), takes="moment"),
    Function("MINUTE", "MINUTE(time)", "The minute.", (TIME_LIKE,), whole(2), run=_clock("minute"), takes="moment"),
    Function("SECOND", "SECOND(time)", "The second.", (TIME_LIKE,), whole(2), run=_clock("second"), takes="moment"),
    Function("MILLISECOND", "MILLISECOND(time)", "The milliseconds.", (TIME_LIKE,), whole(3),
             run=_clock("microsecond", 1000), takes="moment"),
    Function("FROMUNIXTIME", "FROMUNIXTIME(seconds)", "The instant so many seconds after 1970 began in UTC.", (NUMBER,),
             DATETIME, run=_from_unix),
    Function("UNIXTIMESTAMP", "UNIXTIMESTAMP(x)", "The seconds since 1970 began in UTC; of a time, since midnight.",
             (Accept("a date, datetime or time", frozenset({Kind.DATE, Kind.DATETIME, Kind.TIME})),), number(12, 0),
             run=_unix),
    Function("FORMATDURATION", "FORMATDURATION(seconds, true)", "Days, hours, minutes and seconds as text.",
             (DURATION, _SECOND_ARGUMENT), TEXT, run=_format_duration, required=1, rule=_duration_rule),
)  # fmt: skip
