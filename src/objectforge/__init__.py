"""ObjectForge: describe your business in YAML, get a working org in your own process.

Everything public is importable from here; what it needs is imported only when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from objectforge.errors.exceptions import (
        Conflict,
        ConnectionLost,
        MetadataError,
        NotFound,
        ObjectForgeError,
        OrgLocked,
        PlanRefused,
        QueryError,
        RecordInvalid,
    )
    from objectforge.errors.issue import Issue, Severity
    from objectforge.errors.record import RecordIssue
    from objectforge.expressions.soql.parse import parse_soql
    from objectforge.expressions.standalone import evaluate
    from objectforge.metadata.metadata import Metadata
    from objectforge.org.org import Org
    from objectforge.query.record import Record
    from objectforge.records.hooks import HookFailed

__version__ = "0.1.0"

__all__ = [
    "Conflict", "ConnectionLost", "HookFailed", "Issue", "Metadata", "MetadataError", "NotFound", "ObjectForgeError",
    "Org", "OrgLocked", "PlanRefused", "QueryError", "Record", "RecordInvalid", "RecordIssue", "Severity",
    "__version__", "evaluate", "parse_soql",
]  # fmt: skip

_HOMES = {
    "HookFailed": "objectforge.records.hooks",
    "Issue": "objectforge.errors.issue",
    "Metadata": "objectforge.metadata.metadata",
    "Org": "objectforge.org.org",
    "Record": "objectforge.query.record",
    "RecordIssue": "objectforge.errors.record",
    "Severity": "objectforge.errors.issue",
    "evaluate": "objectforge.expressions.standalone",
    "parse_soql": "objectforge.expressions.soql.parse",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'objectforge' has no attribute {name!r}")
    value = getattr(import_module(_HOMES.get(name, "objectforge.errors.exceptions")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
