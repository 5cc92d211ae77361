"""A definition that outlives a version of the metadata: found again by each schema it is asked of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from objectforge.relations.schema import Schema

__all__ = ["Resolved"]

_T = TypeVar("_T")


class Resolved(Generic[_T]):
    """A list view or a report, resolved once per schema."""

    def __init__(self, find: Callable[[Schema], _T], schema: Schema) -> None:
        self._find = find
        self._last = (schema, find(schema))

    def by(self, schema: Schema) -> _T:
        """The definition by a schema.

        Raises:
            NotFound: the schema has none of that name.
        """
        known, found = self._last
        if known is not schema:
            found = self._find(schema)
            self._last = (schema, found)
        return found
