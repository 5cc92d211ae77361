"""What is too much is said once, with its place and the figure, and hides nothing else."""

from __future__ import annotations

import pytest

from objectforge.errors.issue import Issue
from objectforge.metadata.metadata import collect_text
from objectforge.relations.resolve import examine


def issues_of(text: str) -> tuple[Issue, ...]:
    metadata, issues = collect_text(text)
    return issues if metadata is None else (*issues, *examine(metadata)[1])


def lines(start: str, line: str, count: int) -> str:
    return start + "".join(f"{line.format(n)}\n" for n in range(count))


OBJECTS = "objects:\n"
FIELDS = "objects:\n A:\n  fields:\n"
VALUES = "value_sets:\n S:\n"
COLUMNS = "objects: {A: }\nlist_views:\n A.v:\n  columns:\n"


@pytest.mark.parametrize(
    ("place", "message", "text"),
    [
        pytest.param("3002", "there are 3,001 objects; 3,000 is the most", lines(OBJECTS, " O{}:", 3001), id="objects"),
        pytest.param(
            "2004", "'fields' has 2,001 keys; 2,000 is the most", lines(FIELDS, "   F{}: text", 2001), id="fields"
        ),
        pytest.param("5003", "'S' has 5,001 entries; 5,000 is the most", lines(VALUES, "  - v{}", 5001), id="values"),
        pytest.param(
            "5005", "'columns' has 5,001 entries; 5,000 is the most", lines(COLUMNS, "   - Name", 5001), id="columns"
        ),
    ],
)  # fmt: skip
def test_the_first_that_is_too_much_is_shown_with_the_figure(place: str, message: str, text: str) -> None:
    assert [("OF121", place, message)] == [
        (issue.code, str(issue.span).split(":")[1], issue.message) for issue in issues_of(text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(lines(OBJECTS, " O{}:", 3000), id="objects"),
        pytest.param(lines(FIELDS, "   F{}: text", 2000), id="fields"),
        pytest.param(lines(VALUES, "  - v{}", 5000), id="values"),
        pytest.param(lines(COLUMNS, "   - Name", 5000), id="columns"),
    ],
)
def test_what_is_just_allowed_is_read(text: str) -> None:
    assert () == issues_of(text)


def test_what_leads_to_an_object_that_is_too_much_is_no_mistake() -> None:
    text = lines("objects:\n", " O{}:", 3000) + " Last: {fields: {First: lookup(Last)}}\n"
    text += "list_views:\n Last.all: {columns: [Nmae]}\n O1.all: {columns: [Nmae]}\n"

    assert ["OF121", "OF240"] == [issue.code for issue in issues_of(text)]


def test_a_file_uses_so_many_packages() -> None:
    issues = issues_of(f"uses: [{', '.join(f'p{n}' for n in range(501))}]")

    assert ["'uses' has 501 entries; 500 is the most"] == [each.message for each in issues if each.code == "OF121"]


@pytest.mark.parametrize("use", ["p" * 300, "./" + "p" * 300, "../" * 2_000, '"./a\\0b"', '"\\0"', "' '", "a/" * 400])
def test_what_can_be_no_package_is_an_issue_at_its_place(use: str) -> None:
    (issue,) = issues_of(f"uses: [{use}]")

    assert (issue.span and issue.span.column, issue.code in ("OF601", "OF105")) == (8, True)


def test_picklists_take_so_many_values_from_value_sets() -> None:
    text = lines(VALUES, "  - v{}", 5000) + lines(FIELDS, "   F{}: {{type: picklist, value_set: S}}", 201)

    assert ["the picklists take more than 1,000,000 values from value sets"] == [
        each.message for each in issues_of(text)
    ]
