"""A syntax tree as the bracketed text that the public rows write."""

from __future__ import annotations

from objectforge.expressions import syntax

__all__ = ["shape_of"]


def shape_of(tree: syntax.Expression) -> str:
    """`( + 1 ( * 2 3 ) )` for 1 + 2 * 3."""
    match tree:
        case syntax.Call(name=name, args=args):
            return _listed(name, *args)
        case syntax.Unary(op=op, operand=operand):
            return _listed(op, operand)
        case syntax.Binary(op=op, left=left, right=right):
            return _listed(op, left, right)
        case syntax.Number(value=value):
            return str(value)
        case syntax.Boolean(value=value):
            return str(value).lower()
        case syntax.Text(value=value):
            return '"' + value.replace('"', '\\"') + '"'
        case syntax.Path():
            return str(tree)
        case _:
            raise AssertionError(f"no row holds {tree}")


def _listed(head: str, *items: syntax.Expression) -> str:
    return " ".join(["(", head, *map(shape_of, items), ")"])
