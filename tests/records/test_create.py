from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from worlds import START, World, codes

from objectforge.errors.exceptions import RecordInvalid

SALES = """
objects:
  Company:
    label: {en: Company, ja: 会社}
    fields:
      Code: {type: text, length: 20, unique: true, external_id: true}
      Size: number(5,1)
      Stage: [{value: New, sets: {Chance: 10, Open: true}}, {value: Won, sets: {Chance: 100, Open: false}}]
      Chance: percent
      Open: checkbox
      Since: {type: date, default: "=TODAY()"}
      Country: [Japan, France]
      City:
        type: picklist
        values: [Tokyo, Osaka, Paris]
        controlled_by: Country
        when: {Japan: [Tokyo, Osaka], France: [Paris]}
      Due: {type: date, required: true, default: "=TODAY() + 30"}
      ParentId: {type: lookup, to: Company, hierarchy: true}
      Number: {type: autonumber, format: "C-{0000}", start: 5}
    validations:
      size: {error_if: "Size < 0", message: {en: Size is negative, ja: 規模が負です}, field: Size}
  Deal:
    fields:
      CompanyId: {type: lookup, to: Company, required: true, filter: "Country != 'France'", filter_message: No French}
      Amount: {type: currency}
    unique: {once: [CompanyId, Amount]}
    validations:
      parent_closed: {error_if: "NOT Company.Open", message: The company is closed}
  Line:
    fields:
      DealId: {type: master_detail, to: Deal}
      Text: text
  Person:
    name_field: {type: person_name}
    fields:
      Home: address
"""


@pytest.fixture
def org(world: Callable[..., World]) -> World:
    return world(SALES)


def test_a_record_gets_defaults_what_picklists_set_numbers_and_system_fields(org: World) -> None:
    id_ = org.one("Company", Name=" Acme ", stage="new")
    record = org.get(id_)
    assert record["Name"] == "Acme"
    assert (record.Stage, record.Chance, record.Open) == ("New", Decimal("10.00"), True)
    assert (record.Since, record.Due) == (date(2026, 4, 1), date(2026, 5, 1))
    assert record.Number == "C-0005"
    assert (record.CreatedDate, record.LastModifiedDate, record.SystemModstamp) == (START, START, START)
    assert record.OwnerId == record.CreatedById == record.LastModifiedById == org.user
    assert record.IsDeleted is False
    assert record.Id == id_
    assert len(id_) == 18


def test_what_is_given_wins_over_what_a_picklist_sets(org: World) -> None:
    assert org.get(org.one("Company", Name="A", Stage="New", Chance=33)).Chance == Decimal("33.00")


def test_everything_wrong_with_a_record_is_reported_together(org: World) -> None:
    with pytest.raises(RecordInvalid) as caught:
        org.create(
            "Company",
            {
                "Size": "12.345",
                "Due": None,
                "Stage": "Nwe",
                "Nmae": "x",
                "ParentId": "001",
                "Country": "Japan",
                "City": "Paris",
                "Number": "C-1",
                "CreatedDate": START,
            },
        )
    assert {
        ("Name", "REQUIRED_FIELD_MISSING"),
        ("Due", "REQUIRED_FIELD_MISSING"),
        ("Size", "NUMBER_OUTSIDE_VALID_RANGE"),
        ("Stage", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        ("Nmae", "INVALID_FIELD"),
        ("ParentId", "MALFORMED_ID"),
        ("City", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        ("Number", "INVALID_FIELD_FOR_INSERT_UPDATE"),
        ("CreatedDate", "INVALID_FIELD_FOR_INSERT_UPDATE"),
    } == set(codes(caught.value.errors))
    assert "did you mean 'Name'?" in str(caught.value)
    assert org.all("Company") == []


def test_messages_are_in_the_orgs_locale(world: Callable[..., World]) -> None:
    org = world(SALES, locale="ja")
    (result,) = org.create("Company", {"Name": "A", "Size": -1}, partial=True)
    assert [error.message for error in result.errors] == ["規模が負です"]
    (result,) = org.create("Company", {}, partial=True)
    assert "必須" in result.errors[0].message


def test_partial_writes_the_good_rows_and_says_what_is_wrong_with_the_others(org: World) -> None:
    results = org.create("Company", {"Name": "A"}, {"Name": None}, {"Name": "C"}, partial=True)
    assert [result.ok for result in results] == [True, False, True]
    assert [result.created for result in results] == [True, False, True]
    assert results[1].id is None
    assert [(error.row, error.code) for error in results[1].errors] == [(1, "REQUIRED_FIELD_MISSING")]
    assert [record.Name for record in org.all("Company")] == ["A", "C"]


def test_unique_values_are_compared_without_case_and_a_bad_row_takes_none(org: World) -> None:
    org.one("Company", Name="A", Code="X1")
    results = org.create(
        "Company",
        {"Name": "B", "Code": "x1"},
        {"Name": None, "Code": "Y"},
        {"Name": "D", "Code": "y"},
        {"Name": "E", "Code": "Y"},
        partial=True,
    )
    assert [result.ok for result in results] == [False, False, True, False]
    assert codes(results[0].errors) == [("Code", "DUPLICATE_VALUE")]
    assert codes(results[3].errors) == [("Code", "DUPLICATE_VALUE")]


def test_a_composite_key_is_unique_as_a_whole(org: World) -> None:
    a, b = (org.one("Company", Name=name, Open=True) for name in "AB")
    org.create("Deal", {"Name": "1", "CompanyId": a, "Amount": 5})
    results = org.create(
        "Deal",
        {"Name": "2", "CompanyId": a, "Amount": 5},
        {"Name": "3", "CompanyId": b, "Amount": 5},
        {"Name": "4", "CompanyId": b, "Amount": 5},
        {"Name": "5", "CompanyId": b},
        {"Name": "6", "CompanyId": b},
        partial=True,
    )
    assert [result.ok for result in results] == [False, True, False, True, True]
    assert results[0].errors[0].fields == ("CompanyId", "Amount")


def test_lookups_take_short_ids_records_unique_values_and_paths(org: World) -> None:
    company = org.one("Company", Name="A", Code="X1", Open=True)
    given = [
        {"CompanyId": company[:15]},
        {"Company": org.get(company)},
        {"Company.Code": "x1"},
        {"Company": {"Code": "X1"}},
        {"companyid": company},
    ]
    results = org.create("Deal", *({"Name": "D", **each} for each in given))
    assert all(result.ok for result in results)
    assert {company} == {record.CompanyId for record in org.all("Deal")}


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        pytest.param("x", "MALFORMED_ID", "15 or 18", id="no id"),
        pytest.param(5, "MALFORMED_ID", "id of a record", id="a number"),
        pytest.param(
            "{deal}", "INVALID_CROSS_REFERENCE_KEY", "is a record of Deal; Company is expected", id="wrong object"
        ),
        pytest.param("{none}", "INVALID_CROSS_REFERENCE_KEY", "there is no record", id="no such record"),
        pytest.param("{mistyped}", "MALFORMED_ID", "mistyped", id="wrong checksum"),
        pytest.param("{french}", "FIELD_FILTER_VALIDATION_EXCEPTION", "No French", id="does not pass the filter"),
        pytest.param(None, "REQUIRED_FIELD_MISSING", "required", id="nothing"),
    ],
)
def test_a_lookup_that_points_nowhere_is_refused(org: World, value: object, code: str, words: str) -> None:
    company = org.one("Company", Name="A", Open=True)
    ids = org.registry.ids
    if isinstance(value, str):
        value = value.format(
            deal=org.one("Deal", Name="D", CompanyId=company),
            none=ids.format(ids.parse(company) + 99),
            mistyped=company[:17] + ("B" if company[17] != "B" else "C"),
            french=org.one("Company", Name="F", Country="France", Open=True),
        )
    (result,) = org.create("Deal", {"Name": "E", "CompanyId": value}, partial=True)
    assert codes(result.errors) == [("CompanyId", code)]
    assert words in result.errors[0].message


def test_a_validation_reads_parents_and_is_silent_about_values_that_could_not_be_taken(org: World) -> None:
    company = org.one("Company", Name="A")
    (result,) = org.create("Deal", {"Name": "E", "CompanyId": company}, partial=True)
    assert [error.message for error in result.errors] == ["The company is closed"]
    (result,) = org.create("Deal", {"Name": "E", "CompanyId": "nonsense"}, partial=True)
    assert codes(result.errors) == [("CompanyId", "MALFORMED_ID")]


def test_wholes_are_given_by_their_parts(org: World) -> None:
    id_ = org.one("Person", Name={"FirstName": "Ada", "lastname": "Lovelace"}, HomeCity="London")
    record = org.get(id_)
    assert record["Name"] == {
        "Salutation": None, "FirstName": "Ada", "MiddleName": None, "LastName": "Lovelace", "Suffix": None,
    }  # fmt: skip
    assert record["HomeCity"] == "London"
    (result,) = org.create("Person", {"Name": "Ada Lovelace"}, partial=True)
    assert ("Name", "INVALID_FIELD_FOR_INSERT_UPDATE") in codes(result.errors)
    assert "FirstName" in result.errors[0].message


def test_a_detail_belongs_to_its_masters_owner(org: World) -> None:
    other = org.one("User", Name="Other", Username="other")
    company = org.one("Company", Name="A", Open=True)
    deal = org.one("Deal", Name="D", CompanyId=company, OwnerId=other)
    line = org.one("Line", Name="L", DealId=deal)
    assert org.get(line).OwnerId == other
    (result,) = org.create("Line", {"Name": "L", "DealId": deal, "OwnerId": org.user}, partial=True)
    assert not result.ok
    org.update("Deal", {"Id": deal, "OwnerId": org.user})
    assert org.get(line).OwnerId == org.user


@pytest.mark.parametrize("row", [pytest.param(["Name"], id="a list"), pytest.param({1: "x"}, id="a number as key")])
def test_what_is_no_row_is_the_callers_mistake(org: World, row: object) -> None:
    with pytest.raises(TypeError):
        org.create("Company", row)  # pyright: ignore[reportArgumentType]
