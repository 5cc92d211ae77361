"""Which fields a query can select: what has a column, what is made of columns, and what SQL can compute of them."""

from __future__ import annotations

from dataclasses import dataclass

from objectforge.expressions.sql.functions.build import copies, grows
from objectforge.expressions.sql.functions.place import computes_place
from objectforge.expressions.sql.functions.registry import FUNCTIONS, TRUTHS
from objectforge.expressions.typed import Call, Ref, Typed
from objectforge.expressions.walk import walk
from objectforge.relations.schema import Field, FormulaValue, RollupValue, Schema
from objectforge.values.kinds import Kind

__all__ = ["selectable"]


def selectable(schema: Schema, ref: Ref) -> bool:
    """Whether a query can select the field; what is computed only if it can select all that it names."""
    return _Selectable(schema, {}, {}).field(ref)


@dataclass(frozen=True, slots=True)
class _Selectable:
    """Looks at each field once, however often computed fields name it."""

    schema: Schema
    known: dict[tuple[str, str], bool]
    copies: dict[tuple[str, str], int]

    def field(self, ref: Ref) -> bool:
        place = ref.object, ref.field
        if place not in self.known:
            self.known[place] = self._look(self.schema.objects[ref.object].fields[ref.field])
        return self.known[place]

    def _look(self, field: Field) -> bool:
        match field.computed:
            case FormulaValue(value=tree):
                return self._tree(tree)
            case RollupValue(argument=argument, where=where):
                return all(self._tree(tree) for tree in (argument, where) if tree is not None)
            case None:
                return field.stored or field.value_type.kind is Kind.COMPOUND

    def _copies(self, ref: Ref) -> int:
        place = ref.object, ref.field
        if place not in self.copies:
            computed = self.schema.objects[ref.object].fields[ref.field].computed
            self.copies[place] = copies(computed.value, self._copies) if isinstance(computed, FormulaValue) else 1
        return self.copies[place]

    def _tree(self, tree: Typed) -> bool:
        return not grows(tree, self._copies) and all(map(self._node, walk(tree)))

    def _node(self, node: Typed) -> bool:
        match node:
            case Ref():
                return self.field(node)
            case Call(name="DISTANCE", args=(start, end, _)):
                return computes_place(start) and computes_place(end)
            case Call(name=name):
                return name in FUNCTIONS or name in TRUTHS or name == "GEOLOCATION"
            case _:
                return True
