"""Links to links of other objects, and to and from the texts of ids."""

from __future__ import annotations

from typing import Any

from objectforge.change.conversion.forms import Pair
from objectforge.change.conversion.outcome import Conversion, Outcome, Unconvertible, checked
from objectforge.change.risk import Risk
from objectforge.metadata.fields.traits import Relation
from objectforge.values.ids import BadId, object_number

__all__ = ["link_to_link", "text_to_link"]


def link_to_link(pair: Pair) -> Outcome:
    """The same records, as far as they belong to the objects that the link may point to now."""
    old, new = pair.before.relation, pair.after.relation
    assert old is not None, "a link has a relation"
    assert new is not None, "a link has a relation"
    wider = set(old.targets) <= set(new.targets)
    numbers = _numbers(pair, new)

    def convert(value: int) -> int:
        if object_number(value) not in numbers:
            raise Unconvertible(_elsewhere(pair, value, new))
        return value

    # A link to several objects has no foreign key, so that nothing but a look tells whether its records are there.
    unsure = len(old.targets) > 1 and len(new.targets) == 1
    lacking = "it is empty, and a detail needs its master" if new.master and not old.master else None
    safe = wider and lacking is None
    note = "kept as they are" if wider else f"each must lead to {' or '.join(new.targets)}"
    return Conversion(
        Risk.SAFE if safe else Risk.CHECKED, note, convert,
        keeps=True, lacking=lacking, parents=new.targets if unsure else (),
    )  # fmt: skip


def text_to_link(pair: Pair) -> Outcome:
    """Texts that are the ids of records that are there."""
    new = pair.after.relation
    assert new is not None, "a link has a relation"
    numbers = _numbers(pair, new)

    def convert(value: Any) -> int:
        try:
            found = pair.ids.parse(pair.write(value).strip())
        except BadId as wrong:
            raise Unconvertible(f"it is not the id of a record: {wrong}") from wrong
        if object_number(found) not in numbers:
            raise Unconvertible(_elsewhere(pair, found, new))
        return found

    lacking = "it is empty, and a detail needs its master" if new.master else None
    note = f"each must be the id of a record of {' or '.join(new.targets)}"
    return Conversion(Risk.CHECKED, note, checked(convert), lacking=lacking, parents=new.targets)


def _numbers(pair: Pair, relation: Relation) -> frozenset[int]:
    return frozenset(pair.ids.number(target) for target in relation.targets)


def _elsewhere(pair: Pair, value: int, relation: Relation) -> str:
    wanted = " or ".join(relation.targets)
    try:
        return f"it is the id of {pair.ids.object_of(value)}, not of {wanted}"
    except ValueError:
        return f"it is no id of {wanted}"
