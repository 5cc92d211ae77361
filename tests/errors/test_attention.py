from __future__ import annotations

from objectforge.errors.attention import attended, little_attention
from objectforge.errors.issue import closest, suggest


def test_names_are_looked_at_until_the_attention_is_used_up() -> None:
    with little_attention(10):
        assert ["a", "b", "c"] == list(attended("abc"))
        assert ["a", "b", "c", "d", "e", "f"] == list(attended("abcdefghij"))
        assert [] == list(attended("abc"))


def test_later_mistakes_have_no_hints_of_names() -> None:
    with little_attention(20):
        assert "did you mean 'currency'? known: currency, date" == suggest("curency", ["currency", "date"])
        assert [None] * 3 == [suggest("curency", ["currency", "date"]) for _ in range(9)][-3:]

    assert "currency" == closest("curency", ["currency"])


def test_nothing_is_near_a_text_that_is_no_name() -> None:
    assert closest("x" * 101, ["x" * 100]) is None
    assert "x" * 100 == closest("x" * 99, ["x" * 100, "x" * 101])
