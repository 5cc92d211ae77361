"""The exceptions ObjectForge raises.

ObjectForgeError
├── MetadataError(issues)      the YAML is wrong; every issue with its place
├── PlanRefused(steps)         the plan would lose data or fail on it
├── RecordInvalid(errors)      a record breaks rules; every one with field, code and message
├── NotFound                   no such record, object or definition
├── QueryError(issue)          a query or condition given at run time is wrong
├── Conflict                   someone else changed the record or the org meanwhile
├── OrgLocked                  another process is applying a plan
└── ConnectionLost(in_doubt)   the database went away in the middle
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from objectforge.errors.codes import CODES
from objectforge.errors.issue import Issue, render, render_all, sort_issues

if TYPE_CHECKING:
    from objectforge.errors.record import RecordIssue

__all__ = [
    "Conflict",
    "ConnectionLost",
    "MetadataError",
    "NotFound",
    "ObjectForgeError",
    "OrgLocked",
    "PlanRefused",
    "QueryError",
    "RecordInvalid",
]

_SHOWN = 20


class ObjectForgeError(Exception):
    """The root of everything ObjectForge raises on purpose."""


class MetadataError(ObjectForgeError):
    """The metadata is wrong. `issues` holds every problem found, in reading order, the text the first hundred."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = sort_issues(issues)
        super().__init__(self.issues)

    def __str__(self) -> str:
        return render_all(self.issues)


class PlanRefused(ObjectForgeError):
    """A plan was not applied. `steps` are the steps that stand in the way; the org is unchanged."""

    def __init__(self, message: str, steps: Sequence[Any] = ()) -> None:
        self.steps = tuple(steps)
        super().__init__(message)


class RecordInvalid(ObjectForgeError):
    """Records break rules; nothing was written. `errors` holds every problem, the text the first twenty."""

    def __init__(self, errors: Iterable[RecordIssue]) -> None:
        self.errors = tuple(errors)
        super().__init__(self.errors)

    def __str__(self) -> str:
        lines = [str(error) for error in self.errors[:_SHOWN]]
        if len(self.errors) > _SHOWN:
            lines.append(f"... and {len(self.errors) - _SHOWN} more; `.errors` holds them all")
        return "\n".join(lines)


class NotFound(ObjectForgeError):
    """There is no such record, object, view or report; the message names it and what is close to it."""


class QueryError(ObjectForgeError):
    """A query, condition or report given at run time is wrong; `issue` has the code and the position."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        super().__init__(issue)

    @property
    def api_code(self) -> str:
        """The error code that Salesforce's API gives such a query: `MALFORMED_QUERY`, `INVALID_FIELD` ..."""
        return CODES[self.issue.code].api

    def __str__(self) -> str:
        return render(self.issue)


class Conflict(ObjectForgeError):
    """The record or the org's metadata was changed by someone else since it was read."""


class OrgLocked(ObjectForgeError):
    """Another process is applying a plan to this org; try again when it is done."""


class ConnectionLost(ObjectForgeError):
    """The connection to the database was lost; the transaction is undone and may be made again.

    `in_doubt` is True when that happened during the commit: then nobody knows whether it is undone or done.
    """

    def __init__(self, message: str, *, in_doubt: bool = False) -> None:
        self.in_doubt = in_doubt
        super().__init__(message)
