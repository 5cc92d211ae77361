"""What a plan consists of: the steps, and the org before and after them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from objectforge.change.planning.questions import Question
from objectforge.change.risk import Risk
from objectforge.change.steps import HoldField, HoldObject, Refuse, Step
from objectforge.change.subject import failures_of
from objectforge.errors.issue import Issue
from objectforge.relations.schema import Schema
from objectforge.storage.physical import PhysicalTables
from objectforge.storage.record_ids import RecordIds
from objectforge.storage.registry import Registry, State, StoredField
from objectforge.storage.tables import Tables, build_tables

__all__ = ["Planned"]


@dataclass(frozen=True)
class Planned:
    """Steps, and what they start from and lead to."""

    steps: tuple[Step, ...]
    before: Registry
    after: Registry
    target: Schema
    unchanged: int = 0
    """How many fields stay as they are."""
    questions: tuple[Question, ...] = ()
    """What may be renamed; the plan is refused until `was:` says so, or the name of what is held is allowed."""
    source: str | None = None
    """The metadata to come as the org's own YAML, where it is not that of the files it was loaded from."""
    rollback: int | None = None
    """The version that is rolled back to, for a plan that does."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.steps

    @property
    def refused(self) -> tuple[Step, ...]:
        """The steps that cannot be carried out, whatever is allowed: by themselves, or for the records there are."""
        return tuple(step for step in self.steps if isinstance(step, Refuse) or failures_of(step) is not None)

    @property
    def purges(self) -> tuple[Step, ...]:
        """The steps that destroy data."""
        return tuple(step for step in self.steps if step.risk is Risk.DESTRUCTIVE)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader should see before anything else."""
        held = [step for step in self.steps if isinstance(step, HoldObject)]
        there = [one for one in self.before.in_sight if one.name != "User"]
        if held and 2 * len(held) > len(there):
            return (f"this would hold {len(held)} of the org's {len(there)} objects; are these its files?",)
        fields = sum(1 for step in self.steps if isinstance(step, HoldField) and step.stored)
        stored = sum(1 for field in self.before.fields if field.storage_name and field.state is State.ACTIVE)
        if 2 * fields > stored:
            return (f"this would hold {fields} of the org's {stored} fields; are these its files?",)
        return ()

    @property
    def advice(self) -> tuple[Issue, ...]:
        """What of the metadata to come is no mistake, but deserves a look."""
        return self.target.advice

    @cached_property
    def ids(self) -> RecordIds:
        """The ids of all objects before and after, those held too, as people read them."""
        every = (*self.before.objects, *self.after.objects)
        return RecordIds({f"{each.name} {each.number}": (each.number, each.prefix) for each in every})

    @cached_property
    def tables(self) -> Tables:
        """The tables of the schema to come."""
        return build_tables(self.target, self.after.names)

    @cached_property
    def tables_before(self) -> PhysicalTables:
        """The tables as they stand."""
        return PhysicalTables(self.before)

    @cached_property
    def tables_after(self) -> PhysicalTables:
        """The tables as they will stand, with what is held."""
        return PhysicalTables(self.after)

    def field_before(self, object_name: str, field: str) -> StoredField:
        """A field that the org has and keeps, by the names that it will have, as it is now."""
        return self.before.by_identity[self.after.names.objects[object_name].identities[field]]
