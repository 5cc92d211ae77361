"""Numbers to numbers of other digits, to checkboxes and back: exactly, or not at all."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from objectforge.change.conversion.forms import Pair
from objectforge.change.conversion.outcome import Conversion, Outcome, Unconvertible, checked, takes
from objectforge.change.risk import Risk
from objectforge.values.kinds import ValueType

__all__ = ["flag_to_number", "number_to_flag", "number_to_number"]


def number_to_number(pair: Pair) -> Outcome:
    """The same number; digits that the new type has no room for are told, never rounded. 20 % becomes 20."""
    convert = checked(lambda value: pair.after.coerce(Decimal(value)))
    old, new = pair.before.value_type(), pair.after.value_type()
    # Types may have bounds of their own beside their digits: the ends of what there can be tell.
    fits = all(takes(convert, end) for end in (old.largest, -old.largest))
    if old.percent != new.percent:
        note = "20 % becomes 20" if old.percent else "20 becomes 20 %"
    elif fits:
        note = "kept as they are"
    else:
        note = _room(new)
    return Conversion(Risk.SAFE if fits else Risk.CHECKED, note, convert, keeps=old.scale <= new.scale)


def number_to_flag(pair: Pair) -> Outcome:
    """1 is true, 0 and nothing are false."""

    def convert(value: Any) -> bool:
        if value not in (0, 1):
            raise Unconvertible("only 0 and 1 become a checkbox")
        return value == 1

    return Conversion(Risk.CHECKED, "each must be 0 or 1; empty becomes false", convert, filled=False)


def flag_to_number(pair: Pair) -> Outcome:
    """True is 1, false is 0."""
    convert = checked(lambda value: pair.after.coerce(Decimal(1 if value else 0)))
    fits = all(takes(convert, value) for value in (True, False))
    return Conversion(Risk.SAFE if fits else Risk.CHECKED, "true becomes 1, false 0", convert)


def _room(static: ValueType) -> str:
    before = static.digits - static.scale
    if not static.scale:
        return f"each must be a whole number of at most {before} digits"
    return f"each with at most {before} digits before the point and {static.scale} after it"
