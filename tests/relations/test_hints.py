from __future__ import annotations

import pytest

from objectforge.metadata.metadata import collect_text
from objectforge.relations.orders import order_meant
from objectforge.relations.resolve import examine

OBJECTS = """
objects:
  Film:
    fields:
      Section: [Competition, Panorama]
      Minutes: integer
      Premiere: checkbox
      Shot: date
  Screening:
    fields:
      Film: {type: lookup, to: Film, children: Screenings}
      Starts: datetime
  Ticket:
    fields:
      Screening: {type: lookup, to: Screening, children: Tickets}
      Paid: currency
"""
VIEW = "list_views:\n  Film.some: {columns: [Name], params: {at_least: integer}, "
TICKETS = "reports:\n  some: {from: Film, joins: {Screenings: inner, Screenings.Tickets: inner}, "


def hint_of(text: str) -> str | None:
    metadata, issues = collect_text(OBJECTS + text)
    assert metadata is not None
    assert not issues
    _, (issue,) = examine(metadata)
    return issue.hint


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param("a value stands in quotes: 'Competition'", "where: Section = competition}", id="a value"),
        pytest.param("a value stands in quotes: 'Panorama'", "where: 'Section IN (Panorame)'}", id="a value in a list"),
        pytest.param("a parameter is written with a colon: :at_least", "where: Minutes > at_least}", id="a parameter"),
        pytest.param("write true", "where: Premiere = yes}", id="a checkbox"),
        pytest.param("write THIS_MONTH", "where: Shot = CURRENT_MONTH}", id="no date word"),
        pytest.param("write LAST_N_DAYS:30", "where: 'Shot IN (TODAY, LAST_30_DAYS)'}", id="no date word in a list"),
        pytest.param("write -Minutes", "sort: [Minutes DESC]}", id="descending"),
        pytest.param("write a list: [-Minutes, Name]", "sort: '-Minutes, Name'}", id="no list"),
    ],
)
def test_a_view_is_told_what_was_meant(expected: str, text: str) -> None:
    assert expected == hint_of(VIEW + text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param("write -paid", "rows: [Section], measures: {paid: count()}, sort: [paid desc]}", id="descending"),
        pytest.param(
            "inside a measure a field stands in an aggregate: sum(Minutes), avg(Minutes), min(Minutes), max(Minutes)",
            "measures: {minutes: Minutes}}", id="a field alone, of the measure's name",
        ),
        pytest.param("write avg(...)", "measures: {minutes: average(Minutes)}}", id="an aggregate by another name"),
        pytest.param("did you mean 'count'?", "measures: {films: coun(Film)}}", id="an aggregate with a slip"),
        pytest.param("write Screenings.Tickets.Paid", "measures: {paid: sum(Tickets.Paid)}}", id="the end of a path"),
        pytest.param("write Screenings.Tickets.Paid", "where: Ticket.Paid > 5, columns: [Name]}", id="object"),
    ],
)  # fmt: skip
def test_a_report_is_told_what_was_meant(expected: str, text: str) -> None:
    assert expected == hint_of(TICKETS + text)


@pytest.mark.parametrize("name", ["Tickets", "Ticket"])
def test_a_join_of_grandchildren_is_told_its_path(name: str) -> None:
    text = f"reports:\n  some: {{from: Film, joins: {{{name}: outer}}, measures: {{all: count()}}}}"

    assert hint_of(text) == "write Screenings.Tickets"


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param("write -Amount", "Amount desc", id="desc"),
        pytest.param("write Amount", "Amount ASC", id="asc"),
        pytest.param("write -Account.Name", "Account.Name descending nulls last", id="nulls"),
        pytest.param("write a list: [-Amount, Name]", "Amount DESC, Name", id="several"),
        pytest.param(None, "-Amount", id="right"),
        pytest.param(None, "Amount,", id="half a list"),
    ],
)
def test_an_order_of_another_language_is_told_ours(expected: str | None, text: str) -> None:
    assert expected == order_meant(text)


RENAMED = """
objects:
  Film:
    was: Movie
    fields:
      Length: {type: integer, was: [Minutes, Time]}
      State: {type: picklist, values: [A], was: Status}
  Showing:
    was: Screening
    fields:
      FilmId: {type: lookup, to: Film, was: MovieId}
"""


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param("Length now (was: time)", "list_views: {Film.v: {columns: [time]}}", id="a field"),
        pytest.param("Film now (was: Movie)", "list_views: {Showing.v: {columns: [Movie.Name]}}", id="a path"),
        pytest.param("Film now (was: Movie)", "list_views: {Movie.v: {columns: [Name]}}", id="an object"),
        pytest.param("Film now (was: Movie)", "objects: {A: {fields: {B: lookup(Movie)}}}", id="the end of a lookup"),
        pytest.param("Length now (was: Minutes)", "extend: {Film: {indexes: [[Minutes]]}}", id="an index"),
        pytest.param(
            "Length now (was: Minutes)",
            "extend: {Film: {validations: {v: {error_if: Length > 1, message: x, field: Minutes}}}}",
            id="the field of a validation",
        ),
        pytest.param("Length now (was: Minutes)", "layouts: {Film.l: {sections: [{fields: [Minutes]}]}}", id="a page"),
        pytest.param("Showings now (was: Screenings)", "layouts: {Film.l: {related: [Screenings]}}", id="children"),
        pytest.param(
            "Showings now (was: Screenings)",
            "reports: {r: {from: Film, joins: {Screenings: outer}, columns: [Name]}}",
            id="a join",
        ),
        pytest.param(
            "State now (was: Status)",
            "extend: {Film: {fields: {B: {type: picklist, values: [x], controlled_by: Status, when: {A: [x]}}}}}",
            id="what controls a picklist",
        ),
        pytest.param(
            "Showings now (was: Screenings)",
            "extend: {Film: {fields: {N: {type: rollup, value: count(Screenings)}}}}",
            id="what a roll-up counts",
        ),
        pytest.param("Film now (was: Movie)", "extend: {Movie: {}}", id="what is extended"),
        pytest.param("Length now (was: Minutes)", "extend: {Film: {override: {Minutes: {}}}}", id="what is overridden"),
    ],
)
def test_what_was_renamed_is_told_by_its_new_name(expected: str, text: str) -> None:
    source = RENAMED + text if not text.startswith("objects") else RENAMED + "  " + text[len("objects: {") : -1]
    metadata, issues = collect_text(source)
    if not issues:
        assert metadata is not None
        _, issues = examine(metadata)

    assert [f"it is called {expected}"] == [issue.hint for issue in issues]
