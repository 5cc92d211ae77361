"""A picklist's values before and after to steps: renamed, held, returned; and the ones that are new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from objectforge.change.planning.facts import Facts
from objectforge.change.steps import HoldValue, RenameValue, ReturnValue
from objectforge.storage.registry import State, StoredField, StoredValue

__all__ = ["ValueChange", "compare_values"]


@dataclass(frozen=True, slots=True)
class ValueChange:
    """What becomes of a picklist's values."""

    renamed: Mapping[str, str]
    """Old spelling to new one."""
    gone: tuple[str, ...]
    returned: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def told(self) -> bool:
        """Whether values have steps of their own."""
        return bool(self.renamed or self.gone or self.returned)

    def steps(
        self, object_name: str, field: str, before: StoredField, facts: Facts, *, restricted: bool
    ) -> Iterator[RenameValue | HoldValue | ReturnValue]:
        """The steps, each with how many records it touches."""
        if not self.told:
            return
        holders = facts.distribution(before)
        for old, value in self.renamed.items():
            yield RenameValue(object_name, field, old, value, holders.get(old, 0))
        for value in self.gone:
            yield HoldValue(object_name, field, value, holders.get(value, 0), restricted)
        for value in self.returned:
            yield ReturnValue(object_name, field, value, holders.get(value, 0))


def compare_values(before: StoredField, after: StoredField) -> ValueChange:
    """Compare the values of one picklist by identity."""
    known = {value.identity: value for value in before.values}
    pairs = [(known[value.identity], value) for value in after.values if value.identity in known]
    return ValueChange(
        renamed={old.value: new.value for old, new in pairs if old.value != new.value},
        gone=tuple(new.value for old, new in pairs if _active(old) and not _active(new)),
        returned=tuple(new.value for old, new in pairs if _active(new) and not _active(old)),
        new=tuple(value.value for value in after.values if value.identity not in known),
    )


def _active(value: StoredValue) -> bool:
    return value.state is State.ACTIVE
