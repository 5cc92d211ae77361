"""The field type `picklist`."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from objectforge.metadata.fields.base import ParameterError
from objectforge.metadata.fields.choices import Choices
from objectforge.values.kinds import Kind, ValueType

__all__ = ["Picklist"]


class Picklist(Choices):
    """One value chosen from a list."""

    type_name: ClassVar = "picklist"
    summary: ClassVar = "One value chosen from a list; kept in its declared spelling, shown by its label."
    examples: ClassVar = ("Draft", "Sent", "Paid", "On Hold", "支払済")

    def check(self) -> None:
        """Check the values and that at most one is the default."""
        defaults = [choice.value for choice in self.values if choice.default]
        if len(defaults) > 1:
            raise ParameterError("values", f"several values are the default: {', '.join(defaults)}", "keep one")
        super().check()

    @property
    def initial(self) -> str | None:
        """The default as text: `default`, else the value marked so."""
        marked = next((choice.value for choice in self.values if choice.default), None)
        return marked if self.default is None else self.default

    def value_type(self) -> ValueType:
        """Text that sorts in definition order."""
        return ValueType(Kind.TEXT, order=tuple(choice.value for choice in self.choices))

    def example(self, random: Random, number: int) -> str | None:
        """One of the active values."""
        return random.choice(self.active) if self.active else None
