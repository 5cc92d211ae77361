"""What the public apps do not have: a picklist that depends on another, and filters of several kinds."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from changes import Changes
from convert_fields import convert_field
from convert_filters import condition

DEPENDENT = """
<CustomField><fullName>City__c</fullName><label>City</label><type>Picklist</type>
  <valueSet>
    <controllingField>Country__c</controllingField><restricted>true</restricted>
    <valueSetDefinition><sorted>true</sorted>
      <value><fullName>Tokyo</fullName><default>true</default><label>Tokio</label></value>
      <value><fullName>Paris</fullName><isActive>false</isActive></value>
    </valueSetDefinition>
    <valueSettings><controllingFieldValue>Japan</controllingFieldValue><valueName>Tokyo</valueName></valueSettings>
    <valueSettings>
      <controllingFieldValue>France</controllingFieldValue><controllingFieldValue>Texas</controllingFieldValue>
      <valueName>Paris</valueName>
    </valueSettings>
  </valueSet>
</CustomField>"""


def test_a_dependent_picklist_keeps_what_controls_it() -> None:
    node = ElementTree.fromstring(DEPENDENT)  # noqa: S314 - written above
    assert convert_field("Trip__c", node, _no_children, Changes()) == {
        "label": "City",
        "type": "picklist",
        "values": [{"value": "Tokyo", "label": "Tokio", "default": True}, {"value": "Paris", "active": False}],
        "sorted": True,
        "controlled_by": "Country__c",
        "when": {"Japan": ["Tokyo"], "France": ["Paris"], "Texas": ["Paris"]},
    }


def _no_children(owner: str, field: str) -> str:
    raise AssertionError(f"{owner}.{field} is no lookup")


@pytest.mark.parametrize(
    ("expected", "field", "operation", "value", "kind"),
    [
        pytest.param("A = 'x'", "A", "equals", "x", "text", id="a text"),
        pytest.param("A IN ('x', 'y')", "A", "equals", "x, y", "picklist", id="one of several"),
        pytest.param("A != null", "A", "notEqual", "", "text", id="something"),
        pytest.param("A >= 5", "A", "greaterOrEqual", "5", "number", id="a number"),
        pytest.param("A = TRUE", "A", "equals", "1", "checkbox", id="a checkbox"),
        pytest.param("A LIKE '%it\\'s%'", "A", "contains", "it's", "text", id="a part with a quote"),
        pytest.param("NOT A LIKE '%x%'", "A", "notContain", "x", "text", id="without a part"),
        pytest.param("B = 'x'", "Old__c.B", "equals", "x", "text", id="the object's name before it"),
    ],
)
def test_a_filter_becomes_a_condition(expected: str, field: str, operation: str, value: str, kind: str) -> None:
    root = ElementTree.Element("view")
    item = ElementTree.SubElement(root, "filters")
    for tag, said in (("field", field), ("operation", operation), ("value", value)):
        ElementTree.SubElement(item, tag).text = said
    assert condition(root, "filters", {"Old__c": ""}, {}, {field: kind}) == expected
