"""Formulas that SQL cannot compute are computed by Python wherever their values are shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from objectforge import Metadata
from objectforge.org.org import Org
from objectforge.testing import temp_org

METADATA = """
extend:
  User:
    fields: {Title__c: {type: formula, returns: text, formula: "IF(REGEX(Name, '.*'), INITCAP(Name), '')"}}
objects:
  Account:
    fields:
      Code: text
      Chance: percent
      Count: {type: rollup, value: count(Notes)}
      Caps: {type: formula, returns: text, formula: "IF(REGEX(Code, '.*'), INITCAP(Code), '')"}
      Share: {type: formula, returns: percent, scale: 1, formula: "IF(REGEX(Code, '[a-z ]+'), Chance / 3, 0)"}
  Note:
    fields:
      Account: {type: lookup, to: Account, children: Notes}
      Said: text
      Both:
        type: formula
        returns: text
        formula: >-
          Account.Caps & '/' & IF(REGEX(Said, '.*'), INITCAP(Said), '') & '/' & TEXT(Account.Count)
      By: {type: formula, returns: text, formula: "$User.Title__c & IF(REGEX(Said, '.*'), '!', '')"}
      Today: {type: formula, returns: date, formula: "IF(REGEX(Said, '.*'), TODAY(), NULL)"}
      Hour:
        {type: formula, returns: integer,
         formula: "IFERROR(HOUR(DATETIMEVALUE(Said)), IFERROR(HOUR(DATETIMEVALUE(Name)), 0))"}
list_views:
  Note.all: {columns: [Name, Both, Account.Share], where: "Account.Count > 0"}
layouts:
  Note.main:
    sections:
      - label: All
        fields: [[Name, {field: Hour, show_if: "REGEX(Both, 'Acme.*')"}, {field: Said, show_if: "Hour > 1"}]]
  Account.main:
    sections: [{label: All, fields: [[Caps]]}]
    related: [{list: Notes, columns: [Both]}]
reports:
  all: {from: Account, joins: {Notes: outer}, columns: [Caps, Notes.Both], sort: [Name]}
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def org(request: pytest.FixtureRequest) -> Iterator[Org]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with temp_org(Metadata.parse(METADATA), url=url, clock=lambda: datetime(2026, 5, 13, 9, tzinfo=UTC)) as opened:
        acme = opened["Account"].create({"Name": "1", "Code": "acme inc", "Chance": 50})
        opened["Account"].create({"Name": "2"})
        opened["Note"].create({"Name": "one", "Account": acme.id, "Said": "so be it"})
        yield opened


def test_records_have_them(org: Org) -> None:
    (note,) = org["Note"].find()
    assert (note.Both, note.By, note.Hour) == ("Acme Inc/So Be It/1", "System!", 0)
    assert str(note.Today) == "2026-05-13"
    assert [(each.Caps, each.Share) for each in org["Account"].find(sort="Name")] == [
        ("Acme Inc", Decimal("16.7")),
        (None, Decimal("0.0")),
    ]


def test_views_pages_and_reports_show_them(org: Org) -> None:
    (row,) = org.list_view("Note.all").page().rows
    assert (row["Both"], row["Account.Share"]) == ("Acme Inc/So Be It/1", Decimal("16.7"))
    note = org["Note"].first()
    assert note is not None
    (section,) = org.page("Note", note).sections
    assert [field.field for field in section.columns[0]] == ["Name", "Hour"]
    page = org.page("Account", str(note.Account))
    assert page.sections[0].columns[0][0].text == "Acme Inc"
    assert page.related[0].rows[0].Both == "Acme Inc/So Be It/1"
    details = org.report("all").run().records()
    assert [tuple(row.values()) for row in details] == [("Acme Inc", "Acme Inc/So Be It/1"), (None, None)]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        pytest.param("SELECT Both, Account.Caps FROM Note", [("Acme Inc/So Be It/1", "Acme Inc")], id="fields"),
        pytest.param(
            "SELECT IF(REGEX(Said, '.*'), INITCAP(Said), '') said FROM Note", [("So Be It",)], id="an expression"
        ),
        pytest.param("SELECT Said FROM Note WHERE By != 'x' OR Said = 'so be it' LIMIT 1", None, id="a condition"),
        pytest.param("SELECT FORMAT(Share) FROM Account WHERE Name = '1'", [("16.7%",)], id="shown"),
        pytest.param("SELECT Today FROM Note", [(datetime(2026, 5, 13, tzinfo=UTC).date(),)], id="the day"),
    ],
)
def test_queries_select_them(org: Org, query: str, rows: list[tuple[object, ...]] | None) -> None:
    if rows is None:
        with pytest.raises(Exception, match="OF805"):
            list(org.query(query))
        return
    assert [tuple(row.values()) for row in org.query(query)] == rows
    assert [tuple(row.values()) for row in org.query(query)] == rows, "a statement that is kept says the same"


def test_all_fields_hold_them(org: Org) -> None:
    (row,) = org.query("SELECT FIELDS(ALL) FROM Note LIMIT 1")
    assert row["Both"] == "Acme Inc/So Be It/1"


def test_each_user_sees_the_own_values_of_them(org: Org) -> None:
    ada = org["User"].create({"Name": "ada", "Username": "ada"})
    for asking, shown in ((org, "System!"), (org.as_user(ada), "Ada!"), (org, "System!")):
        assert [row["By"] for row in asking.query("SELECT By FROM Note")] == [shown]
    assert len(org.as_user(ada)["Note"].find("$User.Title__c = 'Ada'")) == 1
