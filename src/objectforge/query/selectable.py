"""Which fields a query can select: what has a column, what is made of columns, and what SQL can compute of them."""

from __future__ import annotations

from objectforge.expressions.sql.functions.registry import FUNCTIONS, TRUTHS
from objectforge.expressions.typed import Arithmetic, Call, Ref, Typed
from objectforge.expressions.walk import walk
from objectforge.relations.schema import FormulaValue, RollupValue, Schema
from objectforge.values.kinds import Kind

__all__ = ["selectable"]


def selectable(schema: Schema, ref: Ref) -> bool:
    """Whether a query can select the field; what is computed only if it can select all that it names."""
    field = schema.objects[ref.object].fields[ref.field]
    match field.computed:
        case FormulaValue(value=tree):
            return _all_computable(schema, tree)
        case RollupValue(argument=argument, where=where):
            return all(_all_computable(schema, tree) for tree in (argument, where) if tree is not None)
        case None:
            return field.stored or field.value_type.kind is Kind.COMPOUND


def _all_computable(schema: Schema, tree: Typed) -> bool:
    return all(_computable(schema, node) for node in walk(tree))


def _computable(schema: Schema, node: Typed) -> bool:
    match node:
        case Ref():
            return selectable(schema, node)
        case Call(name=name):
            return name in FUNCTIONS or name in TRUTHS
        case Arithmetic(op="^"):
            return "POWER" in FUNCTIONS
        case _:
            return True
