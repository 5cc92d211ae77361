from __future__ import annotations

from objectforge.change.planning.creation_order import Created, creation_order


def test_what_is_pointed_to_comes_first() -> None:
    references = {"Line": [("Deal", "Deal")], "Deal": [("Account", "Account")], "Account": [("Parent", "Account")]}
    assert [one.object for one in creation_order(references, (), "User")] == ["Account", "Deal", "Line"]


def test_a_circle_is_closed_by_a_late_lookup() -> None:
    references = {"A": [("B", "B")], "B": [("C", "C")], "C": [("A", "A"), ("Old", "Old")]}
    expected = (Created("C", ("A",)), Created("B", ()), Created("A", ()))
    assert creation_order(references, ("Old",), "User") == expected


def test_the_first_object_waits_for_nothing() -> None:
    references = {"A": [("Owner", "User")], "User": [("Home", "A")]}
    assert creation_order(references, (), "User") == (Created("User", ("Home",)), Created("A", ()))


def test_a_chain_of_a_thousand_objects_is_no_deep_recursion() -> None:
    references = {f"O{i}": [("Next", f"O{i + 1}")] for i in range(3000)} | {"O3000": []}
    assert creation_order(references, (), "User")[0].object == "O3000"
