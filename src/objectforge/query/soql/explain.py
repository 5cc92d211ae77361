"""A query explained: what the engine does for it, the index that would help, and the SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from objectforge.expressions.blank import unfill
from objectforge.expressions.typed import And, Compare, InList, InPeriod, OnDay, Ref, Typed
from objectforge.query.context import Context
from objectforge.query.plan.engine_plan import engine_plan
from objectforge.query.soql.rows import compile_children
from objectforge.query.soql.run import prepare
from objectforge.query.sql_text import sql_text
from objectforge.relations.columns import field_of
from objectforge.relations.soql.query import Asked, Children, Rows, Source
from objectforge.values.kinds import Kind

__all__ = ["explain"]

_SOME_ID = 1


def explain(asked: Asked, context: Context, params: Mapping[str, Any]) -> str:
    """The plan in words, then the SQL; child queries behind the query they belong to."""
    statement = prepare(asked, context, params).select
    steps = engine_plan(statement, context)
    lines = [f"records of {asked.source.object}", "", "plan", *(f"  {step.text}" for step in steps)]
    if any(step.scanned == "t1" for step in steps):
        lines += [f"  {hint}" for hint in _missing_index(asked.source, context)]
    lines += ["", "SQL", sql_text(statement, context.connection.dialect)]
    for child in _children(asked):
        select = compile_children(child, context, params, [_SOME_ID]).select
        lines += ["", f"{child.key}, for up to 500 records at a time", "", "plan"]
        lines += [f"  {step.text}" for step in engine_plan(select, context)]
        lines += ["", "SQL", sql_text(select, context.connection.dialect)]
    return "\n".join(lines)


def _children(asked: Asked) -> Iterator[Children]:
    for item in asked.items if isinstance(asked, Rows) else ():
        if isinstance(item, Children):
            yield item
            yield from _children(item.rows)


def _missing_index(source: Source, context: Context) -> Iterator[str]:
    """The fields of the object itself that the condition compares and that have no index."""
    seen: set[str] = set()
    for ref in () if source.where is None else _compared(source.where):
        field = field_of(context.schema, ref)
        served = field.identifies or field.type.indexed or field.type.relation is not None
        if ref.steps or ref.node or served or not field.stored or ref.type.kind is Kind.BOOLEAN or field.name in seen:
            continue
        seen.add(field.name)
        yield f"an index would find them: write `indexed: true` at the field {ref.object}.{ref.field}"


def _compared(tree: Typed) -> Iterator[Ref]:
    match tree:
        case And(items=items):
            for item in items:
                yield from _compared(item)
        case Compare(op=op, left=left, right=right) if op != "!=":
            yield from (side for side in map(unfill, (left, right)) if isinstance(side, Ref))
        case InList(operand=Ref() as ref) | InPeriod(operand=Ref() as ref) | OnDay(operand=Ref() as ref):
            yield ref
        case _:
            pass
