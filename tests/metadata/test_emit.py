from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from objectforge.errors.source import Source
from objectforge.metadata.emit import emit
from objectforge.metadata.nodes import Mapping, Node, Scalar, Sequence
from objectforge.metadata.reader import read

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40) | st.text(
    st.sampled_from("ab:# \n-\t")
)
LEAVES = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, width=32) | TEXTS
KEYS = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=12)
DATA = st.dictionaries(
    KEYS,
    st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=20),
    max_size=5,
)


def plain(node: Node | None) -> Any:
    match node:
        case Scalar(value=value):
            return value
        case Mapping(entries=entries):
            return {entry.key.text: plain(entry.value) for entry in entries}
        case Sequence(items=items):
            return [plain(item) for item in items]
        case None:
            return {}


@given(DATA.filter(lambda data: "inf" not in str(data)))
def test_what_is_written_is_read_back(data: dict[str, Any]) -> None:
    root, issues = read(Source("<text>", emit(data)))

    assert issues == ()
    assert data == plain(root)


def test_short_things_stand_on_one_line_and_long_ones_in_blocks() -> None:
    data = {"a": {"b": {"c": [1, "x y", "1"], "d": {}}, "e": [{"f": "x" * 90, "g": "y" * 30}, [1], "z" * 120]}}

    expected = f"""\
a:
  b:
    c: [1, x y, "1"]
    d: {{}}
  e:
    - f: {"x" * 90}
      g: {"y" * 30}
    - [1]
    - {"z" * 120}
"""
    assert expected == emit(data)


def test_texts_of_several_lines_are_blocks_and_members_stand_on_lines_of_their_own() -> None:
    data = {
        "objects": {"A": {"fields": {"B": "text"}, "validations": {"v": {"error_if": "AND(\n  B,\n\n  B)", "x": 1}}}}
    }

    expected = """\
objects:
  A:
    fields:
      B: text
    validations:
      v:
        error_if: |-
          AND(
            B,

            B)
        x: 1
"""
    assert expected == emit(data)
