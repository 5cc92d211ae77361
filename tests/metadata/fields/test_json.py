from __future__ import annotations

import math
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic_core import PydanticCustomError

from objectforge.metadata.fields.base import Reading
from objectforge.metadata.fields.json import Json

READING = Reading(ZoneInfo("UTC"))


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(math.nan, id="not a number"),
        pytest.param(math.inf, id="infinite"),
        pytest.param({1: "a"}, id="a key that is no text"),
        pytest.param({"a": date(2026, 4, 1)}, id="date"),
        pytest.param([datetime(2026, 4, 1, tzinfo=UTC)], id="datetime"),
        pytest.param(Decimal("1.10"), id="decimal"),
        pytest.param({1, 2}, id="set"),
        pytest.param("a\x00b", id="NUL"),
        pytest.param({"\ud800": 1}, id="lone surrogate"),
        pytest.param([10**5000], id="more digits than Python prints"),
        pytest.param(nested(100), id="deep"),
        pytest.param(nested(100_000), id="very deep"),
    ],
)
def test_what_json_cannot_say_is_refused(value: Any) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        Json().coerce(value)
    assert refused.value.type == "json_wanted"


def test_tuples_are_lists_and_callers_keep_their_own() -> None:
    given = {"a": (1, 2)}
    found = Json().coerce(given)
    given["a"] = (3,)
    assert found == {"a": [1, 2]}


@pytest.mark.parametrize("text", ["{", "{'a': 1}", "NaN", "[1,]", "[" * 200_000])
def test_what_is_no_json_text_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"JSON|deep"):
        Json().from_text(text, READING)
