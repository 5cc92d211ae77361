from __future__ import annotations

from objectforge.errors.exceptions import MetadataError, QueryError, RecordInvalid
from objectforge.errors.issue import Issue
from objectforge.errors.record import RecordIssue


def test_wrong_metadata_shows_every_issue_in_order() -> None:
    error = MetadataError([Issue("OF104", "b"), Issue("OF102", "a")])

    assert "OF102 a\nOF104 b" == str(error)


def test_a_wrong_query_shows_its_issue() -> None:
    assert "OF803 no such parameter\n   it takes: least" == str(
        QueryError(Issue("OF803", "no such parameter", hint="it takes: least"))
    )


def test_a_wrong_query_has_the_code_that_the_api_gives() -> None:
    assert "INVALID_FIELD" == QueryError(Issue("OF240", "no such field")).api_code
    assert "MALFORMED_QUERY" == QueryError(Issue("OF920", "no query")).api_code


def test_wrong_records_show_the_first_twenty_problems() -> None:
    problems = [RecordIssue("Deal", row, ("Name",), "REQUIRED_FIELD_MISSING", "is missing") for row in range(22)]
    lines = str(RecordInvalid(problems)).splitlines()

    assert "row 0: Deal.Name: REQUIRED_FIELD_MISSING is missing" == lines[0]
    assert (21, "... and 2 more; `.errors` holds them all") == (len(lines), lines[-1])
