from __future__ import annotations

from typing import Any

import pytest

from objectforge.errors.source import Source
from objectforge.metadata.nodes import Mapping, Node
from objectforge.metadata.patches import insert_key, patched, put_first, put_value
from objectforge.metadata.reader import read


def node_of(text: str) -> Node:
    root, issues = read(Source("<text>", text))
    assert isinstance(root, Mapping)
    assert not issues
    return root.entries[0].value


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        pytest.param("a: x # y", "z", "a: z # y", id="a plain text"),
        pytest.param("a: 'x'", "1", 'a: "1"', id="what looks like a number"),
        pytest.param("a:", {"b": "c"}, "a: {b: c}", id="nothing"),
        pytest.param("a:\n  - x\n  - y\nz: 1", ["y"], "a:\n  [y]\nz: 1", id="a list"),
        pytest.param("a: |\n  x\n  y\nz: 1", "x\ny", 'a: "x\\ny"\nz: 1', id="a block"),
    ],
)
def test_a_value_takes_the_place_of_another(text: str, value: Any, expected: str) -> None:
    assert [expected] == list(patched([put_value(node_of(text), value)]).values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: {}", "a: {was: x}", id="empty"),
        pytest.param("a: {b: c } # d", "a: {b: c, was: x } # d", id="on one line"),
        pytest.param("a:\n  # d\n  b: c\n", "a:\n  # d\n  was: x\n  b: c\n", id="on several lines"),
        pytest.param("a:\n  b:\n    c: d\n  e: f", "a:\n  was: x\n  b:\n    c: d\n  e: f", id="with others inside"),
    ],
)
def test_a_key_is_put_in(text: str, expected: str) -> None:
    mapping = node_of(text)
    assert isinstance(mapping, Mapping)

    assert [expected] == list(patched([insert_key(mapping, "was", "x")]).values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: b", "a: [x, b]", id="one value"),
        pytest.param("a: [ b, c ]", "a: [ x, b, c ]", id="a list on one line"),
        pytest.param("a:\n  - b\n", "a:\n  [x, b]\n", id="a list on several lines"),
    ],
)
def test_a_value_is_put_before_the_others(text: str, expected: str) -> None:
    assert [expected] == list(patched([put_first(node_of(text), "x")]).values())


def test_patches_of_one_file_are_made_at_once() -> None:
    root = node_of("a: {b: c, d: e}")
    assert isinstance(root, Mapping)

    patches = [put_value(entry.value, "long") for entry in root.entries]

    assert list(patched(patches).values()) == ["a: {b: long, d: long}"]
    assert root.source.text == "a: {b: c, d: e}"
