from __future__ import annotations

from objectforge.errors.exceptions import MetadataError, QueryError, RecordInvalid
from objectforge.errors.issue import Issue
from objectforge.errors.record import RecordIssue


def test_wrong_metadata_shows_every_issue_in_order() -> None:
    error = MetadataError([Issue("OF104", "b"), Issue("OF102", "a")])

    assert "OF102 a\nOF104 b" == str(error)


def test_wrong_metadata_shows_the_first_hundred_issues_and_keeps_all() -> None:
    error = MetadataError([Issue("OF104", f"{number:04}") for number in range(1500)])
    lines = str(error).splitlines()

    assert (1500, 101) == (len(error.issues), len(lines))
    assert ["OF104 0099", "... and 1,400 more; `.issues` holds them all"] == lines[-2:]


def test_a_message_that_quotes_very_much_is_shown_without_its_middle() -> None:
    text = str(MetadataError([Issue("OF104", "a" * 90_000 + "b", hint="c" * 90_000)]))

    assert text.startswith("OF104 aaa")
    assert "aaa ... aaa" in text
    assert (len(text) < 4_100, text.split("\n")[0][-1]) == (True, "b")


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
