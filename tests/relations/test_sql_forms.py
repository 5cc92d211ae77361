"""What no query can compute is refused where it would decide which records there are, and in which order."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from objectforge import Metadata
from objectforge.errors.exceptions import MetadataError, QueryError
from objectforge.errors.issue import Issue
from objectforge.relations.resolve import resolve
from objectforge.testing import temp_org

OBJECTS = """\
objects:
  Account:
    fields:
      Code: text
      Good: {type: formula, returns: checkbox, formula: "REGEX(Code, '[A-Z]+')"}
      $rollup
  Deal:
    fields:
      Account: {type: lookup, to: Account, children: Deals, filter: "Good AND REGEX(Code, $source.Said)"}
      Said: text
      Size: {type: formula, returns: integer, formula: "IF(REGEX(Said, 'a'), 1, 0)"}
      Twice: {type: formula, returns: integer, formula: "Size * 2"}
      Given: {type: integer, default: "=Twice"}
    validations: {small: {error_if: "Twice > Account.Deals__n OR INITCAP(Said) = 'A'", message: Small}}
"""
LARGE = "HOUR(DATETIMEVALUE(TEXT(HOUR(DATETIMEVALUE(Said))))) > 0"


def stretches(issues: Iterable[Issue]) -> list[tuple[str, str]]:
    """Codes, and the files' texts with «» around what the issues are about."""
    found: list[tuple[str, str]] = []
    for issue in issues:
        assert issue.span is not None
        text, start, end = issue.span.source.text, issue.span.start, issue.span.end
        found.append((issue.code, f"{text[:start]}«{text[start:end]}»{text[end:]}"))
    return found


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param("list_views: {Deal.v: {columns: [Name], where: \"«REGEX»(Said, 'a')\"}}", id="a view"),
        pytest.param("list_views: {Deal.v: {columns: [Name], sort: [«-Twice»]}}", id="an order"),
        pytest.param(
            "list_views:\n  Deal.v:\n    columns: [Name]\n    where: |\n      Said = 'a'\n      AND «twice» > 1",
            id="block",
        ),
        pytest.param(
            "list_views:\n  Deal.v:\n    columns: [Name]\n    where: >-\n      Said = 'a'\n      AND «Account.Good»",
            id="folded block",
        ),
        pytest.param(
            'list_views: {Deal.v: {columns: [Name], where: "Said = \\u0027\\\\u0041\\u0027 AND «Size»=1"}}',
            id="escapes",
        ),
        pytest.param("list_views: {Deal.v: {columns: [Name], where: 'Said = ''a'' OR «Size»=1'}}", id="doubled quotes"),
        pytest.param(f'list_views: {{Deal.v: {{columns: [Name], where: "«{LARGE}»"}}}}', id="too large"),
        pytest.param(
            'list_views: {Account.v: {columns: [Name], where: "Id IN (SELECT Account FROM Deal WHERE «Size» = 1)"}}',
            id="another object's condition",
        ),
        pytest.param('reports: {r: {from: Deal, columns: [Name, Size], where: "«Account.Good»"}}', id="a report"),
        pytest.param("reports: {r: {from: Deal, rows: [«Twice»], measures: {n: count()}}}", id="a group key"),
        pytest.param("reports: {r: {from: Deal, measures: {n: 1 + sum(«Size»)}}}", id="a measure"),
        pytest.param(
            "reports: {r: {from: Deal, measures: {n: \"max(«JSONVALUE»(Said, 'a'))\"}}}", id="a function in a measure"
        ),
        pytest.param(
            'reports: {r: {from: Deal, measures: {n: {value: count(), where: "«Size» > 0"}}}}',
            id="a measure's condition",
        ),
        pytest.param(
            'reports: {r: {from: Account, joins: {Deals: {type: inner, where: "«Size» > 0"}}, columns: [Name]}}',
            id="join",
        ),
        pytest.param(
            'layouts: {Account.m: {sections: [], related: [{list: Deals, where: "«Size» > 0"}]}}', id="a related list"
        ),
    ],
)
def test_metadata_that_asks_it_of_a_query_is_refused_at_its_place(wrong: str) -> None:
    text = OBJECTS.replace("$rollup", "Deals__n: {type: rollup, value: count(Deals)}") + wrong
    with pytest.raises(MetadataError) as raised:
        resolve(Metadata.parse(text.replace("«", "").replace("»", "")))
    assert [("OF805", text)] == stretches(raised.value.issues)


@pytest.mark.parametrize(
    "rollup",
    [
        pytest.param("Deals__n: {type: rollup, value: max(Deals.«Twice»)}", id="over a formula"),
        pytest.param(
            "Deals__n: {type: rollup, value: count(Deals), where: \"«JSONVALUE»(Said, 'a') = 'A'\"}", id="a condition"
        ),
    ],
)
def test_a_rollup_is_refused_at_its_place(rollup: str) -> None:
    text = OBJECTS.replace("$rollup", rollup)
    with pytest.raises(MetadataError) as raised:
        resolve(Metadata.parse(text.replace("«", "").replace("»", "")))
    assert ("OF805", text) in stretches(raised.value.issues)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("SELECT Id FROM Deal WHERE Said = 'a' AND «Size» = 1", id="a condition"),
        pytest.param("SELECT Id FROM Deal WHERE «REGEX»(Said, 'a')", id="a function"),
        pytest.param("SELECT Id FROM Deal ORDER BY Name, «Account.Good»", id="an order"),
        pytest.param("SELECT count(Id), «Twice» FROM Deal GROUP BY Twice", id="a group"),
        pytest.param("SELECT count(Id) FROM Deal GROUP BY Said HAVING sum(«Size») > 1", id="an aggregate"),
        pytest.param("SELECT Id, (SELECT Id FROM Deals WHERE «Size» = 1) FROM Account", id="child records"),
        pytest.param("SELECT Id FROM Account WHERE Id NOT IN (SELECT Account FROM Deal WHERE «Size» = 1)", id="others"),
        pytest.param("SELECT COUNT() FROM Deal WHERE «Size» = 1", id="a number of records"),
    ],
)
def test_a_query_that_asks_it_is_refused_at_its_place(query: str) -> None:
    text = OBJECTS.replace("$rollup", "Deals__n: {type: rollup, value: count(Deals)}")
    with temp_org(Metadata.parse(text)) as org:
        with pytest.raises(QueryError) as raised:
            org.query(query.replace("«", "").replace("»", ""))
        assert [("OF805", query)] == stretches([raised.value.issue])
        with pytest.raises(QueryError) as raised:
            org["Deal"].find("Said = 'a' AND Size = 1")
        assert [("OF805", "Said = 'a' AND «Size» = 1")] == stretches([raised.value.issue])
        with pytest.raises(QueryError, match="OF805") as raised:
            org["Deal"].find(sort="-Twice")


def test_rules_and_filters_compute_it() -> None:
    text = OBJECTS.replace("$rollup", "Deals__n: {type: rollup, value: count(Deals)}")
    with temp_org(Metadata.parse(text)) as org:
        good, bad = org["Account"].create_many([{"Name": "1", "Code": "AB"}, {"Name": "2", "Code": "ab"}])
        rows = [
            {"Said": "AB", "Account": good.id},
            {"Said": "a", "Account": bad.id},
            {"Said": "A?", "Account": good.id},
        ]
        made, *refused = org["Deal"].create_many([{"Name": "x", **row} for row in rows], partial=True)
        assert made.ok
        codes = [[issue.code for issue in each.errors] for each in refused]
        filtered, judged = "FIELD_FILTER_VALIDATION_EXCEPTION", "FIELD_CUSTOM_VALIDATION_EXCEPTION"
        assert codes == [[filtered, judged], [filtered]]
        assert org["Deal"].get(made.id).Given == 0
