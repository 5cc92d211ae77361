"""Operands of comparisons and formulas - paths, literals, arithmetic - that print and evaluate themselves.

Choices where the contract leaves one:

- In a condition null makes arithmetic null; a division by zero is null.
- In a formula a blank number is 0 where a path or a measure is read; a division by zero makes the whole formula null,
  it is not a blank that turns into 0 on the way.
- A percent is value/100 in a formula only where arithmetic is done with it: a formula that is nothing but the path of a
  percent (`sum(Share)`) aggregates it as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Protocol

from oracle.numbers import Operator, apply, number, shifted
from oracle.world import NUMERIC, Scope, Value

__all__ = ["Arithmetic", "Literal", "Operand", "Path", "literal_text"]


class Operand(Protocol):
    """A value in an expression."""

    def text(self) -> str: ...

    def paths(self) -> Iterator[str]: ...

    def value(self, scope: Scope) -> Value:
        """The value in a condition."""
        ...

    def formula(self, scope: Scope) -> Decimal | None:
        """The value in a formula of numbers; None for an error."""
        ...


@dataclass(frozen=True)
class Path:
    """A field, by its path."""

    path: str

    def text(self) -> str:
        return self.path

    def paths(self) -> Iterator[str]:
        yield self.path

    def value(self, scope: Scope) -> Value:
        found = scope.value(self.path)
        return False if found is None and scope.field(self.path).kind == "checkbox" else found

    def formula(self, scope: Scope) -> Decimal | None:
        field = scope.field(self.path)
        assert field.kind in NUMERIC
        found = scope.value(self.path)
        exact = Decimal(0) if found is None else number(found)
        return shifted(exact, -2) if field.kind == "percent" else exact


@dataclass(frozen=True)
class Literal:
    """A constant."""

    constant: Value

    def text(self) -> str:
        return literal_text(self.constant)

    def paths(self) -> Iterator[str]:
        yield from ()

    def value(self, scope: Scope) -> Value:
        return self.constant

    def formula(self, scope: Scope) -> Decimal | None:
        return number(self.constant)


@dataclass(frozen=True)
class Arithmetic:
    """Two operands and an operator between them."""

    operator: Operator
    left: Operand
    right: Operand

    def text(self) -> str:
        return f"({self.left.text()} {self.operator} {self.right.text()})"

    def paths(self) -> Iterator[str]:
        yield from self.left.paths()
        yield from self.right.paths()

    def value(self, scope: Scope) -> Value:
        left, right = self.left.value(scope), self.right.value(scope)
        return None if left is None or right is None else apply(self.operator, number(left), number(right))

    def formula(self, scope: Scope) -> Decimal | None:
        left, right = self.left.formula(scope), self.right.formula(scope)
        return None if left is None or right is None else apply(self.operator, left, right)


def literal_text(value: Value) -> str:
    """A constant as the language writes it."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return f"{Decimal(value):f}" if value >= 0 else f"({Decimal(value):f})"
        case str():
            escaped = value.replace("\\", "\\\\").replace("'", "\\'")
            return f"'{escaped}'"
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return value.isoformat()
        case _:
            raise TypeError(value)
