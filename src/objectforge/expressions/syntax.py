"""The syntax tree of an expression: what was written, before any name is looked up.

Every node carries `start` and `end`, character offsets into the expression's own text. Where a node stands is no part
of what it says: two trees are equal when they say the same, wherever it was written.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime, time
from decimal import Decimal

from objectforge.expressions.node import node

__all__ = [
    "And",
    "Binary",
    "Bind",
    "Boolean",
    "Call",
    "DateLiteral",
    "DateTimeLiteral",
    "DateWord",
    "Expression",
    "In",
    "InSelect",
    "Includes",
    "Like",
    "Money",
    "Not",
    "Null",
    "Number",
    "Or",
    "Part",
    "Path",
    "SubSelect",
    "Text",
    "TimeLiteral",
    "Unary",
]


@node
class Text:
    """A string literal, unescaped."""

    value: str
    start: int = field(compare=False)
    end: int = field(compare=False)


@node
class Number:
    """A number literal, exact: its scale is the number of places as written."""

    value: Decimal
    start: int = field(compare=False)
    end: int = field(compare=False)


@node
class Money:
    """An amount in a currency, as SOQL writes it: `USD5000`, `eur99.50`; `currency` as written.

    One without a point may still turn out to be a field of that name: the checker decides.
    """

    currency: str
    value: Decimal
    start: int = field(compare=False)
    end: int = field(compare=False)

    def __str__(self) -> str:
        return f"{self.currency}{self.value:f}"


@node
class Boolean:
    """TRUE or FALSE."""

    value: bool
    start: int = field(compare=False)
    end: int = field(compare=False)


@node
class Null:
    """NULL."""

    start: int = field(compare=False)
    end: int = field(compare=False)


@node
class DateLiteral:
    """A date such as 2026-04-01."""

    value: date
    start: int = field(compare=False)
    end: int = field(compare=False)


@node
class DateTimeLiteral:
    """An instant such as 2026-04-01T09:00:00Z; always aware."""

    value: datetime
    start: int = field(compare=False)
    end: int = field(compare=False)


@node
class TimeLiteral:
    """A time of day such as 12:30:00Z."""

    value: time
    start: int = field(compare=False)
    end: int = field(compare=False)


@node
class DateWord:
    """A relative date, `TODAY` or `LAST_N_DAYS:30`: the word in capitals, and its number where it takes one.

    A bare word may still turn out to be a field of that name: the checker decides.
    """

    word: str
    n: int | None
    start: int = field(compare=False)
    end: int = field(compare=False)


@node
class Part:
    """One name of a path; `as_object` is the `Opportunity` of `What:Opportunity`."""

    name: str
    start: int = field(compare=False)
    end: int = field(compare=False)
    as_object: str | None = None


@node
class Path:
    """A dotted name: `Amount`, `Account.Owner.Name`, `$User.Id`, `What:Opportunity.Amount`."""

    parts: tuple[Part, ...]
    start: int = field(compare=False)
    end: int = field(compare=False)

    def __str__(self) -> str:
        return ".".join(f"{p.name}:{p.as_object}" if p.as_object else p.name for p in self.parts)


@node
class Bind:
    """A value given at run time: `:least`."""

    name: str
    start: int = field(compare=False)
    end: int = field(compare=False)


@node
class Call:
    """A function call; `name` as written, `name_end` where the name ends."""

    name: str
    args: tuple[Expression, ...]
    name_end: int = field(compare=False)
    start: int = field(compare=False)
    end: int = field(compare=False)


@node
class Unary:
    """`-x` or `+x`."""

    op: str
    operand: Expression
    start: int = field(compare=False)
    end: int = field(compare=False)


@node
class Binary:
    """Two operands and one of `= != < <= > >= + - * / ^ &`; `==` is read as `=`, `<>` as `!=`."""

    op: str
    left: Expression
    right: Expression
    start: int = field(compare=False)
    end: int = field(compare=False)


@node
class Not:
    """NOT x, !x or NOT(x)."""

    operand: Expression
    start: int = field(compare=False)
    end: int = field(compare=False)


@node
class And:
    """Conditions that all hold: flat, in order; two or more, or the one of `AND(x)`."""

    items: tuple[Expression, ...]
    start: int = field(compare=False)
    end: int = field(compare=False)


@node
class Or:
    """Conditions of which one holds: flat, in order; two or more, or the one of `OR(x)`."""

    items: tuple[Expression, ...]
    start: int = field(compare=False)
    end: int = field(compare=False)


@node
class In:
    """`x IN (a, b)`, `x IN :list` (one Bind), or the negation."""

    operand: Expression
    items: tuple[Expression, ...]
    negated: bool
    start: int = field(compare=False)
    end: int = field(compare=False)


@node
class SubSelect:
    """`SELECT AccountId FROM Contact WHERE ...`: the values of one field of the records of an object."""

    column: Path
    object: Part
    alias: Part | None
    where: Expression | None
    start: int = field(compare=False)
    end: int = field(compare=False)


@node
class InSelect:
    """`x IN (SELECT ...)`, a semi-join, or the negation, an anti-join."""

    operand: Expression
    select: SubSelect
    negated: bool
    start: int = field(compare=False)
    end: int = field(compare=False)


@node
class Like:
    r"""`x LIKE 'a%'`: % any text, _ one character, `\%` and `\_` themselves; `negated` for NOT LIKE.

    A pattern that is a Text keeps `\%`, `\_` and `\\` as two characters: a backslash escapes what follows it.
    """

    operand: Expression
    pattern: Expression
    negated: bool
    start: int = field(compare=False)
    end: int = field(compare=False)


@node
class Includes:
    """`x INCLUDES ('a;b', 'c')` on a multipicklist: a and b together, or c; `negated` for EXCLUDES."""

    operand: Expression
    items: tuple[Expression, ...]
    negated: bool
    start: int = field(compare=False)
    end: int = field(compare=False)


Expression = (
    Text | Number | Money | Boolean | Null | DateLiteral | DateTimeLiteral | TimeLiteral | DateWord | Path | Bind | Call
    | Unary | Binary | Not | And | Or | In | InSelect | Like | Includes
)  # fmt: skip
