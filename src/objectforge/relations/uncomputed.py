"""Fields that no query can ask for yet: roll-ups, and formulas that name one."""

from __future__ import annotations

from collections.abc import Mapping

from objectforge.expressions.scope import NameProblem
from objectforge.expressions.syntax import Path
from objectforge.expressions.typed import Ref
from objectforge.expressions.walk import refs
from objectforge.metadata.fields.traits import RollupBody
from objectforge.relations.schema import FormulaValue, Object

__all__ = ["refuse_rollup"]

_HINT = "take it out here; a report can count and add up the children itself"


def refuse_rollup(objects: Mapping[str, Object], ref: Ref, path: Path) -> Ref:
    """The reference, where its value is stored or computed from what is stored.

    Raises:
        NameProblem: it is a roll-up, or a formula over one.
    """
    found = _rollup(objects, ref)
    if found is None:
        return ref
    name = f"{ref.object}.{ref.field}"
    what = "is a roll-up" if found == name else f"is computed from the roll-up {found}"
    message = f"{name} {what}, which this version does not compute yet"
    raise NameProblem("OF807", message, path.start, path.end, _HINT)


def _rollup(objects: Mapping[str, Object], ref: Ref) -> str | None:
    """The roll-up that a field is or is computed from, as `Object.Field`."""
    field = objects[ref.object].fields[ref.field]
    if isinstance(field.type.computed, RollupBody):
        return f"{ref.object}.{ref.field}"
    if not isinstance(field.computed, FormulaValue):
        return None
    return next((found for each in refs(field.computed.value) if (found := _rollup(objects, each)) is not None), None)
