"""Paths that queries named before and where they lead to: most queries name the same few fields."""

from __future__ import annotations

from dataclasses import dataclass

from objectforge.expressions.blank import fill
from objectforge.expressions.syntax import Path
from objectforge.expressions.typed import Ref, Typed
from objectforge.relations.columns import field_of
from objectforge.relations.schema import Object, Objects
from objectforge.relations.soql.paths import Way, declared_key, merged, ways
from objectforge.relations.soql.query import Answer, Choice, Column
from objectforge.values.kinds import Kind
from objectforge.values.locales import Locale

__all__ = ["KnownPath", "KnownPaths", "choice_of"]

_MOST = 10_000
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownPath:
    """Where a path leads to: the ways there, the value in a condition, and the column that shows it.

    `tree` is None where parents of different objects have values of different kinds, which `kinds` names.
    """

    ways: tuple[Way, ...]
    tree: Typed | None
    kinds: str
    column: Column


class KnownPaths:
    """What is known of one schema's paths in one language, by the object they begin at and what is written."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: dict[_Key, KnownPath] = {}

    def find(self, owner: Object, path: Path) -> KnownPath | None:
        """Where a path without aliases leads to, where that is known."""
        return self._found.get(_key(owner, path))

    def learn(self, objects: Objects, owner: Object, path: Path, locale: Locale) -> KnownPath:
        """Where a path without aliases leads to, looked up.

        Raises:
            NameProblem: nowhere.
        """
        found = _known(objects, owner, path, locale)
        if len(self._found) >= _MOST:
            self._found.clear()
        self._found[_key(owner, path)] = found
        return found


def _key(owner: Object, path: Path) -> _Key:
    parts = path.parts
    return (owner.name, parts[0].name) if len(parts) == 1 else (owner.name, str(path))


def _known(objects: Objects, owner: Object, path: Path, locale: Locale) -> KnownPath:
    found = ways(objects, owner, path.parts, locale)
    tree: Typed | None = None
    kinds = ""
    try:
        tree = merged(found)
    except ValueError as different:
        kinds = str(different)
    if tree is not None and tree.type.kind is Kind.BOOLEAN:
        tree = fill(tree)
    if all(way.ref is not None for way in found):
        choices = tuple(choice_of(objects, way.value) for way in found)
    else:  # the kind of a parent, `What.Type`
        assert tree is not None, "kinds are texts"
        choices = (Choice(tree, None, Answer.EXACT),)
    return KnownPath(found, tree, kinds, Column(declared_key(objects, owner, path.parts), choices))


def choice_of(objects: Objects, value: Typed) -> Choice:
    """How a column shows a value: a field as fields are read."""
    if isinstance(value, Ref):
        return Choice(value, field_of(objects, value), Answer.FIELD)
    return Choice(value, None, Answer.EXACT)
