"""What a SOQL query asks once every name is looked up: rows of records, groups of them, or their number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from objectforge.expressions.typed import Param, Ref, Typed
from objectforge.relations.schema import ChildRelationship, Field
from objectforge.values.kinds import ValueType

__all__ = [
    "GROUPS",
    "Answer",
    "Asked",
    "Children",
    "Choice",
    "Column",
    "Counted",
    "Form",
    "Function",
    "Groups",
    "Order",
    "Rows",
    "Source",
    "Total",
    "group_ref",
]  # fmt: skip

GROUPS = "#groups"
"""Stands for an object in references to the keys, totals and marks of groups."""

Function = Literal["count", "count_distinct", "sum", "avg", "min", "max"]


class Form(Enum):
    """How a column gives its value: as it is, as people read it (FORMAT), or as the label of a choice (toLabel)."""

    VALUE = "value"
    TEXT = "text"
    LABEL = "label"


class Answer(Enum):
    """What a value comes out as: a field's own kind of value, an `int` (counts, parts of dates), an exact number."""

    FIELD = "field"
    INTEGER = "integer"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a column may show; `field` knows how it is read and displayed."""

    value: Typed
    field: Field | None
    answer: Answer


@dataclass(frozen=True, slots=True)
class Column:
    """A value of each row, under its key; of several choices (a polymorphic lookup) the one that is not null."""

    key: str
    choices: tuple[Choice, ...]
    form: Form = Form.VALUE


@dataclass(frozen=True, slots=True)
class Order:
    """One key of an order."""

    by: Typed
    descending: bool
    nulls_first: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Which records take part: of an object, under a condition, with `deleted` also those in the recycle bin."""

    object: str
    where: Typed | None
    deleted: bool


@dataclass(frozen=True, slots=True)
class Children:
    """The records of a child relationship, as a list in each row."""

    key: str
    relationship: ChildRelationship
    rows: Rows


@dataclass(frozen=True, slots=True)
class Rows:
    """A row per record; `lock` keeps others from changing them until the transaction ends."""

    source: Source
    items: tuple[Column | Children, ...]
    order: tuple[Order, ...]
    limit: int | Param | None
    offset: int | Param | None
    lock: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """An aggregate over the records of a group; without argument the number of records."""

    function: Function
    argument: Typed | None
    type: ValueType


@dataclass(frozen=True, slots=True)
class Groups:
    """A row per group. `levels` are the keys, by number, that each kind of group has (ROLLUP and CUBE have several).

    Columns, `having` and `order` name keys, totals and the marks of GROUPING by references to `GROUPS`.
    """

    source: Source
    keys: tuple[Typed, ...]
    totals: tuple[Total, ...]
    levels: tuple[tuple[int, ...], ...]
    columns: tuple[Column, ...]
    having: Typed | None
    order: tuple[Order, ...]
    limit: int | Param | None
    offset: int | Param | None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records there are: `SELECT COUNT()`."""

    source: Source
    limit: int | Param | None
    offset: int | Param | None


Asked = Rows | Groups | Counted


def group_ref(name: str, value_type: ValueType) -> Ref:
    """A reference to what groups have: `k0` the first key, `a0` the first total, `m0` whether that key is left out."""
    return Ref("", (), GROUPS, name, value_type)
