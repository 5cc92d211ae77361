"""Reports, resolved: a tree of joined objects, keys, measures with their grains, and what is shown of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from objectforge.expressions.typed import Ref, Typed
from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.leaves import Label
from objectforge.metadata.models import Chart
from objectforge.relations.view import Column
from objectforge.values.granularity import Granularity
from objectforge.values.kinds import ValueType

__all__ = ["GroupBucket", "Key", "Measure", "Node", "RangeBucket", "Report", "ReportSort"]


@dataclass(frozen=True, slots=True)
class Node:
    """One object of a report's join tree.

    `path` is the join path, "" for the base, whose `parent` is "" too. `field` is the lookup that links the two: on
    this node's object when it is reached downwards, on the parent node's object when `up`. `where` is the join's
    condition; its refs are rooted at this node.
    """

    path: str
    object: str
    parent: str
    kind: Literal["base", "inner", "outer", "without"]
    up: bool = False
    field: str = ""
    where: Typed | None = None


@dataclass(frozen=True, slots=True)
class RangeBucket:
    """Ranges of a number or date: (-inf, limits[0]], (limits[0], limits[1]], ... (limits[-1], inf); null stays null."""

    limits: tuple[Decimal | date, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class GroupBucket:
    """Values gathered under labels; the others under `other`, or each for itself when there is none."""

    groups: Mapping[str, tuple[str, ...]]
    other: Label | None


@dataclass(frozen=True, slots=True)
class Key:
    """A group key: its name in results, the field, and how values become groups."""

    name: str
    ref: Ref
    field_type: FieldType
    label: Label
    granularity: Granularity | None = None
    bucket: RangeBucket | GroupBucket | None = None
    named: bool = False
    """Whether `as` names it; else its name is the path of the field."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: a formula over aggregates and other measures, rounded to its type's scale where it is returned.

    `where` restricts the rows that its aggregates see. `PERCENT_OF(measure[, "parent"])` and `RUNNING(measure)` are
    Calls that look at other groups; all else depends on the group's own rows. `type` is what is returned: its scale is
    the declared one, or that of `value`, whose type is the unrounded one that other measures see. `field_type` knows
    how values are shown, if the measure gathers those of a field or says what it returns.
    """

    name: str
    value: Typed
    where: Typed | None
    label: Label
    type: ValueType
    field_type: FieldType | None = None


@dataclass(frozen=True, slots=True)
class ReportSort:
    """One entry of `sort`: a key's or a measure's name; of a tabular report the path of the field `ref`."""

    name: str
    descending: bool = False
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report, resolved. `nodes` is the join tree with the base first and every parent before its children."""

    name: str
    label: Label
    nodes: Mapping[str, Node]
    where: Typed | None
    rows: tuple[Key, ...]
    across: tuple[Key, ...]
    measures: Mapping[str, Measure]
    columns: tuple[Column, ...]
    having: Typed | None
    sort: tuple[ReportSort, ...]
    limit: int | None
    params: Mapping[str, FieldType]
    defaults: Mapping[str, Typed]
    chart: Chart | None = None

    @property
    def base(self) -> str:
        """The base object's name."""
        return self.nodes[""].object

    @property
    def format(self) -> Literal["tabular", "summary", "matrix"]:
        """What the keys make of it."""
        return "matrix" if self.across else "summary" if self.rows else "tabular"
