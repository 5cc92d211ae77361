from __future__ import annotations

from deal_scope import DealScope

from objectforge.expressions.check import check_condition
from objectforge.expressions.typed import And, InList, Not, Or


def test_many_comparisons_of_one_field_are_one_list() -> None:
    tree = check_condition(" OR ".join(f"Amount = {n}" for n in range(30)), DealScope())
    assert isinstance(tree, InList)
    assert len(tree.items) == 30


def test_many_differences_from_one_field_are_no_list() -> None:
    tree = check_condition(" AND ".join(f"Name != 'x{n}'" for n in range(30)), DealScope())
    assert isinstance(tree, Not)
    assert isinstance(tree.operand, InList)


def test_what_compares_otherwise_stays_where_it_is() -> None:
    text = "Amount > 5 OR " + " OR ".join(f"Amount = {n} OR Name = 'x{n}'" for n in range(30)) + " OR Amount = null"
    tree = check_condition(text, DealScope())
    assert isinstance(tree, Or)
    assert [type(item).__name__ for item in tree.items] == ["Compare", "InList", "InList", "IsNull"]


def test_a_few_conditions_stay_as_they_are() -> None:
    tree = check_condition(" AND ".join(f"Name != 'x{n}'" for n in range(10)), DealScope())
    assert isinstance(tree, And)
    assert len(tree.items) == 10
