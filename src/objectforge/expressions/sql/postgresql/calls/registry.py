"""All functions that PostgreSQL spells out, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.sql.postgresql.calls.clock import CLOCK
from objectforge.expressions.sql.postgresql.calls.days import DAYS
from objectforge.expressions.sql.postgresql.calls.doubles import DOUBLES
from objectforge.expressions.sql.postgresql.calls.texts import TEXTS

__all__ = ["CALLS"]

CALLS: Mapping[str, Callable[..., Element]] = MappingProxyType({**CLOCK, **DAYS, **DOUBLES, **TEXTS})
"""What makes the raw element of a call, out of one operand for each argument."""
