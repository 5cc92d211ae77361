from __future__ import annotations

import pytest

from objectforge import QueryError, parse_soql


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("SELECT Id FROM A WHERE a = 1 AND b = 2 AND c = 3", id="a chain"),
        pytest.param("SELECT Id FROM A WHERE (a = 1 AND b = 2) OR ((NOT c = 3) AND d = 4)"[:-1] + ")", id="mixed"),
        pytest.param("SELECT Id FROM A WHERE NOT (NOT (a = 1 OR b = 2))", id="NOT of NOT"),
        pytest.param("SELECT Id FROM A WHERE a = -1.5 OR b = +1 OR c = .5", id="numbers with a sign"),
        pytest.param("SELECT Id FROM A WHERE a = 2026-01-01T00:00:00.000+0100 AND b <> 12:30:00.000Z", id="times"),
        pytest.param("SELECT Id FROM A WHERE a = last_n_days:3 OR b IN (today, null, 'x', true)", id="date words"),
        pytest.param("SELECT Id FROM A WHERE a > LAST_N_DAYS: 30 OR b = N_DAYS_AGO : 1", id="spaced date words"),
        pytest.param("SELECT Id FROM A WHERE a = USD5000 AND b IN (usd1.5, eur2)", id="amounts"),
        pytest.param("SELECT Id FROM A WHERE Tax1 > 5 AND CALENDAR_YEAR(convertTimezone(d)) = 2026", id="functions"),
        pytest.param(
            "SELECT Id FROM A WHERE a IN (SELECT b FROM C WHERE (d = 1 AND e = 2) OR f = 3)", id="a semi-join"
        ),
        pytest.param("SELECT Id FROM A WHERE a INCLUDES ('x;y', 'z') AND b EXCLUDES ('w')", id="multipicklists"),
        pytest.param(r"SELECT Id FROM A WHERE a LIKE '\%\_\'\"\\\n%'", id="escapes"),
        pytest.param("SELECT COUNT() FROM A AS b", id="AS before the alias of an object"),
        pytest.param("SELECT DISTANCE(a.b, GEOLOCATION(-1, 2.5), 'km') d FROM A", id="a distance"),
        pytest.param("SELECT Id FROM A LIMIT 0 OFFSET 2 FOR REFERENCE UPDATE TRACKING", id="the last clauses"),
        pytest.param("SELECT Id FROM A WHERE b INCLUDES('x;y','z') AND c NOT IN('x')", id="lists without spaces"),
        pytest.param("SELECT Order.Name, Group.Id FROM Case", id="objects named like words"),
        pytest.param("SELECT COUNT(Id) count, MAX(x) max, SUM(y) view FROM A", id="aliases named like functions"),
        pytest.param("SELECT a.Id, (SELECT b.Id FROM Bs b) FROM A a WHERE a.c = 'x'", id="aliases of objects"),
        pytest.param("SELECT toLabel(Stage) s FROM A WHERE toLabel(Stage) = 'x'", id="toLabel"),
        pytest.param("SELECT FORMAT(SUM(b)) t FROM A GROUP BY Reference ORDER BY Data", id="fields named like words"),
        pytest.param("SELECT Id FROM A WHERE ((b = 1) AND (c = 2)) OR (((d = 3)) AND (e = 4))", id="parentheses"),
        pytest.param("SELECT Id FROM A WHERE b IN (SELECT c FROM D WHERE e IN (SELECT f FROM G))", id="two semi-joins"),
        pytest.param("SELECT (SELECT TYPEOF b WHEN C THEN Id END FROM Ds) FROM A", id="TYPEOF in a child query"),
        pytest.param("SELECT GROUPING(b) g, COUNT(Id) n FROM A GROUP BY CUBE(b, c.d)", id="GROUPING"),
        pytest.param("SELECT Id FROM A WHERE b > 2020-04-23t09:00:00.0000000001-07:00", id="a long fraction"),
        pytest.param("SELECT Id FROM A WHERE DISTANCE(b, GEOLOCATION(37.7,-122), 'mi') < 20", id="a distance in WHERE"),
        pytest.param("SELECT Id FROM A Offset OFFSET 5", id="an alias named like the clause after it"),
    ],
)
def test_the_strict_grammar_takes(text: str) -> None:
    tree = parse_soql(text, strict=True)
    assert tree == parse_soql(str(tree), strict=True)


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("SELECT Id FROM A WHERE @a = 1 AND b = 2 OR c = 3", id="AND beside OR"),
        pytest.param("SELECT Id FROM A WHERE a = 1 OR @b = 2 AND c = 3", id="OR beside AND"),
        pytest.param("SELECT Id FROM A WHERE (a = 1 OR @b = 2 AND c = 3)", id="AND beside OR in parentheses"),
        pytest.param("SELECT Id FROM A WHERE @NOT a = 1 AND b = 2", id="NOT before AND"),
        pytest.param("SELECT Id FROM A WHERE a = 1 AND @NOT b = 2", id="NOT after AND"),
        pytest.param("SELECT Id FROM A WHERE NOT @NOT b = 2", id="NOT after NOT"),
        pytest.param("SELECT Id FROM A WHERE @AND(a = 1, b = 2)", id="AND as a function"),
        pytest.param("SELECT Id FROM A WHERE @IsWon", id="a checkbox alone"),
        pytest.param("SELECT Id FROM A WHERE a = @b", id="two fields"),
        pytest.param("SELECT Id FROM A WHERE @'x' = a", id="a literal first"),
        pytest.param("SELECT Id FROM A WHERE (@a) = 1", id="a field in parentheses"),
        pytest.param("SELECT Id FROM A WHERE a = (@1)", id="a literal in parentheses"),
        pytest.param("SELECT Id FROM A WHERE @a + 1 = 2", id="a computed operand"),
        pytest.param("SELECT Id FROM A WHERE a @== 1", id="two equal signs"),
        pytest.param("SELECT Id FROM A WHERE a = 1 @&& b = 1", id="ampersands"),
        pytest.param("SELECT Id FROM A WHERE @!(a = 1)", id="an exclamation mark"),
        pytest.param('SELECT Id FROM A WHERE a = @"x"', id="double quotes"),
        pytest.param("SELECT Id FROM A WHERE @a NOT LIKE 'x'", id="NOT LIKE"),
        pytest.param("SELECT Id FROM A WHERE @LIKE(a, 'x')", id="LIKE as a function"),
        pytest.param("SELECT Id FROM A WHERE a LIKE (@'x')", id="LIKE in parentheses"),
        pytest.param("SELECT Id FROM A WHERE a INCLUDES (@1)", id="INCLUDES a number"),
        pytest.param("SELECT Id FROM A WHERE a IN (1, @b)", id="IN a field"),
        pytest.param("SELECT Id FROM A WHERE a = @:b", id="a bind"),
        pytest.param("SELECT Id FROM A LIMIT @:b", id="a bind for LIMIT"),
        pytest.param("SELECT Id FROM A @/* all */", id="a comment"),
        pytest.param("SELECT Id @/* all */, Name FROM A", id="a comment in the middle"),
        pytest.param("SELECT Id AS @x FROM A", id="AS before an alias"),
        pytest.param("SELECT @Amount * 2 FROM A", id="a computed column"),
        pytest.param("SELECT MAX(@Amount * 2) FROM A", id="an aggregate of something computed"),
        pytest.param("SELECT @What:Account.Name FROM A", id="a path with a colon"),
        pytest.param("SELECT @GEOLOCATION(1, 2) FROM A", id="a place alone"),
        pytest.param("SELECT @DISTANCE(1, 2) FROM A", id="a distance of numbers"),
        pytest.param("SELECT (SELECT Id FROM B @ALL ROWS) FROM A", id="ALL ROWS in a child query"),
        pytest.param("SELECT Id FROM A WITH @SYSTEM_MODE", id="SYSTEM_MODE"),
        pytest.param("SELECT Id FROM A FOR @UPDATE", id="FOR UPDATE"),
        pytest.param("SELECT Id FROM A FOR VIEW @FOR REFERENCE", id="FOR twice"),
    ],
)
def test_the_strict_grammar_refuses_what_the_lenient_one_takes(marked: str) -> None:
    text = marked.replace("@", "")
    parse_soql(text)
    with pytest.raises(QueryError) as caught:
        parse_soql(text, strict=True)
    issue = caught.value.issue
    assert issue.span is not None
    found = text[: issue.span.start] + "@" + text[issue.span.start :]
    assert (marked, "OF929", "MALFORMED_QUERY") == (found, issue.code, caught.value.api_code)
    assert issue.hint
