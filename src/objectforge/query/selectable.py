"""Which fields a query can select: what has a column, what is made of columns, and formulas that SQL can compute."""

from __future__ import annotations

from objectforge.expressions.sql.functions.place import computes_place
from objectforge.expressions.sql.functions.registry import FUNCTIONS, TRUTHS
from objectforge.expressions.typed import Call, Ref, Typed
from objectforge.expressions.walk import walk
from objectforge.relations.schema import FormulaValue, Schema
from objectforge.values.kinds import Kind

__all__ = ["selectable"]


def selectable(schema: Schema, ref: Ref) -> bool:
    """Whether a query can select the field; a formula only if it can select all that the formula names."""
    field = schema.objects[ref.object].fields[ref.field]
    if isinstance(field.computed, FormulaValue):
        return all(_computable(schema, node) for node in walk(field.computed.value))
    return field.stored or field.value_type.kind is Kind.COMPOUND


def _computable(schema: Schema, node: Typed) -> bool:
    match node:
        case Ref():
            return selectable(schema, node)
        case Call(name="DISTANCE", args=(start, end, _)):
            return computes_place(start) and computes_place(end)
        case Call(name=name):
            return name in FUNCTIONS or name in TRUTHS or name == "GEOLOCATION"
        case _:
            return True
