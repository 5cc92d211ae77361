"""An exception to the sentences that a person at a terminal reads; nothing for what is our own mistake."""

from __future__ import annotations

from objectforge.cli.wording import command_words
from objectforge.errors.exceptions import MetadataError, ObjectForgeError, PlanRefused, RecordInvalid
from objectforge.errors.issue import Issue, Severity
from objectforge.errors.record import RecordIssue

__all__ = ["explain_failure", "tally", "told_rows"]

_SHOWN = 20


def explain_failure(error: Exception) -> str | None:
    """What to tell the user, or None when the exception is no answer to anything the user did."""
    match error:
        case MetadataError():
            return f"{error}\n\n{tally(error.issues)}"
        case PlanRefused():
            return command_words(str(error))
        case RecordInvalid():
            return told_rows(error.errors)
        case ObjectForgeError():
            return command_words(str(error))
        case OSError():
            place = f"{error.filename}: " if error.filename else ""
            return f"{place}{error.strerror or error}"
        case _:
            return None


def told_rows(errors: tuple[RecordIssue, ...]) -> str:
    """What is wrong with a file: each of the first problems with its line, or with the file as a whole."""
    lines = [_told_row(error) for error in errors[:_SHOWN]]
    if len(errors) > _SHOWN:
        lines.append(f"... and {len(errors) - _SHOWN:,} more")
    return "\n".join(lines)


def _told_row(error: RecordIssue) -> str:
    if not error.row:  # lines count from 1: this is about the header or the file
        return command_words(error.message)
    field = next(iter(error.fields), "")
    named = not field or error.message.startswith(field)
    return f"line {error.row}: {error.message if named else f'{field}: {error.message}'}"


def tally(issues: tuple[Issue, ...]) -> str:
    """How many errors and warnings there are: `2 errors, 1 warning`."""
    errors = sum(issue.severity is Severity.ERROR for issue in issues)
    warnings = len(issues) - errors
    parts = [f"{errors} error{'' if errors == 1 else 's'}"]
    if warnings:
        parts.append(f"{warnings} warning{'' if warnings == 1 else 's'}")
    return ", ".join(parts)
