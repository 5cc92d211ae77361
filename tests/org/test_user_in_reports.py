"""`$User` in everything that chooses and counts records: reports, list views, related lists, filters, roll-ups."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from objectforge import Metadata
from objectforge.errors.exceptions import MetadataError, RecordInvalid
from objectforge.org.org import Org
from objectforge.query.record import Record
from objectforge.testing import temp_org

METADATA = """
extend:
  User:
    fields: {Limit__c: currency, Share__c: percent}
objects:
  Account:
    fields:
      Region: [East, West]
      Mine: {type: rollup, value: count(Deals), where: "Who = $User.Id"}
  Deal:
    fields:
      Account:
        {type: lookup, to: Account, children: Deals, filter: "Mine < 1 OR $source.Amount > $User.Limit__c"}
      Who: {type: lookup, to: User, children: Deals, default: "=$User.Id"}
      Amount: currency
      Over: {type: formula, returns: currency, formula: "Amount - $User.Limit__c"}
list_views:
  Deal.mine: {columns: [Name], where: "Who = $User.Id AND Id IN (SELECT Id FROM Deal WHERE Who = $User.Id)"}
  Deal.of: {columns: [Name], params: {who: {type: text, default: "=$User.Id"}}, where: "Who = :who"}
layouts:
  Account.main:
    sections: [{label: All, fields: [[Name, {field: Region, show_if: "$User.Name = 'Ada'"}]]}]
    related: [{list: Deals, columns: [Name], where: "Who = $User.Id"}]
reports:
  joined:
    from: Account
    joins: {Deals: {type: inner, where: "Who = $User.Id AND Account.Region = 'East'"}}
    where: "Name != $User.Name"
    rows: [Name]
    measures:
      over: sum(Deals.Amount - $User.Limit__c)
      quota: $User.Limit__c
      part: {value: "count(Deals) / $User.Limit__c", scale: 3}
      share: {value: "over * $User.Share__c", scale: 1}
      large: {value: count(Deals), where: "Deals.Amount > $User.Limit__c"}
    having: "over > 0 - $User.Limit__c"
  lacking: {from: Account, joins: {Deals: {type: without, where: "Who = $User.Id"}}, columns: [Name]}
  listed: {from: Deal, where: "Who = $User.Id", columns: [Name, Over, Account.Name], sort: [-Amount]}
  matrix:
    from: Account
    joins: {Deals: outer}
    where: "Deals.Who = $User.Id"
    rows: [Name]
    across: [Deals.Name]
    measures: {over: sum(Deals.Over)}
"""
Users = tuple[Record, Record]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def org(request: pytest.FixtureRequest) -> Iterator[Org]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with temp_org(Metadata.parse(METADATA), url=url) as opened:
        yield opened


@pytest.fixture
def users(org: Org) -> Users:
    """Ada, who has two deals, and Bob, who has one."""
    ada = org["User"].create({"Name": "Ada", "Username": "ada", "Limit__c": 100, "Share__c": 50})
    bob = org["User"].create({"Name": "Bob", "Username": "bob", "Limit__c": 10, "Share__c": 10})
    pump, bolt = org["Account"].create_many([{"Name": name, "Region": "East"} for name in ("Pump", "Bolt")])
    for user, name, account, amount in ((ada, "a", pump, 150), (ada, "b", bolt, 20), (bob, "c", pump, 30)):
        org.as_user(user)["Deal"].create({"Name": name, "Account": account.id, "Amount": amount})
    return ada, bob


def test_a_report_asks_counts_and_compares_by_the_user(org: Org, users: Users) -> None:
    def rows(user: Record) -> list[tuple[Any, ...]]:
        return [tuple(row.values()) for row in org.as_user(user).report("joined").run().records()]

    ada, bob = users
    hundredth, tenth = Decimal("0.010"), Decimal("0.100")
    assert rows(ada) == [
        ("Bolt", Decimal(-80), Decimal(100), hundredth, Decimal(-40), 0),
        ("Pump", Decimal(50), Decimal(100), hundredth, Decimal(25), 1),
    ]
    assert rows(bob) == [("Pump", Decimal(20), Decimal(10), tenth, Decimal(2), 1)]


def test_groups_and_rows_are_those_of_the_user(org: Org, users: Users) -> None:
    ada, bob = users
    (group,) = org.as_user(bob).report("joined").run().groups
    assert group.value == "Pump"
    assert [row["Name"] for row in org.as_user(bob).report("lacking").run().records()] == ["Bolt"]
    assert [row["Name"] for row in org.as_user(ada).report("lacking").run().records()] == []
    listed = org.as_user(ada).report("listed").run().records()
    assert [(row["Name"], row["Over"]) for row in listed] == [("a", Decimal(50)), ("b", Decimal(-80))]
    matrix = org.as_user(ada).report("matrix").run()
    assert dict(matrix.totals) == {"over": Decimal(-30)}
    assert "user" not in org.report("matrix").explain().lower()


def test_views_pages_and_filters_are_those_of_the_user(org: Org, users: Users) -> None:
    ada, bob = users
    pump = org["Account"].first("Name = 'Pump'")
    assert pump is not None
    for user, deals, shown in ((ada, ["a", "b"], ["Name", "Region"]), (bob, ["c"], ["Name"])):
        asking = org.as_user(user)
        assert [row.Name for row in asking.list_view("Deal.mine").page().rows] == deals
        assert [row.Name for row in asking.list_view("Deal.of").page().rows] == deals
        page = asking.page("Account", pump.id)
        assert [field.field for section in page.sections for column in section.columns for field in column] == shown
        assert [row.Name for row in page.related[0].rows] == deals[:1]
    with pytest.raises(RecordInvalid):
        org.as_user(bob)["Deal"].create({"Name": "d", "Account": pump.id, "Amount": 9})
    org.as_user(bob)["Deal"].create({"Name": "d", "Account": pump.id, "Amount": 11})


@pytest.mark.parametrize(
    ("report", "message"),
    [
        pytest.param("where: $Profile.Name = 'x', columns: [Name]", r"no global '\$Profile' here", id="a condition"),
        pytest.param("measures: {m: sum($Usr.Limit__c)}", r"did you mean '\$User'", id="an aggregate"),
        pytest.param("measures: {m: count() / $User.Limit}", "no field 'Limit'", id="a measure"),
        pytest.param("measures: {m: sum($User.Limit__c)}", "nothing tells which records count", id="no record's field"),
        pytest.param("columns: [$User.Name]", r"\$User.Name' is not a field of the records", id="a column"),
        pytest.param("rows: [$User.Name]", r"\$User.Name' is not a field of the records", id="a group key"),
        pytest.param("rows: [Name], having: '$User = 1'", r"\$User is a record", id="having"),
        pytest.param("columns: [Name], where: '$source.Name = 1'", "stands in the filter of a lookup", id="no source"),
        pytest.param("columns: [Name], params: {p: {type: text, default: =$Label.X}}", "keep it in a", id="a default"),
    ],
)
def test_a_name_from_a_global_that_leads_nowhere_is_refused(report: str, message: str) -> None:
    text = f"{METADATA}  wrong: {{from: Deal, {report}}}"
    with temp_org(Metadata.parse("objects: {Other: {}}")) as org, pytest.raises(MetadataError, match=message):
        org.deploy(Metadata.parse(text))
