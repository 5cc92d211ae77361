from __future__ import annotations

from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from objectforge.metadata.fields.base import ParameterError
from objectforge.metadata.fields.email import Email
from objectforge.metadata.fields.phone import Phone
from objectforge.metadata.fields.text import Text
from objectforge.metadata.fields.textarea import TextArea
from objectforge.metadata.fields.url import Url


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        pytest.param("Acme", "  Acme\u3000\n", id="stripped of Unicode white space"),
        pytest.param(None, "", id="empty"),
        pytest.param(None, " \t\u00a0", id="nothing but white space"),
        pytest.param("a  b", "a  b", id="inner spaces stay"),
        pytest.param("NO", "NO", id="looks like a YAML boolean"),
        pytest.param("x" * 10, "x" * 10 + "   ", id="counted after stripping"),
        pytest.param("𠮷" * 10, "𠮷" * 10, id="a character outside the basic plane counts once"),
    ],
)
def test_one_line_is_stripped(expected: str | None, given: str) -> None:
    assert expected == Text(length=10).coerce(given)


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        pytest.param("text_too_long", "x" * 11, id="too long"),
        pytest.param("control_character", "a\nb", id="line break"),
        pytest.param("control_character", "a\tb", id="tab"),
        pytest.param("control_character", "a\x00b", id="NUL"),
        pytest.param("control_character", "a\ud800b", id="lone surrogate"),
        pytest.param("control_character", "\x1fa", id="a separator that str.strip would take"),
        pytest.param("text_wanted", 5, id="a number"),
        pytest.param("text_wanted", True, id="a flag"),
        pytest.param("text_wanted", ["a"], id="a list"),
    ],
)
def test_what_is_no_line_is_refused(expected: str, given: Any) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        Text(length=10).coerce(given)
    assert expected == refused.value.type


def test_too_long_text_says_both_lengths() -> None:
    with pytest.raises(PydanticCustomError) as refused:
        Text(length=3).coerce("four")
    assert refused.value.context == {"length": 4, "max_length": 3}


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        pytest.param("a\nb", "a\r\nb", id="Windows line ends"),
        pytest.param("a\nb", "a\rb", id="old Mac line ends"),
        pytest.param("  a\n", "  a\n", id="white space stays"),
        pytest.param(None, " \n ", id="nothing but white space"),
    ],
)
def test_lines_keep_all_but_their_ends(expected: str | None, given: str) -> None:
    assert expected == TextArea().coerce(given)


@pytest.mark.parametrize(
    "given",
    [
        "a@b.co",
        "first.last+tag@example.co.jp",
        "o'neill@example.ie",
        "user_name%x@sub-domain.example.com",
        "sales@acme.local",
        "鈴木@例え.jp",
        "x@xn--r8jz45g.jp",
    ],
)
def test_an_email_address_is_accepted(given: str) -> None:
    assert given == Email().coerce(f" {given} ")


@pytest.mark.parametrize(
    "given",
    [
        "a",
        "a@b",
        "@b.com",
        "a@",
        "a@@b.com",
        "a b@c.com",
        ".a@b.com",
        "a.@b.com",
        "a..b@c.com",
        "a@b..com",
        "a@-b.com",
        "a@b-.com",
        "a@b.com.",
        "a@b.com, c@d.com",
        "A <a@b.com>",
        "a" * 65 + "@b.com",
    ],
)
def test_what_is_no_email_address_is_refused(given: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        Email().coerce(given)
    assert refused.value.type == "bad_email"


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        pytest.param(None, "example.com", id="no scheme"),
        pytest.param(None, "localhost:8080/x", id="a port"),
        pytest.param(None, "HTTPS://EXAMPLE.COM", id="capitals"),
        pytest.param(None, "mailto:a@b.co", id="mail"),
        pytest.param("bad_url", "javascript:alert(1)", id="runs code"),
        pytest.param("bad_url", "DATA:text/html,x", id="is code"),
        pytest.param("bad_url", "not a url", id="spaces"),
    ],
)
def test_a_web_address_runs_no_code(expected: str | None, given: str) -> None:
    if expected is None:
        assert given == Url().coerce(given)
        return
    with pytest.raises(PydanticCustomError) as refused:
        Url().coerce(given)
    assert expected == refused.value.type


def test_a_phone_number_is_free_text() -> None:
    assert Phone().coerce("ask for Kim, 03-1234") == "ask for Kim, 03-1234"


@pytest.mark.parametrize("key", ["unique", "external_id", "indexed"])
def test_text_too_long_for_an_index_cannot_have_one(key: str) -> None:
    with pytest.raises(ParameterError) as refused:
        Text.model_validate({"length": 601, key: True}).check()
    assert key == refused.value.key
    Text.model_validate({"length": 600, key: True}).check()


@pytest.mark.parametrize("length", [0, -1, 4001, "x", 1.5])
def test_a_length_out_of_bounds_is_refused(length: Any) -> None:
    with pytest.raises(ValueError, match="length"):
        Text(length=length)
