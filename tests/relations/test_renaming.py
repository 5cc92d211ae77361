from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from renaming_laws import check_rename, package_as_own

from objectforge.errors.exceptions import MetadataError
from objectforge.metadata.metadata import Metadata
from objectforge.relations.renames import Renames
from objectforge.relations.renaming import rename_references
from objectforge.relations.resolve import resolve

GARAGE = r"""
objects:
  Car:
    name_field: {type: autonumber, format: "C-{000}"}
    unique: {plate: [Plate, Garage__c]}
    indexes: [[-Built, Plate]]
    fields:
      Garage__c: {type: lookup, to: Garage, required: true, filter: "City = $source.Town AND Open = true"}
      OwnerCarId: lookup(Car)
      Subject: {type: lookup, to: [Garage, User], children: Topics}
      Plate: text(10)
      Town: [Oslo, Bergen]
      Quarter: {type: picklist, values: [North, South], controlled_by: Town, when: {Oslo: North, Bergen: [South]}}
      Colors: {type: multipicklist, values: [Red, "It's", Blue]}
      State:
        type: picklist
        sorted: true
        values:
          - {value: New, sets: {Fresh: true, Grade: A}}
          - {value: Old, label: Used}
        default: "=IF(Price > 100, 'New', 'Old')"
      Fresh: checkbox
      Grade: {type: picklist, value_set: Grades, default: A}
      Seat: address
      Price: currency
      Built: date
      Net:
        type: formula
        returns: currency
        formula: |-
          IF(
            Garage__r.City = "Oslo" && ISPICKVAL(State, 'New'),
            Price * 2 /* Price */,
            CASE(Town, 'Oslo', OwnerCar.Price, 'Bergen', Subject:Garage.Rent, 0))
    validations:
      cheap: {error_if: "Price < 0 OR SeatCity = 'x' OR TEXT(State) = 'Price'", message: Price, field: Price}
    list_views:
      all:
        columns: [Name, Garage__r.City, {field: Subject:Garage.Title, label: Price}]
        where: "State != 'Old' AND Town IN ('Oslo', 'Bergen') AND Colors INCLUDES ('Red;Blue', 'It\\'s')"
        sort: [-Garage__r.Rent, Price]
        kanban: {by: State, value: sum(Price)}
    layouts:
      main:
        sections: [{fields: [[Price, {field: State, show_if: "Price > 1"}], [SeatCity]]}]
        related: [{list: Cars, columns: [Plate, Garage__r.Title], sort: -Built, where: "State = 'Old'"}]
  Garage:
    name_field: {type: text, name: Title, length: 40}
    fields: {City: text, Open: checkbox, Rent: currency, Level: {type: picklist, value_set: Grades}}
    layouts: {main: {sections: [{fields: [Title]}], related: [Cars__r, Topics]}}
extend:
  User:
    fields:
      Car__c: lookup(Car)
      Deals__c: {type: rollup, value: "max( Topics . Price )", where: "State = 'New'"}
    override: {Locale: {help: Cars}}
    validations: {v: {error_if: "Car__r.Price > 5 AND Locale = 'Cars'", message: no}}
value_sets: {Grades: [A, {value: B}]}
list_views:
  User.cars:
    columns: [Name, Car__r.Name]
    params: {grade: {type: picklist, value_set: Grades, default: A}}
    where: "Car__r.Grade = 'A' OR Car__r.Grade = :grade"
reports:
  cars:
    from: Garage
    joins:
      Cars__r: {type: inner, where: "Price > 1 AND State = 'New'"}
      Cars__r.Subject:User: outer
      Cars__r.Cars: outer
    where: "Cars__r.State = 'New'"
    rows: [City, {field: Cars__r.State, bucket: {Fresh: [New], Used: Old}}, {field: Cars__r.Town, as: Town}]
    across: [{field: Cars__r.Built, by: year}]
    measures:
      total: sum(Cars__r.Price)
      mean: {value: "total / count(Cars__r)", where: "Cars__r.Grade = 'A'"}
      garages: count(Garage)
      twice: sum(Cars__r.Cars.Price, Cars__r)
      owners: count(Cars__r.Subject:User) + count(Cars__r.OwnerCar)
    sort: [-total, City, Cars__r.State, Town]
    having: total > 0
    chart: {type: stacked_bar, x: City, y: total, color: Cars__r.Built}
  list:
    from: Car
    columns: [Name, Price, Garage__r.City]
    sort: [-Price]
    chart: {type: scatter, x: Price, y: Price}
dashboards:
  one:
    filters: {state: {on: [Car.State, User.Car__r.State], default: New}, when: {on: Car.Built, default: THIS_YEAR}}
    grid: [[{report: cars, chart: {type: metric, y: total}}], [{list_view: Car.all}]]
"""
ODD = r"""
objects:
  Car:
    name_field: text(40)
    indexes: [[-price]]
    fields:
      price: {type: currency, default: "=IF(TRUE, 1, 2)"}
      State: {type: picklist, values: [New, {value: Old}], default: '=IF(TRUE, "old", ''New'')'}
      Of: {type: lookup, to: car}
      Net: {type: formula, returns: text, formula: "IF(oF.PRICE > 1, \"State\", TEXT(STATE) & 'price')"}
    list_views: {all: {columns: [{field: of.PRICE}], where: "'NEW' = State OR 'price' = Name"}}
list_views: {car.more: {columns: [price], sort: -PRICE}}
reports: {r: {from: CAR, joins: {cars: outer}, rows: [cars.STATE], measures: {n: count(CARS)}, sort: [CARS.state]}}
"""
EXTENDED = """
uses: [sales]
extend:
  account:
    override: {industry: {values: {add: [Cars], hide: [Shipping]}, help: Cars}}
    validations: {v: {error_if: "Industry = 'Cars'", message: no}}
"""


def every_rename(metadata: Metadata) -> Iterator[Renames]:
    schema = resolve(metadata)
    for owner in schema:
        if owner.package is None:
            yield Renames(objects={owner.name: f"New{owner.name}"})
        for field in owner.fields.values():
            own = owner.package is None or field.name.endswith("__c")
            if own and not field.system and field.part_of is None:
                yield Renames(fields={(owner.name, field.name): f"New{field.name}"})
                for choice in field.type.choices:
                    yield Renames(values={(owner.name, field.name, choice.value): f"It's {choice.value}"})


def all_at_once(metadata: Metadata) -> Renames:
    each = list(every_rename(metadata))
    return Renames(
        {before: after for one in each for before, after in one.objects.items()},
        {before: after for one in each for before, after in one.fields.items()},
        {before: after for one in each for before, after in one.values.items() if not after.endswith("It's")},
    )


def test_every_name_can_be_changed_and_is_changed_wherever_it_is_named() -> None:
    metadata = Metadata.parse(GARAGE)

    for renames in every_rename(metadata):
        check_rename(metadata, renames)


@pytest.mark.parametrize("own", [pytest.param(lambda: Metadata.parse(GARAGE), id="a small org"),
                                 pytest.param(lambda: package_as_own("sales"), id="the sales package")])  # fmt: skip
def test_all_names_can_be_changed_at_once(own: Callable[[], Metadata]) -> None:
    metadata = own()

    check_rename(metadata, all_at_once(metadata))


@pytest.mark.parametrize("name", ["Account", "Opportunity", "Task"])
def test_an_object_of_the_sales_package_can_be_changed(name: str) -> None:
    check_rename(package_as_own("sales"), Renames(objects={name: f"New{name}"}))


def test_names_are_swapped() -> None:
    metadata = Metadata.parse(GARAGE)
    swapped = Renames(
        objects={"Car": "Garage", "Garage": "Car"},
        fields={("Car", "Fresh"): "Price", ("Car", "Price"): "Fresh"},
        values={("Car", "Town", "Oslo"): "Bergen", ("Car", "Town", "Bergen"): "Oslo"},
    )

    text = check_rename(metadata, swapped)

    garage = Metadata.parse(text).objects["Garage"]
    assert (garage.was, garage.fields["Price"].was) == (("Car",), ("Fresh",))
    assert [(value.value, value.was) for value in garage.fields["Town"].values] == [
        ("Bergen", ("Oslo",)),
        ("Oslo", ("Bergen",)),
    ]


@pytest.mark.parametrize(
    ("renames", "changes"),
    [
        pytest.param(
            Renames(objects={"Car": "Auto"}),
            {
                "  Car:\n": "  Auto:\n",
                "lookup(car)": "lookup(Auto)",
                "PRICE > 1, \\\"State": "PRICE > 1, \\\"State",
                "TEXT(STATE) & 'price')\"}\n": "TEXT(STATE) & 'price')\"}\n    was: Car\n",
                "Car.all": "Auto.all",
                "car.more": "Auto.more",
                "from: CAR": "from: Auto",
                "joins: {cars: outer}": "joins: {Autos: outer}",
                "rows: [cars.STATE]": "rows: [Autos.STATE]",
                "count(CARS)": "count(Autos)",
                "sort: [CARS.state]": "sort: [Autos.state]",
            },
            id="an object",
        ),
        pytest.param(
            Renames(fields={("Car", "price"): "Cost"}),
            {
                "[[-price]]": "[[-Cost]]",
                '      price: {type: currency, default: "=IF(TRUE, 1, 2)"}': (
                    '      Cost: {type: currency, default: "=IF(TRUE, 1, 2)", was: price}'
                ),
                "oF.PRICE": "oF.Cost",
                "of.PRICE": "of.Cost",
                "columns: [price]": "columns: [Cost]",
                "sort: -PRICE": "sort: -Cost",
            },
            id="a field",
        ),
        pytest.param(
            Renames(fields={("Car", "Of"): "ParentId"}),
            {
                "      Of: lookup(car)": "      ParentId: {type: lookup, to: car, was: Of}",
                "oF.PRICE": "Parent.PRICE",
                "of.PRICE": "Parent.PRICE",
            },
            id="a lookup and its path",
        ),
        pytest.param(
            Renames(values={("Car", "State", "New"): "Brand new; 'really'"}),
            {
                "values: [New,": "values: [{value: \"Brand new; 'really'\", was: New},",
                "'New')\"": "'Brand new; \\\\'really\\\\'')\"",
                "'NEW' = State": "'Brand new; \\\\'really\\\\'' = State",
            },
            id="a value",
        ),
    ],
)  # fmt: skip
def test_names_are_found_in_any_case_and_texts_that_look_like_them_stay(
    renames: Renames, changes: dict[str, str]
) -> None:
    metadata = Metadata.parse(ODD)
    expected = metadata.to_yaml()
    for before, after in changes.items():
        assert before in expected
        expected = expected.replace(before, after)

    text = rename_references(metadata, renames)

    assert Metadata.parse(expected).to_yaml() == text
    resolve(Metadata.parse(text))


def test_what_an_org_adds_to_a_package_is_renamed_and_the_package_stays() -> None:
    text = rename_references(Metadata.parse(EXTENDED), Renames(values={("Account", "Industry", "Cars"): "Autos"}))

    assert (
        text
        == """\
uses: [sales]
extend:
  account:
    override:
      industry: {values: {add: [{value: Autos, was: Cars}], hide: [Shipping]}, help: Cars}
    validations:
      v: {error_if: "Industry = 'Autos'", message: no}
"""
    )


def test_a_history_grows_at_its_front() -> None:
    metadata = Metadata.parse("objects: {A: {was: B, fields: {C: {type: text, was: [D, E]}}}}")

    text = rename_references(metadata, Renames({"A": "Z"}, {("A", "C"): "Y"}))

    assert text == "objects:\n  Z:\n    was: [A, B]\n    fields:\n      Y: {type: text, was: [C, D, E]}\n"


def test_metadata_that_does_not_resolve_is_refused() -> None:
    with pytest.raises(MetadataError, match="OF222"):
        rename_references(Metadata.parse("objects: {A: {fields: {B: lookup(Nowhere)}}}"), Renames({"A": "B"}))


def test_a_query_inside_a_condition_is_renamed_as_well() -> None:
    before = Metadata.parse("""
objects:
  Firm: {fields: {}}
  Person:
    fields: {FirmId: lookup(Firm), Mood: [Good, Bad], Fax: text}
list_views:
  Firm.liked:
    columns: [Name]
    where: "Id IN (SELECT FirmId FROM Person p WHERE p.Mood = 'Good' AND Person.Fax != null)"
""")
    renames = Renames(
        objects={"Person": "Human"},
        fields={("Person", "FirmId"): "CompanyId", ("Person", "Fax"): "Telefax"},
        values={("Person", "Mood", "Good"): "Fine"},
    )
    after = Metadata.parse(rename_references(before, renames))
    where = after.list_views["Firm.liked"].where
    assert where == "Id IN (SELECT CompanyId FROM Human p WHERE p.Mood = 'Fine' AND Human.Telefax != null)"
