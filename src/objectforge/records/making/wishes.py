"""A lookup's filter to values that a parent made for it should have."""

from __future__ import annotations

from typing import Any

from objectforge.expressions.typed import RUNNING, And, Compare, Const, Fill, Not, Ref, Typed
from objectforge.relations.scopes import SOURCE

__all__ = ["wished"]


def wished(condition: Typed | None) -> dict[str, Any]:
    """The values of the parent's own fields that a condition names outright; what it says otherwise is left to luck."""
    match condition:
        case And(items=items):
            return {name: value for item in items for name, value in wished(item).items()}
        case Compare(op="=", left=Ref() as ref, right=Const(value=value)) if _own(ref):
            return {ref.field: value}
        case Fill(operand=operand):
            return wished(operand)
        case Ref() as ref if _own(ref):
            return {ref.field: True}
        case Not(operand=Ref() | Fill() as operand):
            return dict.fromkeys(wished(operand), False)
        case _:
            return {}


def _own(ref: Ref) -> bool:
    return not ref.steps and ref.node not in (SOURCE, RUNNING)
