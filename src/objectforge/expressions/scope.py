"""What an expression may name: the checker asks a scope, and each place of the metadata has one of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from objectforge.expressions import syntax
from objectforge.expressions.typed import MeasureRef, Param, Ref

__all__ = ["NameProblem", "Scope", "no_records"]


class NameProblem(Exception):
    """A name that leads nowhere: which part of the path (`start`, `end` offsets), what is wrong, what to type."""

    def __init__(self, code: str, message: str, start: int, end: int, hint: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.start, self.end, self.hint = code, message, start, end, hint


class Scope(Protocol):
    """The names an expression can use."""

    def resolve(self, path: syntax.Path) -> Ref | MeasureRef:
        """The field that a path leads to; the measure, in a place that knows only measures (`having`).

        Raises:
            NameProblem: it leads nowhere, or where this place must not go.
        """
        ...

    def measure(self, path: syntax.Path) -> MeasureRef:
        """The measure of that name: what a name outside every aggregate means in a report's measure.

        Raises:
            NameProblem: there is no such measure, or this place has none.
        """
        ...

    def bind(self, bind: syntax.Bind) -> Param:
        """The parameter of that name.

        Raises:
            NameProblem: this place has no such parameter.
        """
        ...

    def aggregate_grain(self, path: syntax.Path) -> Ref:
        """The record that `count(path)` or an aggregate's second argument names: a Ref whose field is Id.

        Raises:
            NameProblem: no such path, or this place has no aggregates.
        """
        ...

    def records(self, name: syntax.Part, alias: syntax.Part | None) -> tuple[str, Scope]:
        """The object, and the names inside a query over its records: `IN (SELECT ... FROM name alias)`.

        Raises:
            NameProblem: there is no such object, or this place asks for no other records.
        """
        ...

    def common_grain(self, refs: Sequence[Ref], start: int, end: int) -> Ref:
        """The record that an aggregate's expression counts once: a Ref whose field is Id.

        It is the one record, owner of some of these fields, from which the owners of all others are reached upwards.
        `start` and `end` are the expression's place, for the problem.

        Raises:
            NameProblem: the fields lie on two branches; the hint shows the second argument that decides.
        """
        ...


def no_records(name: syntax.Part) -> NameProblem:
    """What a place says that asks for no other records."""
    hint = "IN (SELECT ...) stands in the `where` of list views, reports and related lists, and in SOQL"
    return NameProblem("OF932", "other records cannot be asked for here", name.start, name.end, hint)
