"""What stands after SELECT to the columns of each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from objectforge.errors.issue import suggest
from objectforge.expressions import syntax
from objectforge.expressions.blank import unfill
from objectforge.expressions.context import NOTHING, Context
from objectforge.expressions.describe import noun
from objectforge.expressions.scope import NameProblem
from objectforge.expressions.soql.syntax import Child, Fields, Item, TypeOf
from objectforge.expressions.soql.syntax import Column as Written
from objectforge.expressions.typed import Ref, Typed
from objectforge.relations.columns import field_of
from objectforge.relations.schema import Field, Lookup, Object, Objects
from objectforge.relations.scopes import CONDITION_DEPTH
from objectforge.relations.soql.checker import DATE_FUNCTIONS, SoqlChecker
from objectforge.relations.soql.group_checker import GroupChecker
from objectforge.relations.soql.known import KnownPath, choice_of
from objectforge.relations.soql.paths import declared_key
from objectforge.relations.soql.query import Answer, Children, Choice, Column, Form
from objectforge.relations.soql.whole_name import whole_name
from objectforge.relations.walking import walk_up
from objectforge.values.kinds import Kind

__all__ = ["Items"]

_FORMS = {"FORMAT": Form.TEXT, "TOLABEL": Form.LABEL}
_WRAPPING = frozenset({"FORMAT", "TOLABEL", "CONVERTCURRENCY"})
_INTEGERS = DATE_FUNCTIONS.keys() - {"DAY_ONLY"} | {"COUNT", "COUNT_DISTINCT", "GROUPING"}


@dataclass
class Items:
    """Reads the items of one query. `found` grows, each key once; what is wrong goes to the checker's problems."""

    checker: SoqlChecker | GroupChecker
    children: Callable[[Child], Children | None]
    found: dict[str, Column | Children] = field(default_factory=dict[str, Column | Children])
    trees: dict[str, Typed] = field(default_factory=dict[str, Typed])
    """What the columns compute, by lower-case key: what an alias stands for."""
    _unnamed: int = 0

    @property
    def _context(self) -> Context:
        return self.checker.context

    @property
    def _objects(self) -> Objects:
        return self.checker.scope.objects

    @property
    def _owner(self) -> Object:
        return self.checker.scope.object

    @property
    def _grouped(self) -> bool:
        return isinstance(self.checker, GroupChecker)

    def read(self, items: Iterable[Item]) -> tuple[Column | Children, ...]:
        """The columns, in order."""
        for item in items:
            match item:
                case Written(value=syntax.Path() as path, alias=None) if not self._grouped:
                    known = self._known(path)
                    if known is not None:
                        self._add(known.column, item, again=True)
                case Written():
                    self._column(item)
                case Child() if self._grouped:
                    self._report("OF937", "a query that groups has no child queries", item, "ask for them separately")
                case Child():
                    children = self.children(item)
                    if children is not None:
                        self._add(children, item, again=False)
                case Fields():
                    self._fields(item)
                case TypeOf():
                    self._type_of(item)
        return tuple(self.found.values())

    # -- plain items ----------------------------------------------------------------------------------------------
    def _column(self, item: Written) -> None:
        form, inner = Form.VALUE, item.value
        while isinstance(inner, syntax.Call) and inner.name.upper() in _WRAPPING and len(inner.args) == 1:
            if inner.name.upper() == "TOLABEL" and self._is_key(inner):
                break
            form = _FORMS.get(inner.name.upper(), form) if form is Form.VALUE else form
            if inner.name.upper() == "CONVERTCURRENCY" and self.checker.check(inner) == NOTHING:
                return
            inner = inner.args[0]
        choices = self._path(inner) if isinstance(inner, syntax.Path) else self._value(inner, item)
        if not choices:
            return
        plain = inner is item.value and isinstance(inner, syntax.Path) and not self._grouped
        if item.alias is not None and plain and self.checker.settings.strict:
            message = "only aggregates, functions and the fields of a grouped query take another name"
            self._report("OF939", message, item.alias, f"write {inner} alone")
        key = self._key(item, inner)
        self._add(Column(key, choices, form), item, again=item.alias is None)

    def _is_key(self, call: syntax.Call) -> bool:
        checker = self.checker
        if not isinstance(checker, GroupChecker):
            return False
        alone = Context(self._context.scope, self._context.mode)
        tree = unfill(SoqlChecker(alone, checker.settings).check(call))
        return not alone.problems and tree in checker.keys

    def _key(self, item: Written, inner: syntax.Expression) -> str:
        if item.alias is not None:
            return item.alias.name
        if isinstance(inner, syntax.Path):
            key = self.checker.known(inner).column.key
            if inner is item.value or key.lower() not in self.trees:
                return key
        key = f"expr{self._unnamed}"
        self._unnamed += 1
        return key

    def _path(self, path: syntax.Path) -> tuple[Choice, ...]:
        if self._grouped:
            return self._value(path, path)
        known = self._known(path)
        return () if known is None else known.column.choices

    def _known(self, path: syntax.Path) -> KnownPath | None:
        try:
            return self.checker.known(path)
        except NameProblem as problem:
            self._context.report_at(problem.code, problem.message, problem.start, problem.end, problem.hint)
            return None

    def _value(self, node: syntax.Expression, at: Written | syntax.Path) -> tuple[Choice, ...]:
        tree = unfill(self.checker.check(node))
        if tree == NOTHING:
            return ()
        if tree.type.kind is Kind.COMPOUND and not isinstance(tree, Ref):
            self._report("OF938", f"{noun(tree.type)} is no value to show", at, "write DISTANCE(place, place, 'km')")
            return ()
        if isinstance(tree, Ref) and (known := self._field(tree)) is not None:
            exact = isinstance(node, syntax.Call) and node.name.upper() == "AVG"
            return (Choice(tree, known, Answer.EXACT if exact else Answer.FIELD),)
        integer = isinstance(node, syntax.Call) and node.name.upper() in _INTEGERS
        integer = integer or (isinstance(tree, Ref) and self._counts(tree))
        return (Choice(tree, None, Answer.INTEGER if integer else Answer.EXACT),)

    def _field(self, ref: Ref) -> Field | None:
        checker = self.checker
        return checker.fields.get(ref.field) if isinstance(checker, GroupChecker) else field_of(self._objects, ref)

    def _counts(self, ref: Ref) -> bool:
        """Whether a key is a part of a date."""
        return ref.type.kind is Kind.NUMBER and ref.type.scale == 0

    # -- FIELDS and TYPEOF ----------------------------------------------------------------------------------------
    def _fields(self, item: Fields) -> None:
        if self._grouped:
            self._report("OF937", "a query that groups names its fields", item, "write what it is grouped by")
            return
        for each in self._owner.fields.values():
            custom = each.name.endswith("__c")
            wanted = item.which == "ALL" or custom == (item.which == "CUSTOM")
            if wanted and each.readable:
                path = syntax.Path((syntax.Part(each.name, item.start, item.end),), item.start, item.end)
                self._add(self.checker.known(path).column, item, again=True)

    def _type_of(self, item: TypeOf) -> None:
        if self._grouped:
            self._report("OF937", "a query that groups has no TYPEOF", item, "group by a field of one kind of parent")
            return
        scope = self.checker.scope
        *way, last = scope.plain(item.path).parts
        try:
            holder = self._holder(way)
            lookup = holder.parent(last.name)
            if lookup is None:
                known = [each.path for each in holder.lookups.values()]
                message = f"'{holder.name}' has no lookup '{last.name}'"
                raise NameProblem("OF240", message, last.start, last.end, suggest(last.name, known))
        except NameProblem as problem:
            self._context.report_at(problem.code, problem.message, problem.start, problem.end, problem.hint)
            return
        prefix = declared_key(self._objects, self._owner, (*way, last))
        prefix = f"{prefix.rpartition('.')[0]}.{lookup.path}".lstrip(".")
        columns: dict[str, list[Choice]] = {}
        for key, choice in self._typed_parents(item, way, last, lookup):
            columns.setdefault(key, []).append(choice)
        for key, choices in columns.items():
            self._add(Column(f"{prefix}.{key}", tuple(choices)), item, again=True)

    def _holder(self, way: Iterable[syntax.Part]) -> Object:
        at = self._owner
        for part in way:
            lookup = at.parent(part.name)
            target = self._objects.object(lookup.targets[0]) if lookup else None
            if target is None:
                raise NameProblem("OF240", f"'{at.name}' has no lookup '{part.name}'", part.start, part.end)
            at = target
        return at

    def _typed_parents(
        self, item: TypeOf, way: list[syntax.Part], last: syntax.Part, lookup: Lookup
    ) -> Iterator[tuple[str, Choice]]:
        targets = {name.lower(): name for name in lookup.targets}
        cases = {case.object.name.lower(): case for case in item.cases}
        for name, case in cases.items():
            if name not in targets:
                part = case.object
                hint = suggest(part.name, lookup.targets, what="it leads to")
                message = f"'{lookup.path}' does not lead to '{part.name}'"
                self._context.report_at("OF243", message, part.start, part.end, hint)
                return
        missing: dict[syntax.Path, NameProblem] = {}
        shown: set[syntax.Path] = set()
        for name, target in targets.items():
            paths = cases[name].paths if name in cases else item.otherwise
            for path in paths:
                parts = (*way, replace(last, as_object=target), *path.parts)
                try:
                    ref = walk_up(self._objects, self._owner, parts, "", CONDITION_DEPTH)
                except NameProblem as problem:
                    missing[path] = problem
                    continue
                shown.add(path)
                key = declared_key(self._objects, self._objects.objects[target], path.parts)
                yield key, choice_of(self._objects, whole_name(self._objects, ref, self.checker.settings.locale))
        for path, problem in missing.items():
            if path not in shown or path not in item.otherwise:
                self._context.report_at(problem.code, problem.message, path.start, path.end, problem.hint)

    # -- inside ---------------------------------------------------------------------------------------------------
    def _add(self, column: Column | Children, item: Item, *, again: bool) -> None:
        """A column more; the same one `again` is shown once, another of the same key is a mistake."""
        lower = column.key.lower()
        before = self.found.get(lower)
        strict = self.checker.settings.strict
        kept = column if before is None else None if strict or not again else _wider(before, column)
        if kept is None:
            self._report("OF941", f"two columns are called '{column.key}'", item, "give one of them another name")
            return
        self.found[lower] = kept
        if isinstance(column, Column) and len(column.choices) == 1:
            self.trees[lower] = column.choices[0].value

    def _report(self, code: str, message: str, at: Item | syntax.Expression | syntax.Part, hint: str | None) -> None:
        self._context.report_at(code, message, at.start, at.end, hint)


def _wider(a: Column | Children, b: Column | Children) -> Column | None:
    """Of two columns the one that shows all that the other does."""
    if not (isinstance(a, Column) and isinstance(b, Column) and a.form is b.form):
        return None
    wider, other = (a, b) if len(a.choices) >= len(b.choices) else (b, a)
    return wider if all(choice in wider.choices for choice in other.choices) else None
