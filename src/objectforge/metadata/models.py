"""Metadata as written: frozen models of every section of the YAML contract, in the long form.

Short forms are expanded before they get here (`metadata.expand`). Names refer to nothing yet: resolving is the next
stage's business. Which texts are conditions and which are formulas is said beside each.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.values import Values
from objectforge.metadata.leaves import Flag, Label, Names, SomeTexts, Text, Texts, Whole
from objectforge.metadata.short import Columns2D, Groups, Short

__all__ = [
    "Bucket", "Chart", "Column", "Columns", "Component", "Dashboard", "DashboardFilter", "FiscalYear", "GroupKey",
    "Join", "Kanban", "Keys", "Layout", "LayoutField", "ListView", "Measure", "Model", "ObjectDef",
    "ObjectExtension", "OrgSettings", "PackageHead", "Related", "Report", "Section", "Validation", "ValueSet",
]  # fmt: skip


_PREFIX = "^[0-9A-Za-z]{3}$"


class Model(BaseModel):
    """The base of all metadata models: frozen, and no key it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    placed: ClassVar[tuple[str, ...]] = ()
    """The keys that no file gives: they come from the definition's name and the place it stands in."""
    inside: ClassVar[tuple[str, ...]] = ()
    """The sections that may stand among its keys, and are definitions of their own."""


class ValueSet(Model):
    """A list of values shared by several picklists; short form: the list alone."""

    values: Values
    sorted: Flag = False
    replaces: Flag = False


class Validation(Model):
    """A rule of an object: records for which `error_if` (a formula) is true are refused with `message`."""

    error_if: Text
    message: Label
    field: Text | None = None
    active: Flag = True
    replaces: Flag = False


class Kanban(Model):
    """A board of a list view: a column per value of `by`, the `value` measure summed on top, `cards` per column."""

    by: Text
    value: Text | None = None
    cards: Annotated[Whole, Field(ge=1, le=1000)] = 25


class Column(Model):
    """A column of a list view, report or related list; short form: the path alone."""

    field: Text
    label: Label | None = None


Columns = tuple[Annotated[Column, Short("field")], ...]


class ListView(Model):
    """Records of one object: columns, a condition, an order. `object` comes from the name or the place it stands."""

    placed: ClassVar = ("object", "name")

    object: Text
    name: Text
    label: Label | None = None
    columns: Columns = Field(min_length=1)
    params: Mapping[str, FieldType] = {}
    where: Text | None = None  # a condition
    sort: Texts = ()
    kanban: Kanban | None = None
    replaces: Flag = False


class Join(Model):
    """One more object of a report; short form: the type alone."""

    type: Literal["inner", "outer", "without"] = "inner"
    where: Text | None = None  # a condition, its paths relative to the joined object


class Bucket(Model):
    """Values gathered under a label: limits of ranges with n+1 labels, or lists of values by label."""

    limits: tuple[Text, ...] = ()
    groups: Mapping[str, Texts] = {}


class GroupKey(Model):
    """What a report groups by; short form: the path alone."""

    field: Text
    by: Text | None = None
    bucket: Annotated[Bucket, Groups()] | None = None
    labels: tuple[Label, ...] = ()
    other: Label | None = None
    as_: Text | None = Field(default=None, alias="as")
    label: Label | None = None


class Measure(Model):
    """A number per group; short form: the `value` alone. `where` is a condition on the rows it sees."""

    value: Text  # a formula over aggregates and other measures
    where: Text | None = None  # a condition
    label: Label | None = None
    returns: Literal["number", "currency", "percent"] | None = None
    scale: Annotated[Whole, Field(ge=0, le=18)] | None = None


class Chart(Model):
    """How a report is drawn."""

    type: Literal[
        "bar", "stacked_bar", "grouped_bar", "column", "line", "area", "donut", "funnel", "gauge", "scatter",
        "heat_map", "metric", "timeline",
    ]  # fmt: skip
    x: Text | None = None
    y: Text | None = None
    color: Text | None = None
    x2: Text | None = None
    title: Label | None = None


Keys = tuple[Annotated[GroupKey, Short("field")], ...]


class Report(Model):
    """A report over a base object and up to three more."""

    placed: ClassVar = ("name",)

    name: Text
    label: Label | None = None
    from_: Text = Field(alias="from")
    joins: Mapping[str, Annotated[Join, Short("type")]] = {}
    where: Text | None = None  # a condition
    rows: Keys = ()
    across: Keys = ()
    measures: Mapping[str, Annotated[Measure, Short("value")]] = {}
    columns: Columns = ()
    having: Text | None = None  # a condition over measures
    sort: Texts = ()
    limit: Annotated[Whole, Field(ge=1, le=1_000_000_000)] | None = None
    params: Mapping[str, FieldType] = {}
    chart: Chart | None = None
    format: Literal["tabular", "summary", "matrix"] | None = None
    replaces: Flag = False


class DashboardFilter(Model):
    """A period or value that every component of a dashboard obeys."""

    on: SomeTexts
    default: Text | None = None
    label: Label | None = None


class Component(Model):
    """One tile of a dashboard: a report or a list view, `width` in twelfths."""

    report: Text | None = None
    list_view: Text | None = None
    width: Annotated[Whole, Field(ge=1, le=12)] = 12
    chart: Chart | None = None
    label: Label | None = None


class Dashboard(Model):
    """Rows of components; only checked for now."""

    placed: ClassVar = ("name",)

    name: Text
    label: Label | None = None
    filters: Mapping[str, DashboardFilter] = {}
    grid: tuple[tuple[Component, ...], ...] = Field(min_length=1)
    replaces: Flag = False


class LayoutField(Model):
    """A field on a page; short form: its name alone. `show_if` is a formula over the record."""

    field: Text
    show_if: Text | None = None
    behavior: Literal["edit", "readonly", "required"] = "edit"


class Section(Model):
    """A titled block of fields in columns: `fields` is a list of columns, each a list of fields."""

    label: Label | None = None
    fields: Annotated[tuple[tuple[Annotated[LayoutField, Short("field")], ...], ...], Columns2D()]
    show_if: Text | None = None  # a formula


class Related(Model):
    """A list of child records on a page; short form: the child relationship's name alone."""

    list: Text
    label: Label | None = None
    columns: Columns = ()
    sort: Texts = ()
    where: Text | None = None  # a condition on the children
    limit: Annotated[Whole, Field(ge=1, le=200)] = 10


class Layout(Model):
    """How a record of an object is shown."""

    placed: ClassVar = ("object", "name")

    object: Text
    name: Text
    label: Label | None = None
    sections: tuple[Section, ...] = ()
    related: tuple[Annotated[Related, Short("list")], ...] = ()
    replaces: Flag = False


class ObjectDef(Model):
    """An object: what a business keeps records of."""

    placed: ClassVar = ("name", "package", "name_field_name")
    inside: ClassVar = ("list_views", "layouts")

    name: Text
    label: Label | None = None
    plural_label: Label | None = None
    help: Label | None = None
    plural: Text | None = None
    """The English plural of the API name, where the usual rule does not give it; child relationships use it."""
    name_field: FieldType
    name_field_name: Text = "Name"
    fields: Mapping[str, FieldType] = {}
    validations: Mapping[str, Validation] = {}
    unique: Mapping[str, SomeTexts] = {}
    indexes: tuple[SomeTexts, ...] = ()
    prefix: (
        Annotated[Text, Field(pattern=_PREFIX), WithJsonSchema({"type": ["string", "number"], "pattern": _PREFIX})]
        | None
    ) = None
    """The first three characters of its records' ids; given out by the org when absent."""
    was: Names = ()
    package: Text | None = None
    """The package that declares it; None for the org's own."""
    replaces: Flag = False


class ObjectExtension(Model):
    """What a file adds to an object of a package, and the field keys it overrides."""

    placed: ClassVar = ("object",)

    object: Text
    fields: Mapping[str, FieldType] = {}
    override: Mapping[str, Mapping[str, Any]] = {}
    validations: Mapping[str, Validation] = {}
    unique: Mapping[str, SomeTexts] = {}
    indexes: tuple[SomeTexts, ...] = ()


class FiscalYear(Model):
    """When the fiscal year starts (month 1-12) and whether it is named by the year it starts or ends in."""

    start: Annotated[Whole, Field(ge=1, le=12)] = 1
    named_by: Literal["start", "end"] = "start"


class OrgSettings(Model):
    """The org as a whole: its name, language, zone, currency, calendar."""

    name: Text = "ObjectForge"
    timezone: Text = "UTC"
    locale: Text = "en"
    currency: Text = "USD"
    fiscal_year: FiscalYear = FiscalYear()
    week_start: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] = "sunday"
    bin_days: Annotated[Whole, Field(ge=0, le=3650)] = 15
    report_objects: Annotated[Whole, Field(ge=1, le=16)] = 4


class PackageHead(Model):
    """The head of a package: its name, version and what it needs."""

    name: Text
    version: Text
    requires: Mapping[str, Text] = {}
    label: Label | None = None
