import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from objectforge.errors.source import Source
from objectforge.metadata.nodes import Mapping, Scalar, find, locate, to_data
from objectforge.metadata.reader import read


def tree(text):
    node, issues = read(Source("f.yaml", text))
    assert issues == ()
    assert node is not None
    return node


def scalar(text, key="k"):
    node = find(tree(text), [key])
    assert isinstance(node, Scalar)
    return node


def shown(span):
    return span.source.text[span.start : span.end]


def test_a_path_finds_keys_and_items():
    node = tree("a:\n  - b: c\n  - d\n")
    found = find(node, ["a", 0, "b"])
    assert isinstance(found, Scalar)
    assert found.text == "c"
    assert node is find(node, [])


@pytest.mark.parametrize(
    "path", [["b"], ["a", 2], ["a", -1], ["a", "x"], [0], ["a", 0, "b", "c"], ["a", 0, "x", "y"]], ids=str
)
def test_a_path_that_does_not_exist_finds_nothing(path):
    assert find(tree("a:\n  - b: c\n  - d\n"), path) is None


def test_a_mapping_gives_its_keys_and_values():
    node = tree("a: 1\nb: x\n")
    assert isinstance(node, Mapping)
    assert node.get("c") is None
    assert node.key("c") is None
    key, value = node.key("b"), node.get("b")
    assert key is not None
    assert value is not None
    assert (key.text, str(key.span), str(value.span)) == ("b", "f.yaml:2:1", "f.yaml:2:4")


def test_plain_data_keeps_the_scalars_that_are_not_text():
    data = to_data(tree("a: [x, '1', 1.10, no]\nb: {c: ~, d: true}\n"))
    match data:
        case {"a": ["x", "1", Scalar(text="1.10"), "no"], "b": {"c": Scalar(value=None), "d": Scalar(value=True)}}:
            pass
        case _:
            pytest.fail(repr(data))


def test_data_keeps_the_order_of_the_keys():
    data = to_data(tree("b: {z: 1, y: 2}\na: x"))
    assert isinstance(data, dict)
    assert list(data) == ["b", "a"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param("k: Amount > 5\n", "Amount", id="plain"),
        pytest.param("k: one\n  two\n\n  three\n", "three", id="plain over several lines"),
        pytest.param("k: 'it''s Amount'\n", "Amount", id="single quotes"),
        pytest.param("k: 'one\n  two\n\n\n  Amount'\n", "Amount", id="single quotes over several lines"),
        pytest.param('k: "\\u3042\\x41\\t\\U0001F600 Amount"\n', "Amount", id="escapes"),
        pytest.param('k: "one \\\n    two\\\n\n  \\ Amount"\n', "Amount", id="escaped line breaks"),
        pytest.param('k: "\\"a\\" Amount"\n', "Amount", id="escaped quotes"),
        pytest.param("k: |\n  one\n    two\n\n  Amount > 5\n", "Amount", id="literal"),
        pytest.param("k: |2-\n    one\n  Amount > 5\n", "Amount", id="literal with an indentation"),
        pytest.param("k: |+ # note\n\n\n  Amount > 5\n\n", "Amount", id="literal that begins with empty lines"),
        pytest.param("k: >\n  one\n  two\n\n\n  three\n    Amount\n", "Amount", id="folded"),
        pytest.param("k: >-\n  one\n   more\n\n   more\n  Amount > 5\n", "Amount", id="folded around deeper lines"),
        pytest.param("k: >\n\n  one\n  \tx\n  Amount > 5\n", "Amount", id="folded around tabs"),
        pytest.param("k: &a 'x Amount'\n", "Amount", id="behind an anchor"),
        pytest.param("k: 日本 😀 Amount\n", "Amount", id="behind Japanese text"),
        pytest.param("k: 日本 😀 件数 > 5\n", "件数", id="Japanese text"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "with a byte order mark"])
def test_a_word_of_a_value_is_found_in_the_file(text, word, newline, mark):
    node = scalar(mark + text.replace("\n", newline))
    start = node.text.index(word)
    assert word == shown(locate(node, start, start + len(word)))


def test_an_escape_is_shown_whole():
    node = scalar('k: "x\\u3042y"')
    assert shown(locate(node, 1, 2)) == "\\u3042"
    assert shown(locate(node, 1, 3)) == "\\u3042y"


@pytest.mark.parametrize(
    ("text", "column"),
    [("k: abc", 7), ("k: 'abc'", 8), ('k: "a\\tc"', 9), ("k: 'a''c'", 9), ("k:", 3), ("k: ''", 5)],
    ids=str,
)
def test_the_end_of_a_value_is_a_place_too(text, column):
    node = scalar(text)
    span = locate(node, len(node.text), len(node.text))
    assert (column, column) == (span.column, span.end + 1)


def test_offsets_outside_of_the_text_are_cut_to_it():
    node = scalar("k: 'abc'")
    assert shown(locate(node, -5, 99)) == "abc"


def test_a_value_that_cannot_be_retraced_is_shown_whole():
    node = Scalar("other", "other", Source("f.yaml", "k: 'a''b'"), 3, 9)
    assert shown(locate(node, 0, 2)) == "'a''b'"


WORD = st.text("abAB01日😀.,#:'\"\\-", min_size=1, max_size=6)
LEAD = st.sampled_from(["", "", "", " ", "  ", "\t"])
LINES = st.lists(st.tuples(LEAD, st.lists(WORD, max_size=4).map(" ".join)), min_size=1, max_size=7).map(
    lambda lines: ["" if not text else lead + text for lead, text in lines]
)


@given(LINES, st.sampled_from(["|", ">", "|-", ">-", "|+", ">+", "|2", ">2-"]), st.data(), st.booleans())
@example([" x", "y"], ">2-", None, False)
def test_every_word_of_a_block_is_found(lines, header, data, crlf):
    text = f"k: {header}\n" + "".join(f"  {line}\n" if line else "\n" for line in lines) + "j: 1\n"
    _check_words(text.replace("\n", "\r\n") if crlf else text, data)


@given(LINES, st.sampled_from(["", "'", '"']), st.data(), st.booleans())
def test_every_word_of_a_flow_scalar_is_found(lines, quote, data, crlf):
    body = "\n".join(f"  {line}" if line else "" for line in lines)
    match quote:
        case "'":
            body = body.replace("'", "''")
        case '"':
            body = body.replace("\\", "\\\\").replace('"', '\\"')
        case _:
            pass
    text = f"k: {quote}{body}{quote}\n"
    _check_words(text.replace("\n", "\r\n") if crlf else text, data)


def _check_words(text, data):
    root, issues = read(Source("f.yaml", text))
    assume(not issues and root is not None)
    node = find(root, ["k"])
    assume(isinstance(node, Scalar) and node.text.split())
    assert isinstance(node, Scalar)
    words = node.text.split()
    for word in dict.fromkeys(words) if data is None else [data.draw(st.sampled_from(words))]:
        start = node.text.index(word)
        found = shown(locate(node, start, start + len(word)))
        raw = shown(node.span)
        if raw.startswith("'"):
            found = found.replace("''", "'")
        if raw.startswith('"'):
            found = found.replace('\\"', '"').replace("\\\\", "\\")
        assert word == found
