"""The resolved schema: objects, fields and relationships with every name looked up. Names are found in any case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol

from objectforge.errors.issue import Issue
from objectforge.expressions.typed import Ref, Scalar, Typed
from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.leaves import Label
from objectforge.values.kinds import Kind, ValueType

if TYPE_CHECKING:
    import networkx as nx

    from objectforge.metadata.metadata import Metadata
    from objectforge.relations.layout import Layout
    from objectforge.relations.report import Report
    from objectforge.relations.view import ListView

__all__ = [
    "ChildRelationship", "Field", "FormulaValue", "Lookup", "Object", "Objects", "RollupValue", "Schema", "Validation",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lookup:
    """A relationship seen from its child: the field, the objects it may point to, the path up and what delete does.

    `children` is the name under which a parent lists its children (None: system lookups have none). `filter` is a
    condition on the parent; in it the node `$source` is the record that points there.
    """

    object: str
    field: str
    targets: tuple[str, ...]
    path: str
    children: str | None
    on_delete: str  # set_null | restrict | cascade
    master: bool = False
    reparentable: bool = True
    hierarchy: bool = False
    filter: Typed | None = None
    filter_message: Label | None = None

    @property
    def polymorphic(self) -> bool:
        """Whether it may point to records of more than one object."""
        return len(self.targets) > 1


@dataclass(frozen=True, slots=True)
class ChildRelationship:
    """The same relationship seen from a parent: its name there, the child object and the lookup field."""

    name: str
    parent: str
    child: str
    field: str


@dataclass(frozen=True, slots=True)
class FormulaValue:
    """What a formula field computes from its record, in the type it returns but not yet rounded to its scale."""

    value: Typed
    size: int = 1
    """How much SQL it becomes, see `expressions.sql.size`."""


@dataclass(frozen=True, slots=True)
class RollupValue:
    """What a roll-up field computes over a record's children; `argument` and `where` are rooted at the child."""

    function: Literal["count", "sum", "min", "max", "avg"]
    children: ChildRelationship
    argument: Ref | None
    where: Typed | None
    type: ValueType
    shown: FieldType
    """Knows how its values are read: the child's field, or a number."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an object, system fields and parts of compounds included."""

    object: str
    name: str
    type: FieldType
    label: Label
    value_type: ValueType
    system: bool = False
    part_of: str | None = None
    """The compound field it belongs to."""
    default: Typed | None = None
    """The default's expression or constant."""
    computed: FormulaValue | RollupValue | None = None
    only_python: str | None = None
    """Of a formula what no query can compute: a function's name, or in words."""
    reach: int = 0
    """Over how many lookups a formula goes up, those that it names included."""
    copies: int = 1
    """How often the SQL of a formula holds that of a stored field."""
    sets: Mapping[str, Mapping[str, Scalar]] = attribute(default_factory=dict[str, Mapping[str, Scalar]])
    """For a picklist's values what they give to other fields: value, field name, canonical value."""

    @property
    def stored(self) -> bool:
        """Whether it has a column."""
        return self.type.stored

    @property
    def readable(self) -> bool:
        """Whether records show it: it has a column, is made of some, or is computed."""
        return self.stored or self.computed is not None or self.value_type.kind is Kind.COMPOUND

    @property
    def shown(self) -> FieldType:
        """The type that knows how its values are read and written as text; a roll-up's is that of what it gathers."""
        return self.computed.shown if isinstance(self.computed, RollupValue) else self.type

    @property
    def identifies(self) -> bool:
        """Whether a value of it belongs to one record: the id, unique fields, external ids, numbers given out."""
        declared = self.type
        named = declared.unique or declared.external_id or declared.numbering is not None
        return self.stored and (named or self.name == "Id")

    @property
    def writable(self) -> bool:
        """Whether callers may give it a value."""
        return self.type.writable and (not self.system or self.name == "OwnerId")


@dataclass(frozen=True, slots=True)
class Validation:
    """A rule of an object, typed."""

    name: str
    error_if: Typed
    message: Label
    field: str | None


@dataclass(frozen=True)
class Object:
    """An object, resolved. `fields` holds every field in order: Id, the name, the declared ones, the system's."""

    name: str
    label: Label
    plural_label: Label
    name_field: str
    fields: Mapping[str, Field]
    lookups: Mapping[str, Lookup]
    """By field name."""
    children: Mapping[str, ChildRelationship]
    """By child relationship name."""
    validations: tuple[Validation, ...] = ()
    unique: Mapping[str, tuple[str, ...]] = attribute(default_factory=dict[str, tuple[str, ...]])
    """Composite uniqueness rules: name to field names."""
    indexes: tuple[tuple[tuple[str, bool], ...], ...] = ()
    """Declared indexes: (field name, descending) pairs."""
    package: str | None = None
    was: tuple[str, ...] = ()
    """The names it had before, newest first."""
    prefix: str | None = None
    """The three characters that ids start with where they are fixed (standard objects)."""

    @cached_property
    def _fields_by_key(self) -> dict[str, Field]:
        return {name.lower(): value for name, value in self.fields.items()}

    @cached_property
    def _lookups_by_path(self) -> dict[str, Lookup]:
        return {lookup.path.lower(): lookup for lookup in self.lookups.values()}

    @cached_property
    def _children_by_key(self) -> dict[str, ChildRelationship]:
        return {name.lower(): value for name, value in self.children.items()}

    def field(self, name: str) -> Field | None:
        """The field of that name, in any case."""
        return self._fields_by_key.get(name.lower())

    def parent(self, path: str) -> Lookup | None:
        """The lookup whose parent path (`Account` of AccountId) that is, in any case."""
        return self._lookups_by_path.get(path.lower())

    def child(self, name: str) -> ChildRelationship | None:
        """The child relationship of that name, in any case."""
        return self._children_by_key.get(name.lower())

    @cached_property
    def stored_fields(self) -> tuple[Field, ...]:
        """The fields that have a column, in order."""
        return tuple(field for field in self.fields.values() if field.stored)

    @cached_property
    def master(self) -> Lookup | None:
        """The master-detail lookup that owns this object's records (the first declared)."""
        return next((lookup for lookup in self.lookups.values() if lookup.master), None)


class Objects(Protocol):
    """Where objects are found by name: a schema, or what of it is resolved so far."""

    @property
    def objects(self) -> Mapping[str, Object]:
        """Every object by name."""
        ...

    def object(self, name: str) -> Object | None:
        """The object of that name, in any case."""
        ...

    def missing(self, object_name: str, name: str) -> bool:
        """Whether the object would have something of that name, had its definition not been wrong elsewhere."""
        ...


@dataclass(frozen=True)
class Schema:
    """An org's metadata with every name resolved."""

    metadata: Metadata
    objects: Mapping[str, Object]
    list_views: Mapping[str, ListView]
    reports: Mapping[str, Report]
    layouts: Mapping[str, Layout]
    graph: nx.MultiDiGraph[str]
    """Objects as nodes; an edge per lookup and target, child -> parent, keyed by field name."""
    uses: nx.DiGraph[str]
    """What uses what: an edge `user -> used`; see `objectforge.relations.uses` for the nodes."""
    advice: tuple[Issue, ...] = ()
    """What is no mistake, but deserves a look."""

    @cached_property
    def _objects_by_key(self) -> dict[str, Object]:
        return {name.lower(): value for name, value in self.objects.items()}

    def object(self, name: str) -> Object | None:
        """The object of that name, in any case."""
        return self._objects_by_key.get(name.lower())

    def missing(self, object_name: str, name: str) -> bool:
        """Never: in a schema nothing is wrong."""
        return False

    def __iter__(self) -> Iterator[Object]:
        return iter(self.objects.values())
