"""Statements of queries that were asked before, for as long as neither the clock nor the user decides what they say."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from datetime import datetime
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
    found = memo.get(full)
    if found is None:
        watched = _WatchedMoment(context.moment)
        found = prepare(asked, replace(context, moment=watched), params)
        if not watched.asked and not context.asked_of_user:
            memo.keep(full, found)
    return found


def _hashable(value: Any) -> Hashable:
    return tuple(cast("list[Any]", value)) if isinstance(value, list) else value


class _WatchedMoment(Moment):
    """A moment that knows whether anybody asked what time it is."""

    def __init__(self, moment: Moment) -> None:
        super().__init__(moment.now, moment.calendar)
        object.__setattr__(self, "asked", False)

    asked: bool

    def __getattribute__(self, name: str) -> Any:
        if name == "now":
            object.__setattr__(self, "asked", True)
            return cast(datetime, object.__getattribute__(self, "now"))
        return super().__getattribute__(name)
