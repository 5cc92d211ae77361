"""An app in Salesforce's source format to ObjectForge's YAML, and what had to be changed or left out for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from changes import Changes
from convert_objects import convert_objects
from convert_pages import convert_layouts, convert_list_views
from source_format import App

from objectforge.errors.exceptions import MetadataError
from objectforge.errors.issue import Issue
from objectforge.metadata.emit import emit
from objectforge.metadata.metadata import Metadata, collect_text
from objectforge.relations.resolve import examine
from objectforge.relations.schema import Schema

__all__ = ["convert"]

_EXPRESSIONS = (("fields", "formula"), ("validations", "error_if"), ("fields", "filter"))


def convert(app: App) -> tuple[str, Changes]:
    """The YAML of an app.

    Formulas, validations and filters are kept as they are; those that the checker refuses are left out and counted.

    Raises:
        MetadataError: something else is wrong with what came out.
    """
    changes = Changes()
    data = convert_objects(app, changes)
    schema = _accepted(data, changes)
    data["list_views"] = convert_list_views(app, schema, changes)
    data["layouts"] = convert_layouts(app, schema, changes)
    return emit(data), changes


def _accepted(data: dict[str, Any], changes: Changes) -> Schema:
    """Take refused expressions out of the data until none is left: what one names may have been another."""
    while True:
        metadata, issues = collect_text(emit(data))
        schema, more = examine(metadata) if metadata else (None, ())
        if schema is not None and not issues and not more:
            return schema
        refused = dict(_refused(data, metadata, [*issues, *more])) if metadata else {}
        if not refused:
            raise MetadataError([*issues, *more])
        for (section, owner, kind, name, key), issue in refused.items():
            parts = data[section][owner][kind]
            changes.add(f"{key}: {issue.message}", f"{owner}.{name}")
            if key == "filter":
                del parts[name]["filter"], parts[name]["filter_message"]
            else:
                del parts[name]


def _refused(data: dict[str, Any], metadata: Metadata, issues: list[Issue]) -> Iterator[tuple[Any, Issue]]:
    """The expressions at which issues point; every issue must point at one."""
    spans = {
        (section, owner, kind, name, key): metadata.places.span("objects", owner, kind, name, key)
        for section in ("objects", "extend")
        for owner, parts in data[section].items()
        for kind, key in _EXPRESSIONS
        for name, part in parts.get(kind, {}).items()
        if key in part
    }
    for issue in reversed(issues):  # the first issue of an expression is the one that stays
        for at, span in spans.items():
            if span and issue.span and span.start <= issue.span.start < span.end:
                yield at, issue
                break
        else:
            raise MetadataError(issues)
