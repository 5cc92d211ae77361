from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from objectforge.metadata.fields.autonumber import AutoNumber
from objectforge.metadata.fields.base import FieldType, ParameterError
from objectforge.metadata.fields.lookup import Lookup
from objectforge.metadata.fields.master_detail import MasterDetail
from objectforge.metadata.fields.registry import field_type
from objectforge.metadata.fields.traits import Relation, RollupBody
from objectforge.values.kinds import DATE, TEXT, ValueType, number


@pytest.mark.parametrize(
    ("expected", "field"),
    [
        pytest.param(Relation(("Account",), None, "set_null", reparentable=True), {"to": "Account"}, id="nothing said"),
        pytest.param(
            Relation(("Account",), None, "restrict", reparentable=True),
            {"to": "Account", "required": True},
            id="required",
        ),
        pytest.param(
            Relation(("Account", "Contact"), "Notes", "cascade", reparentable=True),
            {"to": ["Account", "Contact"], "children": "Notes", "on_delete": "cascade"},
            id="polymorphic",
        ),
    ],
)
def test_a_lookup_is_a_link(expected: Relation, field: dict[str, Any]) -> None:
    lookup = Lookup.model_validate(field)
    lookup.check()
    assert expected == lookup.relation
    assert expected.targets == lookup.value_type().objects


def test_a_master_detail_is_a_required_link_that_cascades() -> None:
    field = MasterDetail.model_validate({"to": "Invoice", "reparentable": True})
    field.check()
    assert field.required
    assert Relation(("Invoice",), None, "cascade", master=True, reparentable=True) == field.relation


@pytest.mark.parametrize(
    ("key", "name", "parameters"),
    [
        pytest.param("on_delete", "lookup", {"to": "A", "required": True, "on_delete": "set_null"}, id="null"),
        pytest.param("filter_message", "lookup", {"to": "A", "filter_message": "x"}, id="message without filter"),
        pytest.param("hierarchy", "lookup", {"to": ["A", "B"], "hierarchy": True}, id="polymorphic hierarchy"),
        pytest.param("to", "lookup", {"to": ["A", "a"]}, id="object twice"),
        pytest.param("to", "master_detail", {"to": ["A", "B"]}, id="two masters"),
        pytest.param("required", "master_detail", {"to": "A", "required": False}, id="optional master"),
        pytest.param("external_id", "lookup", {"to": "A", "external_id": True}, id="external id"),
        pytest.param("default", "autonumber", {"format": "{0}", "default": "1"}, id="default of a series"),
        pytest.param("format", "autonumber", {"format": "INV"}, id="no counter"),
        pytest.param("format", "autonumber", {"format": "{0}{0}"}, id="two counters"),
        pytest.param("format", "autonumber", {"format": "{0}-{MONTH}"}, id="unknown word"),
        pytest.param("format", "autonumber", {"format": "{0}-{"}, id="open brace"),
        pytest.param("format", "autonumber", {"format": " {0}"}, id="white space"),
        pytest.param("format", "autonumber", {"format": "{0}\n{MM}"}, id="line break"),
        pytest.param("scale", "formula", {"returns": "text", "formula": "Name", "scale": 2}, id="scale of a text"),
        pytest.param("formula", "formula", {"returns": "text", "formula": " "}, id="empty formula"),
        pytest.param("unique", "formula", {"returns": "text", "formula": "Name", "unique": True}, id="unique formula"),
        pytest.param("value", "rollup", {"value": "median(A.B)"}, id="no such roll-up"),
        pytest.param("value", "rollup", {"value": "sum(A)"}, id="sum of nothing"),
        pytest.param("value", "rollup", {"value": "sum(A.B.C)"}, id="too deep"),
        pytest.param("default", "address", {"default": "x"}, id="default of a compound"),
        pytest.param("required", "geolocation", {"required": True}, id="required compound"),
        pytest.param("unique", "checkbox", {"unique": True}, id="unique checkbox"),
        pytest.param("unique", "long_text", {"unique": True}, id="unique long text"),
    ],
)
def test_parameters_that_make_no_sense_are_refused(key: str, name: str, parameters: dict[str, Any]) -> None:
    cls = field_type(name)
    assert cls is not None
    field: FieldType = cls.model_validate(parameters)
    with pytest.raises(ParameterError) as refused:
        field.check()
    assert key == refused.value.key


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        pytest.param("id_wanted", 5, id="number"),
        pytest.param("malformed_id", "001", id="short"),
        pytest.param("malformed_id", "0" * 16, id="16 characters"),
        pytest.param("malformed_id", "001-00000000001", id="a dash"),
        pytest.param("malformed_id", "００１000000000001", id="wide digits"),
    ],
)
def test_what_is_no_id_is_refused(expected: str, value: Any) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        Lookup.model_validate({"to": "Account"}).coerce(value)
    assert expected == refused.value.type


@pytest.mark.parametrize(
    ("expected", "format", "counter"),
    [
        pytest.param("INV-0007", "INV-{0000}", 7, id="padded"),
        pytest.param("INV-12345", "INV-{0000}", 12345, id="longer than its room"),
        pytest.param("7", "{0}", 7, id="bare"),
        pytest.param("2026-04-01/07", "{YYYY}-{MM}-{DD}/{00}", 7, id="dated"),
        pytest.param("26請求7", "{YY}請求{0}", 7, id="short year"),
    ],
)
def test_a_series_shows_its_numbers(expected: str, format: str, counter: int) -> None:  # noqa: A002
    field = AutoNumber(format=format)
    field.check()
    assert not field.writable
    assert expected == field.numbering.show(counter, date(2026, 4, 1))


@pytest.mark.parametrize(
    ("expected", "text", "over"),
    [
        pytest.param(number(18, 0), "count(Lines)", None, id="count"),
        pytest.param(number(23, 2), "SUM( Lines.Amount )", number(10, 2), id="sum"),
        pytest.param(number(26, 18), "avg(Lines.Amount)", number(10, 2), id="average"),
        pytest.param(DATE, "max(Lines.Due)", DATE, id="greatest date"),
        pytest.param(None, "sum(Lines.Due)", DATE, id="sum of dates"),
        pytest.param(None, "min(Lines.Name)", TEXT, id="least text"),
    ],
)
def test_a_roll_ups_type_follows_from_the_childs_field(
    expected: ValueType | None, text: str, over: ValueType | None
) -> None:
    body = RollupBody.read(text, None)
    assert body is not None
    assert expected == body.over(over)
