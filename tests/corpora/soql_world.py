"""Queries to an org in which they mean something: the objects, fields and relationships that they name.

What a field is compared with says what it holds; fields of which nothing is known are texts. Nothing here asks the
product what a query means.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from objectforge.expressions import syntax as s
from objectforge.expressions.soql import syntax as q

__all__ = ["Clash", "World", "worlds"]

SYSTEM = {
    "id": "id", "ownerid": "id", "createddate": "datetime", "createdbyid": "id", "lastmodifieddate": "datetime",
    "lastmodifiedbyid": "id", "systemmodstamp": "datetime", "isdeleted": "checkbox",
}  # fmt: skip
SYSTEM_PATHS = {"owner": "User", "createdby": "User", "lastmodifiedby": "User"}
USER = {
    "Username": "text",
    "Name": "text",
    "Email": "email",
    "IsActive": "checkbox",
    "TimeZone": "text",
    "Locale": "text",
}
USER_KINDS = {name.lower(): kind for name, kind in USER.items()}
_DATE_FUNCTIONS = ("CALENDAR_", "FISCAL_", "DAY_IN_", "WEEK_IN_")


class Clash(Exception):
    """Two queries cannot mean the same org."""


@dataclass
class Thing:
    """An object: its fields' kinds, its lookups (path to field and target), its children (name to child and field)."""

    name: str
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)
    lookups: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    children: dict[str, tuple[str, str]] = field(default_factory=dict)
    values: dict[str, set[Any]] = field(default_factory=dict)
    children_of: dict[str, str] = field(default_factory=dict)
    """What the records of a lookup are called from its other end, by lower-case field."""
    children_names: dict[str, str] = field(default_factory=dict)


class World:
    """Objects by lower-case name, growing with each query that is taken in."""

    def __init__(self) -> None:
        self.things: dict[str, Thing] = {}

    def thing(self, name: str) -> Thing:
        found = self.things.setdefault(name.lower(), Thing(name))
        if name.lower() == "user" and not found.fields:
            found.fields = {name.lower(): (name, kind) for name, kind in USER.items()}
        return found

    def take(self, query: q.Query) -> None:
        """Make a place for all that a query names."""
        _Taking(self).query(query, self.thing(query.sources[0].path.parts[0].name))

    def metadata(self) -> dict[str, Any]:
        """The objects as metadata."""
        return {
            "settings": {"org": {"currency": "USD", "timezone": "America/Los_Angeles"}},
            "objects": {thing.name: _object(thing) for thing in self.things.values()},
        }


def worlds(queries: list[q.Query]) -> Iterator[tuple[World, list[q.Query]]]:
    """As few worlds as it takes, each with its queries; without a world those that contradict themselves."""
    left = queries
    while left:
        world, taken, clashing = World(), list[q.Query](), list[q.Query]()
        for query in left:
            trial = _copy(world)
            try:
                trial.take(query)
            except Clash:
                clashing.append(query)
            else:
                world = trial
                taken.append(query)
        yield world, taken or left
        if not taken:
            return
        left = clashing


def _copy(world: World) -> World:
    other = World()
    other.things = {
        key: Thing(
            t.name, dict(t.fields), dict(t.lookups), dict(t.children),
            {name: set(values) for name, values in t.values.items()}, dict(t.children_of), dict(t.children_names),
        )
        for key, t in world.things.items()
    }  # fmt: skip
    return other


def _object(thing: Thing) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    made: dict[str, Any] = {}
    for key, (name, kind) in thing.fields.items():
        if key in SYSTEM or key == "name":
            continue
        values = sorted(map(str, thing.values.get(key, ())))
        fields[name] = _field(kind, values)
    for path, (name, targets) in thing.lookups.items():
        if path not in SYSTEM_PATHS and name.lower() not in SYSTEM:
            children = thing.children_of.get(name.lower(), f"{thing.name}_{name}_list".replace("__", "_"))
            to: Any = list(targets) if len(targets) > 1 else targets[0]
            fields[name] = {"type": "lookup", "to": to, "children": children}
    made["fields"] = fields
    made["plural"] = f"{thing.name}_plural".replace("__", "_")
    if thing.name.lower() == "user":
        made["replaces"] = True
        made["fields"]["Username"] = {"type": "text", "unique": True}
        made["fields"]["IsActive"] = {"type": "checkbox", "default": True}
    return made


def _field(kind: str, values: list[str]) -> Any:
    match kind:
        case "any":
            return "text"
        case "number":
            return {"type": "number", "precision": 18, "scale": 2}
        case "picklist" | "multipicklist":
            listed = sorted({part for value in values for part in value.split(";") if part})
            return {"type": kind, "values": listed or ["A", "B"], "restricted": False}
        case _:
            return kind


@dataclass
class _Taking:
    world: World
    aliases: dict[str, list[s.Part]] = field(default_factory=dict)

    def query(self, query: q.Query, thing: Thing) -> None:
        source = query.sources[0]
        self.aliases = {thing.name.lower(): [], **({source.alias.name.lower(): []} if source.alias else {})}
        for other in query.sources[1:]:
            parts = [*self.aliases.get(other.path.parts[0].name.lower(), []), *other.path.parts[1:]]
            self.climb(thing, parts)
            if other.alias:
                self.aliases[other.alias.name.lower()] = parts
        for category in query.categories:
            for name in category.names:
                self.path(thing, _path(category.group), "picklist", name.name)
        if query.where is not None:
            self.condition(query.where, thing)
        for item in query.items:
            match item:
                case q.Column(value=value):
                    self.value(value, thing, "any")
                case q.Child(query=child):
                    last = child.sources[0].path.parts[-1]
                    _Taking(self.world).query(child, self.children(thing, last.name))
                case q.TypeOf():
                    self.type_of(item, thing)
                case _:
                    pass
        for value in (*(query.group.by if query.group else ()), *(sort.by for sort in query.sorts)):
            if not (isinstance(value, s.Path) and str(value).lower() in _names(query)):
                self.value(value, thing, "any")
        if query.having is not None:
            self.condition(query.having, thing)

    def children(self, thing: Thing, name: str) -> Thing:
        if name.lower() in thing.children:
            return self.world.thing(thing.children[name.lower()][0])
        child = self.world.thing(_singular(name, thing.name))
        custom = thing.name.endswith("__c")
        link = thing.name if custom else f"{thing.name}Id"
        path = f"{thing.name[:-1]}r" if custom else thing.name
        if thing.name.lower() == child.name.lower():
            link, path = "ParentId", "Parent"
        known = child.lookups.get(path.lower())
        if known is not None and (known[1] != (thing.name,) or known[0].lower() in child.children_of):
            link, path = f"{name.removesuffix('__r')}_of__c", f"{name.removesuffix('__r')}_of__r"
        self.lookup(child, path, link, (thing.name,))
        child.children_of[link.lower()] = name
        thing.children[name.lower()] = (child.name, link)
        thing.children_names[name.lower()] = name
        return child

    def lookup(self, thing: Thing, path: str, link: str, targets: tuple[str, ...]) -> None:
        kind = thing.fields.get(link.lower(), ("", "id"))[1]
        if kind not in ("id", "any", "text"):
            raise Clash(f"{thing.name}.{link}")
        thing.fields.pop(link.lower(), None)
        if path.lower() in thing.fields:
            raise Clash(f"{thing.name}.{path}")
        thing.lookups[path.lower()] = (link, targets)
        for target in targets:
            self.world.thing(target)

    def climb(self, thing: Thing, parts: list[s.Part] | tuple[s.Part, ...]) -> Thing:
        for part in parts:
            key = part.name.lower()
            if key in SYSTEM_PATHS:
                thing = self.world.thing(SYSTEM_PATHS[key])
                continue
            if key not in thing.lookups:
                custom = part.name.lower().endswith("__r")
                target = f"{part.name[:-1]}c" if custom else part.name
                link = target if custom else f"{part.name}Id"
                if target.lower() == "parent":
                    target = thing.name
                self.lookup(thing, part.name, link, (target,))
            thing = self.world.thing(thing.lookups[key][1][0])
        return thing

    def path(self, thing: Thing, path: s.Path, kind: str, value: object = None) -> None:
        parts = list(path.parts)
        if len(parts) > 1 and parts[0].name.lower() in self.aliases:
            parts = [*self.aliases[parts[0].name.lower()], *parts[1:]]
        thing = self.climb(thing, parts[:-1])
        name, key = parts[-1].name, parts[-1].name.lower()
        if value is not None:
            thing.values.setdefault(key, set()).add(value)
        fixed = (
            SYSTEM.get(key)
            or {"name": "text"}.get(key)
            or (USER_KINDS.get(key) if thing.name.lower() == "user" else None)
        )
        if fixed is not None:
            if kind not in ("any", fixed) and (fixed, kind) not in (("id", "text"), ("datetime", "day")):
                raise Clash(f"{thing.name}.{name}")
            if thing.name.lower() == "user" or key in SYSTEM:
                return
        if any(link.lower() == key for link, _ in thing.lookups.values()):
            if kind not in ("any", "id", "text"):
                raise Clash(f"{thing.name}.{name}")
            return
        if key in thing.lookups:
            raise Clash(f"{thing.name}.{name}")
        before = thing.fields.get(key, (name, "any"))
        thing.fields[key] = (before[0], _both(before[1], kind, f"{thing.name}.{name}"))

    def value(self, node: s.Expression, thing: Thing, kind: str, value: object = None) -> None:
        match node:
            case s.Path():
                self.path(thing, node, kind, value)
            case s.Call(name=name, args=args):
                self.call(name.upper(), args, thing, kind, value)
            case _:
                pass

    def call(self, name: str, args: tuple[s.Expression, ...], thing: Thing, kind: str, value: object) -> None:
        if name.startswith(_DATE_FUNCTIONS) or name in ("HOUR_IN_DAY", "DAY_ONLY"):
            kind = "datetime" if name in ("HOUR_IN_DAY", "DAY_ONLY") else "day"
        elif name in ("SUM", "AVG", "CONVERTCURRENCY"):
            kind = "number"
        elif name in ("COUNT", "COUNT_DISTINCT", "GROUPING"):
            kind = "any"
        elif name == "CONVERTTIMEZONE":
            kind = "datetime"
        elif name == "DISTANCE":
            kind = "geolocation"
        for arg in args:
            self.value(arg, thing, kind, value if name in ("MIN", "MAX", "TOLABEL") else None)

    def condition(self, node: s.Expression, thing: Thing) -> None:
        match node:
            case s.And(items=items) | s.Or(items=items):
                for item in items:
                    self.condition(item, thing)
            case s.Not(operand=operand):
                self.condition(operand, thing)
            case s.Binary(left=left, right=right):
                self.value(left, thing, *_literal(right))
                self.value(right, thing, "any")
            case s.In(operand=operand, items=items):
                for item in items:
                    self.value(operand, thing, *_literal(item))
                if not items:
                    self.value(operand, thing, "any")
            case s.Includes(operand=operand, items=items):
                for item in items:
                    self.value(operand, thing, "multipicklist", item.value if isinstance(item, s.Text) else None)
            case s.Like(operand=operand, pattern=pattern):
                self.value(operand, thing, "text", pattern.value if isinstance(pattern, s.Text) else None)
            case s.InSelect(operand=operand, select=select):
                self.in_select(operand, select, thing)
            case _:
                self.value(node, thing, "checkbox")

    def in_select(self, operand: s.Expression, select: s.SubSelect, thing: Thing) -> None:
        inner = self.world.thing(select.object.name)
        taking = _Taking(self.world, {inner.name.lower(): []})
        if select.alias:
            taking.aliases[select.alias.name.lower()] = []
        for node, at, other in ((operand, thing, inner), (select.column, inner, thing)):
            if isinstance(node, s.Path) and len(node.parts) == 1 and node.parts[0].name.lower() not in SYSTEM:
                name = node.parts[0].name
                if not any(link.lower() == name.lower() for link, _ in at.lookups.values()):
                    custom = name.lower().endswith("__c")
                    path = f"{name[:-1]}r" if custom else name.removesuffix("Id").removesuffix("ID")
                    taking.lookup(at, path if path != name else name, name, (other.name,))
        if select.where is not None:
            taking.condition(select.where, inner)

    def type_of(self, item: q.TypeOf, thing: Thing) -> None:
        *way, last = item.path.parts
        holder = self.climb(thing, way)
        kinds = [case.object.name for case in item.cases]
        known = holder.lookups.get(last.name.lower(), (f"{last.name}Id", ()))[1]
        targets = tuple(dict.fromkeys((*known, *kinds, "Something")))
        self.lookup(holder, last.name, f"{last.name}Id", targets)
        for case in item.cases:
            for path in case.paths:
                self.path(self.world.thing(case.object.name), path, "any")
        for path in item.otherwise:
            self.path(self.world.thing("Something"), path, "any")


def _path(part: s.Part) -> s.Path:
    return s.Path((part,), part.start, part.end)


def _names(query: q.Query) -> set[str]:
    return {item.alias.name.lower() for item in query.items if isinstance(item, q.Column) and item.alias}


def _literal(node: s.Expression) -> tuple[str, object]:
    match node:
        case s.Text(value=value):
            return "text", value
        case s.Number(value=value):
            return "number", value
        case s.Money(value=value):
            return "number", value
        case s.Unary(operand=s.Number(value=value)):
            return "number", -value
        case s.Boolean():
            return "checkbox", None
        case s.DateLiteral(value=value):
            return "date", value
        case s.DateTimeLiteral(value=value):
            return "datetime", value
        case s.TimeLiteral(value=value):
            return "time", value
        case s.DateWord():
            return "day", None
        case _:
            return "any", None


_NARROW = {
    ("any", "day"): "date", ("date", "day"): "date", ("datetime", "day"): "datetime", ("text", "picklist"): "picklist",
    ("picklist", "text"): "picklist", ("date", "datetime"): "datetime", ("text", "id"): "text",
    ("id", "day"): None, ("email", "text"): "email",
}  # fmt: skip


def _both(before: str, now: str, what: str) -> str:
    if now == "any" or before == now:
        return before
    if before == "any":
        return {"day": "date"}.get(now, now)
    found = _NARROW.get((before, now))
    if found is None:
        raise Clash(what)
    return found


def _singular(name: str, parent: str) -> str:
    if name.endswith("__r"):
        return f"{name[:-3].removesuffix('s')}__c"
    if name.lower() == f"child{parent.lower()}s":
        return parent
    return name[:-3] + "y" if name.endswith("ies") else name.removesuffix("s")
