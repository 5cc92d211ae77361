"""Shared value sets filled into the picklists that name them, of objects and of parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from objectforge.errors.issue import suggest
from objectforge.metadata.fields.base import FieldType, ParameterError
from objectforge.metadata.fields.value_rules import check_values
from objectforge.metadata.metadata import Metadata
from objectforge.metadata.models import ValueSet
from objectforge.metadata.places import Path
from objectforge.relations.findings import Findings

__all__ = ["ValueSets"]

_MOST_TAKEN = 1_000_000
_PER_SETS = 10  # what a value with `sets:` takes for each, which is read again for each picklist


@dataclass(slots=True)
class _Taken:
    """How many values the picklists have taken so far."""

    values: int = 0


@dataclass(frozen=True)
class ValueSets:
    """The value sets of an org, by name in lower case. `broken` are those that are wrong, which have issues already."""

    by_key: Mapping[str, tuple[str, ValueSet]]
    broken: frozenset[str]
    taken: _Taken = field(default_factory=_Taken, compare=False)

    @classmethod
    def of(cls, metadata: Metadata, findings: Findings) -> ValueSets:
        """The value sets, each of them checked."""
        broken = {str(path[1]).lower() for path in metadata.broken if path[0] == "value_sets"}
        by_key = {name.lower(): (name, value) for name, value in metadata.value_sets.items()}
        for key, (name, value) in by_key.items():
            try:
                check_values(value.values)
            except ParameterError as wrong:
                findings.add("OF109", wrong.message, ("value_sets", name, "values"), wrong.hint)
                broken.add(key)
        return cls(by_key, frozenset(broken))

    def path(self, name: str) -> Path:
        """Where a value set stands."""
        return ("value_sets", self.by_key[name.lower()][0])

    def path_of_values(self, name: str) -> Path:
        """Where the values of a value set stand, even of one that is missing."""
        own, _ = self.by_key.get(name.lower(), (name, None))
        return ("value_sets", own, "values")

    def fill(self, name: str, declared: FieldType, path: Path, findings: Findings) -> FieldType | None:
        """The field with the values of its value set; None when the set is missing or the two do not go together."""
        rules = declared.choice_rules
        if rules is None or rules.value_set is None:
            return declared
        key = rules.value_set.lower()
        if key in self.broken:
            return None
        if key not in self.by_key:
            names = [own for own, _ in self.by_key.values()]
            hint = suggest(rules.value_set, names, what="value sets") or f"add value_sets: {rules.value_set}: [...]"
            message = f"'{name}' takes its values from an unknown value set, '{rules.value_set}'"
            findings.add("OF228", message, (*path, "value_set"), hint)
            return None
        _, found = self.by_key[key]
        if not self._take(found, (*path, "value_set"), findings):
            return None
        filled = declared.resolved(found.values, sort=found.sorted)
        try:
            filled.check()
        except ParameterError as wrong:
            findings.add("OF109", wrong.message, (*path, wrong.key), wrong.hint)
            return None
        return filled

    def _take(self, found: ValueSet, path: Path, findings: Findings) -> bool:
        """Whether one more picklist may have the values; that there are too many is said once."""
        before = self.taken.values
        self.taken.values += len(found.values) + _PER_SETS * sum(len(choice.sets) for choice in found.values)
        if self.taken.values <= _MOST_TAKEN:
            return True
        if before <= _MOST_TAKEN:
            message = f"the picklists take more than {_MOST_TAKEN:,} values from value sets"
            findings.add("OF121", message, path, "what grows so long is an object of its own, with lookups to it")
        return False

    def fill_all(self, params: Mapping[str, FieldType], path: Path, findings: Findings) -> Mapping[str, FieldType]:
        """Parameters with the values of their value sets, without those that are wrong."""
        filled = {name: self.fill(name, declared, (*path, name), findings) for name, declared in params.items()}
        return {name: declared for name, declared in filled.items() if declared is not None}
