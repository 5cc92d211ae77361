"""Fixture records in YAML: names in every lookup, in any order; values by their types; mistakes with places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from metadata_of_tests import GARAGE

from objectforge.errors.exceptions import MetadataError
from objectforge.metadata.metadata import Metadata
from objectforge.testing import FixedClock, FixtureError, TempOrg, temp_org

Load = Callable[..., TempOrg]

EVERYTHING = Metadata.parse("""
settings: {org: {timezone: Asia/Tokyo}}
objects:
  Thing:
    fields:
      Version: text
      Flag: checkbox
      Weight: number
      Day: date
      At: datetime
      Level: [Low, High]
      Tags: {type: multipicklist, values: [Red, Green, Blue]}
      Home: address
      Data: json
      Other: {type: lookup, to: Thing, children: Others}
      Any_Of: {type: lookup, to: [Thing, User], children: Anyone}
""")


@pytest.fixture
def load(tmp_path: Path) -> Iterator[Load]:
    """Makes an org with fixture records from texts, one file each."""
    with ExitStack() as stack:

        def make(*texts: str, metadata: Metadata = EVERYTHING, **options: Any) -> TempOrg:
            for number, text in enumerate(texts):
                (tmp_path / f"{number}.yaml").write_text(text, "utf-8")
            return stack.enter_context(temp_org(metadata, records=tmp_path, **options))

        yield make


@pytest.mark.parametrize(
    ("expected", "field", "written"),
    [
        pytest.param("1.10", "Version", "1.10", id="a text keeps its digits"),
        pytest.param("NO", "Version", "NO", id="a text is no boolean"),
        pytest.param("null", "Version", "'null'", id="a quoted null is a text"),
        pytest.param(None, "Version", "null", id="null"),
        pytest.param(None, "Version", "''", id="the empty text is null"),
        pytest.param(True, "Flag", "yes", id="a checkbox as in a file"),
        pytest.param(Decimal("1.10"), "Weight", "1.10", id="an exact number"),
        pytest.param(date(2026, 4, 1), "Day", "2026-04-01", id="a date"),
        pytest.param(datetime(2026, 4, 1, 0, 30, tzinfo=UTC), "At", "2026-04-01 09:30", id="a time in the org's zone"),
        pytest.param("High", "Level", "high", id="a picklist in any case"),
        pytest.param("Red;Blue", "Tags", "[blue, red]", id="a multipicklist as a list"),
        pytest.param("Red;Blue", "Tags", "Blue;Red", id="a multipicklist as a text"),
        pytest.param({"a": [1, None]}, "Data", "{a: [1, null]}", id="json as a mapping"),
        pytest.param({"a": 1}, "Data", "'{\"a\": 1}'", id="json as a text"),
    ],
)
def test_a_value_is_read_as_the_type_of_its_field(load: Load, expected: Any, field: str, written: str) -> None:
    assert expected == load(f"Thing: {{it: {{Name: It, {field}: {written}}}}}").fixtures["it"][field]


def test_a_compound_is_a_mapping_of_its_parts(load: Load) -> None:
    it = load("Thing: {it: {Name: It, Home: {street: 1 Oak Street, City: Leeds}, HomePostalCode: 0123}}").fixtures["it"]

    assert it["HomeStreet"] == "1 Oak Street"
    assert it["HomeCity"] == "Leeds"
    assert it["HomePostalCode"] == "0123"


def test_records_that_need_no_name_stand_in_a_list(load: Load) -> None:
    org = load("Thing:\n  - {Name: A}\n  - {Name: B, Other: c}", "Thing: {c: {Name: C}}")

    assert [each.Name for each in org["Thing"].find(sort="Name")] == ["A", "B", "C"]
    assert list(org.fixtures) == ["c"]


def test_an_object_without_records_is_fine(load: Load) -> None:
    assert load("Thing:\nUser: {}").fixtures == {}


# -- links ------------------------------------------------------------------------------------------------------------
def test_a_name_is_a_record_before_or_after_in_this_file_or_another(load: Load) -> None:
    made = load("Thing: {a: {Name: A, Other: b}}", "Thing: {b: {Name: B, Any_Of: a}, c: {Name: C, Other: b}}").fixtures

    assert made["a"].Other == made["b"].Id == made["c"].Other
    assert made["b"].Any_Of == made["a"].Id


def test_records_may_point_at_each_other_in_a_circle_and_at_themselves(load: Load) -> None:
    made = load("Thing: {a: {Name: A, Other: b}, b: {Name: B, Other: a}, c: {Name: C, Other: c, Any_Of: a}}").fixtures

    assert made["a"].Other == made["b"].Id
    assert made["b"].Other == made["a"].Id
    assert (made["c"].Other, made["c"].Any_Of) == (made["c"].Id, made["a"].Id)


def test_a_lookup_is_given_by_its_path_by_a_unique_field_or_as_nothing(load: Load) -> None:
    made = load(
        """
Company: {acme: {Name: Acme}}
Mechanic:
  ana: {LastName: Costa, company: acme, Owner: {Username: system}}
  ben: {LastName: Ito, Company.Name: Acme, Mentor: null}
""",
        metadata=GARAGE,
    ).fixtures

    assert made["ana"].Company == made["acme"].Id == made["ben"].Company
    assert made["ben"].Mentor is None


def test_required_parents_are_written_first(load: Load) -> None:
    made = load(
        "Car: {one: {Plate: X, Country: Japan, Town: Tokyo, Company: c}}\nCompany: {c: {Name: C}}", metadata=GARAGE
    )

    assert made.fixtures["one"].Company == made.fixtures["c"].Id


# -- the fixtures of an org -------------------------------------------------------------------------------------------
def test_an_unknown_name_is_a_key_error_that_helps(load: Load) -> None:
    with pytest.raises(KeyError, match="did you mean 'first'"):
        load("Thing: {first: {Name: A}}").fixtures["frist"]


def test_every_org_has_the_records_for_itself(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("Thing: {a: {Name: A}}", "utf-8")
    for _ in range(3):
        with temp_org(EVERYTHING, records=tmp_path) as org:
            assert org["Thing"].count() == 1
            org["Thing"].update(org.fixtures["a"], Name="B")
            org["Thing"].create(Name="C")


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    for name in ("A", "Another"):
        (tmp_path / "a.yaml").write_text(f"Thing: {{a: {{Name: {name}}}}}", "utf-8")
        with temp_org(EVERYTHING, records=tmp_path) as org:
            assert name == org.fixtures["a"].Name


def test_records_are_written_at_the_time_of_the_tests_clock(load: Load) -> None:
    now = datetime(2020, 2, 29, 12, tzinfo=UTC)

    assert now == load("Thing: {a: {Name: A}}", clock=FixedClock(now)).fixtures["a"].CreatedDate


@pytest.mark.postgres
def test_fixtures_on_postgresql(load: Load, postgres_url: str) -> None:
    made = load("Thing: {a: {Name: A, Other: b}, b: {Name: B, Other: a}}", url=postgres_url).fixtures

    assert made["a"].Other == made["b"].Id


# -- mistakes ---------------------------------------------------------------------------------------------------------
MISTAKES = [
    pytest.param("Thing: {a: {Name: A}", "OF004", 1, 21, "not closed", "", id="not YAML"),
    pytest.param("- a", "OF901", 1, 1, "objects", "Account: {acme:", id="a list of nothing"),
    pytest.param("Thing: 5", "OF901", 1, 8, "needs records", "for example", id="a number of records"),
    pytest.param("Thing: {a: 5}", "OF901", 1, 12, "mapping of fields", "{Name: ...}", id="a record that is a number"),
    pytest.param("Thang: {}", "OF902", 1, 1, "no object 'Thang'", "did you mean 'Thing'?", id="unknown object"),
    pytest.param("Thing: {a: {Nam: A}}", "OF903", 1, 13, "no field 'Nam'", "did you mean 'Name'?", id="unknown field"),
    pytest.param("Thing: {a: {Home: {Ctiy: A}}}", "OF903", 1, 20, "no part", "did you mean 'City'?", id="unknown part"),
    pytest.param("Thing: {a: {Other: {Name: A}}}", "OF903", 1, 21, "not a unique", "unique", id="not a unique field"),
    pytest.param("Thing: {a: {Other.Name: A}}", "OF903", 1, 13, "no field", "", id="not a unique field in a path"),
    pytest.param("Thing: {a: {CreatedDate: 1}}", "OF904", 1, 13, "filled by the org", "remove", id="system field"),
    pytest.param("Thing: {abc: {Other: abd}}", "OF905", 1, 22, "named 'abd'", "did you mean 'abc'?", id="unknown name"),
    pytest.param("Thing: {abc: {Other: }}\nUser: {abc: }", "OF906", 2, 8, "name of another", "", id="name given twice"),
    pytest.param("Thing: {a: {Other: u}}\nUser: {u: {}}", "OF907", 1, 20, "'u' is User", "", id="of another object"),
    pytest.param("Thing: {a: {Weight: much}}", "OF909", 1, 21, "not a number", "", id="not a number"),
    pytest.param("Thing: {a: {Day: 2026-02-30}}", "OF909", 1, 18, "Day", "", id="not a date"),
    pytest.param("Thing: {a: {Level: Hihg}}", "OF909", 1, 20, "did you mean 'High'?", "", id="not a value"),
    pytest.param("Thing: {a: {Version: [1]}}", "OF910", 1, 22, "not a list", "alone", id="a list"),
    pytest.param("Thing: {a: {Version: {b: 1}}}", "OF910", 1, 22, "not a mapping", "alone", id="a mapping"),
    pytest.param("Thing: {a: {Home: Leeds}}", "OF910", 1, 19, "made of parts", "{Street: ...", id="a whole as a text"),
    pytest.param("Thing: {a: {Other: [a]}}", "OF910", 1, 20, "one record", "the name", id="a list of parents"),
    pytest.param("Thing: {a: }", "OF909", 1, 9, "Name is required", "add Name: ...", id="a required field missing"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "line", "column", "says", "hint"), MISTAKES)
def test_a_mistake_is_shown_with_its_place_and_the_way_out(
    load: Load, text: str, code: str, line: int, column: int, says: str, hint: str
) -> None:
    with pytest.raises(FixtureError) as caught:
        load(text)

    issue = caught.value.issues[0]
    assert issue.span is not None
    assert (code, line, column) == (issue.code, issue.span.line, issue.span.column)
    assert says in issue.message
    assert hint in (issue.hint or "")
    assert isinstance(caught.value, MetadataError)


def test_a_refused_record_is_shown_at_the_guilty_key_and_nothing_is_written(load: Load) -> None:
    text = """
Company: {acme: {Name: Acme}}
Car: {one: {Plate: X, Country: Japan, Town: Tokyo, Company: acme}}
Mechanic: {ana: {LastName: Costa, Company: acme}}
Job:
  - {Car: one, Mechanic: ana, Supplier: acme, Start: 2026-04-01, End: 2026-04-01, Price: 5, Status: Shut}
"""
    with pytest.raises(FixtureError) as caught:
        load(text, metadata=GARAGE)

    found = [(issue.span and issue.span.column, issue.message) for issue in caught.value.issues]
    assert [place for place, _ in found] == [41, 71]
    assert "does not pass the field's filter" in found[0][1]
    assert "it ends first" in found[1][1]


def test_both_places_of_a_name_given_twice_are_shown(load: Load) -> None:
    with pytest.raises(FixtureError) as caught:
        load("Thing: {abc: {Name: A}}", "Thing: {abc: {Name: B}}")

    (issue,) = caught.value.issues
    assert issue.span is not None
    assert Path(issue.span.source.name).name == "1.yaml"
    assert [Path(span.source.name).name for _, span in issue.related] == ["0.yaml"]


def test_all_mistakes_of_all_files_come_together(load: Load) -> None:
    with pytest.raises(FixtureError) as caught:
        load("Thing: {a: {Nam: A, Weight: x}}", "Thung: {}\nThing: {b: {Other: z}}")

    assert [issue.code for issue in caught.value.issues] == ["OF903", "OF909", "OF902", "OF905"]


def test_records_that_need_each_other_are_refused(load: Load) -> None:
    with pytest.raises(FixtureError) as caught:
        load("Chain: {c: {Name: C, Next: l}}\nLink: {l: {Name: L, Chain: c}}", metadata=GARAGE)

    (issue,) = caught.value.issues
    assert (issue.code, issue.message) == ("OF908", "Chain 'c' needs Link 'l' in Next, which needs it in turn")


def test_a_folder_without_records_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FixtureError, match="OF608"), temp_org(EVERYTHING, records=tmp_path / "nothing"):
        pass
