"""Statements of queries that were asked before, for as long as neither the clock nor the user decides what they say."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock
from typing import Any, TypeVar, cast

from objectforge.expressions.moment import Moment
from objectforge.query.context import Context
from objectforge.query.soql.run import Prepared, prepare
from objectforge.relations.soql.query import Asked

__all__ = ["Memo", "prepared"]

_T = TypeVar("_T")
_MOST = 256


class Memo:
    """What was made last, by what it was made of; the oldest goes first. Threads may share it."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Any:
        """What was kept for a key; None for what was not."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: Hashable, value: object) -> None:
        """Keep what was made."""
        with self._lock:
            self._kept[key] = value
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def made(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What is kept for a key, or is made for it now."""
        found = cast("_T | None", self.get(key))
        if found is None:
            found = make()
            self.keep(key, found)
        return found


def prepared(memo: Memo, key: Hashable, asked: Asked, context: Context, params: Mapping[str, Any]) -> Prepared:
    """The statement of a query; the one made before, where the same values were given then.

    Args:
        memo: What was made before.
        key: What the query was typed from.
        asked: The query.
        context: Where it runs.
        params: The values of its binds.
    """
    values = tuple((name, _hashable(value)) for name, value in params.items())
    full = (key, values, context.writes)
    day = context.moment.today
    kept = cast("_Kept | None", memo.get(full))
    if kept is not None and kept.day in (None, day):
        return kept.prepared
    watched = _WatchedMoment(context.moment)
    found = prepare(asked, replace(context, moment=watched), params)
    if not watched.asked_now and not context.asked_of_user:
        memo.keep(full, _Kept(found, day if watched.asked_day else None))
    return found


@dataclass(frozen=True, slots=True)
class _Kept:
    """A statement, and the day for which it was made; None for one that is good on every day."""

    prepared: Prepared
    day: date | None


def _hashable(value: Any) -> Hashable:
    return tuple(cast("list[Any]", value)) if isinstance(value, list) else value


class _WatchedMoment(Moment):
    """A moment that knows whether anybody asked what time it is, or what day."""

    asked_now: bool
    asked_day: bool

    def __init__(self, moment: Moment) -> None:
        super().__init__(moment.now, moment.calendar)
        object.__setattr__(self, "asked_now", False)
        object.__setattr__(self, "asked_day", False)

    @property
    def today(self) -> date:
        """The present day in the calendar's zone."""
        object.__setattr__(self, "asked_day", True)
        return self.local(cast("datetime", object.__getattribute__(self, "now"))).date()

    def __getattribute__(self, name: str) -> Any:
        if name == "now":
            object.__setattr__(self, "asked_now", True)
        return super().__getattribute__(name)
