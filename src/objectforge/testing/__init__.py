"""Throwaway orgs, fixtures and believable records for test suites."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from objectforge.testing.fixtures.error import FixtureError
    from objectforge.testing.temp import TempOrg, temp_org
    from objectforge.values.clock import FixedClock

__all__ = ["FixedClock", "FixtureError", "TempOrg", "temp_org"]

_HOMES = {
    "FixedClock": "objectforge.values.clock",
    "FixtureError": "objectforge.testing.fixtures.error",
    "TempOrg": "objectforge.testing.temp",
    "temp_org": "objectforge.testing.temp",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'objectforge.testing' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
