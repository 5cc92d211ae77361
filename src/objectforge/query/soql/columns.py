"""A column of a query to SQL elements, and their values back to what callers get."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from objectforge.expressions.sql.compiler import Compiler
from objectforge.expressions.typed import Ref
from objectforge.query.cell import Cell
from objectforge.query.cells import compile_cell, computed_cell
from objectforge.query.context import Context
from objectforge.relations.schema import Field
from objectforge.relations.soql.query import GROUPS, Answer, Choice, Column, Form
from objectforge.relations.sql_forms import lacking
from objectforge.values.kinds import Kind
from objectforge.values.locales import pick_label
from objectforge.values.numbers import plain, round_half_away

__all__ = ["compile_column"]

_Read = Callable[[Any], Any]


def compile_column(column: Column, context: Context, compiler: Compiler) -> Cell:
    """The cell of a column: of several choices the first that is not null."""
    chosen = [_Chosen(_cell(choice, context, compiler), _shown(column.form, choice, context))
              for choice in column.choices]  # fmt: skip
    if len(chosen) == 1:
        return Cell(chosen[0].cell.elements, chosen[0].value)

    def first(values: Sequence[Any]) -> Any:
        place = 0
        for each in chosen:
            width = len(each.cell.elements)
            value = each.value(values[place : place + width])
            if value is not None:
                return value
            place += width
        return None

    return Cell(tuple(element for each in chosen for element in each.cell.elements), first)


@dataclass(frozen=True, slots=True)
class _Chosen:
    cell: Cell
    show: _Read | None

    def value(self, values: Sequence[Any]) -> Any:
        value = self.cell.value(values)
        return value if value is None or self.show is None else self.show(value)


def _cell(choice: Choice, context: Context, compiler: Compiler) -> Cell:
    tree, field = choice.value, choice.field
    if field is not None and isinstance(tree, Ref) and tree.object != GROUPS:
        cell = compile_cell(tree, context, compiler, whole=True)
        return _filled(cell) if tree.type.kind is Kind.COMPOUND else cell
    read = _reader(choice, context)
    if lacking(context.schema, tree) is not None:
        return computed_cell(tree, context, compiler, read)
    element = context.backend.decode(compiler.value(tree), tree.type)
    return Cell((element,), lambda values: None if values[0] is None else read(values[0]))


def _filled(cell: Cell) -> Cell:
    """A compound without any part is null."""
    return Cell(cell.elements, lambda values: cell.value(values) if any(v is not None for v in values) else None)


def _reader(choice: Choice, context: Context) -> _Read:
    kind, field = choice.value.type.kind, choice.field
    if kind is Kind.ID:
        return context.ids.format
    if kind is not Kind.NUMBER:
        return _same
    if choice.answer is Answer.INTEGER:
        return int
    if choice.answer is Answer.FIELD and field is not None:
        shown = field.shown
        places = shown.value_type().scale
        return lambda value: shown.canonical(round_half_away(value, places))
    return _shortest


def _same(value: Any) -> Any:
    return value


def _shortest(value: Decimal) -> Decimal:
    """An exact number without the zeros that its type has behind it."""
    return Decimal(plain(value))


def _shown(form: Form, choice: Choice, context: Context) -> _Read | None:
    match form, choice.field:
        case Form.VALUE, _:
            return None
        case Form.LABEL, None:
            return None
        case Form.LABEL, Field() as field:
            return _labelled(field, context)
        case Form.TEXT, None:
            return str
        case Form.TEXT, Field() as field:
            return lambda value: _displayed(field, value, context)


def _labelled(field: Field, context: Context) -> _Read | None:
    labels = {
        each.value: pick_label(each.label, context.locale) for each in field.type.choices if each.label is not None
    }
    if not labels:
        return None
    if field.value_type.kind is Kind.MULTI:
        return lambda value: ";".join(labels.get(part, part) for part in str(value).split(";"))
    return lambda value: labels.get(value, value)


def _displayed(field: Field, value: Any, context: Context) -> str:
    if field.value_type.kind is Kind.COMPOUND:
        return field.type.compose(value, context.locale)
    shown = field.shown
    if isinstance(value, Decimal):
        value = shown.canonical(round_half_away(value, shown.value_type().scale))
    return shown.display(value, context.locale, context.region)
