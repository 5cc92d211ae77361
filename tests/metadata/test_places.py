from __future__ import annotations

import pytest

from objectforge.metadata.metadata import Metadata

TEXT = """\
settings: {org: {timezone: Asia/Tokyo}}
objects:
  Invoice:
    fields:
      Total: currency
      Status: [Draft, Sent]
      Due: {type: date, required: true}
    list_views:
      open: {columns: [Name, Total], where: "Total > 1 AND Due = TODAY"}
extend:
  User:
    fields:
      Team__c: text
    override: {Email: {required: true}}
reports:
  won:
    from: Invoice
    rows: [Status, {field: Total, bucket: [1, 2]}]
layouts:
  Invoice.main: {sections: [{fields: [Name, Total]}, {fields: [[Name], [Status, Due]]}]}
"""


@pytest.fixture(scope="module")
def metadata() -> Metadata:
    return Metadata.parse(TEXT)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param(("settings", "org", "timezone"), "Asia/Tokyo", id="a setting"),
        pytest.param(("objects", "Invoice", "fields", "Due", "type"), "date", id="a key of a long form"),
        pytest.param(("objects", "Invoice", "fields", "Total", "type"), "currency", id="the type of a short form"),
        pytest.param(("objects", "Invoice", "fields", "Status", "values", 1, "value"), "Sent", id="a short value"),
        pytest.param(("objects", "Invoice", "fields", "Due", "label"), "type: date, required: true", id="not written"),
        pytest.param(("list_views", "Invoice.open", "columns", 1, "field"), "Total", id="a view inside its object"),
        pytest.param(("objects", "User", "fields", "Team__c", "type"), "text", id="an added field"),
        pytest.param(("objects", "User", "fields", "Email", "required"), "true", id="an overridden key"),
        pytest.param(("reports", "won", "rows", 1, "bucket", "limits", 1), "2", id="a limit of a bucket"),
        pytest.param(("layouts", "Invoice.main", "sections", 0, "fields", 0, 1), "Total", id="a flat column"),
        pytest.param(("layouts", "Invoice.main", "sections", 1, "fields", 1, 0), "Status", id="a second column"),
    ],
)
def test_a_path_of_the_long_form_leads_to_what_was_written(
    metadata: Metadata, path: tuple[str | int, ...], expected: str
) -> None:
    span = metadata.places.span(*path)

    assert span is not None
    assert expected == span.source.text[span.start : span.end].strip("{}")


def test_the_key_of_a_definition_is_where_it_is_first_defined(metadata: Metadata) -> None:
    span = metadata.places.key("objects", "Invoice", "fields", "Total")

    assert span is not None
    assert (str(span), TEXT[span.start : span.end]) == ("<text>:5:7", "Total")


def test_a_stretch_of_a_text_is_found_inside_its_quotes(metadata: Metadata) -> None:
    span = metadata.places.within(("list_views", "Invoice.open", "where"), 10, 13)

    assert span is not None
    assert TEXT[span.start : span.end] == "AND"


def test_what_nobody_wrote_has_no_place(metadata: Metadata) -> None:
    assert metadata.places.span("objects", "Nothing") is None
    assert metadata.places.within(("reports", "none", "where"), 0, 1) is None
