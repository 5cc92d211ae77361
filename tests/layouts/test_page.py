from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from objectforge.errors.exceptions import NotFound
from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org
from objectforge.query.record import Record
from objectforge.query.render.fitting import width_of
from objectforge.query.render.screen import Screen
from objectforge.testing.temp import temp_org

DEALS = """
settings: {{org: {{name: Acme, currency: JPY, locale: {locale}, timezone: Asia/Tokyo}}}}
objects:
  Firm:
    label: {{en: Firm, ja: 会社}}
    fields:
      Country: {{type: text, label: {{en: Country, ja: 国}}}}
  Deal:
    label: {{en: Deal, ja: 案件}}
    fields:
      Firm: {{type: lookup, to: Firm, children: Deals, label: {{en: Firm, ja: 会社}}}}
      Stage: {{type: picklist, required: true, values: [{{value: Open, label: {{en: Open, ja: 進行中}}}}, Won]}}
      Amount: {{type: currency, label: {{en: Amount, ja: 金額}}}}
      Close: date
      Site: address
      Notes: long_text
      Number: {{type: autonumber, format: "D-{{000}}"}}
      Double: {{type: formula, returns: currency, formula: Amount * 2}}
    layouts:
      main:
        sections:
          - label: {{en: Key facts, ja: 主要項目}}
            fields:
              - [Name, Firm, {{field: Amount, behavior: required}}, Double]
              - [Stage, {{field: Close, show_if: "Amount > 100"}}, {{field: Number, behavior: edit}}]
          - label: Abroad
            show_if: "Firm.Country != 'Japan'"
            fields: [[Site, {{field: Notes, behavior: readonly}}]]
        related:
          - {{list: Items, columns: [Name, Quantity, Thing], sort: [-Quantity], where: "Quantity > 1", limit: 2}}
  Item:
    plural_label: {{en: Items, ja: 明細}}
    fields:
      Deal: {{type: master_detail, to: Deal, children: Items}}
      Quantity: number(5,0)
      Thing: {{type: lookup, to: Firm, children: Things}}
"""


@pytest.fixture(params=["en"])
def org(request: pytest.FixtureRequest) -> Iterator[Org]:
    with temp_org(Metadata.parse(DEALS.format(locale=request.param))) as org:
        yield org


def deal(org: Org, country: str = "France", **values: Any) -> Record:
    firm = org["Firm"].create(Name="アクメ", Country=country)
    given = {"Name": "Big", "Firm": firm.Id, "Stage": "Open", "Amount": 500, "Close": "2026-04-01", **values}
    return org["Deal"].create(**given)


def shown(org: Org, record: Record) -> dict[str, list[list[str]]]:
    page = org.page("Deal", record.Id)
    return {each.label: [[item.field for item in column] for column in each.columns] for each in page.sections}


def items(org: Org, record: Record) -> dict[str, Any]:
    page = org.page("Deal", record.Id)
    return {item.field: item for section in page.sections for column in section.columns for item in column}


def test_a_page_has_the_sections_and_columns_of_its_layout(org: Org) -> None:
    assert (shown(org, deal(org))) == {
        "Key facts": [["Name", "Firm", "Amount", "Double"], ["Stage", "Close", "Number"]],
        "Abroad": [["Site", "Notes"]],
    }


@pytest.mark.parametrize(
    ("expected", "amount"),
    [
        pytest.param(["Stage", "Close", "Number"], 101, id="true"),
        pytest.param(["Stage", "Number"], 100, id="false"),
        pytest.param(["Stage", "Number"], None, id="null"),
    ],
)
def test_a_field_is_shown_if_its_condition_is(expected: list[str], amount: int | None, org: Org) -> None:
    assert expected == shown(org, deal(org, Amount=amount))["Key facts"][1]


def test_a_section_is_hidden_by_what_a_parent_says(org: Org) -> None:
    assert list(shown(org, deal(org, country="Japan"))) == ["Key facts"]


@pytest.mark.parametrize(
    ("expected", "field"),
    [
        pytest.param("required", "Name", id="the field is required"),
        pytest.param("required", "Stage", id="a required picklist"),
        pytest.param("required", "Amount", id="the layout requires it"),
        pytest.param("edit", "Firm", id="a plain lookup"),
        pytest.param("readonly", "Number", id="an autonumber, whatever the layout says"),
        pytest.param("edit", "Site", id="a compound, whose parts are written"),
        pytest.param("readonly", "Notes", id="the layout forbids it"),
    ],
)
def test_a_field_has_a_behavior(expected: str, field: str, org: Org) -> None:
    assert expected == items(org, deal(org))[field].behavior


def test_values_are_shown_as_people_read_them(org: Org) -> None:
    record = deal(org, SiteCity="Paris", SiteCountry="France")
    found = items(org, record)
    assert ("アクメ", record.Firm) == (found["Firm"].text, found["Firm"].value)
    assert tuple(found[name].text for name in ("Amount", "Close", "Site")) == ("¥500", "Apr 1, 2026", "Paris\nFrance")
    assert found["Site"].value["City"] == "Paris"


@pytest.mark.parametrize("org", ["ja"], indirect=True)
def test_labels_are_in_the_orgs_language(org: Org) -> None:
    record = deal(org)
    page = org.page("Deal", record.Id)
    assert (page.label, page.sections[0].label, page.related[0].label) == ("案件", "主要項目", "明細")
    assert (items(org, record)["Amount"].label, items(org, record)["Stage"].text) == ("金額", "進行中")


def test_a_related_list_has_its_own_columns_order_condition_and_limit(org: Org) -> None:
    record, other = deal(org), deal(org)
    for quantity in (1, 2, 3, 4):
        org["Item"].create(Name=f"I{quantity}", Deal=record.Id, Quantity=quantity, Thing=record.Firm)
        org["Item"].create(Name="another's", Deal=other.Id, Quantity=9)
    (related,) = org.page("Deal", record.Id).to_dict()["related"]
    assert [column["key"] for column in related["columns"]] == ["Name", "Quantity", "Thing"]
    assert [[cell["text"] for cell in row["cells"]] for row in related["rows"]] == [
        ["I4", "4", "アクメ"],
        ["I3", "3", "アクメ"],
    ]
    assert related["more"]


def test_a_list_that_ends_at_its_limit_has_no_more(org: Org) -> None:
    record = deal(org)
    for quantity in (2, 3):
        org["Item"].create(Name="I", Deal=record.Id, Quantity=quantity)
    assert not org.page("Deal", record.Id).related[0].more


def test_a_page_as_data_is_json(org: Org) -> None:
    record = deal(org, Amount="12.5")
    org["Item"].create(Name="I", Deal=record.Id, Quantity=2)
    data = org.page("Deal", record.Id).to_dict()
    assert data == json.loads(json.dumps(data))
    assert ("Big", "Deal", record.Id, "Deal.main") == (data["title"], data["object"], data["id"], data["layout"])
    amount = {"field": "Amount", "label": "Amount", "value": "12.5", "text": "¥12.5", "behavior": "required"}
    assert amount == data["sections"][0]["columns"][0][2]


def test_a_deleted_record_has_no_page(org: Org) -> None:
    record = deal(org)
    org["Deal"].delete(record.Id)
    with pytest.raises(NotFound, match=f"there is no Deal {record.Id}"):
        org.page("Deal", record.Id)


def test_a_page_reads_as_a_card(org: Org) -> None:
    record = deal(org, country="Japan")
    org["Item"].create(Name="ボルト", Deal=record.Id, Quantity=2)
    rule = "─" * 53
    assert [
        "Deal: Big",
        "═════════",
        "",
        f"─ Key facts {rule[1:]}",
        "Name    Big                      Stage   Open",
        "Firm    アクメ                   Close   Apr 1, 2026",
        "Amount  ¥500                     Number  D-001",
        "Double  ¥1,000",
        "",
        f"─ Items: 1 row {rule[4:]}",
        "┌────────┬──────────┬───────┐",
        "│ Name   │ Quantity │ Thing │",
        "├────────┼──────────┼───────┤",
        "│ ボルト │        2 │       │",
        "└────────┴──────────┴───────┘",
    ] == org.page("Deal", record.Id).to_text(Screen(64)).split("\n")


@pytest.mark.parametrize("width", [40, 63, 100])
def test_a_card_fits_the_screen(width: int, org: Org) -> None:
    record = deal(org, Notes="とても長い文章です。" * 20 + "\n" + "x" * 200, SiteStreet="1-2-3 " * 8)
    assert width >= max(map(width_of, org.page("Deal", record.Id).to_text(Screen(width)).split("\n")))
