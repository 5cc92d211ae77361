import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectforge.metadata.decode import decode

TEXT = "a: 1\nラベル: 請求書😀\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_with_and_without_a_byte_order_mark(codec):
    source, issues = decode(TEXT.encode(codec), "f.yaml")
    assert issues == ()
    assert source is not None
    assert (source.text, source.name) == (TEXT, "f.yaml")


def test_an_empty_file_is_an_empty_text():
    source, issues = decode(b"", "f.yaml")
    assert (source and source.text, issues) == ("", ())


@pytest.mark.parametrize(
    ("place", "words", "data"),
    [
        pytest.param("1:1", "UTF-16", TEXT.encode("utf-16"), id="UTF-16"),
        pytest.param("1:1", "UTF-16", TEXT.encode("utf-16-be"), id="UTF-16 big-endian without a mark"),
        pytest.param("1:1", "UTF-16", TEXT.encode("utf-16-le"), id="UTF-16 little-endian without a mark"),
        pytest.param("1:1", "UTF-32", TEXT.encode("utf-32"), id="UTF-32"),
        pytest.param("1:1", "UTF-32", TEXT.encode("utf-32-be"), id="UTF-32 big-endian without a mark"),
        pytest.param("2:1", "Shift_JIS", "a: 1\nラベル: 請求書\n".encode("cp932"), id="Shift_JIS"),
        pytest.param("2:1", "EUC-JP", "a: 1\nラベル: 請求書\n".encode("euc_jp"), id="EUC-JP"),
        pytest.param("1:7", "Latin-1", "a: Caf\xe9 au lait\n".encode("latin-1"), id="Latin-1"),
        pytest.param("3:1", "0xFF", "あ: い\nうえお\n".encode() + b"\xff", id="a bad byte behind Japanese text"),
        pytest.param("1:1", "binary", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", id="a picture"),
        pytest.param("1:4", "0xED", b"a: \xed\xa0\x80", id="a surrogate in UTF-8"),
    ],
)
def test_other_encodings_are_refused_at_the_first_byte_that_is_wrong(place, words, data):
    source, issues = decode(data, "f.yaml")
    assert source is None
    (issue,) = issues
    assert ("OF001", f"f.yaml:{place}") == (issue.code, str(issue.span))
    assert words in issue.message
    assert issue.hint == "save the file as UTF-8"
    assert str(issue)


@pytest.mark.parametrize(
    ("place", "words", "text"),
    [
        pytest.param("2:4", "NUL", "a: 1\nb: \0", id="NUL"),
        pytest.param("1:5", "U+001B", "a: x\x1b[0m", id="escape"),
        pytest.param("1:4", "U+007F", "a: \x7f", id="delete"),
        pytest.param("1:4", "U+0085", "a: \x85b", id="next line"),
        pytest.param("1:5", "line separator", "a: あ\u2028b", id="line separator"),
        pytest.param("2:1", "byte order mark", "a: 1\n\ufeffb: 2", id="a byte order mark inside"),
        pytest.param("1:4", "U+FFFF", "a: \uffff", id="a non-character"),
    ],
)
def test_characters_that_yaml_does_not_allow_are_refused_in_place(place, words, text):
    source, issues = decode(text.encode(), "f.yaml")
    assert source is None
    (issue,) = issues
    assert ("OF002", f"f.yaml:{place}") == (issue.code, str(issue.span))
    assert words in issue.message
    assert issue.hint
    assert str(issue)


@given(st.binary())
def test_any_bytes_are_a_text_or_an_issue(data):
    source, issues = decode(data, "f.yaml")
    assert (source is None) == bool(issues)
    for issue in issues:
        assert str(issue)
