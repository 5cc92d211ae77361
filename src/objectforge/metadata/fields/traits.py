"""What a field may be beside its values - a link, a number series, a computation - as data for the other layers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from objectforge.metadata.leaves import Label
from objectforge.values.kinds import Kind, ValueType, number
from objectforge.values.numbers import QUOTIENT_SCALE

__all__ = ["ChoiceRules", "FormulaBody", "Numbering", "OnDelete", "Relation", "RollupBody", "TextRules"]

OnDelete = Literal["set_null", "restrict", "cascade"]
"""What deleting a parent does to its children."""

_TOKEN = re.compile(r"\{(0+|YYYY|YY|MM|DD)\}")
_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Relation:
    """A link to a parent record.

    `targets` are the objects it may point at (several: polymorphic); `children` is its name seen from them, None for
    the usual plural. `master` marks master-detail, whose parent may only change when `reparentable`.
    """

    targets: tuple[str, ...]
    children: str | None
    on_delete: OnDelete
    master: bool = False
    reparentable: bool = False
    hierarchy: bool = False
    filter: str | None = None  # a condition on the parent
    filter_message: Label | None = None


@dataclass(frozen=True, slots=True)
class ChoiceRules:
    """How the choices of a picklist may be used.

    `restricted` refuses other values; `multiple` allows several in one value. `when` gives for each value of the field
    `controlled_by` the choices it allows. `value_set` names where the choices come from.
    """

    restricted: bool
    multiple: bool = False
    controlled_by: str | None = None
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    value_set: str | None = None


@dataclass(frozen=True, slots=True)
class TextRules:
    """Which texts a field of free text takes: how long, with line breaks or without.

    `judged` says that not every such text will do: it has to be an email address, for instance.
    """

    length: int
    lines: bool = False
    judged: bool = False


@dataclass(frozen=True, slots=True)
class Numbering:
    """A series of numbers: `INV-{YYYY}-{00000}` from `start`."""

    format: str
    start: int = 1

    def show(self, number: int, day: date) -> str:
        """The text of the n-th number, given out on `day`; longer numbers than the format has room for stay whole."""

        def token(match: re.Match[str]) -> str:
            match match.group(1):
                case "YYYY":
                    return f"{day.year:04d}"
                case "YY":
                    return f"{day.year % 100:02d}"
                case "MM":
                    return f"{day.month:02d}"
                case "DD":
                    return f"{day.day:02d}"
                case zeros:
                    return f"{number:0{len(zeros)}d}"

        return _TOKEN.sub(token, self.format)

    @property
    def mistake(self) -> str | None:
        """What is wrong with the format, in words; None when it is fine."""
        counters = [token for token in _TOKEN.findall(self.format) if token[0] == "0"]
        if len(counters) != 1:
            return f"the format needs the counter once, such as {{0000}}; it has it {len(counters)} times"
        if len(counters[0]) > _DIGITS:
            return f"the counter has at most {_DIGITS} digits"
        if found := re.search(r"\{[^}]*\}?|\}", _TOKEN.sub("", self.format)):
            return f"'{found.group()}' is not known in a format"
        return None


@dataclass(frozen=True, slots=True)
class FormulaBody:
    """A value computed from the record: the formula's text and how it treats blanks."""

    formula: str
    returns: str
    blanks: Literal["zero", "null"]


_ROLLUP = re.compile(
    r"\s*(count|sum|min|max|avg)\s*\(\s*([A-Za-z]\w*)(?:\s*\.\s*([A-Za-z]\w*))?\s*\)\s*", re.I | re.ASCII
)
# A sum over all the records there can be (2^40) has thirteen digits more than one of them.
_SUM_DIGITS = 13
_COUNT = number(18, 0)


@dataclass(frozen=True, slots=True)
class RollupBody:
    """A value computed over child records: `sum(Opportunities.Amount)`; `where` is a condition on them.

    The names of the children and of their field begin at these offsets of the text.
    """

    function: Literal["count", "sum", "min", "max", "avg"]
    children: str
    field: str | None
    where: str | None
    children_at: int = 0
    field_at: int = 0

    @classmethod
    def read(cls, text: str, where: str | None) -> RollupBody | None:
        """The roll-up that `text` says, None when it says none."""
        found = _ROLLUP.fullmatch(text)
        if found is None:
            return None
        function: Mapping[str, Literal["count", "sum", "min", "max", "avg"]] = {
            "count": "count", "sum": "sum", "min": "min", "max": "max", "avg": "avg",
        }  # fmt: skip
        return cls(function[found[1].lower()], found[2], found[3], where, found.start(2), found.start(3))

    def over(self, field: ValueType | None) -> ValueType | None:
        """The type of the result over a child field of the given type; None when they do not go together."""
        match self.function, field:
            case "count", ValueType(kind=Kind.COMPOUND):
                return None
            case "count", _:
                return _COUNT
            case "sum", ValueType(kind=Kind.NUMBER, digits=digits, scale=scale, percent=percent):
                return number(digits + _SUM_DIGITS, scale, percent=percent)
            case "avg", ValueType(kind=Kind.NUMBER, digits=digits, scale=scale, percent=percent):
                return number(digits - scale + QUOTIENT_SCALE, QUOTIENT_SCALE, percent=percent)
            case "min" | "max", ValueType(kind=Kind.NUMBER | Kind.DATE | Kind.DATETIME | Kind.TIME):
                return field
            case _:
                return None
