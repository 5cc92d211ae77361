"""A formula over a record of a join that may find none: null where there is no record."""

from __future__ import annotations

from objectforge.expressions.typed import Call, Const, IsNull, Not, Ref, Typed
from objectforge.values.kinds import ID

__all__ = ["where_present"]


def where_present(tree: Typed, node: str, object_name: str) -> Typed:
    """The tree where the node of a join tree has a record, else null."""
    there = Not(IsNull(Ref(node, (), object_name, "Id", ID)))
    return Call("IF", (there, tree, Const(None, tree.type)), tree.type)
