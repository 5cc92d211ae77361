"""The typed tree: every name looked up, every operator decided. Both engines (SQL and Python) read only this.

The two modes of the language meet here: whatever makes a condition two-valued or a formula treat blanks as zero is
spelled out as a node, so that an engine needs no mode. A node's `type` is the static type of its value.

Truth: `Compare`, `IsNull`, `InList`, `InSelect`, `Like`, `Includes`, `InPeriod`, `OnDay`, `And`, `Or` and `Not` are
**two-valued**: a comparison with null is false, and `Not` of it true; `!=` is the opposite of `=`, so true where either
side is null. The items of `And`, `Or` and `Not` are never null: what may be stands in a `Fill`.

Formulas may also compare **three-valued**, as a `Call` that is null where SQL would be: `EQ`, `NE`, `LT`, `LE`, `GT`,
`GE` on two values, and `NOT` on a truth. `IF` and the root of a rule take null for false. `CASE` compares as formulas
do (free text exactly, a blank text like any other), but null equals nothing.

Binds: a `Param` that holds None (or an empty text) is the literal null. So `=` with it is `IsNull` of the other side
and `!=` the opposite; `<` and the like are false. In a list its nulls, and empty texts, are ignored.

Other calls the checker makes itself: `NULL_IF_BLANK` (a text, or null when it is empty), `PERCENT_OF` and `RUNNING`
(of a measure). Everything else is a function of `objectforge.expressions.functions.registry`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal

from objectforge.values.kinds import BOOLEAN, ValueType

__all__ = [
    "RUNNING",
    "Aggregate",
    "And",
    "Arithmetic",
    "Call",
    "Compare",
    "CompareOp",
    "Concat",
    "Const",
    "DatePart",
    "Fill",
    "Fraction",
    "InList",
    "InPeriod",
    "InSelect",
    "Includes",
    "IsNull",
    "Like",
    "MeasureRef",
    "Negate",
    "Not",
    "OnDay",
    "Or",
    "Param",
    "Ref",
    "Scalar",
    "Selected",
    "Step",
    "Typed",
]  # fmt: skip

RUNNING = "$user"
"""The node of references to the user for whom an expression is computed."""
Scalar = str | bool | int | Decimal | date | datetime | time | None
CompareOp = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Step:
    """One hop upwards: through the lookup `field` of the object at hand to the object `to`."""

    field: str
    to: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A field of a record: from a node of the query's join tree, upwards through lookups, to `object`.`field`.

    `node` is a join path of a report (`Opportunities.OpportunityLineItems`), "" for the base object and everywhere
    but in reports, `RUNNING` for the user who asks or writes. All names are in their declared spelling. `field` is `Id`
    for the record itself.
    """

    node: str
    steps: tuple[Step, ...]
    object: str
    field: str
    type: ValueType

    @property
    def path(self) -> tuple[str, ...]:
        """The lookup fields walked, without the field itself."""
        return tuple(step.field for step in self.steps)


@dataclass(frozen=True, slots=True)
class Const:
    """A literal value in canonical form."""

    value: Scalar
    type: ValueType


@dataclass(frozen=True, slots=True)
class Param:
    """A bind (`:least`), its value given when the query runs; `many` where a list is expected (`IN :ids`)."""

    name: str
    type: ValueType
    many: bool = False


@dataclass(frozen=True, slots=True)
class Fill:
    """The operand, or when it is null the blank of its type: 0, "" or false."""

    operand: Typed
    type: ValueType


@dataclass(frozen=True, slots=True)
class Fraction:
    """A percent as the number it stands for: 20 becomes 0.20 (two more places)."""

    operand: Typed
    type: ValueType


@dataclass(frozen=True, slots=True)
class Negate:
    """-x."""

    operand: Typed
    type: ValueType


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`+ - * / ^` on numbers, or a date or datetime plus or minus days. Null with a null operand."""

    op: Literal["+", "-", "*", "/", "^"]
    left: Typed
    right: Typed
    type: ValueType


@dataclass(frozen=True, slots=True)
class Concat:
    """Texts joined; a null counts as the empty text."""

    items: tuple[Typed, ...]
    type: ValueType


@dataclass(frozen=True, slots=True)
class Compare:
    """Two values compared, two-valued. Text by key unless `exact`; picklists with an order never by it, as text."""

    op: CompareOp
    left: Typed
    right: Typed
    exact: bool = False
    type: ValueType = BOOLEAN


@dataclass(frozen=True, slots=True)
class IsNull:
    """Whether the operand is null."""

    operand: Typed
    type: ValueType = BOOLEAN


@dataclass(frozen=True, slots=True)
class InList:
    """Whether the operand is one of the items (constants, or one `Param` with `many`); null items never match."""

    operand: Typed
    items: tuple[Typed, ...]
    exact: bool = False
    type: ValueType = BOOLEAN


@dataclass(frozen=True, slots=True)
class Selected:
    """The values of a field of an object's living records; both trees are rooted at that object."""

    object: str
    column: Ref
    where: Typed | None


@dataclass(frozen=True, slots=True)
class InSelect:
    """Whether the operand is among the values that other records have; null is none of them. Databases only."""

    operand: Typed
    select: Selected
    exact: bool = False
    type: ValueType = BOOLEAN


@dataclass(frozen=True, slots=True)
class Like:
    r"""Whether a text has the pattern's form: % any text, _ one character, `\%`, `\_` and `\\` themselves."""

    operand: Typed
    pattern: Typed
    exact: bool = False
    type: ValueType = BOOLEAN


@dataclass(frozen=True, slots=True)
class Includes:
    """Whether a multipicklist holds all values of at least one of the groups."""

    operand: Typed
    groups: tuple[Typed, ...]
    """Each a text `a;b` (constant or Param)."""
    type: ValueType = BOOLEAN


@dataclass(frozen=True, slots=True)
class InPeriod:
    """A date or datetime compared with a date word's period: = within, < before, > after, <= and >= include it."""

    op: CompareOp
    operand: Typed
    word: str
    n: int | None
    type: ValueType = BOOLEAN


@dataclass(frozen=True, slots=True)
class OnDay:
    """A datetime compared with a day of the org's zone: = within, < before, > after it, <= and >= include it.

    `day` is a date that no record decides: a constant, a bind, or a sum of `TODAY` and constants.
    """

    op: CompareOp
    operand: Typed
    day: Typed
    type: ValueType = BOOLEAN


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    items: tuple[Typed, ...]
    type: ValueType = BOOLEAN


@dataclass(frozen=True, slots=True)
class Or:
    """One of them."""

    items: tuple[Typed, ...]
    type: ValueType = BOOLEAN


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite, two-valued."""

    operand: Typed
    type: ValueType = BOOLEAN


@dataclass(frozen=True, slots=True)
class DatePart:
    """A date function of SOQL on a date or a datetime; `name` in capitals. Databases only.

    Of a datetime it sees the day in UTC, with `local` the day in the org's zone.
    """

    name: str
    operand: Typed
    local: bool
    type: ValueType


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the language on its arguments; `name` in capitals."""

    name: str
    args: tuple[Typed, ...]
    type: ValueType


@dataclass(frozen=True, slots=True)
class Aggregate:
    """An aggregate of a measure: over the distinct records of its grain (`count()` without argument: over rows).

    `grain` is the record counted once: a Ref whose field is `Id`; None for `count()`.
    """

    function: Literal["count", "sum", "avg", "min", "max"]
    argument: Typed | None
    grain: Ref | None
    type: ValueType


@dataclass(frozen=True, slots=True)
class MeasureRef:
    """Another measure of the same report, by its name."""

    name: str
    type: ValueType


Typed = (
    Ref | Const | Param | Fill | Fraction | Negate | Arithmetic | Concat | Compare | IsNull | InList | InSelect | Like
    | Includes | InPeriod | OnDay | And | Or | Not | DatePart | Call | Aggregate | MeasureRef
)  # fmt: skip
