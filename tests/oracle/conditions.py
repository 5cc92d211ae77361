r"""Conditions of the contract's section 5, two-valued, that print themselves and hold or not on a scope.

Choices where the contract leaves one:

- Two null fields are not equal (a comparison with a null field is false); only the literal null tests for null.
- The literal '' is null, as the stored empty string is.
- A checkbox of a missing record - a parent or an outer join's - is false.
- LIKE matches the whole text; `%` is any run of characters, `_` exactly one, `\%` and `\_` are themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, Protocol

from oracle.operands import Literal as Constant
from oracle.operands import Operand, Path, literal_text
from oracle.order import fold, identity
from oracle.world import Field, Scope, Value

__all__ = ["All", "Any_", "Compare", "Comparison", "Condition", "In", "Like", "Not", "True_", "pattern"]

Comparison = Literal["=", "!=", "<", "<=", ">", ">="]
Style = Literal["word", "symbol", "call"]


class Condition(Protocol):
    """Something that holds or does not."""

    def text(self) -> str: ...

    def paths(self) -> Iterator[str]: ...

    def holds(self, scope: Scope) -> bool: ...


@dataclass(frozen=True)
class Compare:
    """A comparison; one side at least is a path or holds one."""

    left: Operand
    operator: Comparison
    right: Operand

    def text(self) -> str:
        return f"{self.left.text()} {self.operator} {self.right.text()}"

    def paths(self) -> Iterator[str]:
        yield from self.left.paths()
        yield from self.right.paths()

    def holds(self, scope: Scope) -> bool:
        match self.operator:
            case "!=":
                return not self._equal(scope)
            case "=":
                return self._equal(scope)
            case _:
                left, right = self._sides(scope)
                return left is not None and right is not None and _orders(self.operator, left, right)

    def _equal(self, scope: Scope) -> bool:
        for side, other in ((self.left, self.right), (self.right, self.left)):
            if isinstance(side, Constant) and side.constant in (None, ""):
                return other.value(scope) is None
        left, right = self._sides(scope)
        return left is not None and right is not None and left == right

    def _sides(self, scope: Scope) -> tuple[Any, Any]:
        field = next((_field(scope, side) for side in (self.left, self.right) if isinstance(side, Path)), None)
        return _key(self.left.value(scope), field), _key(self.right.value(scope), field)


@dataclass(frozen=True)
class In:
    """A value among others; nulls among them are ignored, NOT IN is the negation."""

    path: str
    values: tuple[Value, ...]
    negated: bool = False

    def text(self) -> str:
        values = ", ".join(literal_text(value) for value in self.values)
        return f"{self.path} {'NOT ' if self.negated else ''}IN ({values})"

    def paths(self) -> Iterator[str]:
        yield self.path

    def holds(self, scope: Scope) -> bool:
        field = scope.field(self.path)
        value = _key(Path(self.path).value(scope), field)
        among = value is not None and value in [_key(one, field) for one in self.values if one is not None]
        return among != self.negated


@dataclass(frozen=True)
class Like:
    """A text of a certain form."""

    path: str
    form: str

    def text(self) -> str:
        escaped = self.form.replace("'", "\\'")
        return f"{self.path} LIKE '{escaped}'"

    def paths(self) -> Iterator[str]:
        yield self.path

    def holds(self, scope: Scope) -> bool:
        value, exactly = scope.value(self.path), scope.field(self.path).exactly
        return value is not None and bool(pattern(self.form, exactly).fullmatch(_as_text(value, exactly)))


@dataclass(frozen=True)
class True_:  # noqa: N801
    """A checkbox alone."""

    path: str

    def text(self) -> str:
        return self.path

    def paths(self) -> Iterator[str]:
        yield self.path

    def holds(self, scope: Scope) -> bool:
        return bool(scope.value(self.path))


@dataclass(frozen=True)
class Not:
    """The opposite."""

    inner: Condition

    def text(self) -> str:
        return f"NOT ({self.inner.text()})" if isinstance(self.inner, Not | All | Any_) else f"NOT {self.inner.text()}"

    def paths(self) -> Iterator[str]:
        yield from self.inner.paths()

    def holds(self, scope: Scope) -> bool:
        return not self.inner.holds(scope)


@dataclass(frozen=True)
class All:
    """Every one of them."""

    parts: tuple[Condition, ...]
    style: Style = "word"

    def text(self) -> str:
        return _joined(self.parts, self.style, "AND", "&&", loose=False)

    def paths(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.paths()

    def holds(self, scope: Scope) -> bool:
        return all(part.holds(scope) for part in self.parts)


@dataclass(frozen=True)
class Any_:  # noqa: N801
    """At least one of them."""

    parts: tuple[Condition, ...]
    style: Style = "word"

    def text(self) -> str:
        return _joined(self.parts, self.style, "OR", "||", loose=True)

    def paths(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.paths()

    def holds(self, scope: Scope) -> bool:
        return any(part.holds(scope) for part in self.parts)


def pattern(form: str, exactly: bool) -> re.Pattern[str]:
    """A LIKE pattern as a regular expression over texts' keys."""
    parts: list[str] = []
    for piece in re.findall(r"\\.|.", form if exactly else fold(form), re.DOTALL):
        parts.append({"%": ".*", "_": "."}.get(piece) or re.escape(piece[-1]))
    return re.compile("".join(parts), re.DOTALL)


def _as_text(value: Value, exactly: bool) -> str:
    return str(value) if exactly else fold(str(value))


def _joined(parts: tuple[Condition, ...], style: Style, word: str, symbol: str, *, loose: bool) -> str:
    if style == "call":
        return f"{word}({', '.join(part.text() for part in parts)})"
    texts = [f"({part.text()})" if isinstance(part, Any_) and not loose else part.text() for part in parts]
    return f" {word if style == 'word' else symbol} ".join(texts)


def _field(scope: Scope, side: Operand) -> Field | None:
    return scope.field(side.path) if isinstance(side, Path) else None


def _key(value: Value, field: Field | None) -> Any:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    return value if field is None else identity(value, field)


def _orders(operator: Comparison, left: Any, right: Any) -> bool:
    match operator:
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case _:
            return left >= right
