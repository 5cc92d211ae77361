"""A measure's formula to the field type that knows how its values are read: a sum of amounts is an amount."""

from __future__ import annotations

from collections.abc import Mapping

from objectforge.expressions.typed import Aggregate, Arithmetic, Call, Fill, MeasureRef, Negate, Ref, Typed
from objectforge.metadata.fields.base import FieldType
from objectforge.relations.report import Measure
from objectforge.relations.schema import Objects

__all__ = ["display_type"]

_KEEPING = ("sum", "avg", "min", "max")


def display_type(tree: Typed, objects: Objects, known: Mapping[str, Measure]) -> FieldType | None:
    """The type of the field whose values the measure gathers; None where it is none's, as of counts and shares."""
    match tree:
        case Ref(object=owner, field=name):
            return objects.objects[owner].fields[name].shown
        case Aggregate(function=function, argument=argument) if function in _KEEPING and argument is not None:
            return display_type(argument, objects, known)
        case MeasureRef(name=name):
            return known[name].field_type
        case Call(name="RUNNING", args=(of,)):
            return display_type(of, objects, known)
        case Fill(operand=operand) | Negate(operand=operand):
            return display_type(operand, objects, known)
        case Arithmetic(op=op, left=left, right=right):
            a, b = display_type(left, objects, known), display_type(right, objects, known)
            same = a is not None and b is not None and a.type_name == b.type_name
            # An amount divided by a count is an amount; divided by an amount it is a ratio.
            return a if (op in "+-" and same) or (op == "/" and b is None) else None
        case _:
            return None
