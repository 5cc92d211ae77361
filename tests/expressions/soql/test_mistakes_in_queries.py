from __future__ import annotations

import pytest

from objectforge import QueryError, parse_soql


@pytest.mark.parametrize(
    ("code", "marked", "hint"),
    [
        pytest.param("OF920", "@", "SELECT Name FROM Account", id="nothing"),
        pytest.param("OF920", "@FROM Account", "SELECT Name FROM Account", id="no SELECT"),
        pytest.param("OF920", "@SELECTName FROM Account", "write a space: SELECT Name", id="no space after SELECT"),
        pytest.param("OF921", "SELECT @* FROM Account", "FIELDS(ALL)", id="a star"),
        pytest.param("OF921", "SELECT @FROM Account", "the fields to show", id="no field"),
        pytest.param("OF921", "SELECT @DISTINCT Name FROM Account", "GROUP BY", id="DISTINCT"),
        pytest.param("OF921", "SELECT Id, @FROM Account", "delete the comma", id="a comma too many"),
        pytest.param("OF921", "SELECT Name @(SELECT Id FROM Contacts) FROM Account", "Name, (", id="no comma"),
        pytest.param("OF920", "SELECT Id Name @Email FROM Account", "the comma that is missing", id="two aliases"),
        pytest.param("OF920", "SELECT Id FORM @Account", "did you mean FROM?", id="FROM misspelt"),
        pytest.param("OF920", "SELECT Id FROMAccount@", "FROM Account", id="no space after FROM"),
        pytest.param("OF920", "SELECT Id @WHERE Name = 'x'", "write FROM", id="no FROM"),
        pytest.param("OF309", "SELECT COUNT(@*) FROM Account", "without a star", id="a star in COUNT"),
        pytest.param("OF928", "SELECT @COUNT() n FROM Account", "COUNT(Id) n", id="COUNT with an alias"),
        pytest.param("OF928", "SELECT Name, @count() FROM Account", "count(Id)", id="COUNT beside a field"),
        pytest.param("OF934", "SELECT FIELDS(@Name) FROM Account", "FIELDS(ALL)", id="FIELDS of a name"),
        pytest.param("OF922", "SELECT Id FROM@", "FROM Account", id="no object"),
        pytest.param("OF922", "SELECT Id FROM @ORDER BY Name", "FROM Account", id="a clause for the object"),
        pytest.param("OF922", "SELECT Id FROM @(SELECT Id FROM A)", "after SELECT", id="a query for the object"),
        pytest.param("OF923", "SELECT Id FROM Account WHER @Name = 'x'", "did you mean WHERE?", id="WHERE misspelt"),
        pytest.param("OF923", "SELECT Id FROM Account ORDER @Name", "ORDER BY", id="ORDER without BY"),
        pytest.param("OF923", "SELECT Id FROM Account LIMIT 5 @WHERE a = 1", "the order is", id="clauses swapped"),
        pytest.param("OF923", "SELECT Id FROM Account OFFSET 5 @LIMIT 5", "the order is", id="OFFSET first"),
        pytest.param("OF923", "SELECT Id FROM A ORDER BY b LIMIT 1 @ORDER BY c", "the order is", id="a clause twice"),
        pytest.param("OF923", "SELECT Id FROM A ORDER BY b DESC @x ASC", "a comma between", id="no comma in an order"),
        pytest.param("OF923", "SELECT Id FROM Account ORDER BY Name NULLS LAST @DESC", "NULLS LAST", id="DESC last"),
        pytest.param("OF927", "SELECT Id FROM Account @HAVING COUNT(Id) > 1", "GROUP BY", id="no groups"),
        pytest.param("OF924", "SELECT Id FROM A GROUP BY x, @ROLLUP(y), z", "all fields inside", id="ROLLUP"),
        pytest.param("OF924", "SELECT Id FROM Account WHERE@", "a condition", id="no condition"),
        pytest.param("OF924", "SELECT Id FROM Account WHERE @ORDER BY Name", "a condition", id="a clause instead"),
        pytest.param("OF308", "SELECT Id FROM Account WHERE Name @IS NULL", "x = null", id="IS NULL"),
        pytest.param("OF310", "SELECT Id FROM Account WHERE Name = 'O'@'Neil'", "write \\'", id="quotes doubled"),
        pytest.param("OF314", "SELECT Id FROM Account WHERE Id IN @()", "at least one", id="an empty list"),
        pytest.param("OF931", "SELECT Id FROM A WHERE Id IN (SELECT a@, b FROM C)", "AccountId", id="two fields"),
        pytest.param("OF931", "SELECT Id FROM A WHERE Id IN (SELECT a FROM C WHERE b=1 @LIMIT 5)", "a condition only",
                     id="LIMIT in a semi-join"),
        pytest.param("OF931", "SELECT Id FROM A WHERE Id IN (SELECT @MAX(a) FROM C)", "AccountId", id="an aggregate"),
        pytest.param("OF311", "SELECT Id FROM A WHERE Id IN @(SELECT a FROM C", "write the )", id="never closed"),
        pytest.param("OF311", "SELECT @(SELECT Id FROM C", "write the )", id="a child query never closed"),
        pytest.param("OF311", "SELECT Id FROM A@)", "delete it", id="a parenthesis too many"),
        pytest.param("OF924", "SELECT Id FROM Account WITH@", "SECURITY_ENFORCED", id="WITH alone"),
        pytest.param("OF924", "SELECT Id FROM Account FOR@", "FOR VIEW", id="FOR alone"),
        pytest.param("OF924", "SELECT Id FROM Account UPDATE@", "UPDATE VIEWSTAT", id="UPDATE alone"),
        pytest.param("OF924", "SELECT Id FROM Account USING SCOPE@", "mine", id="SCOPE alone"),
        pytest.param("OF924", "SELECT Id FROM Account ORDER BY@", "ORDER BY Name", id="ORDER BY alone"),
        pytest.param("OF924", "SELECT Id FROM Account ORDER BY Name NULLS@", "NULLS LAST", id="NULLS alone"),
        pytest.param("OF925", "SELECT Id FROM Account LIMIT @'x'", "LIMIT 50", id="LIMIT of a text"),
        pytest.param("OF925", "SELECT Id FROM Account LIMIT @1.5", "LIMIT 50", id="LIMIT with a fraction"),
        pytest.param("OF316", "SELECT Id FROM Account LIMIT @:most()", ":most", id="LIMIT of a call"),
        pytest.param("OF926", "SELECT Id FROM Account LIMIT @-1", "LIMIT 50", id="LIMIT below zero"),
        pytest.param("OF933", "SELECT TYPEOF What WHEN Account @Name END FROM Event", "THEN", id="no THEN"),
        pytest.param("OF933", "SELECT TYPEOF What WHEN Account THEN Name @FROM Event", "END", id="no END"),
        pytest.param("OF302", "SELECT Id FROM Account@;", "delete it", id="a semicolon"),
        pytest.param("OF922", "SELECT Id\nFROM @,", "FROM Account", id="on the second line"),
    ],
)  # fmt: skip
def test_a_mistake_has_a_place_and_a_hint(code: str, marked: str, hint: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_soql(marked.replace("@", ""))
    issue = caught.value.issue
    assert issue.span is not None
    assert (code, marked.index("@")) == (issue.code, issue.span.start)
    assert hint in (issue.hint or "")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        pytest.param("MALFORMED_QUERY", "SELECT FROM Account", id="a syntax error"),
        pytest.param("NUMBER_OUTSIDE_VALID_RANGE", "SELECT Id FROM Account OFFSET -1", id="a number of rows"),
        pytest.param("QUERY_TOO_COMPLICATED", "SELECT Id FROM A WHERE " + "(" * 201 + "a", id="too deep"),
        pytest.param("QUERY_TOO_COMPLICATED", "SELECT (" * 30, id="too many child queries"),
        pytest.param("QUERY_TOO_COMPLICATED", "SELECT a FROM b WHERE c IN (" * 22, id="too many semi-joins"),
    ],
)
def test_a_mistake_has_the_code_of_the_api(code: str, text: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_soql(text)
    assert code == caught.value.api_code
