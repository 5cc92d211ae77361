"""What a query says of groups typed: keys, aggregates over the records of a group, GROUPING."""

from __future__ import annotations

from collections.abc import Mapping

from objectforge.expressions import syntax
from objectforge.expressions.blank import fill, unfill
from objectforge.expressions.checker import Checker
from objectforge.expressions.context import NOTHING, Context
from objectforge.expressions.describe import noun
from objectforge.expressions.functions.shapes import shape
from objectforge.expressions.scope import NameProblem
from objectforge.expressions.typed import Call, Const, IsNull, Ref, Typed
from objectforge.relations.columns import field_of
from objectforge.relations.schema import Field
from objectforge.relations.soql.checker import AGGREGATES, SoqlChecker
from objectforge.relations.soql.query import Function, Total, group_ref
from objectforge.values.kinds import TEXT, Kind, ValueType, number

__all__ = ["GroupChecker"]

_COUNT = number(18, 0)
_MARK = number(1, 0)
_THERE = Const("x", TEXT)
_PLACES_OF_AVERAGE = 18
_ORDERED = frozenset({Kind.NUMBER, Kind.DATE, Kind.DATETIME, Kind.TIME, Kind.TEXT, Kind.ID})
_FUNCTIONS: dict[str, Function] = {
    "COUNT": "count", "COUNT_DISTINCT": "count_distinct", "SUM": "sum", "AVG": "avg", "MIN": "min", "MAX": "max",
}  # fmt: skip


class GroupChecker(SoqlChecker):
    """Types what a query says of each group. `totals` and `fields` grow while it does.

    `fields` knows how keys and totals are read and displayed, by their names.
    """

    def __init__(self, rows: SoqlChecker, keys: tuple[Typed, ...]) -> None:
        super().__init__(rows.context, rows.settings)
        self.rows = rows
        self.keys = keys
        self.totals: list[Total] = []
        self.aliases: Mapping[str, Typed] = {}
        self.fields: dict[str, Field] = {}
        self._calls: dict[syntax.Call, Typed] = {}  # HAVING and ORDER BY repeat what stands after SELECT
        for number_of, key in enumerate(keys):
            if isinstance(key, Ref):
                self.fields[f"k{number_of}"] = field_of(self.scope.objects, key)

    def check(self, node: syntax.Expression) -> Typed:
        """A key as the group has it; anything else as it is made of keys and totals."""
        match node:
            case syntax.Path():
                return self._key(node) or super().check(node)
            case syntax.Call():
                known = self._calls.get(node)
                if known is None:
                    known = self._calls[node] = self._key(node) or super().check(node)
                return known
            case _:
                return super().check(node)

    def field_named(self, node: syntax.DateWord) -> Typed | None:
        """None: a key of that name is a path."""
        return None

    def named(self, path: syntax.Path) -> Typed:
        """An alias; a field must be a key, and was found to be none."""
        if len(path.parts) == 1 and (known := self.aliases.get(path.parts[0].name.lower())) is not None:
            return known
        self.rows.known(path)
        message = f"'{path}' is neither grouped by nor added up"
        raise NameProblem("OF936", message, path.start, path.end, f"write it after GROUP BY, or MAX({path})")

    def called(self, node: syntax.Call) -> Typed | None:
        """Aggregates and GROUPING."""
        name = node.name.upper()
        match name, node.args:
            case "GROUPING", (argument,):
                return self._grouping(node, argument)
            case "COUNT", ():
                return self._total(Total("count", None, _COUNT), None)
            case _, (argument,) if name in AGGREGATES:
                return self._aggregate(node, _FUNCTIONS[name], argument)
            case _ if name in AGGREGATES and not (name in ("MIN", "MAX") and node.args):
                message = f"{node.name} takes one field, found {len(node.args)}"
                return self.context.report("OF321", message, node, f"write {node.name}(Amount)")
            case _:
                return super().called(node)

    def _key(self, node: syntax.Path | syntax.Call) -> Typed | None:
        number_of = self._number(node)
        if number_of is None:
            return None
        key = group_ref(f"k{number_of}", self.keys[number_of].type)
        return fill(key) if key.type.kind is Kind.BOOLEAN else key

    def _number(self, node: syntax.Expression) -> int | None:
        """Which key an expression is."""
        match node:
            case syntax.Path():
                try:
                    tree = self.known(node).tree
                except NameProblem:
                    return None
            case syntax.Call(name=name, args=args) if name.upper() in AGGREGATES and len(args) < 2:
                return None
            case _:
                alone = Context(self.context.scope, self.context.mode)
                tree = SoqlChecker(alone, self.settings).check(node)
                if alone.problems:
                    return None
        if tree is None:
            return None
        tree = unfill(tree)
        return next((number_of for number_of, key in enumerate(self.keys) if key == tree), None)

    def _grouping(self, node: syntax.Call, argument: syntax.Expression) -> Typed:
        number_of = self._number(argument)
        if number_of is None:
            hint = "write one of the fields inside GROUP BY ROLLUP(...) or CUBE(...)"
            return self.context.report("OF938", f"{node.name} takes what the query is grouped by", argument, hint)
        return group_ref(f"m{number_of}", _MARK)

    def _aggregate(self, node: syntax.Call, function: Function, argument: syntax.Expression) -> Typed:
        tree = unfill(self.rows.check(argument))
        if tree == NOTHING:
            return tree
        given = tree.type
        fits = _fits(function, given.kind)
        if not fits:
            hint = "COUNT(x) counts the records that have a value" if function != "count" else None
            return self.context.report("OF322", f"{node.name} does not go with {noun(given)}", argument, hint)
        if given.kind is Kind.COMPOUND:  # it is there where one of its parts is
            there = Call("IF", (IsNull(tree), Const(None, TEXT), _THERE), TEXT)
            return self._total(Total(function, there, _COUNT), None)
        field = field_of(self.scope.objects, tree) if isinstance(tree, Ref) else None
        return self._total(Total(function, tree, _type_of(function, given)), field)

    def _total(self, total: Total, field: Field | None) -> Typed:
        if total not in self.totals:
            self.totals.append(total)
        name = f"a{self.totals.index(total)}"
        if field is not None and total.function not in ("count", "count_distinct"):
            self.fields[name] = field
        return group_ref(name, total.type)

    def within(self, context: Context) -> Checker:
        """The checker of a query inside a condition."""
        return SoqlChecker(context, self.settings)


def _fits(function: Function, kind: Kind) -> bool:
    match function:
        case "sum" | "avg":
            return kind is Kind.NUMBER
        case "count":
            return kind is not Kind.JSON
        case "count_distinct":
            return kind not in (Kind.JSON, Kind.COMPOUND)
        case _:
            return kind in _ORDERED


def _type_of(function: Function, of: ValueType) -> ValueType:
    match function:
        case "count" | "count_distinct":
            return _COUNT
        case "sum":
            size = shape(of).summed()
            return number(size.digits, size.scale, percent=of.percent)
        case "avg":
            return number(of.digits - of.scale + _PLACES_OF_AVERAGE, _PLACES_OF_AVERAGE, percent=of.percent)
        case _:
            return of
