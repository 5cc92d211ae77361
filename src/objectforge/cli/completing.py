"""What has been typed of an object's, view's or report's name to the names in the org that begin so."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from objectforge.cli.config import read_config
from objectforge.cli.target import Target

if TYPE_CHECKING:
    from objectforge.relations.schema import Schema

__all__ = ["complete_field", "complete_list_view", "complete_object", "complete_report"]

_Complete = Callable[[click.Context, click.Parameter, str], list[str]]


def _completer(names: Callable[[Schema], Iterable[str]]) -> _Complete:
    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
        schema = _schema(context)
        typed = incomplete.lower()
        return [] if schema is None else [name for name in names(schema) if name.lower().startswith(typed)]

    return complete


complete_object = _completer(lambda schema: schema.objects)
complete_list_view = _completer(lambda schema: schema.list_views)
complete_field = _completer(
    lambda schema: [*schema.objects, *(f"{owner.name}.{field}" for owner in schema for field in owner.fields)]
)
complete_report = _completer(lambda schema: schema.reports)


def _schema(context: click.Context) -> Schema | None:
    """The schema of an org in a file; a server is not asked at every press of a key."""
    given = context.params.get("url") or os.environ.get("OBJECTFORGE_ORG")
    try:
        url = given or read_config(Path()).org or ""
        if "://" in url and not url.startswith("sqlite:"):
            return None
        with Target(given, context.params.get("org_name")).open() as org:
            return org.schema
    except Exception:  # a completion is no place to tell what is wrong
        return None
