"""Conditions, orders and columns given at run time to typed ones, against a schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from objectforge.errors.exceptions import QueryError
from objectforge.errors.issue import Severity, sort_issues
from objectforge.errors.source import Source, Span
from objectforge.expressions.typed import Typed
from objectforge.metadata import models
from objectforge.metadata.places import Path, Places
from objectforge.relations import checking
from objectforge.relations.columns import read_columns, read_sort
from objectforge.relations.findings import Findings
from objectforge.relations.schema import Object, Objects
from objectforge.relations.scopes import GivenScope, ObjectScope
from objectforge.relations.view import Column, SortKey
from objectforge.values.kinds import ValueType

__all__ = ["resolve_columns", "resolve_condition", "resolve_sort"]

_NO_PARAMS: Mapping[str, ValueType] = {}


def resolve_condition(
    objects: Objects, owner: Object, text: str, params: Mapping[str, ValueType] = _NO_PARAMS
) -> Typed:
    """A condition on an object's records. `params` gives the types of the binds, NULL for one that suits any.

    Raises:
        QueryError: it is wrong; the issue points into `text`.
    """
    at: Path = ("where",)
    findings = Findings(_Given({at: Source("where", text)}))
    tree = checking.condition(text, GivenScope(objects, owner, params, queries=True), at, findings)
    _raise(findings)
    assert tree is not None, "what is wrong has an issue"
    return tree


def resolve_sort(objects: Objects, owner: Object, texts: Sequence[str]) -> tuple[SortKey, ...]:
    """An order of an object's records: paths, `-` before those that descend.

    Raises:
        QueryError: one of them is wrong; the issue points into it.
    """
    findings = Findings(_Given({("sort", number): Source("sort", text) for number, text in enumerate(texts)}))
    keys = read_sort(objects, texts, ObjectScope(objects, owner), ("sort",), findings)
    _raise(findings)
    return keys


def resolve_columns(objects: Objects, owner: Object, texts: Sequence[str]) -> tuple[Column, ...]:
    """Columns of an object's records.

    Raises:
        QueryError: one of them is wrong; the issue points into it.
    """
    places = {("columns", number, "field"): Source("columns", text) for number, text in enumerate(texts)}
    findings = Findings(_Given(places))
    written = [models.Column(field=text) for text in texts]
    found = read_columns(objects, {"": owner.name}, written, ObjectScope(objects, owner), ("columns",), findings)
    _raise(findings)
    return found


class _Given(Places):
    """Texts that stand in no file: a place is a stretch of the text itself."""

    def __init__(self, texts: Mapping[Path, Source]) -> None:
        super().__init__()
        self._texts = texts

    def span(self, *path: str | int) -> Span | None:
        """All of the text."""
        source = self._texts.get(path)
        return Span(source, 0, len(source.text)) if source else None

    def key(self, *path: str | int) -> Span | None:
        """All of the text."""
        return self.span(*path)

    def within(self, path: Sequence[str | int], start: int, end: int) -> Span | None:
        """The stretch of the text."""
        source = self._texts.get(tuple(path))
        return Span(source, start, end) if source else None


def _raise(findings: Findings) -> None:
    if findings.wrong:
        raise QueryError(next(issue for issue in sort_issues(findings.issues) if issue.severity is Severity.ERROR))
