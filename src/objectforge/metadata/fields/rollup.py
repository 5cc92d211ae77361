"""The field type `rollup`."""

from __future__ import annotations

from random import Random
from typing import Any, ClassVar

import sqlalchemy as sa

from objectforge.metadata.fields.average import Average
from objectforge.metadata.fields.base import FieldType, ParameterError
from objectforge.metadata.fields.integer import Integer
from objectforge.metadata.fields.problems import problem
from objectforge.metadata.fields.traits import RollupBody
from objectforge.metadata.leaves import Text
from objectforge.values.kinds import ValueType, number
from objectforge.values.storage_types import ScaledDecimal

__all__ = ["Rollup"]

_UNRESOLVED = number(18, 2)


class Rollup(FieldType):
    """A value computed over a record's children: how many, or the sum, least, greatest or average of a field."""

    type_name: ClassVar = "rollup"
    summary: ClassVar = "A value over the child records: `count(Children)`, `sum|min|max|avg(Children.Field)`."
    sample: ClassVar = {"value": "count(Contacts)"}
    unusable: ClassVar = frozenset(
        {"default", "required", "unique", "external_id", "indexed", "case_sensitive", "track_history"}
    )

    value: Text
    where: Text | None = None  # a condition on the children

    def check(self) -> None:
        """Check that the value is a count, or another aggregate of a child's field."""
        super().check()
        body = RollupBody.read(self.value, self.where)
        if body is None:
            raise ParameterError(
                "value", f"'{self.value}' is no roll-up", "write count(Children), or sum(Children.Field); min, max, avg"
            )
        if body.function != "count" and body.field is None:
            raise ParameterError(
                "value", f"{body.function} needs a field", f"write {body.function}({body.children}.Field)"
            )

    @property
    def computed(self) -> RollupBody:
        """What is computed over which children."""
        body = RollupBody.read(self.value, self.where)
        assert body is not None, "checked when declared"
        return body

    def over(self, field: FieldType | None) -> FieldType:
        """An integer for a count, else the child's field or an average of it."""
        function = self.computed.function
        if function == "count" or field is None:
            return Integer()
        return Average(of=field) if function == "avg" else field

    @property
    def stored(self) -> bool:
        """Never by itself."""
        return False

    @property
    def writable(self) -> bool:
        """Never."""
        return False

    def value_type(self) -> ValueType:
        """A number; which one exactly (or a date) is known with the child's field: see `RollupBody.over`."""
        return self.computed.over(None) or _UNRESOLVED

    def column_type(self) -> sa.types.TypeEngine[Any]:
        """The type of the aggregate in a query, as far as it is known here."""
        static = self.value_type()
        return ScaledDecimal(static.digits, static.scale)

    def coerce(self, value: Any) -> Any:
        """Refuse every value: nothing is written here."""
        if value is None:
            return None
        raise problem("not_writable")

    def example(self, random: Random, number: int) -> None:
        """Nothing: it is computed."""
        return
