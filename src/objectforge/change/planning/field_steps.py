"""One field before and after to the steps between them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from objectforge.change.applying.backfill import reads_own_record
from objectforge.change.conversion.matrix import conversion
from objectforge.change.conversion.outcome import Conversion, Refusal
from objectforge.change.describe import count_of
from objectforge.change.planning.facts import Facts
from objectforge.change.planning.field_changes import FieldChange, compare_types, short_form
from objectforge.change.planning.value_steps import ValueChange, compare_values
from objectforge.change.retype.failures import Failures
from objectforge.change.risk import Risk
from objectforge.change.steps import (
    AddField,
    ChangeField,
    HoldField,
    Refuse,
    RenameField,
    RequireField,
    ReturnField,
    RetypeField,
    Step,
)
from objectforge.expressions.typed import Const, Typed
from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.values import PicklistValue
from objectforge.relations.schema import Field, Object
from objectforge.storage.registry import Registry, State, StoredField
from objectforge.storage.type_json import is_id, targets_renamed, type_from_json
from objectforge.values.kinds import Kind
from objectforge.values.text import fold_key

__all__ = ["FieldSteps"]


@dataclass(frozen=True, slots=True)
class FieldSteps:
    """Compares the fields of one object, in the schema to come, with what the registry has of them."""

    object: Object
    after: Registry
    facts: Facts
    zone: ZoneInfo
    renamed: Mapping[str, str]
    """Objects under other names than before: old to new."""
    records: int
    """How many the object has."""
    returns: bool = False
    """Whether the object was held and comes back."""

    def added(self, field: Field) -> Step:
        """A field that is new: what is required and every checkbox gets its default in existing records too."""
        if self.records and _master(self.object, field):
            return Refuse(
                f"{field.object}.{field.name}",
                f"a detail needs its master, and {count_of(self.records, 'record', 'records')} would have none",
                "make it a lookup, deploy, fill it, then make it a master_detail",
            )
        step = AddField(field.object, field.name, records=self.records, lacking=self._lacks(field))
        if not (field.stored and (field.type.required or field.value_type.kind is Kind.BOOLEAN)):
            return step
        match self._filling(field):
            case Refuse() as refused:
                return refused
            case Const() as constant:
                return replace(step, constant=constant, lacking=False)
            case None:
                return step
            case computed:
                return replace(step, computed=computed, lacking=False)

    def held(self, before: StoredField, part_of: str | None = None) -> HoldField:
        """A field that is no longer declared; with the compound that it is a part of, if that goes too."""
        stored = before.storage_name is not None
        return HoldField(self.object.name, before.name, self.facts.values(before) if stored else 0, stored, part_of)

    def known(self, before: StoredField, after: StoredField, field: Field) -> Iterator[Step]:
        """A field that the org has already, in sight or held."""
        if is_id(before.type):
            return
        if before.state is State.HELD:
            yield self._returned(before, field)
        elif self.returns:
            yield from self._bound(before, field)
        if before.name != after.name:
            yield RenameField(field.object, before.name, field.name)
        old, new = type_from_json(before.type), field.type
        if before.type == after.type and before.targets == after.targets:
            yield from self._required(before, old, field)
            return
        change, values = compare_types(old, new), compare_values(before, after)
        yield from self._merged(before, after, field, values)
        retyped = self._retyped(before, after, field, change, values)
        if retyped is not None:
            yield retyped
        required = [] if isinstance(retyped, RetypeField) and retyped.conversion.lacking else [
            *self._required(before, old, field)
        ]  # fmt: skip
        yield from required
        if not (isinstance(retyped, RetypeField) and values.renamed):
            yield from values.steps(field.object, field.name, before, self.facts, restricted=_restricted(new))
        told = {
            "was",
            *(("to",) if retyped is not None or before.targets == after.targets else ()),
            *(("required",) if required else ()),
        }
        yield from _definition(field, change, values, told, retyped=retyped is not None)

    def _lacks(self, field: Field) -> bool:
        return bool(self.records) and field.stored and field.type.required and field.type.writable

    def _filling(self, field: Field) -> Typed | Refuse | None:
        """What fills a field in the records that have no value; None where nothing does."""
        if field.default is None or field.value_type.kind is Kind.ID:
            return None
        if isinstance(field.default, Const):
            return None if field.default.value is None else field.default
        if reads_own_record(field.default, self.object):
            return field.default
        if self.records:
            return Refuse(
                f"{field.object}.{field.name}",
                "its default, for existing records too, looks at other records",
                "give a literal default, or deploy the field without `required:` and fill it first",
            )
        return None

    def _returned(self, before: StoredField, field: Field) -> ReturnField:
        lookup = self.object.lookups.get(field.name) if before.targets else None
        bound = lookup is not None and (lookup.master or field.type.required)
        failures = self.facts.leading_to_bin(before) if lookup is not None and bound else None
        return ReturnField(
            field.object, field.name, self.facts.values(before), lookup is not None, bound, _some(failures)
        )

    def _merged(self, before: StoredField, after: StoredField, field: Field, values: ValueChange) -> Iterator[Refuse]:
        """New spellings that held values have already: nobody could tell their records apart any more."""
        held = {fold_key(value.value): value.value for value in after.values if value.state is State.HELD}
        for old, new in values.renamed.items():
            kept = held.get(fold_key(new))
            records = self.facts.distribution(before).get(kept, 0) if kept is not None else 0
            if records:
                yield Refuse(
                    f"{field.object}.{field.name}",
                    f"'{old}' is renamed to '{new}', and {records} records keep a value of that name, which is held",
                    f"change those records first, or rename '{kept}' too",
                )

    def _bound(self, before: StoredField, field: Field) -> Iterator[ReturnField]:
        """A lookup that comes back with its object: its record may be in the recycle bin by now."""
        lookup = self.object.lookups.get(field.name) if before.targets and not field.system else None
        if lookup is None or not (lookup.master or field.type.required):
            return
        failures = self.facts.leading_to_bin(before)
        if failures.count:
            yield ReturnField(field.object, field.name, self.facts.values(before), links=True, required=True,
                              failures=failures)  # fmt: skip

    def _retyped(
        self,
        before: StoredField,
        after: StoredField,
        field: Field,
        change: FieldChange,
        values: ValueChange,
    ) -> RetypeField | Refuse | None:
        """The step that changes values, or None where they all stay and are right."""
        if not change.shaping and before.targets == after.targets:
            return None
        if before.storage_name is None or not field.stored:
            return None
        old = _with_held(type_from_json(targets_renamed(before.type, self.renamed)), before)
        new = _with_held(field.type, after)
        found = conversion(old, new, self.zone, self.after.ids)
        if isinstance(found, Refusal):
            return Refuse(f"{field.object}.{field.name}", found.reason, found.way)
        if values.renamed:
            found = _after_renaming(found, values.renamed)
        elif found.keeps and found.risk is Risk.SAFE and not _moves(before, after) and _alike(old, new):
            return None
        failures = self.facts.unconvertible(before, after, found) if found.risk is not Risk.SAFE else None
        return RetypeField(
            field.object, field.name, before.identity, short_form(old), short_form(new), found,
            self.facts.values(before), _some(failures), old.value_type().kind is Kind.ID,
        )  # fmt: skip

    def _required(self, before: StoredField, old: FieldType, field: Field) -> Iterator[RequireField | Refuse]:
        """What becomes of records without a value where there must be one, in the recycle bin too."""
        if not self._demands(before, old, field):
            return
        lacking = self.facts.records(before.object) - self.facts.values(before)
        if not lacking:
            return
        match self._filling(field) or _unfilled(field):
            case Refuse() as refused:
                yield refused
            case None:
                failures = self.facts.lacking(before)
                if failures.count:
                    yield RequireField(field.object, field.name, failures.count, failures=failures)
            case Const() as constant:
                yield RequireField(field.object, field.name, lacking, constant)
            case computed:
                yield RequireField(field.object, field.name, lacking, computed=computed)

    def _demands(self, before: StoredField, old: FieldType, field: Field) -> bool:
        """Whether every record must have a value from now on; while a field was held, none had to."""
        if not (field.stored and field.type.writable):
            return False
        unasked = before.state is State.HELD or (self.returns and bool(before.targets))
        if field.value_type.kind is Kind.BOOLEAN:
            return unasked and old.value_type().kind is Kind.BOOLEAN
        return field.type.required and (unasked or not old.required)


def _unfilled(field: Field) -> Const | None:
    """What records hold when nothing is said."""
    return Const(False, field.value_type) if field.value_type.kind is Kind.BOOLEAN else None


def _master(object_: Object, field: Field) -> bool:
    """Whether records cannot be without it."""
    lookup = object_.lookups.get(field.name)
    return lookup is not None and lookup.master


def _with_held(declared: FieldType, stored: StoredField) -> FieldType:
    """A picklist with the values that records may keep, inactive."""
    seen = {fold_key(choice.value) for choice in declared.choices}
    held = [value.value for value in stored.values if value.state is State.HELD and fold_key(value.value) not in seen]
    if not declared.choices or not held:
        return declared
    return declared.resolved((*declared.choices, *(PicklistValue(value=value, active=False) for value in held)))


def _alike(old: FieldType, new: FieldType) -> bool:
    """Whether every engine stores both in the same way, so that nothing but the definition changes."""
    same_scale = old.value_type().scale == new.value_type().scale
    return old.type_name == new.type_name and type(old.column_type()) is type(new.column_type()) and same_scale


def _moves(before: StoredField, after: StoredField) -> bool:
    """Whether a foreign key goes, comes or leads elsewhere."""
    return before.targets != after.targets and 1 in (len(before.targets), len(after.targets))


def _restricted(declared: FieldType) -> bool:
    rules = declared.choice_rules
    return rules is not None and rules.restricted


def _after_renaming(found: Conversion, renamed: Mapping[str, str]) -> Conversion:
    def convert(value: Any) -> Any:
        return found.convert(renamed.get(value, value))

    return replace(found, convert=convert, keeps=False)


def _definition(
    field: Field, change: FieldChange, values: ValueChange, told: Collection[str], *, retyped: bool
) -> Iterator[ChangeField]:
    """What else changes: nothing that a step of its own tells."""
    keys = [key for key in (change.beside_type if retyped else change.keys) if key not in {*told, "type"}]
    if values.told and not values.new and "values" in keys:
        keys.remove("values")
    if keys:
        yield ChangeField(field.object, field.name, tuple(keys), values.new if "values" in keys else (), change.words)


def _some(failures: Failures | None) -> Failures | None:
    return failures if failures is not None and failures.count else None
