"""Every function of the language by its name in capitals."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from objectforge.expressions.functions.clock import CLOCK
from objectforge.expressions.functions.days import DAYS
from objectforge.expressions.functions.double import DOUBLE
from objectforge.expressions.functions.function import Function
from objectforge.expressions.functions.ids import IDS
from objectforge.expressions.functions.logic import LOGIC
from objectforge.expressions.functions.number import NUMBERS
from objectforge.expressions.functions.picklist import PICKLISTS
from objectforge.expressions.functions.place import PLACES
from objectforge.expressions.functions.text import TEXTS
from objectforge.expressions.functions.text_values import TEXT_VALUES

__all__ = ["FUNCTIONS"]


def _by_name() -> dict[str, Function]:
    groups = (LOGIC, TEXTS, TEXT_VALUES, NUMBERS, DOUBLE, DAYS, CLOCK, PICKLISTS, PLACES, IDS)
    found: dict[str, Function] = {}
    for function in (function for group in groups for function in group):
        assert function.name not in found, f"two functions {function.name}"
        found[function.name] = function
    return found


FUNCTIONS: Mapping[str, Function] = MappingProxyType(_by_name())
"""The functions, in the order of the reference: by group."""
