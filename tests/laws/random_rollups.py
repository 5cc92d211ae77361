"""Random roll-ups over two levels of children, and what plain Python makes of the children's stored values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

__all__ = ["Condition", "Draw", "Rollup", "Rows", "rollups_of", "value_of", "written"]

Draw = Any  # what st.composite hands in
Row = Mapping[str, Any]
Rows = Mapping[str, list[Row]]
"""The living records of each object, by their stored values."""
_EXACT = Context(prec=200, rounding=ROUND_HALF_UP)
_NUMBERS = ("Amount", "Units", "Small", "Third")
_OTHERS = ("Closes",)
_PLACES = {"Amount": 2, "Units": 0, "Small": 2, "Third": 2, "Cost": 2, "Closes": 0}


@dataclass(frozen=True)
class Condition:
    """A condition on a Deal or a Line, with the same in Python."""

    text: str
    holds: Callable[[Row, Rows], bool]


@dataclass(frozen=True)
class Rollup:
    """A roll-up field: over which children's field, and which children."""

    name: str
    function: str
    child: str
    field: str | Rollup | None
    where: Condition | None

    def written(self) -> dict[str, object]:
        """As YAML has it."""
        field = self.field.name if isinstance(self.field, Rollup) else self.field
        value = f"{self.function}({self.child}s{'' if field is None else f'.{field}'})"
        return {"type": "rollup", "value": value} | ({} if self.where is None else {"where": self.where.text})


_DEAL_CONDITIONS = (
    Condition("Stage = 'won'", lambda deal, rows: deal["Stage"] == "Won"),
    Condition("Stage != 'Won'", lambda deal, rows: deal["Stage"] != "Won"),
    Condition("Amount > 1", lambda deal, rows: deal["Amount"] is not None and deal["Amount"] > 1),
    Condition("Amount = null", lambda deal, rows: deal["Amount"] is None),
    Condition("Units IN (1, 2)", lambda deal, rows: deal["Units"] in (1, 2)),
    Condition(
        "Closes < 2024-01-01", lambda deal, rows: deal["Closes"] is not None and deal["Closes"] < date(2024, 1, 1)
    ),
    Condition("Active", lambda deal, rows: deal["Active"]),
    Condition("Third > 1", lambda deal, rows: _third(deal) > 1),
    Condition("Firm.City = 'A'", lambda deal, rows: _city(deal, rows) == "a"),
    Condition("Firm.City != 'b'", lambda deal, rows: _city(deal, rows) != "b"),
)
_LINE_CONDITIONS = (
    Condition("Cost >= 2", lambda line, rows: line["Cost"] is not None and line["Cost"] >= 2),
    Condition("Deal.Stage = 'Won'", lambda line, rows: _deal(line, rows)["Stage"] == "Won"),
    Condition("Deal.Firm.City = 'b'", lambda line, rows: _city(_deal(line, rows), rows) == "b"),
    Condition("Deal.Third < 5", lambda line, rows: _third(_deal(line, rows)) < 5),
)


def _city(deal: Row, rows: Rows) -> str | None:
    firm = next((each for each in rows["Firm"] if each["Id"] == deal["Firm"]), None)
    return None if firm is None else firm["City"]


def _deal(line: Row, rows: Rows) -> Row:
    return next(each for each in rows["Deal"] if each["Id"] == line["Deal"])


def _conditions(pool: tuple[Condition, ...]) -> st.SearchStrategy[Condition]:
    def both(a: Condition, b: Condition) -> Condition:
        return Condition(f"({a.text}) AND ({b.text})", lambda row, rows: a.holds(row, rows) and b.holds(row, rows))

    def either(a: Condition, b: Condition) -> Condition:
        return Condition(f"({a.text}) OR ({b.text})", lambda row, rows: a.holds(row, rows) or b.holds(row, rows))

    def opposite(a: Condition) -> Condition:
        return Condition(f"NOT ({a.text})", lambda row, rows: not a.holds(row, rows))

    plain = st.sampled_from(pool)
    return plain | st.builds(both, plain, plain) | st.builds(either, plain, plain) | st.builds(opposite, plain)


@st.composite
def rollups_of(draw: Draw) -> dict[str, list[Rollup]]:
    """The roll-ups of Deal, over its lines, and of Firm, over its deals and over their roll-ups."""
    lines = st.none() | _conditions(_LINE_CONDITIONS)
    own = [
        Rollup(f"Of_Lines_{number}", *draw(st.sampled_from(_over("Line", ("Cost",), ()))), draw(lines))
        for number in range(draw(st.integers(1, 2)))
    ]
    deals = st.none() | _conditions(_deal_conditions(own))
    choices = [*_over("Deal", _NUMBERS, _OTHERS), *_over("Deal", tuple(own), ())]
    firms = [
        Rollup(f"Of_Deals_{number}", *draw(st.sampled_from(choices)), draw(deals))
        for number in range(draw(st.integers(2, 4)))
    ]
    return {"Deal": own, "Firm": firms}


def _deal_conditions(own: list[Rollup]) -> tuple[Condition, ...]:
    def known(rollup: Rollup) -> Condition:
        return Condition(f"{rollup.name} > 1", lambda deal, rows: (value_of(rollup, deal, rows, exact=True) or 0) > 1)

    return (*_DEAL_CONDITIONS, *map(known, own))


def _over(
    child: str, numbers: tuple[str | Rollup, ...], others: tuple[str, ...]
) -> list[tuple[str, str, str | Rollup | None]]:
    found: list[tuple[str, str, str | Rollup | None]] = [("count", child, None)]
    found += [(function, child, field) for function in ("count", "sum", "min", "max", "avg") for field in numbers]
    return found + [(function, child, field) for function in ("min", "max", "count") for field in others]


def value_of(rollup: Rollup, parent: Row, rows: Rows, *, exact: bool = False) -> Any:
    """What a roll-up must be for a record; `exact` as expressions see it, else as it is shown."""
    children = [each for each in rows[rollup.child] if each[_LINK[rollup.child]] == parent["Id"]]
    taken = [each for each in children if rollup.where is None or rollup.where.holds(each, rows)]
    if rollup.field is None:
        return len(taken)
    values = [value for each in taken if (value := _field(rollup.field, each, rows)) is not None]
    if rollup.function == "count":
        return len(values)
    if not values:
        return None
    if rollup.function in ("min", "max"):
        found = min(values) if rollup.function == "min" else max(values)
    else:
        total = sum(map(Fraction, values), Fraction(0))
        found = _rounded(total / len(values), 18) if rollup.function == "avg" else _rounded(total, 18)
    if exact or not isinstance(found, Decimal):
        return found
    return _rounded(Fraction(found), _places(rollup))


_LINK = {"Deal": "Firm", "Line": "Deal"}


def _field(field: str | Rollup, row: Row, rows: Rows) -> Any:
    if isinstance(field, Rollup):
        return value_of(field, row, rows, exact=True)
    return _third(row) if field == "Third" else row[field]


def _third(deal: Row) -> Decimal:
    return _rounded(Fraction(deal["Amount"] or 0) / 3, 18)


def _places(rollup: Rollup) -> int:
    match rollup:
        case Rollup(function="count"):
            return 0
        case Rollup(function="avg"):
            return 18
        case Rollup(field=Rollup() as inner):
            return _places(inner)
        case _:
            return _PLACES[str(rollup.field)]


def _rounded(value: Fraction, places: int) -> Decimal:
    """Rounded half away from zero."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(-whole if value < 0 else whole).scaleb(-places, _EXACT)


def written(rollups: Mapping[str, Iterable[Rollup]]) -> dict[str, object]:
    """The org's metadata as YAML would have it."""
    deal = {
        "Firm": {"type": "lookup", "to": "Firm", "children": "Deals"},
        "Amount": "currency",
        "Units": "integer",
        "Small": {"type": "number", "precision": 4, "scale": 2},
        "Closes": "date",
        "Active": "checkbox",
        "Stage": ["Open", "Won"],
        "Third": {"type": "formula", "returns": "currency", "formula": "Amount / 3"},
    }
    line = {
        "Deal": {"type": "master_detail", "to": "Deal", "children": "Lines", "reparentable": True},
        "Cost": "currency",
    }
    own = {name: {each.name: each.written() for each in given} for name, given in rollups.items()}
    return {
        "objects": {
            "Firm": {"fields": {"City": "text", **own["Firm"]}},
            "Deal": {"fields": {**deal, **own["Deal"]}},
            "Line": {"fields": line},
        }
    }
