"""An average keeps its 18 places and is read as the values it is of."""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from objectforge.metadata.fields.average import Average
from objectforge.metadata.fields.base import FieldType, Region
from objectforge.metadata.fields.currency import Currency
from objectforge.metadata.fields.integer import Integer
from objectforge.metadata.fields.number import Number
from objectforge.metadata.fields.percent import Percent
from objectforge.values.kinds import number
from objectforge.values.locales import Locale

THIRD = Decimal("3.333333333333333333")
REGION = Region(ZoneInfo("UTC"), "USD")


@pytest.mark.parametrize(
    ("expected", "of"),
    [
        pytest.param("3.33", Integer(), id="whole numbers"),
        pytest.param("3.3333", Number(scale=4), id="numbers, with their places"),
        pytest.param("$3.33", Currency(), id="amounts"),
        pytest.param("3.33%", Percent(), id="percents"),
        pytest.param("3.3%", Percent(scale=0), id="whole percents"),
    ],
)
def test_an_average_is_shown_rounded(expected: str, of: FieldType) -> None:
    assert expected == Average(of=of).display(THIRD, Locale("en"), REGION)
    assert "" == Average(of=of).display(None, Locale("en"), REGION)


def test_a_file_gets_all_places() -> None:
    assert "3.333333333333333333" == Average(of=Currency()).to_text(THIRD)


def test_its_type_has_eighteen_places_beside_the_whole_digits() -> None:
    assert number(34, 18, percent=True) == Average(of=Percent()).value_type()
