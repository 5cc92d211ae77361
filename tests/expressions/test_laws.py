"""Laws that hold for every expression and every record."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from deal_scope import MOMENT, SCOPE, problems, value_of
from hypothesis import given
from hypothesis import strategies as st

from objectforge.expressions.check import check_condition, check_formula
from objectforge.expressions.evaluate import evaluate
from objectforge.expressions.problem import ExpressionError
from objectforge.expressions.typed import And, Not, Or, Typed

TEXTS = st.sampled_from(["a", "A", "b", "ab", "%", "ä"])
RECORDS = st.fixed_dictionaries({
    "Name": st.none() | TEXTS,
    "Code": st.none() | TEXTS,
    "Stage": st.none() | st.sampled_from(["Open", "Won", "Lost"]),
    "Tags": st.none() | st.sampled_from(["red", "red;blue", "green"]),
    "Amount": st.none() | st.sampled_from([Decimal(0), Decimal("-1.50"), Decimal(5)]),
    "Quantity": st.none() | st.sampled_from([Decimal(0), Decimal(3)]),
    "IsWon": st.booleans(),
    "Account.IsActive": st.none() | st.booleans(),
    "CloseDate": st.none() | st.sampled_from([date(2026, 4, 15), date(2026, 4, 16), date(2027, 4, 1)]),
    "CreatedDate": st.none() | st.sampled_from([datetime(2026, 4, 15, hour, tzinfo=UTC) for hour in (14, 15, 23)]),
})  # fmt: skip

OPERATORS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
LITERALS = TEXTS.map(lambda text: f"'{text}'")


def joined(*parts: Any) -> st.SearchStrategy[str]:
    return st.tuples(*(part if isinstance(part, st.SearchStrategy) else st.just(part) for part in parts)).map(" ".join)


NUMBERS = st.recursive(
    st.sampled_from(["Amount", "Quantity", "5", "0", "-1.5", "LEN(Name)"]),
    lambda inner: joined("(", inner, st.sampled_from("+-*/"), inner, ")"),
    max_leaves=4,
)
ATOMS = st.one_of(
    joined(st.sampled_from(["Name", "Code", "Stage"]), OPERATORS, LITERALS),
    joined("Name", OPERATORS, "Code"),
    joined(NUMBERS, OPERATORS, NUMBERS),
    joined(st.sampled_from(["CloseDate", "CreatedDate"]), OPERATORS, st.sampled_from(["TODAY", "THIS_FISCAL_YEAR"])),
    joined(st.sampled_from(["CloseDate", "CreatedDate"]), OPERATORS, st.sampled_from(["2026-04-16", "TODAY() - 1"])),
    joined(st.sampled_from(["Name", "CloseDate", "Amount"]), st.sampled_from(["=", "!="]), "null"),
    joined("Name", st.sampled_from(["IN", "NOT IN"]), "(", LITERALS, ", null,", LITERALS, ")"),
    joined("Name", st.sampled_from(["LIKE", "NOT LIKE"]), st.sampled_from(["'a%'", "'_'", "'%b'"])),
    joined("Tags", st.sampled_from(["INCLUDES", "EXCLUDES"]), "('red', 'green;blue')"),
    st.sampled_from(["IsWon", "Account.IsActive", "CONTAINS(Name, 'a')", "ISBLANK(CloseDate)", "true"]),
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        joined("(", inner, st.sampled_from(["AND", "OR"]), inner, ")"), joined("NOT (", inner, ")")
    ),
    max_leaves=6,
)


def run(tree: Typed, record: dict[str, Any]) -> Any:
    return evaluate(tree, value_of(record), moment=MOMENT)


@given(CONDITIONS, RECORDS)
def test_a_condition_is_true_or_false_and_its_negation_the_opposite(text: str, record: dict[str, Any]) -> None:
    holds = run(check_condition(text, SCOPE), record)
    assert isinstance(holds, bool)
    assert run(check_condition(f"NOT ({text})", SCOPE), record) is (not holds)


@given(CONDITIONS, CONDITIONS, RECORDS)
def test_de_morgan(left: str, right: str, record: dict[str, Any]) -> None:
    a, b = check_condition(left, SCOPE), check_condition(right, SCOPE)
    assert run(Not(And((a, b))), record) is run(Or((Not(a), Not(b))), record)
    both = check_condition(f"({left}) AND ({right})", SCOPE)
    assert run(both, record) is (run(a, record) and run(b, record))


@given(CONDITIONS, RECORDS, st.sampled_from(["zero", "null"]))
def test_a_condition_is_a_formula_too(text: str, record: dict[str, Any], blanks: Any) -> None:
    wrong = {code for code, _ in problems(text, check_formula, blanks=blanks)}
    assert wrong <= {"OF323"}  # a formula compares no instant with a day
    if not wrong:
        assert run(check_formula(text, SCOPE, blanks=blanks), record) in (True, False, None)


@given(NUMBERS, RECORDS)
def test_a_number_fits_its_static_size(text: str, record: dict[str, Any]) -> None:
    tree = check_formula(text, SCOPE)
    value = run(tree, record)
    if value is not None:
        assert value == round(value, tree.type.scale)
        assert abs(value) < Decimal(10) ** (tree.type.digits - tree.type.scale)


@given(st.text(max_size=40))
def test_any_text_is_typed_or_refused(text: str) -> None:
    for check in (check_condition, check_formula):
        with suppress(ExpressionError):
            check(text, SCOPE)
