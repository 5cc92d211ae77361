"""An exception to the sentences that a person at a terminal reads; nothing for what is our own mistake."""

from __future__ import annotations

from objectforge.errors.exceptions import MetadataError, ObjectForgeError, PlanRefused
from objectforge.errors.issue import Issue, Severity

__all__ = ["explain_failure", "tally"]


def explain_failure(error: Exception) -> str | None:
    """What to tell the user, or None when the exception is no answer to anything the user did."""
    match error:
        case MetadataError():
            return f"{error}\n\n{tally(error.issues)}"
        case PlanRefused():
            return f"the plan was refused; the org is unchanged\n{error}"
        case ObjectForgeError():
            return str(error)
        case OSError():
            place = f"{error.filename}: " if error.filename else ""
            return f"{place}{error.strerror or error}"
        case _:
            return None


def tally(issues: tuple[Issue, ...]) -> str:
    """How many errors and warnings there are: `2 errors, 1 warning`."""
    errors = sum(issue.severity is Severity.ERROR for issue in issues)
    warnings = len(issues) - errors
    parts = [f"{errors} error{'' if errors == 1 else 's'}"]
    if warnings:
        parts.append(f"{warnings} warning{'' if warnings == 1 else 's'}")
    return ", ".join(parts)
