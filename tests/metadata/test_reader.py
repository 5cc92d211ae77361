import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from objectforge.errors.source import Source
from objectforge.metadata import reader
from objectforge.metadata.limits import Limits
from objectforge.metadata.nodes import Mapping, Scalar, Sequence, to_data
from objectforge.metadata.reader import read

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcde", "bcdef", strict=True)
)


def tree(text):
    node, issues = read(Source("f.yaml", text))
    assert issues == ()
    assert node is not None
    return node


def problems(text, limits=None):
    _, issues = read(Source("f.yaml", text), limits or Limits())
    for issue in issues:
        assert issue.hint, issue
        assert str(issue)
    return [(issue.code, str(issue.span).removeprefix("f.yaml:")) for issue in issues]


def shown(node):
    return node.source.text[node.start : node.end]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "---\n...\n", "\ufeff", "  "])
def test_a_text_without_content_is_nothing_and_no_issue(text):
    assert read(Source("f.yaml", text)) == (None, ())


def test_text_stays_as_written_and_other_scalars_keep_both():
    node = tree("a: NO\nb: 1.10\nc: '1'\nd: ~\ne:\nf: 007\ng: |\n  12\nh: on\n")
    assert isinstance(node, Mapping)
    scalars = [entry.value for entry in node.entries]
    expected = [("NO", "NO"), ("1.10", 1.1), ("1", "1"), ("~", None), ("", None), ("007", 7), ("12\n", "12\n")]
    assert [*expected, ("on", "on")] == [(s.text, s.value) for s in scalars if isinstance(s, Scalar)]


def test_flow_and_block_collections_are_read_in_order():
    assert to_data(tree("b:\n- x\n- {y: z}\na: {c: [[], {}]}\n")) == {"b": ["x", {"y": "z"}], "a": {"c": [[], {}]}}


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "with a byte order mark"])
def test_every_key_and_value_knows_its_place(newline, mark):
    text = mark + newline.join(
        ["# 注釈 😀", "ラベル: 請求書 # x", 'quoted: "a😀\\u3042"', "list:", "  - 'い'", "  - [a, {b: c}]",
         "", "last: |", "  x", ""]
    )  # fmt: skip
    node = tree(text)
    assert isinstance(node, Mapping)
    assert [shown(entry.key) for entry in node.entries] == ["ラベル", "quoted", "list", "last"]
    block = newline.join(["|", "  x"])
    items = newline.join(["- 'い'", "  - [a, {b: c}]"])
    assert ["請求書", '"a😀\\u3042"', items, block] == [shown(entry.value) for entry in node.entries]
    items = node.get("list")
    assert isinstance(items, Sequence)
    assert [shown(item) for item in items.items] == ["'い'", "[a, {b: c}]"]
    assert text.removeprefix(mark).removeprefix("# 注釈 😀" + newline).removesuffix(newline) == shown(node)
    assert node.source.position(node.entries[1].value.start) == (3, 9)


def test_the_place_of_an_anchored_value_begins_behind_the_anchor():
    node = tree("a: &x text\nb: &y [1]\nc: &z\n  d: e\nf: *x\n")
    assert isinstance(node, Mapping)
    assert [shown(entry.value) for entry in node.entries] == ["text", "[1]", "d: e", "text"]


def test_a_block_ends_where_its_last_value_is_written():
    node = tree("a: &a x\nb:\n  - c: d\n    e: *a\n\n# note\nf: g\n")
    assert isinstance(node, Mapping)
    assert shown(node.entries[1].value) == "- c: d\n    e: *a"


def test_an_alias_repeats_its_anchor():
    assert to_data(tree("a: &a [x]\nb: *a")) == {"a": ["x"], "b": ["x"]}


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param([("OF010", "2:1"), ("OF010", "4:3")], "a: 1\na: 2\nb: {c: 1,\n  c: 2}", id="duplicate keys"),
        pytest.param([("OF011", "1:1")], "~: 1", id="null as a key"),
        pytest.param([("OF011", "1:1")], ": 1", id="no key"),
        pytest.param([("OF011", "1:3")], "? [a, b]\n: 1", id="a list as a key"),
        pytest.param([("OF011", "1:5")], "a: {{ name }}", id="a template"),
        pytest.param([("OF011", "2:1")], "a: &a x\n*a : 1", id="an alias as a key"),
        pytest.param([("OF012", "2:1")], "a: &a {b: c}\n<<: *a", id="a merge key"),
        pytest.param([("OF013", "1:4")], "a: !!str 1", id="a tag"),
        pytest.param([("OF013", "1:7")], "a: &x !thing {b: c}", id="a tag behind an anchor"),
        pytest.param([("OF014", "2:1")], "a: 1\n---\nb: 2", id="two documents"),
        pytest.param([("OF015", "1:4")], "a: *none", id="an unknown alias"),
        pytest.param([("OF015", "1:8")], "a: &a [*a]", id="an alias inside its anchor"),
        pytest.param([("OF002", "1:4")], "a: \0", id="NUL"),
        pytest.param([("OF002", "1:4")], "a: \ud800", id="half of a surrogate pair"),
        pytest.param([("OF005", "2:1")], "a:\n\tb: 1", id="a tab under a key"),
        pytest.param([("OF005", "2:1")], "a: 1\n\tb: 1", id="a tab under a value"),
        pytest.param([("OF005", "2:1")], "a: |\n\tb", id="a tab in a block"),
        pytest.param([("OF006", "1:4")], 'a: "x\nb: 1\n', id="an unclosed quote"),
        pytest.param([("OF004", "1:5")], "a: x: y", id="a colon inside text"),
        pytest.param([("OF004", "2:4")], "a: 1\n  b: 2", id="a key under a value"),
        pytest.param([("OF004", "3:3")], "a:\n    b: 1\n  c: 2", id="bad indentation"),
        pytest.param([("OF004", "2:1")], "a: 1\nb:c\nd: 2", id="no space behind the colon"),
        pytest.param([("OF004", "2:1")], "a: 1\nb\nd: 2", id="no colon"),
        pytest.param([("OF004", "1:8")], "a: 'it's'", id="a quote inside quotes"),
        pytest.param([("OF004", "1:4")], "a: @x", id="an at sign"),
        pytest.param([("OF004", "1:4")], "a: %x", id="a per cent sign"),
        pytest.param([("OF004", "1:4")], "a: `x`", id="a backtick"),
        pytest.param([("OF004", "1:4")], "a: *.txt", id="a star"),
        pytest.param([("OF004", "1:4")], "a: >x", id="a greater sign"),
        pytest.param([("OF004", "1:5")], "a: {% if %}", id="a template's tag"),
        pytest.param([("OF004", "1:6")], "a: [x", id="an unclosed bracket"),
        pytest.param([("OF004", "1:4")], "a: - b", id="a list beside its key"),
        pytest.param([("OF004", "2:1")], "a: 1\n- b", id="an item among keys"),
        pytest.param([("OF004", "2:1")], "- a\nb: 1", id="a key among items"),
        pytest.param([("OF004", "1:5")], r'a: "\d"', id="an unknown escape"),
        pytest.param([("OF004", "1:6")], "[a]  , b", id="text behind the document"),
        pytest.param([("OF013", "2:4"), ("OF010", "3:1"), ("OF006", "4:4")],
                     "a: 1\nb: !x 2\na: 3\nc: 'x", id="several"),
    ],
)  # fmt: skip
def test_mistakes_are_reported_in_place(expected, text):
    assert expected == problems(text)


@pytest.mark.parametrize(
    ("hint", "text"),
    [
        pytest.param("indent with spaces", "a:\n\tb: 1", id="a tab"),
        pytest.param("put text that holds ': ' in quotes", "a: x: y", id="a colon inside text"),
        pytest.param("write 'b: c'", "a: 1\nb:c\nd: 2", id="no space behind the colon"),
        pytest.param('close it with "', 'a: "x', id="an unclosed quote"),
        pytest.param("put the text in quotes: '@x'", "a: @x", id="an at sign"),
        pytest.param('put text that holds braces in quotes: "{{ ... }}"', "a: {{ x }}", id="a template"),
        pytest.param("write the keys out, or repeat a whole value with an alias", "<<: {a: 1}", id="a merge key"),
    ],
)
def test_the_hint_says_what_to_type(hint, text):
    _, issues = read(Source("f.yaml", text))
    assert hint == issues[0].hint


def test_a_duplicate_key_names_both_places_and_the_first_one_stays():
    node, (issue,) = read(Source("f.yaml", "a: 1\nb: x\n'a': 2\n"))
    (text, first), *_ = issue.related
    assert (text, str(first), str(issue.span)) == ("first given here", "f.yaml:1:1", "f.yaml:3:1")
    assert isinstance(node, Mapping)
    assert [entry.value.text for entry in node.entries if isinstance(entry.value, Scalar)] == ["1", "x"]


def test_what_was_refused_leaves_the_rest_to_later_stages():
    node, issues = read(Source("f.yaml", "a: 1\n? [x]\n: 2\nb: c\n"))
    assert len(issues) == 1
    assert isinstance(node, Mapping)
    assert [entry.key.text for entry in node.entries] == ["a", "b"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 200_000, id="brackets"),
        pytest.param("{" * 200_000, id="braces"),
        pytest.param("- " * 200_000, id="dashes"),
        pytest.param("? " * 200_000, id="question marks"),
        pytest.param("[\n" * 200_000, id="brackets on lines"),
        pytest.param("{a: " * 200_000, id="mappings"),
        pytest.param("\n".join(" " * i + "a:" for i in range(2_000)), id="indentation"),
        pytest.param(BOMB, id="aliases"),
        pytest.param(
            "a: &a " + "[" * 60 + "]" * 60 + "\nb: " + "[" * 10 + "*a" + "]" * 10, id="depth through an alias"
        ),
        pytest.param("x\n" * 5_000_001, id="bytes"),
        pytest.param("あ" * 3_400_000, id="bytes of Japanese text"),
        pytest.param("[" + "a," * 200_001 + "]", id="nodes"),
    ],
)
def test_what_exceeds_a_limit_is_refused(text):
    assert [code for code, _ in problems(text)] == ["OF003"]


def test_limits_can_be_changed_and_hold_exactly():
    assert problems("[[[]]]", Limits(depth=3)) == []
    assert problems("[[[]]]", Limits(depth=2)) == [("OF003", "1:3")]
    assert problems("a: &a [x]\nb: *a", Limits(nodes=7)) == []
    assert problems("a: &a [x]\nb: *a", Limits(nodes=6)) == [("OF003", "2:4")]
    assert problems("a: あ", Limits(bytes=6)) == []
    assert problems("a: あ", Limits(bytes=5)) == [("OF003", "1:1")]
    assert problems("a: &a xxxxxxxxxxxxxxx\nb: [*a, *a]", Limits(repeated=1)) == []
    assert problems("a: &a xxxxxxxxxxxxxxx\nb: [*a, *a, *a]", Limits(repeated=45)) == []
    assert problems("a: &a xxxxxxxxxxxxxxx\nb: [*a, *a, *a]", Limits(repeated=44)) == [("OF003", "2:13")]
    assert problems("a: &a [xxxxxxxxx]\nb: &b [*a]\nc: [*b, *b]", Limits(repeated=1)) == [("OF003", "3:9")]
    assert problems("a: bcd\ne: 'fgh'", Limits(scalar=3)) == []
    assert problems("a: bcd\ne: 'fgh'", Limits(scalar=2)) == [("OF003", "1:4"), ("OF003", "2:4")]
    assert problems("? abc\n: d", Limits(key=3)) == []
    assert problems("? abc\n: d", Limits(key=2)) == [("OF011", "1:3")]


def test_nesting_as_deep_as_the_caller_allows_needs_no_python_stack():
    node, issues = read(Source("f.yaml", "[" * 3_000 + "]" * 3_000), Limits(depth=5_000))
    assert issues == ()
    assert node is not None
    assert to_data(node)


@pytest.mark.parametrize(
    "text",
    ["!" * 100_000, "&" * 100_000, "*a " * 100_000, "'" * 100_001, ",[" * 100_000, "\n" * 1_000_000, "a: " * 100_000,
     "#" * 1_000_000, "a: 1\n" * 50_000, ":\n" * 100_000, "%a b\n" * 100_000, "...\n" * 100_000, "- 'a\n" * 100_000,
     "[a,\n" + " b\n" * 100_000, "- " + "1" * 1_000_000, "|\n" + " " * 100_000, "\\" * 100_000, '"' + "\\" * 100_001],
)  # fmt: skip
def test_hostile_text_gives_a_tree_or_problems_with_a_place(text):
    assert all(place for _, place in problems(text))


YAMLISH = st.lists(
    st.sampled_from(
        [*"ab1-?:,[]{}#&*!|>'\"%@`\\ \t\n~.<=", "\r\n", ": ", "- ", "  ", "\n  ", "\n- ", "a: ", "&a ", "*a", "<<: ",
         "!!str ", "{{ ", "---\n", "...\n", "あ", "😀", "null",
         "\ufeff", "\0", "\u2028", "\ud800", "%YAML 1.2\n", "\\u3042"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


def check(text):
    source = Source("f.yaml", text)
    node, issues = read(source)
    for issue in issues:
        assert issue.span is not None
        assert 0 <= issue.span.start <= issue.span.end <= len(text)
        assert str(issue)
    waiting = [node] if node else []
    while waiting:
        at = waiting.pop()
        assert 0 <= at.start <= at.end <= len(text)
        match at:
            case Mapping(entries=entries):
                waiting += [part for entry in entries for part in (entry.key, entry.value)]
            case Sequence(items=items):
                waiting += items
            case Scalar():
                pass


@given(st.one_of(st.text(), YAMLISH))
def test_any_text_gives_a_tree_or_issues(text):
    check(text)


@given(YAMLISH)
def test_any_text_gives_a_tree_or_issues_without_libyaml_too(text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_LOADER", yaml.SafeLoader)
        check(text)


DATA = st.recursive(
    st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "Z", "S"]), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcあ_.1 ", min_size=1), inner, max_size=4),
    max_leaves=12,
)


@given(DATA, st.booleans(), st.sampled_from(["'", '"', None]), st.integers(10, 80))
def test_what_a_yaml_writer_writes_is_read_back(data, flow, style, width):
    text = yaml.dump(
        data, allow_unicode=True, default_flow_style=flow, default_style=style, width=width, sort_keys=False
    )
    node, issues = read(Source("f.yaml", text.replace("\u2028", "").replace("\u2029", "")))
    if "\u2028" in text or "\u2029" in text or "!!" in text:
        return
    assert issues == ()
    assert node is not None
    assert data == _texts(to_data(node))


def _texts(data):
    match data:
        case Scalar(text=text):
            return text
        case dict():
            return {key: _texts(value) for key, value in data.items()}
        case list():
            return [_texts(item) for item in data]
        case _:
            return data
