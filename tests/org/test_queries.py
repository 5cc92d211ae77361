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
