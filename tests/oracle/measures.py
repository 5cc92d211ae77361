"""Measures: aggregates over distinct records of their grain, and summary formulas over them.

Choices where the contract leaves one:

- An aggregate of a path alone skips nulls; of an expression it follows the formula's rule, blanks are 0, and skips
  records for which the formula is an error. Records that are missing altogether are never counted.
- In a summary formula a measure over nothing is a blank, 0; a division by zero makes the formula null.
- `percent_of` is 100 * part / whole at 18 places, null when the whole is null or 0; `parent` is the group one rows
  level up with the same across values (of a group of the first level: of all), and the total for the total itself.
- `running` adds up siblings of the last rows level in the order shown; it starts anew in each parent group, is null as
  long as all it has seen is null, and is null for groups of other levels and for the total.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol

from oracle.conditions import Condition
from oracle.joined import Joined, Tree
from oracle.numbers import Operator, apply, divide, mean, number, rounded, shifted, total
from oracle.operands import Operand, Path, literal_text
from oracle.world import Value

__all__ = [
    "Aggregate", "Combined", "Constant", "Count", "Expression", "Function", "Measure", "PercentOf", "Ref", "Running",
    "View",
]  # fmt: skip

Function = Literal["sum", "avg", "min", "max"]


class View(Protocol):
    """A group as its measures see it."""

    @property
    def tree(self) -> Tree: ...

    @property
    def rows(self) -> Sequence[Joined]: ...

    def measure(self, name: str) -> Value: ...

    def is_percent(self, name: str) -> bool: ...

    def among(self, where: Condition | None) -> View: ...

    def whole(self, parent: bool) -> View: ...

    def until(self) -> Iterator[View]:
        """The siblings up to and including this group, in the order shown; none above the last rows level."""
        ...


class Expression(Protocol):
    """What a measure computes."""

    def text(self) -> str: ...

    def value(self, view: View) -> Value: ...

    def formula(self, view: View) -> Decimal | None:
        """The value inside arithmetic; None for an error."""
        ...


@dataclass(frozen=True)
class Count:
    """Rows of R, or the distinct records at a path ("" is the base, whose name is printed)."""

    path: str | None = None
    base: str = ""

    def text(self) -> str:
        return "count()" if self.path is None else f"count({self.path or self.base})"

    def value(self, view: View) -> Value:
        return Decimal(len(view.rows) if self.path is None else len(_records(view.rows, self.path)))

    def formula(self, view: View) -> Decimal | None:
        return number(self.value(view))


@dataclass(frozen=True)
class Aggregate:
    """A function over the distinct records of its grain: `of`'s own, unless `grain` names another."""

    function: Function
    of: Operand
    grain: str | None = None
    base: str = ""

    def text(self) -> str:
        return f"{self.function}({self.of.text()}{'' if self.grain is None else f', {self.grain or self.base}'})"

    def value(self, view: View) -> Value:
        grain = grain_of_paths(view.tree, self.of) if self.grain is None else self.grain
        rows = _records(view.rows, grain).values()
        found = [self.of.value(row) if isinstance(self.of, Path) else self.of.formula(row) for row in rows]
        return _aggregate(self.function, [value for value in found if value is not None])

    def formula(self, view: View) -> Decimal | None:
        return _blank(self.value(view))


@dataclass(frozen=True)
class Ref:
    """Another measure."""

    name: str

    def text(self) -> str:
        return self.name

    def value(self, view: View) -> Value:
        return self.formula(view)

    def formula(self, view: View) -> Decimal | None:
        exact = _blank(view.measure(self.name))
        return shifted(exact, -2) if view.is_percent(self.name) else exact


@dataclass(frozen=True)
class Constant:
    """A number."""

    constant: Decimal

    def text(self) -> str:
        return literal_text(self.constant)

    def value(self, view: View) -> Value:
        return self.constant

    def formula(self, view: View) -> Decimal | None:
        return self.constant


@dataclass(frozen=True)
class Combined:
    """A summary formula."""

    operator: Operator
    left: Expression
    right: Expression

    def text(self) -> str:
        return f"({self.left.text()} {self.operator} {self.right.text()})"

    def value(self, view: View) -> Value:
        return self.formula(view)

    def formula(self, view: View) -> Decimal | None:
        left, right = self.left.formula(view), self.right.formula(view)
        return None if left is None or right is None else apply(self.operator, left, right)


@dataclass(frozen=True)
class PercentOf:
    """The share of a measure in the total or in the parent group."""

    name: str
    parent: bool = False

    def text(self) -> str:
        return f"percent_of({self.name}{', parent' if self.parent else ''})"

    def value(self, view: View) -> Value:
        part, whole = view.measure(self.name), view.whole(self.parent).measure(self.name)
        if part is None or whole is None:
            return None
        return divide(shifted(number(part), 2), number(whole))

    def formula(self, view: View) -> Decimal | None:
        raise AssertionError("a share stands alone")


@dataclass(frozen=True)
class Running:
    """A measure and those of the siblings before it, added up."""

    name: str

    def text(self) -> str:
        return f"running({self.name})"

    def value(self, view: View) -> Value:
        seen = [number(value) for one in view.until() if (value := one.measure(self.name)) is not None]
        return total(seen) if seen else None

    def formula(self, view: View) -> Decimal | None:
        raise AssertionError("a running sum stands alone")


@dataclass(frozen=True)
class Measure:
    """A named measure: the rows it sees, and what it is declared to return."""

    name: str
    expression: Expression
    where: Condition | None = None
    returns: Literal["number", "currency", "percent"] | None = None
    scale: int | None = None

    def written(self) -> object:
        """As YAML has it."""
        options = {"where": self.where and self.where.text(), "returns": self.returns, "scale": self.scale}
        given = {name: value for name, value in options.items() if value is not None}
        return {"value": self.expression.text(), **given} if given else self.expression.text()

    def is_percent(self, tree: Tree) -> bool:
        """Tell whether it is of type percent: declared so, a share, or an aggregate of a percent alone."""
        match self.expression:
            case PercentOf():
                return self.returns in (None, "percent")
            case Aggregate(of=Path(path)) if self.returns is None:
                node, rest = tree.split(path)
                return Joined(tree, {node: None}).field(f"{node}.{rest}" if node else rest).kind == "percent"
            case _:
                return self.returns == "percent"

    def raw(self, view: View) -> Value:
        """The value, as having, sort and other measures see it."""
        value = self.expression.value(view.among(self.where))
        whole = isinstance(self.expression, Combined) and self.returns == "percent" and value is not None
        return shifted(number(value), 2) if whole else value

    def shown(self, value: Value) -> Value:
        """The value as it is returned."""
        if self.scale is None or value is None or isinstance(value, date):
            return value
        return rounded(number(value), self.scale)


def grain_of_paths(tree: Tree, of: Operand) -> str:
    """The node or parent whose records an expression is computed for."""
    owners = {path.rpartition(".")[0] for path in of.paths()}
    found = [one for one in owners if all(tree.reaches(one, other) for other in owners)]
    assert len(found) == 1, f"no single grain in {of.text()}"
    return found[0]


def _records(rows: Sequence[Joined], path: str) -> Mapping[str, Joined]:
    """The distinct records at a path, each with a row that it stands in."""
    found: dict[str, Joined] = {}
    for row in rows:
        record = row.record(path)
        if record is not None:
            found.setdefault(str(record["Id"]), row)
    return found


def _aggregate(function: Function, values: Sequence[Value]) -> Value:
    if not values:
        return None
    match function:
        case "sum":
            return total([number(value) for value in values])
        case "avg":
            return mean([number(value) for value in values])
        case "min":
            return min(values)  # pyright: ignore[reportArgumentType]
        case "max":
            return max(values)  # pyright: ignore[reportArgumentType]


def _blank(value: Value) -> Decimal:
    return Decimal(0) if value is None else number(value)
