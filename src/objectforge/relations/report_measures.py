"""The measures of a report typed, each after those it names, with what they return."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from objectforge.expressions.check_measure import AGGREGATES
from objectforge.expressions.parser import parse
from objectforge.expressions.scope import NameProblem
from objectforge.expressions.syntax import Call as SyntaxCall
from objectforge.expressions.syntax import DateWord, Expression, Part, Path
from objectforge.expressions.syntax_error import ExpressionSyntaxError
from objectforge.expressions.typed import Arithmetic, Const, Fraction, Typed
from objectforge.metadata import models
from objectforge.metadata.fields.registry import field_type
from objectforge.metadata.places import Path as At
from objectforge.relations import checking
from objectforge.relations.circles import ordered
from objectforge.relations.findings import Findings
from objectforge.relations.measure_display import display_type
from objectforge.relations.naming import label_of
from objectforge.relations.report import Measure
from objectforge.relations.report_scopes import MeasureScope, ReportScope
from objectforge.relations.syntax_walk import inside
from objectforge.values.kinds import Kind, ValueType, number

__all__ = ["Measured", "read_measures"]

_HUNDRED = Const(Decimal(100), number(3, 0))
_DEFAULT_SCALE = 2


@dataclass(frozen=True, slots=True)
class Measured:
    """The measures in the order written; `lost` are those that are wrong, in lower case."""

    measures: Mapping[str, Measure]
    lost: frozenset[str]

    @property
    def types(self) -> Mapping[str, ValueType]:
        """What other expressions see: the unrounded types."""
        return {name: measure.value.type for name, measure in self.measures.items()}


def read_measures(fields: ReportScope, written: Mapping[str, models.Measure], path: At, findings: Findings) -> Measured:
    """Type all measures."""
    names = {name.lower(): name for name in written}
    reads = {
        name: [names[key] for key in _named(model.value, fields) if key in names] for name, model in written.items()
    }
    reads = {
        name: [used for used in uses if used != name or not _is_field(name, fields)] for name, uses in reads.items()
    }
    order, circles = ordered(reads)
    lost: set[str] = set()
    for circle in circles:
        lost |= {name.lower() for name in circle}
        shown = " -> ".join((*circle, circle[0]))
        at = (*path, circle[0], "value")
        findings.add("OF523", f"measures in a circle: {shown}", at, "one of them must not name the next")
    found: dict[str, Measure] = {}
    known: dict[str, ValueType] = {}
    for name in order:
        scope = MeasureScope(fields.objects, fields.nodes, fields.params, fields.lost, known, frozenset(lost))
        measure = _measure(name, written[name], scope, found, (*path, name), findings)
        if measure is None:
            lost.add(name.lower())
        else:
            found[name] = measure
            known[name] = measure.value.type
    return Measured({name: found[name] for name in written if name in found}, frozenset(lost))


def _is_field(name: str, fields: ReportScope) -> bool:
    """Whether what a measure reads by its own name is a field, which belongs inside an aggregate."""
    try:
        fields.resolve(Path((Part(name, 0, len(name)),), 0, len(name)))
    except NameProblem:
        return False
    return True


def _named(text: str, fields: ReportScope) -> Iterator[str]:
    """The names outside of aggregates, in lower case."""
    try:
        tree = parse(text)
    except ExpressionSyntaxError:
        return
    for node in inside(tree, enter=lambda each: not _aggregates(each, fields)):
        if isinstance(node, Path):
            yield str(node).lower()
        elif isinstance(node, DateWord):
            yield node.word.lower()


def _aggregates(node: Expression, fields: ReportScope) -> bool:
    """Whether a call holds field paths; MIN and MAX of several measures are plain functions."""
    if not isinstance(node, SyntaxCall) or node.name.lower() not in AGGREGATES:
        return False
    if node.name.lower() not in ("min", "max") or len(node.args) == 1:
        return True
    if len(node.args) != 2 or not isinstance(node.args[1], Path):
        return False
    try:
        fields.aggregate_grain(node.args[1])
    except NameProblem:
        return False
    return True


def _measure(
    name: str,
    model: models.Measure,
    scope: MeasureScope,
    known: Mapping[str, Measure],
    path: At,
    findings: Findings,
) -> Measure | None:
    tree = checking.measure(model.value, scope, (*path, "value"), findings)
    where = checking.condition(model.where, scope, (*path, "where"), findings) if model.where is not None else None
    if tree is None or (where is None and model.where is not None):
        return None
    value = _returned(tree, model, path, findings)
    if value is None:
        return None
    shown = value.type
    if shown.kind is Kind.NUMBER:
        scale = model.scale if model.scale is not None else _DEFAULT_SCALE if model.returns is not None else shown.scale
        shown = number(shown.digits - shown.scale + scale, scale, percent=shown.percent)
    elif model.scale is not None:
        findings.add("OF524", f"the measure '{name}' is no number, and so has no scale", (*path, "scale"))
    declared = None if model.returns is None else field_type(model.returns)
    if declared is not None:
        displayed = declared.model_validate({"scale": shown.scale})
    else:
        displayed = display_type(tree, scope.objects, known)
    return Measure(name, value, where, model.label or label_of(name), shown, displayed)


def _returned(tree: Typed, model: models.Measure, path: At, findings: Findings) -> Typed | None:
    """The value as what the measure declares to return: a percent in hundredths, another number as it is."""
    kind = tree.type.kind
    if model.returns is None:
        return tree
    if kind is not Kind.NUMBER:
        hint = "take `returns:` out"
        findings.add("OF524", f"the measure is {kind}, not {model.returns}", (*path, "returns"), hint)
        return None
    digits, scale = tree.type.digits, tree.type.scale
    if model.returns == "percent":
        if tree.type.percent:
            return tree
        if isinstance(tree, Fraction):
            return tree.operand
        return Arithmetic("*", tree, _HUNDRED, number(digits + 2, scale, percent=True))
    if tree.type.percent:
        return Fraction(tree, number(digits + 2, scale + 2))
    return tree
