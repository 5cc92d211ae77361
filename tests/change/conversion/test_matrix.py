from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from objectforge.change.conversion.matrix import conversion
from objectforge.change.conversion.outcome import Conversion, Refusal, Unconvertible
from objectforge.change.risk import Risk
from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.registry import BUILT_IN, field_type
from objectforge.storage.record_ids import RecordIds
from objectforge.values.ids import make_id

UTC_ZONE, TOKYO = ZoneInfo("UTC"), ZoneInfo("Asia/Tokyo")
IDS = RecordIds({"Account": (1, "001"), "Contact": (2, "003")})
ACCOUNT, CONTACT = make_id(1, 7), make_id(2, 7)

# Each built-in type as its sample says, to each other one: s(afe), c(hecked), l(ossy), - (refused).
MATRIX = """
               text textarea long_text rich_text email phone url integer number currency percent checkbox date datetime time picklist multipicklist lookup master_detail autonumber formula rollup geolocation address person_name json
text           s s s s c c c c c c c c c c c c c c c - - - - - - c
textarea       c s s s c c c c c c c c c c c c c c c - - - - - - c
long_text      c c s s c c c c c c c c c c c c c c c - - - - - - c
rich_text      c c s s c c c c c c c c c c c c c c c - - - - - - c
email          s s s s s c c c c c c c c c c c c c c - - - - - - c
phone          s s s s c s c c c c c c c c c c c c c - - - - - - c
url            s s s s c c s c c c c c c c c c c c c - - - - - - c
integer        s s s s - s - s c c c c - - - c - - - - - - - - - -
number         s s s s - s - c s s s c - - - c - - - - - - - - - -
currency       s s s s - s - c s s s c - - - c - - - - - - - - - -
percent        s s s s - s - c s s s c - - - c - - - - - - - - - -
checkbox       s s s s - s - s s s s s - - - - - - - - - - - - - -
date           s s s s - s - - - - - - s s - c - - - - - - - - - -
datetime       s s s s - s - - - - - - l s - c - - - - - - - - - -
time           s s s s - s - - - - - - - - s c - - - - - - - - - -
picklist       s s s s c s c c c c c c c c c s s - - - - - - - - -
multipicklist  s s s s - s - - - - - - - - - c s - - - - - - - - -
lookup         s s s s - s - - - - - - - - - - - s c - - - - - - -
master_detail  s s s s - s - - - - - - - - - - - s s - - - - - - -
autonumber     s s s s - s - - - - - - - - - - - - - s - - - - - -
formula        - - - - - - - - - - - - - - - - - - - - s s - - - -
rollup         - - - - - - - - - - - - - - - - - - - - s s - - - -
geolocation    - - - - - - - - - - - - - - - - - - - - - - s - - -
address        - - - - - - - - - - - - - - - - - - - - - - - s - -
person_name    - - - - - - - - - - - - - - - - - - - - - - - - s -
json           c c c c - c - - - - - - - - - - - - - - - - - - - s
"""  # noqa: E501
LETTERS = {"s": Risk.SAFE, "c": Risk.CHECKED, "l": Risk.LOSSY, "-": None}


def field(type_name: str, **parameters: Any) -> FieldType:
    """A field type with its sample's parameters where none are given."""
    cls = field_type(type_name)
    made = cls.model_validate(parameters or dict(cls.sample))
    made.check()
    return made


def pairs() -> list[Any]:
    head, *rows = (line.split() for line in MATRIX.strip().splitlines())
    return [
        pytest.param(before, after, LETTERS[letter], id=f"{before} to {after}")
        for before, *letters in rows
        for after, letter in zip(head, letters, strict=True)
    ]


def found(before: FieldType, after: FieldType, zone: ZoneInfo = UTC_ZONE) -> Conversion:
    outcome = conversion(before, after, zone, IDS)
    assert isinstance(outcome, Conversion)
    return outcome


def test_the_matrix_has_every_built_in_type() -> None:
    head, *rows = (line.split() for line in MATRIX.strip().splitlines())

    assert {cls.type_name for cls in BUILT_IN} == set(head) == {row[0] for row in rows}


@pytest.mark.parametrize(("before", "after", "risk"), pairs())
def test_every_pair_of_types_has_the_documented_outcome(before: str, after: str, risk: Risk | None) -> None:
    outcome = conversion(field(before), field(after), UTC_ZONE, IDS)

    match outcome:
        case Conversion():
            assert (risk, True) == (outcome.risk, bool(outcome.note))
        case Refusal():
            assert (risk, True, True) == (None, bool(outcome.reason), bool(outcome.way))


def examples(type_name: str) -> tuple[Any, ...]:
    if field(type_name).relation:
        return (ACCOUNT,)
    return field_type(type_name).examples


@pytest.mark.parametrize(("before", "after", "risk"), pairs())
def test_safe_pairs_convert_every_example_and_back_where_that_is_safe(
    before: str, after: str, risk: Risk | None
) -> None:
    if risk is not Risk.SAFE:
        return
    old, new = field(before), field(after)
    there, back = found(old, new), conversion(new, old, UTC_ZONE, IDS)
    for value in examples(before):
        converted = there.convert(value)
        assert converted is not None
        if not new.relation and new.writable:
            assert converted == new.coerce(converted)
        if isinstance(back, Conversion) and back.risk is Risk.SAFE:
            assert value == back.convert(converted)
        if there.keeps:
            assert value == converted


CHOICES = {"values": ["Gold", "Silver", {"value": "Tin", "active": False}]}


@pytest.mark.parametrize(
    ("expected", "before", "after", "value"),
    [
        pytest.param(Decimal("5.10"), field("text"), field("number"), "5.1", id="a text that is a number"),
        pytest.param(5, field("text"), field("integer"), "5.0", id="a text that is a whole number"),
        pytest.param("5.10", field("number"), field("text"), Decimal("5.10"), id="a number in full"),
        pytest.param(Decimal("1.2000"), field("number"), field("number", scale=4), Decimal("1.20"), id="more places"),
        pytest.param(Decimal("1.2"), field("number"), field("number", scale=1), Decimal("1.20"), id="zeros to spare"),
        pytest.param(Decimal("20.00"), field("percent"), field("number"), Decimal("20.00"), id="20 % is 20"),
        pytest.param(5, field("number"), field("integer"), Decimal("5.00"), id="a number that is whole"),
        pytest.param("Gold", field("text"), field("picklist", **CHOICES), "gOLD", id="a text spelled as declared"),
        pytest.param("Tin", field("text"), field("picklist", **CHOICES), "tin", id="a choice that is inactive"),
        pytest.param("5", field("number"), field("picklist", values=["5"]), Decimal("5.00"), id="a number as a choice"),
        pytest.param("Gold;Tin", field("text"), field("multipicklist", **CHOICES), "tin;gold", id="several choices"),
        pytest.param(
            "Old;Gold",
            field("multipicklist", values=["Old", "Gold"]),
            field("multipicklist", values=["Old", "Gold"]),
            "Old;Gold",
            id="the same choices",
        ),
        pytest.param(
            "Old",
            field("picklist", values=["Old", "Gold"]),
            field("picklist", **CHOICES),
            "Old",
            id="a choice that was",
        ),
        pytest.param(
            "Gold;Old",
            field("multipicklist", values=["Old", "Gold"]),
            field("multipicklist", **CHOICES),
            "Old;Gold",
            id="one that was among several",
        ),
        pytest.param(
            "GOLD", field("picklist", **CHOICES), field("picklist", values=["GOLD"]), "Gold", id="another spelling"
        ),
        pytest.param("Gold", field("picklist", **CHOICES), field("multipicklist", **CHOICES), "Gold", id="to several"),
        pytest.param("Gold", field("multipicklist", **CHOICES), field("picklist", **CHOICES), "Gold", id="to one"),
        pytest.param("no", field("checkbox"), field("picklist", values=["yes", "no"]), False, id="no"),
        pytest.param(
            "true", field("checkbox"), field("picklist", values=["Yes", "No", "true", "false"]), True, id="ok"
        ),
        pytest.param(True, field("picklist", values=["Yes", "No"]), field("checkbox"), "Yes", id="yes is true"),
        pytest.param(False, field("text"), field("checkbox"), "off", id="off is false"),
        pytest.param("true", field("checkbox"), field("text"), True, id="true in words"),
        pytest.param(Decimal("1.00"), field("checkbox"), field("number"), True, id="true is 1"),
        pytest.param(True, field("integer"), field("checkbox"), 1, id="1 is true"),
        pytest.param(date(2026, 4, 1), field("text"), field("date"), "2026/4/1", id="a text that is a date"),
        pytest.param(time(9, 30), field("text"), field("time"), "9:30", id="a text that is a time"),
        pytest.param("2026-04-01", field("date"), field("text"), date(2026, 4, 1), id="a date as text"),
        pytest.param({"a": [1]}, field("text"), field("json"), '{"a": [1]}', id="a text that is JSON"),
        pytest.param('{"a": [1]}', field("json"), field("text"), {"a": [1]}, id="JSON as text"),
        pytest.param(IDS.format(ACCOUNT), field("lookup"), field("text"), ACCOUNT, id="an id as text"),
        pytest.param(ACCOUNT, field("text"), field("lookup"), IDS.format(ACCOUNT)[:15], id="a text that is an id"),
        pytest.param(
            CONTACT, field("lookup", to="Contact"), field("lookup", to=["Account", "Contact"]), CONTACT, id="wider"
        ),
        pytest.param("INV-1", field("autonumber"), field("text"), "INV-1", id="a number that was given"),
    ],
)
def test_a_value_becomes(expected: Any, before: FieldType, after: FieldType, value: Any) -> None:
    converted = found(before, after).convert(value)

    assert (expected, type(expected)) == (converted, type(converted))


@pytest.mark.parametrize(
    ("expected", "before", "after", "value"),
    [
        pytest.param("not a number", field("text"), field("number"), "five", id="no number"),
        pytest.param("thousands separators", field("text"), field("number"), "1,000", id="separators"),
        pytest.param("more than 2 decimal places", field("text"), field("number"), "5.123", id="a digit too many"),
        pytest.param(
            "more than 1 decimal places", field("number"), field("number", scale=1), Decimal("5.12"), id="less"
        ),
        pytest.param("too large", field("number"), field("number", precision=4), Decimal("100.00"), id="too large"),
        pytest.param("whole number", field("number"), field("integer"), Decimal("5.10"), id="no whole number"),
        pytest.param("longer|at most 5", field("text"), field("text", length=5), "sixsix", id="too long"),
        pytest.param("not an email", field("text"), field("email"), "somebody", id="no email"),
        pytest.param("control character", field("textarea"), field("text"), "a\nb", id="two lines"),
        pytest.param("white space", field("textarea"), field("text"), " a", id="white space that would go"),
        pytest.param("not one of the values", field("text"), field("picklist", **CHOICES), "Lead", id="no choice"),
        pytest.param(
            "not one of the values",
            field("picklist", values=["Gold"], restricted=False),
            field("picklist", **CHOICES),
            "Lead",
            id="a free choice",
        ),
        pytest.param("several", field("multipicklist", **CHOICES), field("picklist", **CHOICES), "Gold;Tin", id="two"),
        pytest.param("0 and 1", field("integer"), field("checkbox"), 2, id="2 is neither"),
        pytest.param("not one of true", field("text"), field("checkbox"), "maybe", id="maybe is neither"),
        pytest.param("no day 30 of month 2", field("text"), field("date"), "2026-02-30", id="no day"),
        pytest.param("not JSON", field("text"), field("json"), "{", id="no JSON"),
        pytest.param("null", field("text"), field("json"), "null", id="JSON's null"),
        pytest.param("more digits", field("text"), field("json"), "[0.1234567890123456789]", id="a number too long"),
        pytest.param("a key twice", field("text"), field("json"), '{"a": 1, "a": 2}', id="a key twice"),
        pytest.param("wrong length", field("text"), field("lookup"), "001", id="no id"),
        pytest.param("of Contact, not of Account", field("text"), field("lookup"), IDS.format(CONTACT), id="other id"),
        pytest.param(
            "of Contact, not of Account",
            field("lookup", to=["Account", "Contact"]),
            field("lookup"),
            CONTACT,
            id="narrower",
        ),
    ],
)
def test_a_value_does_not_become(expected: str, before: FieldType, after: FieldType, value: Any) -> None:
    with pytest.raises(Unconvertible, match=expected):
        found(before, after).convert(value)


@pytest.mark.parametrize(
    ("risk", "before", "after"),
    [
        pytest.param(Risk.SAFE, field("text", length=10), field("text", length=20), id="a length raised"),
        pytest.param(Risk.CHECKED, field("text", length=20), field("text", length=10), id="a length lowered"),
        pytest.param(Risk.SAFE, field("email", length=80), field("email", length=100), id="a length of emails raised"),
        pytest.param(Risk.CHECKED, field("text", length=20), field("textarea", length=10), id="too short for lines"),
        pytest.param(Risk.SAFE, field("number", precision=5), field("number", precision=6), id="a precision raised"),
        pytest.param(Risk.CHECKED, field("number", precision=6), field("number", precision=5), id="one lowered"),
        pytest.param(Risk.CHECKED, field("number"), field("number", scale=3), id="a scale at the precision's cost"),
        pytest.param(Risk.SAFE, field("number", precision=9), field("number", precision=10, scale=3), id="both raised"),
        pytest.param(
            Risk.CHECKED,
            field("picklist", values=["a"], restricted=False),
            field("picklist", values=["a"]),
            id="restricted turned on",
        ),
        pytest.param(
            Risk.SAFE, field("picklist", values=["a"]), field("picklist", values=["b"], restricted=False), id="and off"
        ),
        pytest.param(Risk.SAFE, field("picklist", values=["a"]), field("picklist", values=["b"]), id="another list"),
        pytest.param(Risk.SAFE, field("text"), field("picklist", values=["a"], restricted=False), id="free choices"),
        pytest.param(Risk.CHECKED, field("number"), field("text", length=10), id="no room for all digits"),
        pytest.param(Risk.SAFE, field("checkbox"), field("picklist", values=["yes", "NO"]), id="yes and no"),
        pytest.param(Risk.SAFE, field("picklist", values=["yes", "NO"]), field("checkbox"), id="yes and no back"),
        pytest.param(Risk.CHECKED, field("picklist", values=["yes", "?"]), field("checkbox"), id="yes and what"),
        pytest.param(Risk.SAFE, field("lookup"), field("lookup", to=["Account", "Contact"]), id="more objects"),
        pytest.param(Risk.CHECKED, field("lookup", to=["Account", "Contact"]), field("lookup"), id="fewer objects"),
        pytest.param(Risk.SAFE, field("autonumber"), field("autonumber", format="X{0}"), id="another format"),
    ],
)
def test_parameters_decide_the_risk(risk: Risk, before: FieldType, after: FieldType) -> None:
    assert risk is found(before, after).risk


def test_a_day_begins_when_the_clocks_of_the_zone_say_so() -> None:
    to_instant = found(field("date"), field("datetime"), TOKYO)
    to_day = found(field("datetime"), field("date"), TOKYO)

    assert datetime(2026, 3, 31, 15, tzinfo=UTC) == to_instant.convert(date(2026, 4, 1))
    assert date(2026, 4, 1) == to_day.convert(datetime(2026, 3, 31, 15, tzinfo=UTC))
    assert (Risk.CHECKED, Risk.LOSSY) == (to_instant.risk, to_day.risk)


def test_a_day_whose_midnight_is_skipped_begins_later() -> None:
    convert = found(field("date"), field("datetime"), ZoneInfo("America/Sao_Paulo")).convert

    assert datetime(2018, 11, 4, 3, tzinfo=UTC) == convert(date(2018, 11, 4))


def test_nothing_becomes_false_in_a_checkbox_and_is_missed_in_a_detail() -> None:
    assert [False, False, None] == [
        found(field(one), field(other)).filled
        for one, other in (("text", "checkbox"), ("number", "checkbox"), ("text", "date"))
    ]
    assert found(field("lookup"), field("master_detail")).lacking is not None
    assert found(field("master_detail"), field("lookup")).lacking is None


def test_parents_are_looked_for_where_no_key_has_seen_to_them() -> None:
    both = field("lookup", to=["Account", "Contact"])

    assert ("Account",) == found(field("text"), field("lookup")).parents == found(both, field("lookup")).parents
    assert () == found(field("lookup"), both).parents == found(field("lookup"), field("master_detail")).parents
