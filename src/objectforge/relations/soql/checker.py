"""The values and conditions of a query's records typed: SOQL's own functions, and paths through any parent."""

from __future__ import annotations

from typing import cast

from objectforge.errors.issue import suggest
from objectforge.expressions import syntax
from objectforge.expressions.blank import unfill
from objectforge.expressions.check_compare import ORDERED, compare
from objectforge.expressions.checker import Checker
from objectforge.expressions.context import NOTHING, Context
from objectforge.expressions.describe import noun
from objectforge.expressions.functions.registry import FUNCTIONS
from objectforge.expressions.typed import Call, CompareOp, Const, DatePart, Ref, Typed
from objectforge.relations.columns import field_of
from objectforge.relations.scopes import QueryScope
from objectforge.relations.soql.known import KnownPath
from objectforge.relations.soql.query import Answer, Choice, Column
from objectforge.relations.soql.settings import Settings
from objectforge.values.kinds import DATE, TEXT, Kind, ValueType, number
from objectforge.values.locales import pick_label

__all__ = ["AGGREGATES", "DATE_FUNCTIONS", "SoqlChecker"]

AGGREGATES = frozenset({"COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MIN", "MAX"})
"""What adds up the records of a group."""

DATE_FUNCTIONS: dict[str, ValueType] = {
    "CALENDAR_MONTH": number(2, 0),
    "CALENDAR_QUARTER": number(1, 0),
    "CALENDAR_YEAR": number(4, 0),
    "DAY_IN_MONTH": number(2, 0),
    "DAY_IN_WEEK": number(1, 0),
    "DAY_IN_YEAR": number(3, 0),
    "DAY_ONLY": DATE,
    "FISCAL_MONTH": number(2, 0),
    "FISCAL_QUARTER": number(1, 0),
    "FISCAL_YEAR": number(5, 0),
    "HOUR_IN_DAY": number(2, 0),
    "WEEK_IN_MONTH": number(1, 0),
    "WEEK_IN_YEAR": number(2, 0),
}
"""What gives a part of a date, and the type of that."""

_ORDERED = ORDERED | {Kind.ID}
_INSTANTS_ONLY = frozenset({"DAY_ONLY", "HOUR_IN_DAY"})
_SHOWN_ONLY = frozenset({"FORMAT"})
_OTHERS = frozenset({"CONVERTCURRENCY", "CONVERTTIMEZONE", "DISTANCE", "FORMAT", "GEOLOCATION", "GROUPING", "TOLABEL"})
_SOQL = AGGREGATES | DATE_FUNCTIONS.keys() | _OTHERS


class SoqlChecker(Checker):
    """Types what a query says of each record."""

    def __init__(self, context: Context, settings: Settings) -> None:
        super().__init__(context)
        self.settings = settings
        self.scope = cast("QueryScope", context.scope)
        """The names of the query."""

    def within(self, context: Context) -> Checker:
        """The checker of a query inside a condition."""
        return SoqlChecker(context, self.settings)

    def known(self, path: syntax.Path) -> KnownPath:
        """Where a path leads to.

        Raises:
            NameProblem: nowhere.
        """
        scope = self.scope
        plain = path if len(path.parts) == 1 else scope.plain(path)
        found = self.settings.paths.find(scope.object, plain)
        if found is not None:
            return found
        if not plain.parts[0].name.startswith("$"):
            return self.settings.paths.learn(scope.objects, scope.object, plain, self.settings.locale)
        ref = scope.resolve(plain)
        assert isinstance(ref, Ref), "records have no measures"
        shown = Column(str(plain), (Choice(ref, field_of(scope.objects, ref), Answer.FIELD),))
        return KnownPath((), self.reference(ref), "", shown)

    def field_named(self, node: syntax.DateWord) -> Typed | None:
        """The field of that name: looked for where there is one, for a miss costs the search for similar names."""
        known = node.n is None and self.scope.object.field(node.word) is not None
        return super().field_named(node) if known else None

    def named(self, path: syntax.Path) -> Typed:
        """The field of a path, whichever parent has it."""
        known = self.known(path)
        if known.tree is not None:
            return known.tree
        guard = known.ways[0].guard
        hint = f"say which: {path.parts[-2].name}:{guard.object if guard else ''}.{path.parts[-1].name}"
        return self.context.report("OF243", f"'{path}' is {known.kinds}, depending on the parent", path, hint)

    def compared(self, node: syntax.Binary, op: CompareOp, left: Typed, right: Typed) -> Typed:
        """Ids have an order here, that of ORDER BY Id: who reads on from an id asks for the greater ones."""
        return compare(self.context, op, node.left, left, node.right, right, ordered=_ORDERED)

    def amount(self, node: syntax.Money) -> Typed:
        """An amount in the org's currency; there is no other."""
        own = self.settings.currency
        if own is not None and node.currency.upper() != own.upper():
            message = f"amounts of this org are in {own}, not in {node.currency.upper()}"
            return self.context.report("OF942", message, node, f"write {own}{node.value:f}, or the number alone")
        return super().amount(node)

    def called(self, node: syntax.Call) -> Typed | None:
        """SOQL's own functions."""
        name = node.name.upper()
        if name in DATE_FUNCTIONS:
            return self._date_part(node, name)
        match name, node.args:
            case "CONVERTCURRENCY", (argument,):
                return self._converted(node, argument)
            case "TOLABEL", (argument,):
                return self.labelled(argument)
            case "CONVERTTIMEZONE" | "GROUPING" | "FORMAT", (_,):
                return self.context.report("OF938", *_misplaced(name, node))
            case (("CONVERTCURRENCY" | "TOLABEL" | "CONVERTTIMEZONE" | "GROUPING" | "FORMAT"), _):
                message = f"{node.name} takes one argument, found {len(node.args)}"
                return self.context.report("OF321", message, node, f"write {node.name}(Name)")
            case _ if name in AGGREGATES and not (name in ("MIN", "MAX") and len(node.args) > 1):
                message = f"{node.name} adds up the records of groups, not one record"
                hint = "write it after SELECT, in HAVING or in ORDER BY of a query with GROUP BY"
                return self.context.report("OF937", message, node, hint)
            case _ if name not in FUNCTIONS or (self.settings.strict and name not in _SOQL):
                hint = suggest(node.name, sorted(_SOQL), what="functions of SOQL")
                message = f"unknown function '{node.name}'"
                return self.context.report_at("OF320", message, node.start, node.name_end, hint)
            case _:
                return None

    def labelled(self, argument: syntax.Expression) -> Typed:
        """The label of a choice as a value to compare, sort and group by."""
        tree = unfill(self.check(argument))
        if tree.type.kind is not Kind.TEXT:
            if tree == NOTHING:
                return tree
            message = f"toLabel gives the label of a picklist's value here, not of {noun(tree.type)}"
            return self.context.report("OF938", message, argument, "compare the value itself")
        if not isinstance(tree, Ref):
            return tree
        locale = self.settings.locale
        choices = field_of(self.scope.objects, tree).type.choices
        labels = {each.value: pick_label(each.label, locale) for each in choices if each.label}
        pairs = [Const(text, TEXT) for value, label in labels.items() if label != value for text in (value, label)]
        return Call("CASE", (tree, *pairs, tree), TEXT) if pairs else tree

    def _converted(self, node: syntax.Call, argument: syntax.Expression) -> Typed:
        tree = self.check(argument)
        if tree.type.kind not in (Kind.NUMBER, Kind.NULL):
            message = f"{node.name} takes an amount, not {noun(tree.type)}"
            return self.context.report("OF322", message, argument, f"write {node.name}(Amount)")
        return tree

    def _date_part(self, node: syntax.Call, name: str) -> Typed:
        if len(node.args) != 1:
            message = f"{node.name} takes one date, found {len(node.args)} arguments"
            return self.context.report("OF321", message, node, f"write {node.name}(CreatedDate)")
        argument, local = node.args[0], False
        match argument:
            case syntax.Call(name=inner, args=(moved,)) if inner.upper() == "CONVERTTIMEZONE":
                argument, local = moved, True
            case _:
                pass
        tree = self.check(argument)
        if tree == NOTHING:
            return tree
        instant = tree.type.kind is Kind.DATETIME
        if not instant and (local or name in _INSTANTS_ONLY or tree.type.kind is not Kind.DATE):
            wanted = "a datetime" if local or name in _INSTANTS_ONLY else "a date or a datetime"
            message = f"{node.name if not local else 'convertTimezone'} takes {wanted}, not {noun(tree.type)}"
            return self.context.report("OF322", message, argument, f"write {node.name}(CreatedDate)")
        return DatePart(name, tree, local, DATE_FUNCTIONS[name])


def _misplaced(name: str, node: syntax.Call) -> tuple[str, syntax.Call, str]:
    match name:
        case "CONVERTTIMEZONE":
            hint = "write CALENDAR_YEAR(convertTimezone(CreatedDate))"
            return f"{node.name} stands inside a date function", node, hint
        case "GROUPING":
            hint = "write GROUP BY ROLLUP(Type), and GROUPING(Type) after SELECT, in HAVING or in ORDER BY"
            return f"{node.name} tells the subtotals of ROLLUP and CUBE apart", node, hint
        case _:
            return f"{node.name} shows a value; it stands after SELECT, outermost", node, "compare the value itself"
