import math

import pytest

from objectforge.metadata.scalars import resolve


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        *[pytest.param(None, text, id=f"null {text!r}") for text in ("", "~", "null", "Null", "NULL")],
        *[pytest.param(True, text, id=text) for text in ("true", "True", "TRUE")],
        *[pytest.param(False, text, id=text) for text in ("false", "False", "FALSE")],
        pytest.param(0, "0", id="zero"),
        pytest.param(7, "007", id="leading zeros"),
        pytest.param(-12, "-12", id="negative"),
        pytest.param(12, "+12", id="plus sign"),
        pytest.param(8, "0o10", id="octal"),
        pytest.param(255, "0xfF", id="hexadecimal"),
        pytest.param(1.1, "1.10", id="float"),
        pytest.param(0.5, ".5", id="float without a leading digit"),
        pytest.param(5.0, "5.", id="float without decimals"),
        pytest.param(1000.0, "1e3", id="float with an exponent"),
        pytest.param(math.inf, ".inf", id="infinity"),
        pytest.param(-math.inf, "-.INF", id="minus infinity"),
    ],
)
def test_a_plain_scalar_means_what_the_core_schema_says(expected, text):
    value = resolve(text)
    assert (type(expected), expected) == (type(value), value)


def test_nan_is_a_float():
    value = resolve(".nan")
    assert isinstance(value, float)
    assert math.isnan(value)


@pytest.mark.parametrize(
    "text",
    ["NO", "no", "yes", "on", "off", "y", "nULL", "tRUE", "1:30", "12:30:45", "1_000", "2024-01-01", "2024-13-45", "=",
     "<<", "-", "+", ".", "..", "0b1", "0O7", "+0x1", "1e", "e3", "1.2.3", "٣", "１２", "-Due", "1" * 5000, "+.nan"],
)  # fmt: skip
def test_everything_else_is_text(text):
    assert text == resolve(text)
