"""All functions that have a SQL form, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from objectforge.expressions.sql.functions.build import Build
from objectforge.expressions.sql.functions.called import CALLED
from objectforge.expressions.sql.functions.days import DAYS
from objectforge.expressions.sql.functions.errors import ERRORS
from objectforge.expressions.sql.functions.logic import LOGIC, LOGIC_TRUTHS
from objectforge.expressions.sql.functions.number import NUMBERS
from objectforge.expressions.sql.functions.place import PLACES
from objectforge.expressions.sql.functions.text import TEXTS

__all__ = ["FUNCTIONS", "TRUTHS"]

FUNCTIONS: Mapping[str, Build] = MappingProxyType({**CALLED, **DAYS, **ERRORS, **LOGIC, **NUMBERS, **PLACES, **TEXTS})
"""What makes the raw element of a call."""

TRUTHS: Mapping[str, Build] = LOGIC_TRUTHS
"""What makes an element that is TRUE where the call is, for calls that need no checkbox in between."""
