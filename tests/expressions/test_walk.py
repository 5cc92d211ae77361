from __future__ import annotations

from decimal import Decimal

from deal_scope import SCOPE

from objectforge.expressions.check import check_condition, check_formula
from objectforge.expressions.typed import Const, Step, Typed
from objectforge.expressions.walk import children, params, rebase, refs, transform, walk
from objectforge.values.kinds import number

TREE = check_condition("Amount > :least AND (Name IN ('a', :b) OR LEN(Account.Name) < 5 AND NOT IsWon)", SCOPE)


def test_references_and_binds_are_found_in_order() -> None:
    assert [ref.field for ref in refs(TREE)] == ["Amount", "Name", "Name", "Name", "IsWon"]
    assert [param.name for param in params(TREE)] == ["least", "b"]


def test_every_node_is_visited_once() -> None:
    assert len(list(walk(TREE))) == 1 + sum(len(children(node)) for node in walk(TREE))


def test_a_tree_that_does_not_change_is_the_same() -> None:
    assert transform(TREE, lambda node: node) is TREE


def test_nodes_are_replaced_from_the_leaves_up() -> None:
    def double(node: Typed) -> Typed:
        return Const(Decimal(7), number(1, 0)) if isinstance(node, Const) else node

    assert transform(check_formula("Amount + 1", SCOPE), double) == check_formula("Amount + 7", SCOPE)


def test_a_parents_formula_is_seen_from_below() -> None:
    step = Step("DealId", "Deal")
    moved = list(refs(rebase(check_formula("Amount + Account.Revenue", SCOPE), "Lines", (step,))))
    assert [(ref.node, ref.path) for ref in moved] == [("Lines", ("DealId",)), ("Lines", ("DealId", "AccountId"))]
