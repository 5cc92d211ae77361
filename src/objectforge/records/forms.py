"""A resolved object to its form: everything that writing its records takes, worked out once per schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from pydantic_core import SchemaValidator, core_schema

from objectforge.expressions.typed import RUNNING, Call, Const, Ref, Typed
from objectforge.expressions.walk import rebase, refs, walk
from objectforge.relations.defaults import default_order
from objectforge.relations.schema import Field, FormulaValue, Lookup, Object, RollupValue, Schema, Validation
from objectforge.relations.scopes import SOURCE
from objectforge.storage.tables import Tables
from objectforge.values.kinds import Kind
from objectforge.values.text import compare_key

__all__ = ["Form", "Forms", "Reads", "Rule", "UniqueKey"]

_BEFORE = frozenset({"ISCHANGED", "PRIORVALUE"})

Reads = Mapping[str, tuple[tuple[str, Ref], ...]]
"""What is read of parents, by lookup field: the parent's object and the reference as seen from it."""


@dataclass(frozen=True, slots=True, eq=False)
class UniqueKey:
    """Fields whose values together belong to one living record only."""

    fields: tuple[Field, ...]

    def of(self, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """What of a record's values is compared; None where one of them is null, which is always free."""
        key: list[Any] = []
        for each in self.fields:
            value = values.get(each.name)
            if value is None:
                return None
            if each.value_type.kind is Kind.TEXT:
                value = compare_key(value, case_sensitive=each.value_type.case_sensitive)
            key.append(value)
        return tuple(key)


@dataclass(frozen=True, slots=True)
class Rule:
    """A validation with the fields of the record that it reads, directly or on the way to a parent."""

    validation: Validation
    reads: frozenset[str]


@dataclass(frozen=True)
class Form:
    """What a record of one object must look like, and where it is stored."""

    object: Object
    schema: Schema
    table: sa.Table
    columns: Mapping[str, str]
    """The column of each stored field, in order."""
    held: tuple[str, ...] = ()
    """The columns of fields that are held."""
    validators: dict[str, SchemaValidator] = field(default_factory=dict[str, SchemaValidator])

    @cached_property
    def writable(self) -> Mapping[str, Field]:
        """The fields that callers may give, by name."""
        return {name: each for name, each in self.object.fields.items() if each.writable}

    @cached_property
    def validator(self) -> SchemaValidator:
        """Judges all the values that a row gives at once."""
        fields = {
            name: core_schema.typed_dict_field(each.type.core_schema(), required=False)
            for name, each in self.writable.items()
        }
        return SchemaValidator(core_schema.typed_dict_schema(fields))

    def validator_of(self, name: str) -> SchemaValidator:
        """Judges a value of one field."""
        found = self.validators.get(name)
        if found is None:
            schema = self.object.fields[name].type.core_schema()
            found = self.validators.setdefault(name, SchemaValidator(schema))
        return found

    @cached_property
    def inserted(self) -> sa.Table:
        """The table with the columns that are held: new records have nothing there, whatever the column's default."""
        if not self.held:
            return self.table
        columns: list[sa.Column[Any]] = [sa.Column(each.name, each.type) for each in self.table.columns]
        held: list[sa.Column[Any]] = [sa.Column(name) for name in self.held]
        return sa.Table(self.table.name, sa.MetaData(), *columns, *held)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The stored fields that hold record ids."""
        return frozenset(name for name in self.columns if self.object.fields[name].value_type.kind is Kind.ID)

    @cached_property
    def literals(self) -> Mapping[str, Any]:
        """The defaults that are the same for every record."""
        return {name: each.default.value for name, each in self._defaulted if isinstance(each.default, Const)}

    @cached_property
    def expressions(self) -> Mapping[str, Typed]:
        """The defaults that are computed, each after what it reads."""
        order = {name: place for place, name in enumerate(default_order(self.object))}
        found = {
            name: each.default
            for name, each in self._defaulted
            if each.default is not None and not isinstance(each.default, Const)
        }
        return dict(sorted(found.items(), key=lambda item: order[item[0]]))

    @property
    def _defaulted(self) -> Iterator[tuple[str, Field]]:
        return ((name, each) for name, each in self.writable.items() if each.default is not None)

    @cached_property
    def setting(self) -> tuple[Field, ...]:
        """The picklists whose values set other fields."""
        return tuple(each for each in self.writable.values() if each.sets)

    @cached_property
    def required(self) -> tuple[Field, ...]:
        """The fields that no record may lack, but for those that the system fills."""
        return tuple(
            each
            for each in self.writable.values()
            if not each.system
            and (each.type.required or (each.name in self.lookups and self.lookups[each.name].master))
        )

    @cached_property
    def series(self) -> tuple[Field, ...]:
        """The fields that a number series fills."""
        return tuple(each for each in self.object.stored_fields if each.type.numbering is not None)

    @cached_property
    def unique(self) -> tuple[UniqueKey, ...]:
        """Everything that must be unique and that callers decide."""
        single = [UniqueKey((each,)) for each in self.writable.values() if each.type.unique and each.name != "Id"]
        fields = self.object.fields
        return (*single, *(UniqueKey(tuple(fields[name] for name in names)) for names in self.object.unique.values()))

    @cached_property
    def dependents(self) -> tuple[tuple[Field, Field], ...]:
        """The picklists that another field controls, each with that field."""
        found: list[tuple[Field, Field]] = []
        for each in self.writable.values():
            rules = each.type.choice_rules
            if rules is not None and rules.controlled_by is not None and rules.restricted:
                controlling = self.object.field(rules.controlled_by)
                assert controlling is not None, "checked when resolved"
                found.append((each, controlling))
        return tuple(found)

    @cached_property
    def lookups(self) -> Mapping[str, Lookup]:
        """The lookups that callers may give, by field name."""
        return {name: each for name, each in self.object.lookups.items() if name in self.writable}

    @cached_property
    def hierarchies(self) -> tuple[Lookup, ...]:
        """The lookups in which no record may be its own ancestor."""
        return tuple(each for each in self.lookups.values() if each.hierarchy)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The validations."""
        return tuple(Rule(each, self.needs(each.error_if)) for each in self.object.validations)

    @cached_property
    def default_needs(self) -> Mapping[str, frozenset[str]]:
        """The record's fields that a computed default reads, by the field it is for."""
        return {name: self.needs(tree) for name, tree in self.expressions.items()}

    @cached_property
    def default_reads(self) -> Mapping[str, Reads]:
        """What each computed default reads of parents."""
        return {name: _reads(_upwards(self.reads(tree))) for name, tree in self.expressions.items()}

    @cached_property
    def rule_reads(self) -> Reads:
        """What the validations read of parents."""
        return _reads(_upwards(ref for rule in self.object.validations for ref in self.reads(rule.error_if)))

    @cached_property
    def prior_reads(self) -> Reads:
        """What the validations read of the parents that a record had before, through ISCHANGED and PRIORVALUE."""
        calls = (
            node
            for rule in self.object.validations
            for node in walk(rule.error_if)
            if isinstance(node, Call) and node.name in _BEFORE
        )
        return _reads(_upwards(ref for call in calls for ref in self.reads(call)))

    @cached_property
    def rule_rollups(self) -> frozenset[Ref]:
        """The record's own roll-ups that the validations read."""
        return self._rollups(ref for rule in self.object.validations for ref in self.reads(rule.error_if))

    @cached_property
    def filter_rollups(self) -> frozenset[Ref]:
        """The record's own roll-ups that the lookups' filters read."""
        return self._rollups(ref for _, ref in self._filter_refs if ref.node == SOURCE)

    @cached_property
    def filter_reads(self) -> Reads:
        """What the lookups' filters read: of the parents they judge, and of the record's own parents."""
        judged = (
            (lookup.field, ref.object if not ref.steps else lookup.targets[0], ref)
            for lookup, ref in self._filter_refs
            if ref.node != SOURCE
        )
        return _reads([*judged, *_upwards(ref for _, ref in self._filter_refs if ref.node == SOURCE)])

    @cached_property
    def filter_needs(self) -> Mapping[str, frozenset[str]]:
        """The record's fields that decide whether a lookup's parent passes its filter, by lookup field.

        What the database has of its children decides too, but no write of the record itself changes that.
        """
        found = {lookup.field: {lookup.field} for lookup in self.lookups.values() if lookup.filter is not None}
        for lookup, ref in self._filter_refs:
            if ref.node == SOURCE and not self._is_rollup(ref):
                found[lookup.field] |= self._names(ref)
        return {name: frozenset(needed) for name, needed in found.items()}

    @property
    def _filter_refs(self) -> Iterator[tuple[Lookup, Ref]]:
        for lookup in self.lookups.values():
            for ref in self.reads(lookup.filter, SOURCE) if lookup.filter is not None else ():
                yield lookup, ref

    @cached_property
    def compounds(self) -> Mapping[str, Mapping[str, str]]:
        """The compound fields: the name of each part's field by the part's key."""
        keys = {name: each.type.part_keys(name) for name, each in self.object.fields.items()}
        return {name: parts for name, parts in keys.items() if parts}

    def _rollups(self, references: Iterable[Ref]) -> frozenset[Ref]:
        return frozenset(replace(ref, node="") for ref in references if self._is_rollup(ref))

    def _is_rollup(self, ref: Ref) -> bool:
        return not ref.steps and isinstance(self.object.fields[ref.field].computed, RollupValue)

    def reads(self, tree: Typed, node: str = "") -> Iterator[Ref]:
        """The stored values and roll-ups that an expression reads, through the record's own formulas and compounds.

        `node` is what the record itself stands under in the expression.
        """
        for ref in refs(tree):
            if ref.node == RUNNING:
                continue
            formula = self.formula(ref) if ref.steps or ref.node != node else self._own_formula(ref)
            if formula is not None:
                yield from self.reads(formula, node)
            else:
                yield ref

    def needs(self, tree: Typed) -> frozenset[str]:
        """The stored fields of the record that an expression reads, directly or on the way to a parent."""
        return frozenset(name for ref in self.reads(tree) for name in self._names(ref))

    def formula(self, ref: Ref) -> Typed | None:
        """What stands for a parent's formula that no query can select, so that it is computed from what it reads."""
        field = self.schema.objects[ref.object].fields[ref.field]
        if isinstance(field.computed, FormulaValue) and field.only_python is not None:
            return rebase(field.computed.value, ref.node, ref.steps)
        return None

    def _own_formula(self, ref: Ref) -> Typed | None:
        found = self.object.fields[ref.field].computed
        return rebase(found.value, ref.node, ()) if isinstance(found, FormulaValue) else None

    def _names(self, ref: Ref) -> frozenset[str]:
        """The stored fields behind a reference: the parts of a compound, the lookup on the way to a parent."""
        if ref.steps:
            return frozenset((ref.steps[0].field,))
        return frozenset(self.compounds.get(ref.field, {}).values()) or frozenset((ref.field,))


class Forms:
    """The forms of a schema's objects, each made when first asked for."""

    def __init__(self, schema: Schema, tables: Tables) -> None:
        self._schema = schema
        self._tables = tables
        self._forms: dict[str, Form] = {}

    def of(self, object_name: str) -> Form:
        """The form of an object, by its name as declared."""
        found = self._forms.get(object_name)
        if found is None:
            found = self._forms.setdefault(object_name, self._make(self._schema.objects[object_name]))
        return found

    def _make(self, obj: Object) -> Form:
        columns = {each.name: self._tables.column_name(obj.name, each.name) for each in obj.stored_fields}
        held = self._tables.names.objects[obj.name].held
        return Form(obj, self._schema, self._tables.table(obj.name), columns, held)


def _upwards(references: Iterable[Ref]) -> Iterator[tuple[str, str, Ref]]:
    """The references that go over a parent, each with its lookup field and the parent's object, as seen from there."""
    for ref in references:
        if ref.steps:
            yield ref.steps[0].field, ref.steps[0].to, replace(ref, node="", steps=ref.steps[1:])


def _reads(found: Iterable[tuple[str, str, Ref]]) -> Reads:
    gathered: dict[str, list[tuple[str, Ref]]] = {}
    for name, target, ref in found:
        gathered.setdefault(name, []).append((target, ref))
    return {name: tuple(dict.fromkeys(each)) for name, each in gathered.items()}
