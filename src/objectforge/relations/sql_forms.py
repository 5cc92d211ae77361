"""What of an expression has no SQL form: by that no query chooses, orders, groups or adds up records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from objectforge.expressions import syntax
from objectforge.expressions.sql.functions.build import grows, is_constant
from objectforge.expressions.sql.functions.place import computes_place
from objectforge.expressions.sql.functions.registry import FUNCTIONS, TRUTHS
from objectforge.expressions.typed import RUNNING, Call, InSelect, Ref, Typed
from objectforge.expressions.walk import walk
from objectforge.relations.schema import Objects

__all__ = ["HINT", "Lacking", "copies_of", "lacking", "place_of"]

HINT = "it works in what is shown, and in defaults, validations, filters of lookups and show_if"
"""Where what has no SQL form may stand."""
_LARGE = "functions within each other so many times"


@dataclass(frozen=True, slots=True)
class Lacking:
    """What lacks a SQL form: `name` of a function, or in words; `field` where a formula field's formula has it."""

    name: str
    field: tuple[str, str] | None = None

    @property
    def message(self) -> str:
        """What to say of it."""
        if self.field is None:
            return f"no records are chosen, sorted, grouped or added up by {self.name}, which has no SQL form"
        field = ".".join(self.field)
        return f"no records are chosen, sorted, grouped or added up by '{field}': {self.name} has no SQL form"


def lacking(objects: Objects, tree: Typed) -> Lacking | None:
    """The first thing in an expression that no query can compute; None where there is none."""
    for node in walk(tree):
        found = _of_node(objects, node)
        if found is not None:
            return found
    return Lacking(_LARGE) if grows(tree, lambda ref: copies_of(objects, ref)) else None


def copies_of(objects: Objects, ref: Ref) -> int:
    """How often the SQL of a field holds that of one that is stored."""
    owner = None if ref.node == RUNNING else objects.objects.get(ref.object)
    return 1 if owner is None else owner.fields[ref.field].copies


def place_of(nodes: Iterable[syntax.Expression], found: Lacking) -> tuple[int, int] | None:
    """Where it stands first among the nodes of the text that has it."""
    places = sorted(place for node in nodes if (place := _stands(node, found)) is not None)
    return places[0] if places else None


def _of_node(objects: Objects, node: Typed) -> Lacking | None:
    match node:
        case Ref(object=owner, field=name) if node.node != RUNNING and owner in objects.objects:
            reason = objects.objects[owner].fields[name].only_python
            return None if reason is None else Lacking(reason, (owner, name))
        case Call(name="DISTANCE", args=(start, end, _)):
            chosen = not (computes_place(start) and computes_place(end))
            return Lacking("DISTANCE from a place that a function chooses") if chosen else None
        case Call(name=name) if name not in FUNCTIONS and name not in TRUTHS and name != "GEOLOCATION":
            return None if is_constant(node) else Lacking(name)
        case InSelect(select=select):
            of_column = _of_node(objects, select.column)
            return of_column or (None if select.where is None else lacking(objects, select.where))
        case _:
            return None


def _stands(node: syntax.Expression, found: Lacking) -> tuple[int, int] | None:
    match node:
        case syntax.Path(parts=parts) if found.field and parts[-1].name.lower() == found.field[1].lower():
            return node.start, node.end
        case syntax.Call(name=name) if found.field is None and name.upper() == found.name.partition(" ")[0]:
            return node.start, node.name_end
        case _:
            return None
