"""The steps of an object's fields in the order in which they can be carried out.

What is computed for records that are there reads other fields: these must have their columns and values by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from objectforge.change.applying.backfill import fields_read
from objectforge.change.steps import AddField, RequireField, Step
from objectforge.relations.schema import Object

__all__ = ["in_order"]

_StepT = TypeVar("_StepT", bound=Step)


def in_order(steps: Iterable[_StepT], object_: Object) -> Iterator[_StepT]:
    """First what becomes of fields that are there, then new fields, then what is computed, each after what it reads."""
    computed: list[tuple[str, frozenset[str], _StepT]] = []
    added: list[_StepT] = []
    for step in steps:
        match step:
            case AddField(field=name, computed=tree) | RequireField(field=name, computed=tree) if tree is not None:
                computed.append((name, frozenset(fields_read(tree, object_)), step))
            case AddField():
                added.append(step)
            case _:
                yield step
    yield from added
    while computed:
        waiting = {name for name, _, _ in computed}
        # Defaults that read each other have no order: the first one goes first, as in a new record.
        ready = next((each for each in computed if not each[1] & (waiting - {each[0]})), computed[0])
        computed.remove(ready)
        yield ready[2]
