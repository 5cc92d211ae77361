from __future__ import annotations

from decimal import Decimal

import pytest

from objectforge import parse_soql
from objectforge.expressions.soql.syntax import (
    Category,
    Child,
    Column,
    Fields,
    Group,
    Query,
    Sort,
    Source,
    TypeOf,
    When,
)
from objectforge.expressions.syntax import Binary, Bind, Call, InSelect, Money, Number, Part, Path, SubSelect, Text

HERE = (0, 0)


def name(text: str) -> Part:
    return Part(text, *HERE)


def path(text: str) -> Path:
    return Path(tuple(map(name, text.split("."))), *HERE)


def call(function: str, *args: str) -> Call:
    return Call(function, tuple(map(path, args)), 0, *HERE)


def column(text: str) -> Column:
    return Column(path(text), None, *HERE)


def rows(number: int) -> Number:
    return Number(Decimal(number), *HERE)


def first(text: str) -> object:
    return parse_soql(text).items[0]


@pytest.mark.parametrize(
    ("canonical", "text"),
    [
        pytest.param("SELECT Id FROM Account", "select Id from Account", id="words in any case"),
        pytest.param("SELECT Id, Owner.Name FROM Account a", "SELECT Id,Owner.Name FROM Account AS a", id="an alias"),
        pytest.param("SELECT COUNT(Id)  n FROM Account", "SELECT COUNT(Id)n FROM Account", id="an alias stands close"),
        pytest.param("SELECT Name n FROM Account", "SELECT Name AS n FROM Account", id="AS before an alias"),
        pytest.param(
            "SELECT c.Name, a.Name FROM Contact c, c.Account a",
            "SELECT c.Name, a.Name FROM Contact c, c.Account a",
            id="an alias of a parent",
        ),
        pytest.param(
            "SELECT (SELECT Id, (SELECT Id FROM Assets) FROM Contacts WHERE Email != NULL LIMIT 2), Name FROM Account",
            "SELECT (SELECT Id, (SELECT Id FROM Assets) FROM Contacts WHERE Email != null LIMIT 2), Name FROM Account",
            id="child queries inside child queries",
        ),
        pytest.param(
            "SELECT TYPEOF What WHEN Account THEN Phone, Owner.Name WHEN Case THEN Id ELSE Name END, Id FROM Event",
            "select typeof What when Account then Phone, Owner.Name when Case then Id else Name end, Id from Event",
            id="TYPEOF",
        ),
        pytest.param("SELECT FIELDS(ALL) FROM Account", "SELECT fields( all ) FROM Account", id="FIELDS"),
        pytest.param(
            "SELECT Id FROM Account USING SCOPE mine", "SELECT Id FROM Account using scope mine", id="a scope"
        ),
        pytest.param(
            "SELECT Id FROM Account WHERE (a = 1 AND b = 2) OR (NOT c = 3)",
            "SELECT Id FROM Account WHERE a == 1 && b = 2 OR NOT c = 3",
            id="parentheses are written where strict readers want them",
        ),
        pytest.param(
            "SELECT Id FROM Account WHERE a + b * 2 > c AND Name LIKE :p",
            "SELECT Id FROM Account WHERE a + (b * 2) > c AND Name LIKE :p /* comment */",
            id="expressions on either side",
        ),
        pytest.param(
            "SELECT Id FROM Account WHERE Id NOT IN (SELECT AccountId FROM Contact c WHERE c.Email = NULL) AND a = 1",
            "SELECT Id FROM Account WHERE Id NOT IN (SELECT AccountId FROM Contact AS c WHERE c.Email=null) AND a = 1",
            id="an anti-join",
        ),
        pytest.param(
            "SELECT Id FROM Account WHERE a = USD500.50 OR b IN (eur5, eur6.5)",
            "SELECT Id FROM Account WHERE a = (USD500.50) OR b IN (eur5, eur6.5)",
            id="amounts in a currency",
        ),
        pytest.param(
            "SELECT Id FROM Account WHERE Id IN :ids AND OwnerId = :user.Id",
            "SELECT Id FROM Account WHERE Id IN: ids AND OwnerId =: user.Id",
            id="binds with spaces and dots",
        ),
        pytest.param(
            "SELECT Id FROM Q WITH DATA CATEGORY Geo__c AT (usa__c, uk__c) AND P__c BELOW a__c WITH SECURITY_ENFORCED",
            "SELECT Id FROM Q with data category Geo__c at (usa__c,uk__c) and P__c below (a__c) with security_enforced",
            id="WITH",
        ),
        pytest.param(
            "SELECT Type, SUM(Net) FROM Deal GROUP BY ROLLUP(Type, CALENDAR_YEAR(CloseDate)) HAVING SUM(Net) > 5",
            "SELECT Type, SUM(Net) FROM Deal GROUP BY rollup (Type, CALENDAR_YEAR(CloseDate)) HAVING SUM(Net) > 5",
            id="groups",
        ),
        pytest.param(
            "SELECT Id FROM Account ORDER BY Name, Rating DESC NULLS LAST, Owner.Id NULLS FIRST LIMIT 5 OFFSET :n",
            "SELECT Id FROM Account ORDER BY Name ASC, Rating desc nulls last, Owner.Id NULLS FIRST LIMIT +5 OFFSET :n",
            id="an order",
        ),
        pytest.param(
            "SELECT Id FROM Account LIMIT 1 ALL ROWS FOR VIEW FOR REFERENCE UPDATE TRACKING, VIEWSTAT",
            "SELECT Id FROM Account LIMIT 1 ALL ROWS FOR VIEW FOR REFERENCE UPDATE TRACKING, VIEWSTAT",
            id="the last clauses",
        ),
        pytest.param(
            "SELECT Amount * 2 twice, UPPER(Name) FROM Deal ORDER BY Amount * 2",
            "SELECT Amount*2 twice, UPPER(Name) FROM Deal ORDER BY (Amount * 2)",
            id="computed columns",
        ),
        pytest.param("SELECT Today, Order FROM Order", "SELECT Today, (Order) FROM Order", id="names like words"),
        pytest.param("SELECT Id FROM Group Offset", "SELECT Id FROM Group Offset", id="an alias like a word"),
        pytest.param("SELECT Id, Format FROM Account", "SELECT Id, Format FROM Account", id="a field like a function"),
        pytest.param("SELECT Typeof, Fields FROM Account", "SELECT Typeof, Fields FROM Account", id="more such fields"),
        pytest.param("SELECT distinct FROM Account", "SELECT distinct FROM Account", id="a field named distinct"),
    ],
)
def test_a_query_prints_in_one_form(canonical: str, text: str) -> None:
    canonical = canonical.replace("  ", " ")
    tree = parse_soql(text)
    assert canonical == str(tree)
    assert tree == parse_soql(canonical)


def test_a_tree_has_every_clause() -> None:
    text = (
        "SELECT Type, COUNT(Id) n FROM Deal d USING SCOPE mine WHERE Stage = 'Won' "
        "WITH DATA CATEGORY Geo__c AT usa__c WITH USER_MODE GROUP BY CUBE(Type) HAVING COUNT(Id) > 1 "
        "ORDER BY Type DESC NULLS LAST LIMIT 5 OFFSET 2 ALL ROWS FOR VIEW UPDATE VIEWSTAT"
    )
    expected = Query(
        items=(column("Type"), Column(call("COUNT", "Id"), name("n"), *HERE)),
        sources=(Source(path("Deal"), name("d"), *HERE),),
        scope=name("mine"),
        where=Binary("=", path("Stage"), Text("Won", *HERE), *HERE),
        categories=(Category(name("Geo__c"), "AT", (name("usa__c"),), *HERE),),
        mode="USER_MODE",
        group=Group((path("Type"),), "CUBE", *HERE),
        having=Binary(">", call("COUNT", "Id"), rows(1), *HERE),
        sorts=(Sort(path("Type"), True, "LAST", *HERE),),
        limit=rows(5),
        offset=rows(2),
        all_rows=True,
        purposes=("VIEW",),
        updates=("VIEWSTAT",),
        start=0,
        end=0,
    )
    assert expected == parse_soql(text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param(column("Account.Owner.Name"), "SELECT Account.Owner.Name FROM Contact", id="a path"),
        pytest.param(column("LAST_N_DAYS"), "SELECT LAST_N_DAYS FROM Contact", id="no date word"),
        pytest.param(Column(call("COUNT"), None, *HERE), "SELECT COUNT() FROM Contact", id="a count of rows"),
        pytest.param(Fields("CUSTOM", *HERE), "SELECT FIELDS(Custom) FROM Contact", id="fields"),
        pytest.param(
            Column(Call("FORMAT", (call("MIN", "Due"),), 0, *HERE), name("d"), *HERE),
            "SELECT FORMAT(MIN(Due)) d FROM Contact",
            id="a function of an aggregate",
        ),
        pytest.param(
            TypeOf(path("What"), (When(name("Account"), (path("Phone"),), *HERE),), (), *HERE),
            "SELECT TYPEOF What WHEN Account THEN Phone END FROM Event",
            id="TYPEOF without ELSE",
        ),
    ],
)
def test_items(expected: object, text: str) -> None:
    assert expected == first(text)


def test_a_child_query_is_a_query() -> None:
    child = first("SELECT (SELECT Id FROM Contacts) FROM Account")
    assert isinstance(child, Child)
    assert parse_soql("SELECT Id FROM Contacts") == child.query


def test_a_semi_join_selects_one_field() -> None:
    select = SubSelect(path("AccountId"), name("Contact"), None, None, *HERE)
    expected = InSelect(path("Id"), select, False, *HERE)
    assert expected == parse_soql("SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact)").where


@pytest.mark.parametrize(
    ("expected", "condition"),
    [
        pytest.param(Money("USD", Decimal(5000), *HERE), "Amount > USD5000", id="an amount"),
        pytest.param(Money("usd", Decimal("0.5"), *HERE), "Amount > usd0.5", id="an amount with decimals"),
        pytest.param(path("USD05"), "Amount > USD05", id="a zero before it makes it a name"),
        pytest.param(path("Rate2"), "Amount > Rate2", id="four letters are no currency"),
        pytest.param(Bind("a.b", *HERE), "Amount > :a.b", id="a bind with a dot"),
    ],
)
def test_the_right_of_a_comparison(expected: object, condition: str) -> None:
    where = parse_soql(f"SELECT Id FROM Deal WHERE {condition}").where
    assert isinstance(where, Binary)
    assert expected == where.right


def test_a_name_like_an_amount_is_a_field_on_the_left() -> None:
    where = parse_soql("SELECT Id FROM Deal WHERE ((Tax1) > 5)").where
    assert isinstance(where, Binary)
    assert path("Tax1") == where.left


def test_places_are_those_of_the_text() -> None:
    text = "SELECT Id, (SELECT Name FROM Contacts) FROM Account a ORDER BY Name DESC"
    tree = parse_soql(text)
    child = tree.items[1]
    places = [tree, tree.items[0], child, tree.sources[0], *tree.sorts]
    assert [text, "Id", "(SELECT Name FROM Contacts)", "Account a", "Name DESC"] == [
        text[each.start : each.end] for each in places
    ]


def test_only_a_count_of_rows_counts_only() -> None:
    assert parse_soql("SELECT count() FROM Account").counts_only
    assert not parse_soql("SELECT COUNT(Id) FROM Account").counts_only
