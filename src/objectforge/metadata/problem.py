"""A mistake in one definition: what is wrong at which path of its long form, before the path becomes a place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from objectforge.errors.issue import Issue
from objectforge.metadata.places import Path, Place, walk

__all__ = ["Problem"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake. `path` leads to the guilty value; with `at_key` to the key that is guilty itself."""

    code: str
    message: str
    path: Path = ()
    hint: str | None = None
    at_key: bool = False

    def under(self, *path: str | int) -> Problem:
        """The same problem seen from further up."""
        return replace(self, path=(*path, *self.path))

    def issue(self, root: Place) -> Issue:
        """The problem with its place in the file."""
        found = walk(root, self.path)
        return Issue(self.code, self.message, found.span if self.at_key else found.node.span, self.hint)
