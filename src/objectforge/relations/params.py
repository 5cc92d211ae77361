"""Parameters of list views and reports: the types of their binds, and their defaults typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from objectforge.expressions.scope import NameProblem, Scope
from objectforge.expressions.syntax import Bind, Part, Path
from objectforge.expressions.typed import Const, MeasureRef, Param, Ref, Typed
from objectforge.metadata.fields.base import FieldType, Reading
from objectforge.metadata.places import Path as At
from objectforge.relations import checking
from objectforge.relations.findings import Findings
from objectforge.relations.literals import read_literal
from objectforge.relations.mentions import SetValue
from objectforge.relations.schema import Objects
from objectforge.relations.scopes import CONDITION_DEPTH, of_user
from objectforge.values.kinds import ValueType

__all__ = ["param_types", "read_defaults"]


def param_types(params: Mapping[str, FieldType]) -> Mapping[str, ValueType]:
    """The static types of the binds."""
    return {name: declared.value_type() for name, declared in params.items()}


def read_defaults(
    objects: Objects, params: Mapping[str, FieldType], path: At, reading: Reading, findings: Findings
) -> Mapping[str, Typed]:
    """The defaults of those parameters that have one."""
    found: dict[str, Typed] = {}
    for name, declared in params.items():
        at = (*path, name, "default")
        text = declared.initial
        if text is None:
            continue
        if text.startswith("="):
            returns = declared.value_type()
            tree = checking.formula(text[1:], _NoRecord(objects), at, findings, returns=returns, shift=1)
            if tree is not None:
                found[name] = tree
            continue
        rules = declared.choice_rules
        if rules is not None and rules.value_set is not None:
            findings.mention(SetValue(rules.value_set, text), at)
        try:
            found[name] = Const(read_literal(text, declared, reading), declared.value_type())
        except ValueError as wrong:
            findings.add("OF233", f"the default '{text}' is no value of the parameter '{name}': {wrong}", at)
    return found


@dataclass(frozen=True)
class _NoRecord:
    """A place without a record: only literals, functions, and the user who asks."""

    objects: Objects

    def resolve(self, path: Path) -> Ref | MeasureRef:
        if path.parts[0].name.startswith("$"):
            return of_user(self.objects, path, CONDITION_DEPTH)
        raise _nothing(path.start, path.end)

    def measure(self, path: Path) -> MeasureRef:
        raise _nothing(path.start, path.end)

    def bind(self, bind: Bind) -> Param:
        raise _nothing(bind.start, bind.end)

    def records(self, name: Part, alias: Part | None) -> tuple[str, Scope]:
        raise _nothing(name.start, name.end)

    def aggregate_grain(self, path: Path) -> Ref:
        raise _nothing(path.start, path.end)

    def common_grain(self, refs: Sequence[Ref], start: int, end: int) -> Ref:
        raise _nothing(start, end)


def _nothing(start: int, end: int) -> NameProblem:
    return NameProblem("OF246", "no names are known here", start, end, "write a value, or a function such as TODAY()")
