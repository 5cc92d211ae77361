"""Queries that are read and mean nothing: each with the code of the API, the place and what to type instead."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from objectforge import Metadata, Org, QueryError
from objectforge.testing import temp_org

FIELD, TYPE, QUERY = "INVALID_FIELD", "INVALID_TYPE", "MALFORMED_QUERY"
OPERATOR, RANGE = "INVALID_QUERY_FILTER_OPERATOR", "NUMBER_OUTSIDE_VALID_RANGE"
UP = "Parent.Parent.Parent.Parent.Parent"


@pytest.fixture(scope="module")
def org() -> Iterator[Org]:
    with temp_org(Metadata.parse("uses: [sales]")) as made:
        yield made


@pytest.mark.parametrize(
    ("code", "api", "marked", "hint"),
    [
        pytest.param("OF240", FIELD, "SELECT @Nme FROM Account", "'Name'", id="no such field"),
        pytest.param("OF240", FIELD, "SELECT Account.@Nme FROM Contact", "'Name'", id="none of a parent"),
        pytest.param("OF240", FIELD, "SELECT @Acount.Name FROM Contact", "'Account'", id="no such relationship"),
        pytest.param("OF240", FIELD, "SELECT Id FROM Account ORDER BY @Nme", "'Name'", id="none to sort by"),
        pytest.param("OF240", FIELD, "SELECT Type FROM Account GROUP BY @Tipe", "'Type'", id="none to group by"),
        pytest.param("OF240", FIELD, "SELECT (SELECT @Nme FROM Contacts) FROM Account", "'Name'",
                     id="none of children"),
        pytest.param("OF240", FIELD, "SELECT Id FROM Account WHERE Id IN (SELECT @x FROM Contact)", "known",
                     id="inside"),
        pytest.param("OF240", FIELD, "SELECT TYPEOF @Nope WHEN Account THEN Name END FROM Task", "What",
                     id="no lookup"),
        pytest.param("OF240", FIELD, "SELECT TYPEOF What WHEN Account THEN @x END FROM Task", "known", id="no field"),
        pytest.param("OF244", FIELD, "SELECT @Name.Foo FROM Account", "Name alone", id="a field is no path"),
        pytest.param("OF244", FIELD, "SELECT @AccountId.Name FROM Contact", "Account.Name", id="an id is no path"),
        pytest.param("OF241", TYPE, "SELECT Id FROM @Acount", "'Account'", id="no such object"),
        pytest.param("OF241", TYPE, "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM @Contacts)", "'Contact'",
                     id="no such object inside"),
        pytest.param("OF935", TYPE, "SELECT (SELECT Id FROM @Contact) FROM Account", "'Contacts'", id="no children"),
        pytest.param("OF935", TYPE, "SELECT Id FROM Account, @Contact", "c.Account a", id="a second object"),
        pytest.param("OF240", FIELD, "SELECT Id FROM Contact c, c.Account.@Ownr o", "'Owner'", id="no grandparent"),
        pytest.param("OF240", FIELD, "SELECT Id FROM Contact c, c.@Acount a", "'Account'", id="no parent"),
        pytest.param("OF242", QUERY, f"SELECT {UP}.@Parent.Name FROM Account", f"stop at {UP}", id="too deep"),
        pytest.param("OF323", FIELD, "SELECT Id FROM Account WHERE Name = @5", "'5'", id="a text and a number"),
        pytest.param("OF323", FIELD, "SELECT Id FROM Account WHERE Type = @5", "'5'", id="a picklist and a number"),
        pytest.param("OF323", FIELD, "SELECT Id FROM Account WHERE Type IN ('a', @5)", "'5'", id="in a list"),
        pytest.param("OF323", FIELD, "SELECT Id FROM Account WHERE NumberOfEmployees = @'5'", "5 without",
                     id="a number and a text"),
        pytest.param("OF323", FIELD, "SELECT Id FROM Account WHERE IsDeleted = @'true'", "true", id="a checkbox"),
        pytest.param("OF323", FIELD, "SELECT Id FROM Account WHERE CreatedDate = @5", "2026-04", id="a datetime"),
        pytest.param("OF323", FIELD, "SELECT Id FROM Account WHERE CreatedDate > @'2026-01-01'", "without quotes",
                     id="a date in quotes"),
        pytest.param("OF323", FIELD, "SELECT Id FROM Account WHERE @AnnualRevenue > TODAY", "a date", id="a date word"),
        pytest.param("OF323", FIELD, "SELECT Id FROM Account WHERE BillingAddress = @'x'", "a part", id="a compound"),
        pytest.param("OF324", OPERATOR, "SELECT Id FROM Account WHERE IsDeleted > @true", "=", id="no order"),
        pytest.param("OF335", OPERATOR, "SELECT Id FROM Account WHERE @AnnualRevenue LIKE '5%'", "texts", id="LIKE"),
        pytest.param("OF335", OPERATOR, "SELECT Id FROM Account WHERE @Type INCLUDES ('x')", "IN ('a', 'b')",
                     id="INCLUDES"),
        pytest.param("OF315", QUERY, "SELECT Id FROM Account WHERE CreatedDate = @NEXT_N_DAYS", ":30", id="no number"),
        pytest.param("OF315", QUERY, "SELECT Id FROM Account WHERE CreatedDate = @LAST_N_DAYS:-3", ":30", id="a minus"),
        pytest.param("OF315", QUERY, "SELECT Id FROM Account WHERE CreatedDate = @LAST_N_HOURS:3", "YEARS", id="hours"),
        pytest.param("OF320", QUERY, "SELECT @CALENDAR_YER(CreatedDate) FROM Account", "CALENDAR_YEAR", id="function"),
        pytest.param("OF320", QUERY, "SELECT Id FROM Account WHERE @FOO(Name) = 'x'", "AVG", id="no such function"),
        pytest.param("OF321", QUERY, "SELECT @SUM(AnnualRevenue, Name) FROM Account", "SUM(", id="two arguments"),
        pytest.param("OF322", QUERY, "SELECT SUM(@Name) FROM Account", "COUNT(x)", id="a sum of texts"),
        pytest.param("OF322", QUERY, "SELECT HOUR_IN_DAY(@CloseDate) FROM Opportunity", "CreatedDate", id="of a date"),
        pytest.param("OF337", QUERY, "SELECT DISTANCE(BillingAddress, GEOLOCATION(1, 2), @'m') FROM Account", "'km'",
                     id="no unit"),
        pytest.param("OF337", QUERY, "SELECT DISTANCE(BillingAddress, GEOLOCATION(@-122.4, 37), 'km') FROM Account",
                     "comes first", id="no latitude"),
        pytest.param("OF403", QUERY, "SELECT COUNT(Id) FROM Account GROUP BY @Description", "LEFT(",
                     id="not groupable"),
        pytest.param("OF403", QUERY, "SELECT COUNT(Id) FROM Account GROUP BY @BillingAddress", "BillingCity",
                     id="parts"),
        pytest.param("OF403", QUERY, "SELECT Id FROM Account ORDER BY @Description", "LEFT(", id="not sortable"),
        pytest.param("OF931", QUERY, "SELECT Id FROM Account WHERE Id IN (SELECT @Name FROM Contact)", "ids",
                     id="parts in"),
        pytest.param("OF936", QUERY, "SELECT @Name, COUNT(Id) FROM Account", "GROUP BY", id="not grouped"),
        pytest.param("OF936", QUERY, "SELECT Type FROM Account GROUP BY Type HAVING @Name = 'x'", "MAX(", id="HAVING"),
        pytest.param("OF936", QUERY, "SELECT Type FROM Account GROUP BY Type ORDER BY @Name", "MAX(", id="ORDER BY"),
        pytest.param("OF937", QUERY, "SELECT Id FROM Account WHERE @COUNT(Id) > 1", "HAVING", id="COUNT in WHERE"),
        pytest.param("OF937", QUERY, "SELECT Type FROM Account GROUP BY @COUNT(Id)", "HAVING", id="COUNT in GROUP BY"),
        pytest.param("OF937", QUERY, "SELECT SUM(@SUM(AnnualRevenue)) FROM Account", "SELECT", id="a sum of sums"),
        pytest.param("OF937", QUERY, "SELECT @(SELECT COUNT() FROM Contacts) FROM Account", "AccountId", id="children"),
        pytest.param("OF937", QUERY, "SELECT @FIELDS(ALL) FROM Account GROUP BY Type", "grouped by", id="FIELDS"),
        pytest.param("OF938", QUERY, "SELECT @GROUPING(Type) FROM Account", "ROLLUP(", id="GROUPING without groups"),
        pytest.param("OF938", QUERY, "SELECT GROUPING(@Name) FROM Account GROUP BY CUBE(Type)", "inside",
                     id="GROUPING"),
        pytest.param("OF938", QUERY, "SELECT @convertTimezone(CreatedDate) FROM Account", "CALENDAR_YEAR", id="a zone"),
        pytest.param("OF941", QUERY, "SELECT Type a, @COUNT(Id) A FROM Account GROUP BY Type", "another", id="aliases"),
        pytest.param("OF941", QUERY, "SELECT COUNT(Id) expr0, @SUM(AnnualRevenue) FROM Account", "another", id="expr0"),
        pytest.param("OF942", QUERY, "SELECT Id FROM Account WHERE AnnualRevenue > @EUR5", "USD5", id="a currency"),
        pytest.param("OF926", RANGE, "SELECT Id FROM Account LIMIT @-1", "LIMIT 50", id="a negative LIMIT"),
        pytest.param("OF310", QUERY, "SELECT COUNT(DISTINCT @Name) FROM Account", "COUNT_DISTINCT", id="DISTINCT"),
    ],
)  # fmt: skip
def test_a_mistake_has_a_code_a_place_and_a_hint(code: str, api: str, marked: str, hint: str, org: Org) -> None:
    with pytest.raises(QueryError) as caught:
        org.query(marked.replace("@", ""))
    issue = caught.value.issue
    assert issue.span is not None
    assert (code, api, marked.index("@")) == (issue.code, caught.value.api_code, issue.span.start), str(issue)
    assert hint in (issue.hint or "")


def test_a_value_of_another_kind_is_asked_for_by_its_name(org: Org) -> None:
    with pytest.raises(QueryError) as caught:
        org.query("SELECT Id FROM Account WHERE AnnualRevenue > :least", least="5")
    assert (caught.value.issue.code, caught.value.issue.hint) == ("OF323", "give a number as least")


@pytest.mark.parametrize(
    ("code", "api", "marked", "hint"),
    [
        pytest.param("OF926", RANGE, "SELECT Id FROM Account OFFSET @2001", "OFFSET 2000", id="OFFSET"),
        pytest.param("OF939", QUERY, "SELECT @FIELDS(ALL) FROM Account", "LIMIT 200", id="FIELDS without LIMIT"),
        pytest.param("OF939", QUERY, "SELECT @FIELDS(CUSTOM) FROM Account LIMIT 201", "LIMIT 200",
                     id="too high a LIMIT"),
        pytest.param("OF941", QUERY, "SELECT Id, @Id FROM Account", "another", id="a field twice"),
        pytest.param("OF403", QUERY, "SELECT COUNT(Id) FROM Account GROUP BY @Description", None, id="no LEFT"),
    ],
)  # fmt: skip
def test_strict_queries_have_limits(code: str, api: str, marked: str, hint: str | None, org: Org) -> None:
    with pytest.raises(QueryError) as caught:
        org.query(marked.replace("@", ""), strict=True)
    issue = caught.value.issue
    assert issue.span is not None
    assert (code, api, marked.index("@")) == (issue.code, caught.value.api_code, issue.span.start)
    assert (issue.hint is None) if hint is None else (hint in (issue.hint or ""))


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param(
            ["<query>:2:3: OF240", "    2 |   Nme", "      |   ^^^"],
            "SELECT Id,\n\t\tNme\nFROM Account",
            id="behind tabs on the second line",
        ),
        pytest.param(
            ["<query>:3:7: OF240", "    3 | WHERE Nme = 1", "      |       ^^^"],
            "SELECT Id\r\nFROM Account\r\nWHERE Nme = 1",
            id="in lines of Windows",
        ),
        pytest.param(
            ["<query>:1:18: OF240", "    1 | SELECT Id, '😀' & Nme x FROM Account", "      |                   ^^^"],
            "SELECT Id, '😀' & Nme x FROM Account",
            id="behind a sign of two columns",
        ),
        pytest.param(
            [
                "<query>:1:18: OF240",
                "    1 | SELECT Id, '\U0001d4b3' & Nme x FROM Account",
                "      |                  ^^^",
            ],
            "SELECT Id, '\U0001d4b3' & Nme x FROM Account",
            id="behind a letter past the first plane",
        ),
        pytest.param(
            [
                "<query>:1:21: OF240",
                "    1 | SELECT Id, 'e\u0301日本' & Nme x FROM Account",
                "      |                      ^^^",
            ],
            "SELECT Id, 'e\u0301日本' & Nme x FROM Account",
            id="behind an accent and wide letters",
        ),
    ],
)
def test_the_caret_stands_under_the_mistake(expected: list[str], text: str, org: Org) -> None:
    with pytest.raises(QueryError) as caught:
        org.query(text)
    head, line, caret = str(caught.value).splitlines()
    assert expected == [head[: len(expected[0])], line, caret[: len(expected[2])]]
