"""A plan: the steps from what an org is to what it shall be, printed for people and as SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from sqlalchemy.engine import Dialect

from objectforge.change.describe import describe
from objectforge.change.step_ddl import carried_out, ddl
from objectforge.change.steps import ChangeDefinition, NotSupported, Step
from objectforge.relations.schema import Schema
from objectforge.storage.registry import Registry
from objectforge.storage.tables import Tables, build_tables

__all__ = ["Plan"]

_FOLD = 4


@dataclass(frozen=True)
class Plan:
    """Steps, and what they start from and lead to. Applied only to an org at the version it was made from."""

    steps: tuple[Step, ...]
    before: Registry
    after: Registry
    target: Schema
    unchanged: int = 0
    """How many fields stay as they are."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.steps

    @property
    def refused(self) -> tuple[NotSupported, ...]:
        """The steps that cannot be carried out."""
        return tuple(step for step in self.steps if isinstance(step, NotSupported))

    @cached_property
    def tables(self) -> Tables:
        """The tables of the schema to come."""
        return build_tables(self.target, self.after.names)

    def sql(self, dialect: Dialect) -> tuple[str, ...]:
        """The DDL statements of the steps, in the dialect's SQL."""
        elements = (element for step in carried_out(self.steps, dialect) for element in ddl(step, self.tables))
        return tuple(str(element.compile(dialect=dialect)) for element in elements)

    def __str__(self) -> str:
        if self.is_empty:
            return "nothing to do: the org is as described"
        return "\n".join((*self._lines(), self._summary()))

    def _lines(self) -> Iterator[str]:
        """A line per step; many definitions of one kind are one line."""
        for kind, group in groupby(self.steps, key=_kind):
            steps, section = list(group), kind[0]
            if section and len(steps) > _FOLD:
                sign = describe(steps[0])[0]
                yield f"{sign} {len(steps)} {section.replace('_', ' ')}"
            else:
                yield from map(describe, steps)
        if self.unchanged:
            yield f"  {self.unchanged} field{'' if self.unchanged == 1 else 's'} unchanged"

    def _summary(self) -> str:
        signs = [describe(step)[0] for step in self.steps]
        words = (("+", "to add"), ("~", "to change"), ("-", "to take away"), ("!", "that this version cannot do"))
        return ", ".join(f"{signs.count(sign)} {word}" for sign, word in words if sign in signs)


def _kind(step: Step) -> tuple[str, str]:
    match step:
        case ChangeDefinition(section=section, name=str(), change=change) if section != "objects":
            return section, change
        case _:
            return "", ""
