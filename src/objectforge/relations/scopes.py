"""What an expression about the records of one object may name: its fields, its parents' fields, the binds given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from objectforge.errors.issue import closest, suggest
from objectforge.expressions.binds import given_name
from objectforge.expressions.scope import NameProblem, Scope, no_records
from objectforge.expressions.syntax import Bind, Part, Path
from objectforge.expressions.typed import RUNNING, MeasureRef, Param, Ref
from objectforge.relations.former import suggest_object
from objectforge.relations.schema import Object, Objects
from objectforge.relations.walking import walk_up
from objectforge.values.kinds import ValueType

__all__ = [
    "CONDITION_DEPTH", "FORMULA_DEPTH", "SOURCE", "GivenScope", "ObjectScope", "QueryScope", "SourceScope", "bound",
    "inner_query", "object_named", "of_user",
]  # fmt: skip

CONDITION_DEPTH = 5
"""How many lookups a path of a condition, column or sort may go up."""
FORMULA_DEPTH = 10
"""How many lookups a path of a formula may go up."""
SOURCE = "$source"
"""In a lookup's filter, the record that points at the one the filter is about."""


@dataclass(frozen=True)
class ObjectScope:
    """The names of one object's records. `node` is the join path of a report that they stand for, "" elsewhere."""

    objects: Objects
    object: Object
    params: Mapping[str, ValueType] = field(default_factory=dict[str, ValueType])
    depth: int = CONDITION_DEPTH
    node: str = ""
    queries: bool = False
    """Whether the condition may ask for other records: `Id IN (SELECT AccountId FROM Contact)`."""

    def resolve(self, path: Path) -> Ref | MeasureRef:
        """The field at the end of a path upwards."""
        first = path.parts[0]
        if first.name.startswith("$"):
            return of_user(self.objects, path, self.depth)
        own = self.object.name.lower()
        if len(path.parts) > 1 and first.name.lower() == own and self._leads_nowhere(first.name):
            message = f"paths begin at '{self.object.name}' already"
            hint = f"write {'.'.join(part.name for part in path.parts[1:])}"
            raise NameProblem("OF240", message, first.start, first.end, hint)
        return walk_up(self.objects, self.object, path.parts, self.node, self.depth)

    def measure(self, path: Path) -> MeasureRef:
        """None: measures belong to reports."""
        raise NameProblem("OF246", f"'{path}' would be a measure, which only reports have", path.start, path.end)

    def bind(self, bind: Bind) -> Param:
        """The parameter of that name."""
        return bound(self.params, bind)

    def aggregate_grain(self, path: Path) -> Ref:
        """None: aggregates belong to reports."""
        raise _no_aggregates(path.start, path.end)

    def common_grain(self, refs: Sequence[Ref], start: int, end: int) -> Ref:
        """None: aggregates belong to reports."""
        raise _no_aggregates(start, end)

    def records(self, name: Part, alias: Part | None) -> tuple[str, Scope]:
        """The names inside a query over an object's records."""
        if not self.queries:
            raise no_records(name)
        return inner_query(self.objects, name, alias, self)

    def _leads_nowhere(self, name: str) -> bool:
        return self.object.parent(name) is None and self.object.field(name) is None


@dataclass(frozen=True)
class GivenScope(ObjectScope):
    """The names in a condition that a caller gives: its binds are the values given with it."""

    def bind(self, bind: Bind) -> Param:
        """The value of that name."""
        if bind.name not in self.params and bind.name.lower() not in {name.lower() for name in self.params}:
            near = closest(bind.name, self.params)
            hint = f"pass {given_name(bind.name)}=..." + (f"; {near}= was passed" if near else "")
            raise NameProblem("OF245", f"no value is given for ':{bind.name}'", bind.start, bind.end, hint)
        return super().bind(bind)


@dataclass(frozen=True)
class QueryScope(ObjectScope):
    """The names of the records after FROM, which may stand behind an alias; binds are those of the place around it.

    `aliases` gives what each alias stands for, by lower case: a path, empty for the records themselves.
    """

    aliases: Mapping[str, tuple[Part, ...]] = field(default_factory=dict[str, tuple[Part, ...]])
    outer: Scope | None = None

    def resolve(self, path: Path) -> Ref | MeasureRef:
        """The field at the end of a path, from an alias or not."""
        return super().resolve(self.plain(path))

    def plain(self, path: Path) -> Path:
        """The path without the alias that it begins with."""
        first, *rest = path.parts
        before = self.aliases.get(first.name.lower()) if rest else None
        if before is None:
            return path
        return self.plain(Path((*(replace(part, start=first.start, end=first.end) for part in before), *rest),
                               path.start, path.end))  # fmt: skip

    def bind(self, bind: Bind) -> Param:
        """The value of that name, where the query stands."""
        return super().bind(bind) if self.outer is None else self.outer.bind(bind)


@dataclass(frozen=True)
class SourceScope(ObjectScope):
    """The names in a lookup's filter: of the record pointed at, and by `$source.` of the record that points."""

    source: Object | None = None

    def resolve(self, path: Path) -> Ref | MeasureRef:
        """The field at the end of a path from the one record or the other."""
        first, *rest = path.parts
        if first.name.lower() != SOURCE or self.source is None:
            return super().resolve(path)
        if not rest:
            raise NameProblem("OF244", f"{SOURCE} is a record", path.start, path.end, f"name its field: {SOURCE}.Name")
        return walk_up(self.objects, self.source, rest, SOURCE, self.depth)


def inner_query(objects: Objects, name: Part, alias: Part | None, outer: Scope) -> tuple[str, QueryScope]:
    """The object after FROM in a query inside a condition, and the names it brings.

    Raises:
        NameProblem: there is no such object.
    """
    owner = object_named(objects, name)
    own = owner.parent(owner.name) or owner.field(owner.name)
    names = (*(() if own else (owner.name,)), *(() if alias is None else (alias.name,)))
    aliases: dict[str, tuple[Part, ...]] = {each.lower(): () for each in names}
    return owner.name, QueryScope(objects, owner, queries=True, aliases=aliases, outer=outer)


def object_named(objects: Objects, name: Part) -> Object:
    """The object of that name.

    Raises:
        NameProblem: there is none.
    """
    owner = objects.object(name.name)
    if owner is None:
        hint = suggest_object(objects.objects, name.name)
        raise NameProblem("OF241", f"there is no object '{name.name}'", name.start, name.end, hint)
    return owner


def of_user(objects: Objects, path: Path, depth: int) -> Ref:
    """What a path from a global leads to: a field of the user who asks or writes, or of one reached from there.

    Raises:
        NameProblem: it leads nowhere; `$User` is the one global that stands everywhere.
    """
    first, *rest = path.parts
    if first.name.lower() != RUNNING:
        message, hint = _no_global(first.name)
        raise NameProblem("OF246", message, first.start, first.end, hint)
    user = objects.objects.get(_USER)
    if user is None or not rest:
        hint = f"name a field: {first.name}.Name" if user else "declare the object User"
        raise NameProblem("OF244", f"{first.name} is a record", first.start, first.end, hint)
    return walk_up(objects, user, rest, RUNNING, depth)


def _no_global(name: str) -> tuple[str, str]:
    """What to say of a global that does not exist, or not here, and what to write instead."""
    if name.lower() == SOURCE:
        return f"'{name}' means nothing here", f"{SOURCE}. stands in the filter of a lookup; name the field alone"
    instead = _INSTEAD.get(name.lower())
    near = closest(name, (RUNNING.title(), SOURCE))
    meant = f"did you mean '{near}'? " if near else ""
    return f"there is no global '{name}' here", instead or f"{meant}$User is the one that stands everywhere"


def bound(params: Mapping[str, ValueType], bind: Bind) -> Param:
    """The parameter of that name, in any case.

    Raises:
        NameProblem: there is none.
    """
    exact = params.get(bind.name)  # nearly always found, without a look at all the others
    if exact is not None:
        return Param(bind.name, exact)
    for name, value_type in params.items():
        if name.lower() == bind.name.lower():
            return Param(name, value_type)
    hint = suggest(bind.name, params, what="parameters") or f"declare it: `params: {{{bind.name}: text}}`"
    raise NameProblem("OF245", f"there is no parameter '{bind.name}'", bind.start, bind.end, hint)


def _no_aggregates(start: int, end: int) -> NameProblem:
    return NameProblem("OF246", "records are counted and added up in the measures of reports only", start, end)


_USER = "User"
_NO_RIGHTS = "profiles and permissions are kept outside; a field of User says who may: $User.Role__c"
_NO_STORE = "keep it in a record and walk a lookup to it, or write the value"
_INSTEAD = {
    "$profile": _NO_RIGHTS, "$userrole": _NO_RIGHTS, "$permission": _NO_RIGHTS,
    "$organization": "what is said of an org stands in its settings; write the value",
    "$org": "what is said of an org stands in its settings; write the value",
    "$label": _NO_STORE, "$setup": _NO_STORE, "$custommetadata": _NO_STORE, "$api": _NO_STORE,
    "$system": "write the date or datetime itself, 1970-01-01 for example",
    "$record": "name the field alone", "$record__prior": "write PRIORVALUE(field), in a validation",
}  # fmt: skip
"""What stands for Salesforce's globals."""
