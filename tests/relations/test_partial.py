from __future__ import annotations

from pathlib import Path

import pytest

from objectforge.metadata.metadata import Metadata
from objectforge.relations.partial import collect_partial
from objectforge.relations.resolve import resolve

BASE = """\
objects:
  Car:
    fields:
      Garage__c: lookup(Garage)
      Price: currency
      State: [New, Old]
      Grade: {type: picklist, value_set: Grades}
    validations:
      v: {error_if: "Price < 0 AND ISPICKVAL(State, 'New')", message: no}
  Garage:
    fields:
      City: text
extend:
  User:
    fields:
      Car__c: lookup(Car)
value_sets:
  Grades: [A, B]
list_views:
  Car.all:
    columns: [Name, Garage__r.City]
    where: "State = 'New' OR Grade = 'A' OR Price > 1"
  User.all:
    columns: [Name, Car__r.Price]
reports:
  r:
    from: Garage
    joins: {Cars__r: outer}
    rows: [City]
    measures:
      total: sum(Cars__r.Price)
    sort: [City, -total]
"""


def partial(given: str) -> str:
    metadata, issues = collect_partial(BASE, [Metadata.parse(given)])
    assert metadata is not None
    assert not issues
    resolve(metadata)
    return metadata.to_yaml()


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        pytest.param(
            "objects: {Auto: {was: Car}}",
            {
                "  Car:\n": "  Auto:\n",
                "message: no}\n": "message: no}\n    was: Car\n",
                "lookup(Car)": "lookup(Auto)",
                "Car.all": "Auto.all",
                "Cars__r": "Autos__r",
            },
            id="an object",
        ),
        pytest.param(
            "objects: {Car: {fields: {Cost: {type: currency, was: Price}}}}",
            {
                "Price: currency": "Cost: {type: currency, was: Price}",
                "Price < 0": "Cost < 0",
                "Price > 1": "Cost > 1",
                "Car__r.Price": "Car__r.Cost",
                "Cars__r.Price": "Cars__r.Cost",
            },
            id="a field",
        ),
        pytest.param(
            "objects: {Car: {fields: {State: [{value: Fresh, was: New}, Old]}}}",
            {
                "State: [New, Old]": "State: [{value: Fresh, was: New}, Old]",
                "(State, 'New')": "(State, 'Fresh')",
                "State = 'New'": "State = 'Fresh'",
            },
            id="a value",
        ),
        pytest.param(
            "value_sets: {Grades: {values: [{value: Top, was: A}, B]}}",
            {"[A, B]": "[{value: Top, was: A}, B]", "Grade = 'A'": "Grade = 'Top'"},
            id="a value of a value set",
        ),
        pytest.param(
            "extend: {User: {fields: {Auto__c: {type: lookup, to: Driver, was: Car__c}}}}\n"
            "objects: {Driver: {was: [Car], name_field: {name: Number, was: Name}}}",
            {
                "  Car:\n": "  Driver:\n",
                "message: no}\n": "message: no}\n    name_field: {name: Number, was: Name}\n    was: [Car]\n",
                "Car__c: lookup(Car)": "Auto__c: {type: lookup, to: Driver, was: Car__c}",
                "Car.all:\n    columns: [Name": "Driver.all:\n    columns: [Number",
                "Car__r.": "Auto__r.",
                "Cars__r": "Drivers__r",
            },
            id="an object, its name field, and a field that leads to it",
        ),
        pytest.param(
            "objects: {Car: {fields: {Price: {type: picklist, values: [New, Old], was: State},"
            " State: {type: currency, was: Price}}}}",
            {
                "Price: currency": "State: {type: currency, was: Price}",
                "State: [New, Old]": "Price: {type: picklist, values: [New, Old], was: State}",
                "Price < 0 AND ISPICKVAL(State,": "State < 0 AND ISPICKVAL(Price,",
                "State = 'New' OR Grade = 'A' OR Price > 1": "Price = 'New' OR Grade = 'A' OR State > 1",
                "Car__r.Price": "Car__r.State",
                "Cars__r.Price": "Cars__r.State",
            },
            id="two fields that swap their names",
        ),
    ],
)
def test_what_is_not_given_names_what_is_renamed_by_its_new_name(given: str, changes: dict[str, str]) -> None:
    expected = BASE
    for before, after in changes.items():
        assert before in expected
        expected = expected.replace(before, after)

    assert expected == partial(given)


def test_a_name_given_up_earlier_is_found_among_those_a_thing_had() -> None:
    again = partial("objects: {Car: {fields: {Amount: {type: currency, was: [Price, Cost]}}}}")

    assert "Amount: {type: currency, was: [Price, Cost]}" in again
    assert "Price" not in again.replace("was: [Price, Cost]", "")


def test_a_base_that_does_not_resolve_is_merged_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("objects: {B: {was: A, fields: {X: text}}}", "utf-8")

    metadata, issues = collect_partial("objects: {A: {}}\nlist_views: {A.v: {columns: [No]}}", [file])

    assert metadata is not None
    assert not issues
    assert [name for name in metadata.objects if name != "User"] == ["B"]
    assert "A.v" in metadata.list_views
