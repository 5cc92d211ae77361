"""Whether a condition leaves few of an object's records, by what stands in it and what has an index."""

from __future__ import annotations

from objectforge.expressions.typed import And, Compare, InList, Ref, Typed
from objectforge.relations.schema import Schema

__all__ = ["leaves_few"]


def leaves_few(where: Typed, schema: Schema) -> bool:
    """Whether all that passes has one of a few values in a lookup, a unique field or one that is declared indexed."""
    match where:
        case And(items=items):
            return any(leaves_few(item, schema) for item in items)
        case Compare(op="=", left=left, right=right):
            return _is_indexed(left, schema) or _is_indexed(right, schema)
        case InList(operand=operand):
            return _is_indexed(operand, schema)
        case _:
            return False


def _is_indexed(tree: Typed, schema: Schema) -> bool:
    if not isinstance(tree, Ref) or tree.steps or tree.node:
        return False
    owner = schema.objects[tree.object]
    field = owner.fields[tree.field]
    return field.identifies or field.type.indexed or field.name in owner.lookups
