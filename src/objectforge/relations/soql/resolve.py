"""The tree of a SOQL query to what it asks of a schema; what is wrong is a `QueryError` that points into the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from objectforge.errors.issue import suggest
from objectforge.expressions import syntax
from objectforge.expressions.blank import unfill
from objectforge.expressions.context import NOTHING, Context, Mode
from objectforge.expressions.describe import noun
from objectforge.expressions.problem import ExpressionError, ExpressionProblem
from objectforge.expressions.scope import NameProblem
from objectforge.expressions.soql import syntax as soql
from objectforge.expressions.typed import And, Compare, Const, Includes, InList, Param, Ref, Typed
from objectforge.relations.findings import SILENT
from objectforge.relations.former import suggest_in
from objectforge.relations.schema import Object, Objects, Schema
from objectforge.relations.scopes import GivenScope, QueryScope, object_named
from objectforge.relations.soql.checker import AGGREGATES, SoqlChecker
from objectforge.relations.soql.group_checker import GroupChecker
from objectforge.relations.soql.items import Items
from objectforge.relations.soql.limits import check_limits
from objectforge.relations.soql.query import Asked, Children, Column, Counted, Groups, Order, Rows, Source
from objectforge.relations.soql.refused import refused
from objectforge.relations.soql.settings import Settings
from objectforge.relations.soql.sizes import too_much_written
from objectforge.values.kinds import BOOLEAN, ID, TEXT, Kind, ValueType, number

__all__ = ["USER", "resolve_query"]

USER = "$user"
"""The bind that holds the id of whom the query runs for."""

_ROWS = number(18, 0)
_NOWHERE = Const(False, BOOLEAN)
_OWN = frozenset({"mine", "mine_and_my_groups"})
_ALL = frozenset({"everything", "scopingrule"})
_NOBODYS = frozenset({"delegated", "mru", "my_team_territory", "my_territory", "team"})
"""Scopes of what no org has: delegations, territories, teams, a memory of what was looked at."""
_UNSORTED = frozenset({Kind.COMPOUND, Kind.JSON})


def resolve_query(
    schema: Schema,
    query: soql.Query,
    text: str,
    params: Mapping[str, ValueType],
    settings: Settings,
) -> Asked:
    """What a query asks. `params` gives the types of the binds, NULL for one that suits any.

    Raises:
        QueryError: a name is unknown, a type does not fit, or with strict settings a limit is passed.
    """
    problems: list[ExpressionProblem] = list(too_much_written(query))
    if problems:
        raise refused(problems[0], text)
    resolver = _Resolver(schema, params, settings, problems)
    found: Asked | None = None
    try:
        source, *others = query.sources
        path = source.path
        *before, only = path.parts
        if before:
            raise NameProblem("OF935", "a query is over one object", path.start, path.end, "write FROM Account")
        owner = object_named(schema, only)
        found = resolver.query(query, owner, _aliases(schema, owner, source, others))
        if settings.strict:
            check_limits(query, problems)
    except ExpressionError as error:
        raise refused(error.problems[0], text) from error
    except NameProblem as problem:
        problems.append(ExpressionProblem(problem.code, problem.message, problem.start, problem.end, problem.hint))
    told = sorted((each for each in problems if each.code != SILENT), key=lambda each: (each.start, each.end))
    if told:
        raise refused(told[0], text)
    assert found is not None, "what is wrong has a problem"
    return found


@dataclass(frozen=True, slots=True)
class _Resolver:
    schema: Schema
    params: Mapping[str, ValueType]
    settings: Settings
    problems: list[ExpressionProblem]

    def query(self, query: soql.Query, owner: Object, aliases: Mapping[str, tuple[syntax.Part, ...]]) -> Asked:
        binds = GivenScope(self.schema, owner, self.params, queries=True)
        scope = QueryScope(self.schema, owner, self.params, queries=True, aliases=aliases, outer=binds)
        checker = SoqlChecker(Context(scope, Mode.CONDITION, self.problems), self.settings)
        source = Source(owner.name, self._where(query, owner, checker), query.all_rows)
        limit, offset = self._count(query.limit, checker), self._count(query.offset, checker)
        if query.counts_only and query.group is None:
            return Counted(source, limit, offset)
        if query.group is not None or _adds_up(query):
            return self._groups(query, source, checker, limit, offset)
        items = Items(checker, lambda child: self._children(child, owner, query))
        columns = items.read(query.items)
        order = self._order(query.sorts, checker, items.trees)
        return Rows(source, columns, order, limit, offset, lock="UPDATE" in query.purposes)

    def _groups(
        self,
        query: soql.Query,
        source: Source,
        checker: SoqlChecker,
        limit: int | Param | None,
        offset: int | Param | None,
    ) -> Groups:
        by = query.group.by if query.group else ()
        named = {
            item.alias.name.lower(): item.value
            for item in query.items
            if isinstance(item, soql.Column) and item.alias is not None
        }
        keys = tuple(self._group_key(node, checker, named) for node in by)
        if NOTHING in keys:  # what else is wrong follows from it
            return Groups(source, (), (), (), (), None, (), limit, offset)
        groups = GroupChecker(checker, keys)
        items = Items(groups, lambda child: None)
        columns = tuple(each for each in items.read(query.items) if isinstance(each, Column))
        groups.aliases = items.trees
        having = None if query.having is None else groups.truth(query.having, groups.check(query.having))
        order = self._order(query.sorts, groups, {})
        levels = _levels(len(keys), query.group.subtotals if query.group else None)
        if query.group is not None and len(keys) > _MOST_SUBTOTALS[query.group.subtotals]:
            message = f"{query.group.subtotals} takes at most {_MOST_SUBTOTALS[query.group.subtotals]} fields"
            self._report("OF943", message, query.group, "name fewer, or group by them without subtotals")
        return Groups(source, keys, tuple(groups.totals), levels, columns, having, order, limit, offset)

    def _group_key(
        self, node: syntax.Expression, checker: SoqlChecker, named: Mapping[str, syntax.Expression]
    ) -> Typed:
        if isinstance(node, syntax.Path) and len(node.parts) == 1:
            owner = checker.scope.object
            alias = node.parts[0].name
            if owner.field(alias) is None and owner.parent(alias) is None:
                node = named.get(alias.lower(), node)
        key = unfill(checker.check(node))
        self._orderly(key, node, "grouped")
        return key

    def _children(self, child: soql.Child, parent: Object, outer: soql.Query) -> Children | None:
        query = replace(child.query, all_rows=child.query.all_rows or outer.all_rows)
        source, *others = query.sources
        *before, last = source.path.parts
        relationship = parent.child(last.name)
        heads = {parent.name.lower(), *(each.alias.name.lower() for each in outer.sources[:1] if each.alias)}
        if relationship is None or len(before) > 1 or (before and before[0].name.lower() not in heads):
            hint = suggest_in(self.schema, parent, last.name, parent.children, what="child relationships")
            message = f"'{parent.name}' has no child relationship '{'.'.join(p.name for p in source.path.parts)}'"
            self._report("OF935", message, source.path, hint)
            return None
        owner = self.schema.objects[relationship.child]
        found = self.query(query, owner, _aliases(self.schema, owner, source, others))
        if not isinstance(found, Rows):
            hint = f"group the records of {owner.name} by {relationship.field} in a query of their own"
            self._report("OF937", "a child query shows records; it neither counts nor groups them", child, hint)
            return None
        return Children(relationship.name, relationship, found)

    # -- clauses --------------------------------------------------------------------------------------------------
    def _where(self, query: soql.Query, owner: Object, checker: SoqlChecker) -> Typed | None:
        found: list[Typed] = []
        if query.where is not None:
            found.append(checker.truth(query.where, checker.check(query.where)))
        if query.scope is not None:
            found.extend(self._scope(query.scope, owner))
        found.extend(self._category(each, checker) for each in query.categories)
        return found[0] if len(found) == 1 else And(tuple(found)) if found else None

    def _scope(self, scope: syntax.Part, owner: Object) -> Sequence[Typed]:
        name = scope.name.lower()
        if name in _OWN:
            return (Compare("=", Ref("", (), owner.name, "OwnerId", owner.fields["OwnerId"].value_type),
                            Param(USER, ID)),)  # fmt: skip
        if name in _NOBODYS:
            return (_NOWHERE,)
        if name not in _ALL:
            hint = suggest(scope.name, sorted(_OWN | _ALL | _NOBODYS), what="scopes")
            self._report("OF940", f"there is no scope '{scope.name}'", scope, hint)
        return ()

    def _category(self, category: soql.Category, checker: SoqlChecker) -> Typed:
        """Records in a category: a picklist of the object's is the group, its values are categories without levels."""
        part = category.group
        tree = checker.check(syntax.Path((part,), part.start, part.end))
        names = tuple(Const(each.name, TEXT) for each in category.names)
        match tree.type.kind:
            case Kind.TEXT:
                return InList(tree, names)
            case Kind.MULTI:
                return Includes(tree, names)
            case _:
                if tree != NOTHING:
                    self._report("OF323", f"categories are in picklists, not in {noun(tree.type)}", part, None)
                return _NOWHERE

    def _order(self, sorts: Sequence[soql.Sort], checker: SoqlChecker, named: Mapping[str, Typed]) -> tuple[Order, ...]:
        found: list[Order] = []
        for sort in sorts:
            by = _alias_of(sort.by, checker, named)
            by = unfill(checker.check(sort.by)) if by is None else by
            self._orderly(by, sort.by, "sorted")
            nulls_first = not sort.descending if sort.nulls is None else sort.nulls == "FIRST"
            found.append(Order(by, sort.descending, nulls_first))
        return tuple(found)

    def _orderly(self, tree: Typed, node: syntax.Expression, what: str) -> None:
        if tree == NOTHING or (tree.type.kind not in _UNSORTED and tree.type.searchable):
            return
        kind = noun(tree.type) if tree.type.searchable else "a long text"
        self._report("OF403", f"nothing can be {what} by {kind}", node, self._orderly_hint(tree, node))

    def _orderly_hint(self, tree: Typed, node: syntax.Expression) -> str | None:
        """What to order or group by instead: the parts of a compound, the beginning of a long text."""
        if not isinstance(tree, Ref) or not isinstance(node, syntax.Path):
            return None
        if not tree.type.searchable and tree.type.kind is Kind.TEXT:
            return None if self.settings.strict else f"take its beginning: LEFT({node}, 200)"
        fields = self.schema.objects[tree.object].fields.values()
        parts = [each.name for each in fields if each.part_of == tree.field]
        return f"name its parts: {', '.join(parts)}" if parts else None

    def _count(self, given: syntax.Number | syntax.Bind | None, checker: SoqlChecker) -> int | Param | None:
        match given:
            case None:
                return None
            case syntax.Number(value=value):
                return int(value)
            case syntax.Bind():
                found = checker.check(given)
                if found.type.kind not in (Kind.NUMBER, Kind.NULL):
                    message = f"a number of rows is expected, not {noun(found.type)}"
                    self._report("OF925", message, given, f"give {given.name}=50")
                return Param(found.name, _ROWS) if isinstance(found, Param) else None

    def _report(
        self,
        code: str,
        message: str,
        at: syntax.Expression | syntax.Part | soql.Child | soql.Group,
        hint: str | None,
    ) -> None:
        self.problems.append(ExpressionProblem(code, message, at.start, at.end, hint))


_MOST_SUBTOTALS = {"ROLLUP": 10, "CUBE": 6, None: 100}


def _aliases(
    objects: Objects, owner: Object, source: soql.Source, others: Sequence[soql.Source]
) -> dict[str, tuple[syntax.Part, ...]]:
    found: dict[str, tuple[syntax.Part, ...]] = {}
    if owner.parent(owner.name) is None and owner.field(owner.name) is None:
        found[owner.name.lower()] = ()
    if source.alias is not None:
        found[source.alias.name.lower()] = ()
    for other in others:
        path = other.path
        if len(path.parts) < 2 or path.parts[0].name.lower() not in found:
            hint = "after the first object stand parents of it: FROM Contact c, c.Account a"
            raise NameProblem("OF935", f"'{path}' does not begin at the object", path.start, path.end, hint)
        parts = (*found[path.parts[0].name.lower()], *path.parts[1:])
        _check_parents(objects, owner, parts)
        if other.alias is not None:
            found[other.alias.name.lower()] = parts
    return found


def _check_parents(objects: Objects, owner: Object, parts: Sequence[syntax.Part]) -> None:
    """See that a path leads to a parent, whichever of its objects a polymorphic lookup on the way holds."""
    at = [owner]
    for part in parts:
        lookups = [lookup for each in at if (lookup := each.parent(part.name)) is not None]
        if not lookups:
            known = [lookup.path for each in at for lookup in each.lookups.values()]
            message = f"'{at[0].name}' has no lookup '{part.name}'"
            raise NameProblem("OF240", message, part.start, part.end, suggest(part.name, known))
        chosen = None if part.as_object is None else objects.object(part.as_object)
        at = [chosen] if chosen else [objects.objects[name] for lookup in lookups for name in lookup.targets]


def _adds_up(query: soql.Query) -> bool:
    """Whether a query without GROUP BY is about all records together."""
    return any(isinstance(item, soql.Column) and _holds_aggregate(item.value) for item in query.items)


def _holds_aggregate(node: syntax.Expression) -> bool:
    match node:
        case syntax.Call(name=name, args=args):
            if name.upper() in AGGREGATES and not (name.upper() in ("MIN", "MAX") and len(args) > 1):
                return True
            return any(map(_holds_aggregate, args))
        case syntax.Unary(operand=operand):
            return _holds_aggregate(operand)
        case syntax.Binary(left=left, right=right):
            return _holds_aggregate(left) or _holds_aggregate(right)
        case _:
            return False


def _alias_of(node: syntax.Expression, checker: SoqlChecker, named: Mapping[str, Typed]) -> Typed | None:
    """The column that a name in ORDER BY means, where no field has it."""
    match node:
        case syntax.Path(parts=(part,)) if checker.scope.object.field(part.name) is None:
            return named.get(part.name.lower())
        case _:
            return None


def _levels(keys: int, subtotals: str | None) -> tuple[tuple[int, ...], ...]:
    every = tuple(range(keys))
    match subtotals:
        case "ROLLUP":
            return tuple(every[:length] for length in range(keys, -1, -1))
        case "CUBE" if keys <= _MOST_SUBTOTALS["CUBE"]:
            marks = sorted(range(2**keys), key=lambda mark: (-mark.bit_count(), -mark))
            return tuple(tuple(k for k in every if mark >> (keys - 1 - k) & 1) for mark in marks)
        case _:
            return (every,)
