"""A column of a result to SQL elements, and their values back to what callers get."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from objectforge.expressions.sql.compiler import Compiler
from objectforge.expressions.typed import Ref, Typed
from objectforge.query.cell import Cell
from objectforge.query.context import Context
from objectforge.query.python_cells import python_cell
from objectforge.relations.columns import field_of
from objectforge.relations.schema import Field
from objectforge.values.kinds import Kind
from objectforge.values.numbers import round_half_away

__all__ = ["compile_cell", "computed_cell", "part_refs"]


def compile_cell(ref: Ref, context: Context, compiler: Compiler, *, whole: bool = False, exact: bool = False) -> Cell:
    """The cell of a reference.

    A compound is its text, with `whole` a mapping of its parts by their keys. A computed number is rounded to its
    field's scale, with `exact` it is as expressions see it.
    """
    backend = context.backend
    if field_of(context.schema, ref).only_python is not None:
        finish = _same if exact or ref.type.kind is not Kind.NUMBER else _rounded(field_of(context.schema, ref))
        return computed_cell(ref, context, compiler, finish)
    match ref.type.kind:
        case Kind.COMPOUND:
            field = field_of(context.schema, ref)
            parts = part_refs(field, ref)
            elements = tuple(backend.decode(compiler.value(part), part.type) for part in parts.values())
            keys = tuple(parts)

            def gather(values: Sequence[Any]) -> Any:
                given = dict(zip(keys, values, strict=True))
                return given if whole else field.type.compose(given, context.locale) or None

            return Cell(elements, gather)
        case Kind.ID:
            format_id = context.ids.format
            element = backend.decode(compiler.value(ref), ref.type)
            return Cell((element,), lambda values: None if values[0] is None else format_id(values[0]))
        case _:
            return _plain_cell(ref, field_of(context.schema, ref), context, compiler, exact=exact)


def computed_cell(tree: Typed, context: Context, compiler: Compiler, finish: Callable[[Any], Any]) -> Cell:
    """The cell of an expression without a SQL form; `finish` gets each value that is not null."""

    def exact_cell(leaf: Ref) -> Cell:
        return compile_cell(leaf, context, compiler, exact=True)

    return python_cell(tree, context, compiler.columns, exact_cell, finish)


def _plain_cell(ref: Ref, field: Field, context: Context, compiler: Compiler, *, exact: bool) -> Cell:
    raw = compiler.value(ref)
    if field.stored:
        return Cell((sa.type_coerce(raw, field.type.column_type()),), _first)
    element = context.backend.decode(raw, ref.type)
    if exact or ref.type.kind is not Kind.NUMBER:
        return Cell((element,), _first)
    show = _rounded(field)
    return Cell((element,), lambda values: None if values[0] is None else show(values[0]))


def _rounded(field: Field) -> Callable[[Any], Any]:
    """What is computed is exact inside expressions and rounded only here, where it is shown."""
    shown = field.shown
    places = shown.value_type().scale
    return lambda value: shown.canonical(round_half_away(value, places))


def _same(value: Any) -> Any:
    return value


def _first(values: Sequence[Any]) -> Any:
    return values[0]


def part_refs(field: Field, ref: Ref) -> dict[str, Ref]:
    """References to the parts of a compound, by part key."""
    parts = field.type.parts(field.name)
    return {
        key: replace(ref, field=name, type=parts[name].value_type())
        for key, name in field.type.part_keys(field.name).items()
    }
