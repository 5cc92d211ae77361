from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from objectforge import Metadata, Org, QueryError
from objectforge.testing import temp_org

SALES = Metadata.parse("uses: [sales]")


@pytest.fixture(scope="module")
def org() -> Iterator[Org]:
    with temp_org(SALES) as made:
        acme = made["Account"].create(Name="Acme", Industry="Technology")
        made["Account"].create(Name="Bolt", Industry="Energy")
        made["Contact"].create(LastName="Ames", AccountId=acme.Id)
        for number, stage in enumerate(("Prospecting", "Closed Won", "Closed Won")):
            made["Opportunity"].create(
                Name=f"Deal {number}",
                AccountId=acme.Id,
                StageName=stage,
                Amount=number * 10,
                CloseDate=f"2026-0{number + 1}-15",
            )
        made["Task"].create(Subject="Call", WhatId=acme.Id)
        yield made


def rows(found: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in found]


def test_rows_are_flat_and_in_declared_spelling(org: Org) -> None:
    found = org.query("select NAME, account.NAME from opportunity where amount > 5 order by name desc")
    assert rows(found) == [
        {"Name": "Deal 2", "Account.Name": "Acme"},
        {"Name": "Deal 1", "Account.Name": "Acme"},
    ]


def test_child_queries_are_lists_cut_for_each_parent(org: Org) -> None:
    text = "SELECT Name, (SELECT Name FROM Opportunities ORDER BY Amount DESC LIMIT 2) FROM Account"
    assert [(row.Name, [each.Name for each in row.Opportunities]) for row in org.query(text)] == [
        ("Acme", ["Deal 2", "Deal 1"]),
        ("Bolt", []),
    ]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param(["Acme"], "SELECT Name FROM Account WHERE Id IN (SELECT AccountId FROM Opportunity)", id="semi"),
        pytest.param(["Bolt"], "SELECT Name FROM Account WHERE Id NOT IN (SELECT AccountId FROM Contact)", id="anti"),
        pytest.param(["Acme", "Bolt"], "SELECT Name FROM Account WHERE Industry LIKE '%e%'", id="like"),
        pytest.param(["Bolt"], "SELECT Name FROM Account ORDER BY Name DESC LIMIT 1", id="limit"),
        pytest.param(["Bolt"], "SELECT Name FROM Account LIMIT 1 OFFSET 1", id="offset"),
        pytest.param(["Acme"], "SELECT a.Name FROM Account a WHERE a.Industry = 'technology'", id="alias"),
    ],
)
def test_conditions_choose_records(expected: list[str], text: str, org: Org) -> None:
    assert [row["Name"] for row in org.query(text)] == expected


def test_fields_that_are_none_make_empty_rows(org: Org) -> None:
    assert rows(org.query("SELECT FIELDS(CUSTOM) FROM Account")) == [{}, {}]


@pytest.mark.parametrize("digits", ["1" + "0" * 100, "123456789012345678901234567890123456789.5"])
def test_long_numbers_keep_their_digits(digits: str, org: Org) -> None:
    assert rows(org.query(f"SELECT {digits} n, :given g FROM Account LIMIT 1", given=Decimal(digits))) == [
        {"n": Decimal(digits), "g": Decimal(digits)}
    ]


def test_a_list_of_numbers_finds_each_of_them(org: Org) -> None:
    given = [*range(15), Decimal("20.000"), Decimal("0.125"), 10**40]
    found = org.query("SELECT Amount FROM Opportunity WHERE Amount IN :given", given=given)
    assert [row["Amount"] for row in found] == [Decimal(0), Decimal(10), Decimal(20)]


@pytest.mark.parametrize("character", [pytest.param("\0", id="NUL"), pytest.param("\ud800", id="half a pair")])
def test_what_no_text_can_have_no_query_has(character: str, org: Org) -> None:
    with pytest.raises(QueryError, match="<query>:1:41: OF302"):
        org.query(f"SELECT Name FROM Account WHERE Name = 'a{character}'")


def test_groups_have_keys_and_totals(org: Org) -> None:
    text = (
        "SELECT StageName, COUNT(Id) n, SUM(Amount), AVG(Amount) FROM Opportunity GROUP BY StageName "
        "HAVING COUNT(Id) > 1 ORDER BY COUNT(Id)"
    )
    assert rows(org.query(text)) == [
        {"StageName": "Closed Won", "n": 2, "expr0": Decimal("30.00"), "expr1": Decimal(15)}
    ]


def test_the_number_of_rows_is_the_total(org: Org) -> None:
    assert org.query("SELECT COUNT() FROM Opportunity WHERE StageName = 'Closed Won'").total == 2


@pytest.mark.parametrize(
    ("code", "api", "text"),
    [
        pytest.param("OF240", "INVALID_FIELD", "SELECT Nme FROM Account", id="unknown field"),
        pytest.param("OF241", "INVALID_TYPE", "SELECT Name FROM Acount", id="unknown object"),
        pytest.param("OF935", "INVALID_TYPE", "SELECT (SELECT Id FROM Contact) FROM Account", id="unknown children"),
        pytest.param("OF936", "MALFORMED_QUERY", "SELECT Name, COUNT(Id) FROM Account", id="not grouped"),
    ],
)
def test_a_mistake_has_a_code_and_a_place(code: str, api: str, text: str, org: Org) -> None:
    with pytest.raises(QueryError) as caught:
        org.query(text)
    assert (caught.value.issue.code, caught.value.api_code) == (code, api)
    assert caught.value.issue.span is not None


def test_a_query_is_explained_in_words(org: Org) -> None:
    told = org.explain("SELECT Name FROM Account WHERE Site = 'x'")
    assert "reads every record of Account" in told
    assert "`indexed: true` at the field Account.Site" in told
    assert "finds records of Opportunity by the index on AccountId" in org.explain(
        "SELECT Name FROM Opportunity WHERE AccountId = '001000000000001AAA'"
    )


def test_records_may_be_written_while_others_are_read(org: Org) -> None:
    seen = [
        row.Name for row in org.query("SELECT Id, Name FROM Account") if org["Account"].update(row.Id, Site="there")
    ]
    assert seen == ["Acme", "Bolt"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        pytest.param("OF926", "SELECT Id FROM Account LIMIT 1 OFFSET 2001", id="offset"),
        pytest.param("OF939", "SELECT FIELDS(ALL) FROM Account LIMIT 201", id="fields"),
        pytest.param("OF939", "SELECT Name n FROM Account", id="alias of a plain field"),
        pytest.param("OF939", "SELECT COUNT(Id) FROM Account GROUP BY CUBE(Site, Fax, Phone, Type)", id="cube of four"),
        pytest.param("OF320", "SELECT Id FROM Account WHERE LEN(Name) > 3", id="a function of formulas"),
        pytest.param(
            "OF939", "SELECT Id FROM Account WHERE Site = 'a' OR Id IN (SELECT AccountId FROM Contact)", id="semi or"
        ),
        pytest.param("OF939", f"SELECT Id FROM Account WHERE Name = '{'a' * 4001}'", id="a long text"),
        pytest.param(
            "OF939",
            "SELECT Id" + ", (SELECT Id" * 6 + " FROM ChildAccounts)" * 6 + " FROM Account",
            id="children of six levels",
        ),
    ],
)
def test_strict_queries_keep_to_the_limits(code: str, text: str, org: Org) -> None:
    list(org.query(text))
    with pytest.raises(QueryError) as caught:
        org.query(text, strict=True)
    assert caught.value.issue.code == code


@pytest.mark.parametrize(
    ("code", "text"),
    [
        pytest.param("OF937", "SELECT Id FROM Account WHERE COUNT(Id) > 1", id="an aggregate in WHERE"),
        pytest.param("OF938", "SELECT Id FROM Account WHERE FORMAT(Name) = 'x'", id="FORMAT in WHERE"),
        pytest.param("OF940", "SELECT Id FROM Account USING SCOPE ours", id="an unknown scope"),
        pytest.param("OF941", "SELECT Name a, Site a FROM Account", id="two columns of one name"),
        pytest.param("OF942", "SELECT Id FROM Opportunity WHERE Amount > XXX5", id="another currency"),
        pytest.param("OF943", "SELECT COUNT(Id) FROM Lead GROUP BY CUBE(City, Fax, Title, Email, Phone, State, Street)",
                     id="too many subtotals"),
        pytest.param("OF243", "SELECT TYPEOF What WHEN Lead THEN Name END FROM Task", id="no such parent"),
        pytest.param("OF403", "SELECT Id FROM Account ORDER BY Description", id="a long text sorted"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused(code: str, text: str, org: Org) -> None:
    with pytest.raises(QueryError) as caught:
        org.query(text)
    assert caught.value.issue.code == code


def test_a_polymorphic_lookup_shows_whichever_parent_is_there(org: Org) -> None:
    text = (
        "SELECT What.Name, What.Type, TYPEOF What WHEN Account THEN Industry WHEN Opportunity THEN Amount END "
        "FROM Task WHERE What.Name = 'acme'"
    )
    assert rows(org.query(text)) == [
        {"What.Name": "Acme", "What.Type": "Account", "What.Industry": "Technology", "What.Amount": None}
    ]


def test_the_name_of_a_person_is_a_text(org: Org) -> None:
    assert rows(org.query("SELECT Name FROM Contact WHERE Name LIKE '%mes' ORDER BY Name")) == [{"Name": "Ames"}]


def test_subtotals_stand_behind_their_groups(org: Org) -> None:
    text = "SELECT StageName, GROUPING(StageName) g, COUNT(Id) n FROM Opportunity GROUP BY ROLLUP(StageName)"
    assert rows(org.query(text)) == [
        {"StageName": "Prospecting", "g": 0, "n": 1},
        {"StageName": "Closed Won", "g": 0, "n": 2},
        {"StageName": None, "g": 1, "n": 3},
    ]


def test_binds_are_values_lists_and_attributes(org: Org) -> None:
    text = "SELECT Name FROM Account WHERE Name IN :names AND OwnerId = :user.Id LIMIT :most"
    (system,) = org["User"].find()
    assert [row.Name for row in org.query(text, names=["ACME", "bolt"], user=system, most=1)] == ["Acme"]


def test_a_query_asked_again_sees_what_was_changed_since(org: Org) -> None:
    text = "SELECT Site FROM Account WHERE Name = 'Bolt' AND CreatedDate = TODAY"
    before = rows(org.query(text))
    with org.transaction():
        bolt = org["Account"].first("Name = 'Bolt'")
        assert bolt is not None
        org["Account"].update(bolt.Id, Site="elsewhere")
        assert rows(org.query(text)) == [{"Site": "elsewhere"}] != before


def test_eight_queries_stand_inside_each_other_on_every_engine(org: Org) -> None:
    inside = "Id IN (SELECT AccountId FROM Contact WHERE AccountId IN (SELECT Id FROM Account WHERE " * 4
    assert org.query(f"SELECT COUNT() FROM Account WHERE {inside}Name = 'Acme'{'))' * 4}").total == 1
