"""Functions on picklists and multipicklists, all spelled out with the nodes of conditions."""

from __future__ import annotations

from decimal import Decimal

from objectforge.expressions.blank import fill
from objectforge.expressions.describe import noun
from objectforge.expressions.functions.function import Accept, Function, Site
from objectforge.expressions.functions.shapes import whole
from objectforge.expressions.typed import Compare, Includes, Not, Typed
from objectforge.values.kinds import BOOLEAN, Kind

__all__ = ["PICKLISTS"]

_PICKLIST = Accept("a picklist", frozenset({Kind.TEXT}))
_SEVERAL = Accept("a multipicklist", frozenset({Kind.MULTI}))
_VALUE = Accept("a text", frozenset({Kind.TEXT}))


def _is_value(site: Site) -> Typed:
    chosen, value = site.args
    if site.condition:
        return site.compare(site.node(0), chosen, site.node(1), value)
    return Compare("=", fill(chosen), fill(value))


def _includes(site: Site) -> Typed:
    operand, *groups = site.args
    if operand.type.kind is Kind.NULL:
        site.report("OF335", f"INCLUDES does not go with {noun(operand.type)}", site.node(0), None)
    test = Includes(operand, tuple(groups))
    return Not(test) if site.call.name.upper() == "EXCLUDES" else test


def _count(chosen: str | None) -> Decimal:
    return Decimal(len(chosen.split(";"))) if chosen else Decimal(0)


PICKLISTS = (
    Function("ISPICKVAL", "ISPICKVAL(field, 'value')", "Whether a picklist has this value.", (_PICKLIST, _VALUE),
             BOOLEAN, rule=_is_value),
    Function("INCLUDES", "INCLUDES(field, 'value')", "Whether a multipicklist holds the value.", (_SEVERAL, _VALUE),
             BOOLEAN, repeats=1, rule=_includes),
    Function("EXCLUDES", "EXCLUDES(field, 'value')", "Whether a multipicklist does not hold it.", (_SEVERAL, _VALUE),
             BOOLEAN, repeats=1, rule=_includes),
    Function("PICKLISTCOUNT", "PICKLISTCOUNT(field)", "How many values a multipicklist holds.", (_SEVERAL,), whole(4),
             run=_count, nulls=True),
)  # fmt: skip
