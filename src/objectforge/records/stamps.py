"""What keeps writers apart: stamps that only rise, and the database's refusals in our words."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from objectforge.errors.exceptions import Conflict
from objectforge.records.forms import Form

__all__ = ["conflicts", "rising"]

_TICK = timedelta(microseconds=1)


def rising(before: datetime, now: datetime) -> datetime:
    """The next stamp of a record: now, but always later than before."""
    return max(now, before + _TICK)


@contextmanager
def conflicts(form: Form) -> Generator[None]:
    """Say in our words what the database says about other transactions' records.

    Raises:
        Conflict: another transaction took a unique value, or deleted a parent, since it was looked at.
    """
    try:
        yield
    except IntegrityError as error:
        raise Conflict(f"a record of {form.object.name} collides with one written meanwhile; try again") from error
