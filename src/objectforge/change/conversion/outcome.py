"""What becomes of a field's values when its type changes: how each is converted, or why that is not done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from objectforge.change.risk import Risk

__all__ = ["Conversion", "Outcome", "Refusal", "Unconvertible", "checked", "takes"]


class Unconvertible(ValueError):
    """A value that has no counterpart in the new type; the message says why in plain words."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """How the values of one field become those of another.

    `convert` takes a value as the old column type reads it, never None, and returns one for the new column type; it
    raises `Unconvertible`. Of records without a value, `filled` is what they get instead - only a checkbox has one -,
    and `lacking` tells why they cannot stay without one.
    """

    risk: Risk
    note: str
    """A few words for a plan's line: which values convert, or what becomes of them."""
    convert: Callable[[Any], Any]
    keeps: bool = False
    """Whether every value that converts stays exactly as it is."""
    filled: Any = None
    lacking: str | None = None
    parents: tuple[str, ...] = ()
    """The objects among whose records the new values must be; none where nothing is to be looked up."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A change of type that is not carried out: why, and what to do instead."""

    reason: str
    way: str


Outcome = Conversion | Refusal


def checked(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The function with every refusal as `Unconvertible`, and with None refused: no value may be lost on the way."""

    def judged(value: Any) -> Any:
        try:
            converted = convert(value)
        except PydanticCustomError as wrong:
            raise Unconvertible(wrong.message()) from wrong
        except ValueError as wrong:
            raise Unconvertible(str(wrong)) from wrong
        if converted is None:
            raise Unconvertible("it would become empty")
        return converted

    return judged


def takes(convert: Callable[[Any], Any], value: Any) -> bool:
    """Whether a value converts."""
    try:
        convert(value)
    except Unconvertible:
        return False
    return True
