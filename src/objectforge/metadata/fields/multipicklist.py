"""The field type `multipicklist`."""

from __future__ import annotations

from random import Random
from typing import Any, ClassVar

from objectforge.metadata.fields.base import NEUTRAL, ParameterError, Region
from objectforge.metadata.fields.choices import Choices
from objectforge.metadata.fields.problems import problem, shown
from objectforge.values.kinds import Kind, ValueType
from objectforge.values.locales import Locale

__all__ = ["MultiPicklist"]


class MultiPicklist(Choices):
    """Several values chosen from a list, written `a;b;c` in definition order."""

    type_name: ClassVar = "multipicklist"
    summary: ClassVar = "Several values chosen from a list, written `a;b;c` in definition order."
    examples: ClassVar = ("Draft", "Draft;Paid", "Sent;On Hold;支払済")
    unusable: ClassVar = frozenset({"case_sensitive", "unique", "external_id"})

    def check(self) -> None:
        """Check the values; a semicolon separates them and so cannot be in one."""
        for choice in self.values:
            if ";" in choice.value:
                raise ParameterError("values", f"the value '{choice.value}' holds a semicolon")
        super().check()

    @property
    def multiple(self) -> bool:
        """Always."""
        return True

    @property
    def initial(self) -> str | None:
        """The default as text: `default`, else the values marked so."""
        marked = ";".join(choice.value for choice in self.values if choice.default)
        return (marked or None) if self.default is None else self.default

    def value_type(self) -> ValueType:
        """A set of values in definition order."""
        return ValueType(Kind.MULTI, order=tuple(choice.value for choice in self.choices))

    def coerce(self, value: Any) -> str | None:
        """The values joined by `;` in definition order, each once; a list or tuple is accepted."""
        match value:
            case None:
                return None
            case str():
                texts: list[Any] = value.split(";")
            case list() | tuple():
                texts = list(value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
            case _:
                raise problem("text_wanted", value=shown(value))
        chosen = dict.fromkeys(judged for text in texts if (judged := self._one(text)) is not None)
        return ";".join(sorted(chosen, key=self.place)) or None

    def _one(self, value: Any) -> str | None:
        text = super().coerce(value)
        if text is not None and ";" in text:
            raise problem("semicolon_in_value", value=text)
        return text

    def display(self, value: Any, locale: Locale, region: Region = NEUTRAL) -> str:
        """The values' labels."""
        return "" if value is None else "; ".join(self.label_of(part, locale) for part in value.split(";"))

    def example(self, random: Random, number: int) -> str | None:
        """One or two of the active values."""
        if not self.active:
            return None
        return self.coerce(random.sample(self.active, k=min(len(self.active), random.choice((1, 2)))))
