"""A draft's values as expressions see them: its own, its formulas', its parents', and those before the write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from objectforge.expressions.evaluate import Values, evaluate
from objectforge.expressions.functions.function import Value
from objectforge.expressions.typed import RUNNING, Ref
from objectforge.records.draft import Draft
from objectforge.records.forms import Form
from objectforge.records.parents import Parents
from objectforge.records.writing import Writing
from objectforge.relations.schema import Field, FormulaValue, RollupValue
from objectforge.relations.scopes import SOURCE
from objectforge.values.ids import BadId
from objectforge.values.kinds import Kind
from objectforge.values.numbers import round_half_away

__all__ = ["Seen", "record_name", "rounded"]


class Seen:
    """Gives the values of references for the drafts of one batch."""

    def __init__(self, writing: Writing, form: Form, parents: Parents) -> None:
        self._writing = writing
        self._form = form
        self._parents = parents

    def now(self, draft: Draft) -> Values:
        """The values as they will be."""
        return lambda ref: self._value(draft.values, ref)

    def before(self, draft: Draft) -> Values | None:
        """The values as they were; None for a new record."""
        old = draft.before
        return None if old is None else lambda ref: self._value(old, ref)

    def of_parent(self, draft: Draft, link: str) -> Values:
        """The values of the parent behind a lookup, and by `$source` those of the draft."""

        def value(ref: Ref) -> Value:
            if ref.node in (SOURCE, RUNNING):
                return self._value(draft.values, ref)
            formula = self._form.formula(ref)
            if formula is not None:
                return evaluate(formula, value, moment=self._writing.context.moment)
            return self._upwards(draft.values, link, ref)

        return value

    def _value(self, values: Mapping[str, Any], ref: Ref) -> Value:
        if ref.node == RUNNING:
            return self._writing.context.running(ref)
        if ref.steps:
            formula = self._form.formula(ref)
            if formula is not None:
                return evaluate(formula, lambda inner: self._value(values, inner), moment=self._writing.context.moment)
            return self._upwards(values, ref.steps[0].field, replace(ref, node="", steps=ref.steps[1:]))
        field = self._form.object.fields[ref.field]
        match field.computed:
            case FormulaValue(value=tree):
                return evaluate(tree, lambda inner: self._value(values, inner), moment=self._writing.context.moment)
            case RollupValue() as rollup:
                return self._rolled_up(values, rollup, ref)
            case None:
                pass
        if field.name in self._form.compounds:
            return record_name(self._writing, self._form, field, values)
        return values.get(ref.field)

    def _rolled_up(self, values: Mapping[str, Any], rollup: RollupValue, ref: Ref) -> Value:
        """A roll-up as it is before the write; a new record has no children."""
        shown = values.get("Id")
        found = None if shown is None else self._parents.find(self._writing.ids.number(shown))
        if found is None:
            return Decimal(0) if rollup.function == "count" else None
        return found.values[replace(ref, node="")]

    def _upwards(self, values: Mapping[str, Any], link: str, ref: Ref) -> Value:
        text = values.get(link)
        if text is None:
            return self._absent(ref)
        try:
            parent = self._parents.find(self._writing.ids.number(text))
        except BadId:
            return self._absent(ref)
        return parent.values[ref] if parent is not None and ref in parent.values else self._absent(ref)

    def _absent(self, ref: Ref) -> Value:
        """A value of a parent that is not there, as queries give it: its formulas see nulls, it has no children."""
        if ref.node == RUNNING:
            return self._writing.context.running(ref)
        match self._form.schema.objects[ref.object].fields[ref.field].computed:
            case FormulaValue(value=tree):
                return evaluate(tree, self._absent, moment=self._writing.context.moment)
            case RollupValue(function="count"):
                return Decimal(0)
            case _:
                return None


def record_name(writing: Writing, form: Form, field: Field, values: Mapping[str, Any]) -> str | None:
    """What a field says as text: a person's name composed of its parts, any other value as it is written."""
    parts = form.compounds.get(field.name)
    if parts is None:
        return field.type.to_text(values.get(field.name)) or None
    given = {key: values.get(name) for key, name in parts.items()}
    return field.type.compose(given, writing.context.locale) or None


def rounded(value: Value, field: Field) -> Value:
    """A computed value as a field keeps it: numbers rounded to its scale."""
    if isinstance(value, Decimal) and field.value_type.kind is Kind.NUMBER:
        return round_half_away(value, field.value_type.scale)
    return value
