"""Believable records: what is required is there, what is given stays, and the same calls give the same."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from metadata_of_tests import GARAGE

from objectforge.errors.exceptions import RecordInvalid
from objectforge.metadata.metadata import Metadata
from objectforge.testing import TempOrg, temp_org

SALES = Metadata.parse("uses: [sales]")
SYSTEM = {"CreatedDate", "LastModifiedDate", "SystemModstamp"}


@pytest.fixture
def org() -> Iterator[TempOrg]:
    with temp_org(GARAGE) as made:
        yield made


def values(record: Any) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in SYSTEM}


def test_without_a_number_a_record_is_made_with_one_a_list(org: TempOrg) -> None:
    assert org["Company"].make().object_name == "Company"
    assert [len(org["Company"].make(n)) for n in (1, 3, 0)] == [1, 3, 0]
    assert org["Company"].count() == 5


def test_fewer_than_none_cannot_be_made(org: TempOrg) -> None:
    with pytest.raises(ValueError, match="not -1"):
        org["Company"].make(n=-1)


def test_the_same_calls_give_the_same_records_in_another_org() -> None:
    made: list[list[dict[str, Any]]] = []
    for _ in range(2):
        with temp_org(GARAGE) as org:
            made.append([values(each) for each in (*org["Car"].make(n=3), org["Job"].make(full=True))])

    assert made[0] == made[1]


def test_another_seed_gives_other_records(org: TempOrg) -> None:
    names = {org["Company"].make(seed=seed).Name for seed in range(8)}

    assert len(names) > 2


def test_what_is_given_stays(org: TempOrg) -> None:
    company = org["Company"].make(Name="Acme", Services=["Glass", "Paint"])
    car = org["Car"].make(company=company, TOWN="Berlin")

    assert (company.Name, company.Services) == ("Acme", "Paint;Glass")
    assert (company.Id, "Berlin", "Germany") == (car.Company, car.Town, car.Country)


def test_what_is_given_wrongly_is_refused_before_anything_is_made(org: TempOrg) -> None:
    with pytest.raises(RecordInvalid) as refused:
        org["Job"].make(Price="1.234", Colour="red")

    assert {("Price",), ("Colour",)} == {error.fields for error in refused.value.errors}
    assert org["Company"].count() == 0


def test_a_field_named_like_an_argument_is_given_in_a_mapping() -> None:
    with temp_org(Metadata.parse("objects: {X: {fields: {n: integer, seed: integer}}}")) as org:
        assert [(each["n"], each["seed"]) for each in org["X"].make(2, {"n": 5, "seed": 6})] == [(5, 6)] * 2


# -- parents ----------------------------------------------------------------------------------------------------------
def test_a_required_parent_is_made_once_and_shared(org: TempOrg) -> None:
    cars = org["Car"].make(n=4)

    assert len({car.Company for car in cars}) == 1
    assert org["Company"].count() == 1


def test_parents_of_one_call_belong_together(org: TempOrg) -> None:
    job = org["Job"].make()

    assert org["Car"].get(job.Car).Company == org["Mechanic"].get(job.Mechanic).Company


def test_what_is_made_stands_under_the_parents_that_are_given(org: TempOrg) -> None:
    car = org["Car"].make()
    job = org["Job"].make(Car=car)

    assert car.Company == org["Mechanic"].get(job.Mechanic).Company
    assert org["Car"].count() == 1


def test_where_a_unique_rule_wants_it_each_record_has_a_parent_of_its_own(org: TempOrg) -> None:
    jobs = org["Job"].make(n=3)

    assert [len({job.Car for job in jobs}), len({job.Mechanic for job in jobs})] == [1, 3]


def test_a_parent_passes_the_filter_of_its_lookup_even_when_others_are_shared(org: TempOrg) -> None:
    assert org["Company"].get(org["Job"].make().Supplier).Kind == "Supplier"


def test_required_parents_in_a_circle_are_refused_not_made_for_ever(org: TempOrg) -> None:
    with pytest.raises(RecordInvalid, match="is required"):
        org["Chain"].make()


# -- values -----------------------------------------------------------------------------------------------------------
def test_only_what_is_required_and_the_name_are_filled(org: TempOrg) -> None:
    mechanic = org["Mechanic"].make()

    assert mechanic.FirstName
    assert mechanic.LastName
    assert (mechanic.Badge, mechanic.Email, mechanic.Mentor) == (None, None, None)


def test_everything_is_filled_when_asked_for(org: TempOrg) -> None:
    mechanic = org["Mechanic"].make(full=True, FirstName="Ana", LastName="Costa")

    assert mechanic.Email.startswith("ana.costa")
    assert mechanic.City in ("Tokyo", "Osaka", "Berlin", "Lyon", "Austin", "Chicago", "Toronto", "Leeds")
    assert mechanic.Badge


def test_unique_fields_are_unique_whoever_has_written_before(org: TempOrg) -> None:
    first = org["Company"].make(n=60)
    with temp_org(GARAGE) as other:
        for record in first:
            other["Company"].create(Name=record.Name)
        assert len({each.Name for each in other["Company"].make(n=60)} | {each.Name for each in first}) == 120


def test_a_unique_value_given_to_many_is_refused_at_once(org: TempOrg) -> None:
    with pytest.raises(RecordInvalid) as refused:
        org["Company"].make(n=2, Name="Acme")

    assert [error.code for error in refused.value.errors] == ["DUPLICATE_VALUE"]


def test_dependent_values_follow_what_controls_them(org: TempOrg) -> None:
    cars = org["Car"].make(n=20)

    assert {("Japan", "Osaka"), ("Japan", "Tokyo"), ("Germany", "Berlin")} == {(car.Country, car.Town) for car in cars}


def test_what_a_picklist_sets_is_left_to_it(org: TempOrg) -> None:
    hours = {"Open": Decimal(8), "Shut": Decimal(0)}

    assert all(hours[job.Status] == job.Open_Hours for job in org["Job"].make(n=6))


def test_values_are_tried_until_the_validations_agree(org: TempOrg) -> None:
    choices = org["Choice"].make(n=6)

    assert all((choice.Car is None) != (choice.Mechanic is None) for choice in choices)
    assert (org["Choice"].make(full=True).Car is None) in (True, False)


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("name", ["User", *SALES.objects])
def test_records_of_the_sales_package_can_be_made(name: str, full: bool) -> None:
    with temp_org(SALES) as org:
        assert len(org[name].make(n=3, full=full)) == 3
