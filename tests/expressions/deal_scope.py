"""A small world for the checker's tests: deals, their accounts, a report over both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from objectforge.expressions import syntax
from objectforge.expressions.check import check_condition, check_formula
from objectforge.expressions.evaluate import evaluate
from objectforge.expressions.functions.function import Value
from objectforge.expressions.moment import Moment
from objectforge.expressions.problem import ExpressionError
from objectforge.expressions.scope import NameProblem, Scope, no_records
from objectforge.expressions.typed import MeasureRef, Param, Ref, Step
from objectforge.values.kinds import (
    BOOLEAN,
    DATE,
    DATETIME,
    ID,
    NULL,
    TEXT,
    TIME,
    Kind,
    ValueType,
    number,
)
from objectforge.values.periods import Calendar

STAGES = ValueType(Kind.TEXT, order=("Open", "Won", "Lost"))
FIELDS: Mapping[str, ValueType] = {
    "Id": ID,
    "Name": TEXT,
    "Code": ValueType(Kind.TEXT, case_sensitive=True),
    "Stage": STAGES,
    "Tags": ValueType(Kind.MULTI, order=("red", "green", "blue")),
    "Amount": number(18, 2),
    "Quantity": number(18, 0),
    "Probability": number(3, 0, percent=True),
    "IsWon": BOOLEAN,
    "CloseDate": DATE,
    "CreatedDate": DATETIME,
    "Starts": TIME,
    "AccountId": ID,
    "Settings": ValueType(Kind.JSON),
    "Account.Name": TEXT,
    "Account.Revenue": number(18, 0),
    "Account.IsActive": BOOLEAN,
}
MEASURES: Mapping[str, ValueType] = {
    "won": number(20, 2),
    "deals": number(13, 0),
    "chance": number(21, 18, percent=True),
}
MOMENT = Moment(datetime(2026, 4, 15, 16, 30, tzinfo=UTC), Calendar(ZoneInfo("Asia/Tokyo"), fiscal_start=4))
"""In Tokyo, 2026-04-16 has begun."""


class DealScope:
    """Names of one deal, its account, and the measures of a report."""

    def resolve(self, path: syntax.Path) -> Ref:
        written = str(path).lower()
        for name, value_type in FIELDS.items():
            if name.lower() == written:
                *above, field = name.split(".")
                steps = tuple(Step("AccountId", step) for step in above)
                return Ref("", steps, "Account" if above else "Deal", field, value_type)
        raise NameProblem("OF201", f"Deal has no field '{path}'", path.start, path.end)

    def measure(self, path: syntax.Path) -> MeasureRef:
        if str(path) in MEASURES:
            return MeasureRef(str(path), MEASURES[str(path)])
        raise NameProblem("OF501", f"no measure '{path}'", path.start, path.end)

    def bind(self, bind: syntax.Bind) -> Param:
        if bind.name.startswith("unknown"):
            raise NameProblem("OF801", f"no bind '{bind.name}'", bind.start, bind.end)
        return Param(bind.name, number(18, 2) if bind.name == "least" else NULL)

    def aggregate_grain(self, path: syntax.Path) -> Ref:
        if str(path) not in ("Deals", "Account"):
            raise NameProblem("OF502", f"no join '{path}'", path.start, path.end)
        return grain(str(path))

    def records(self, name: syntax.Part, alias: syntax.Part | None) -> tuple[str, Scope]:
        """None: there are no other records."""
        raise no_records(name)

    def common_grain(self, refs: Sequence[Ref], start: int, end: int) -> Ref:
        if any(ref.field == "Starts" for ref in refs):
            raise NameProblem("OF503", "two branches", start, end, "sum(Starts, Deals)")
        return grain("Deals" if any(not ref.steps for ref in refs) else "Account")


def grain(path: str) -> Ref:
    return Ref(path, (), path, "Id", ID)


SCOPE = DealScope()


def value_of(record: Mapping[str, Any]):
    def value(ref: Ref) -> Value:
        return record.get(".".join((*(step.to for step in ref.steps), ref.field)))

    return value


def holds(text: str, record: Mapping[str, Any] | None = None, **params: Any) -> Value:
    tree = check_condition(text, SCOPE)
    return evaluate(tree, value_of(record or {}), moment=MOMENT, params=params)


def formula(text: str, record: Mapping[str, Any] | None = None, blanks: Any = "zero", **options: Any) -> Value:
    tree = check_formula(text, SCOPE, blanks=blanks, returns=options.pop("returns", None))
    return evaluate(tree, value_of(record or {}), moment=MOMENT, **options)


def problems(text: str, check: Any = check_condition, **options: Any) -> list[tuple[str, str]]:
    """The code of each problem with the text it points at."""
    try:
        check(text, SCOPE, **options)
    except ExpressionError as error:
        return [(problem.code, text[problem.start : problem.end]) for problem in error.problems]
    return []


DAY = date(2026, 4, 16)
D = Decimal
