from __future__ import annotations

from pathlib import Path

import pytest
from test_renaming import GARAGE, all_at_once, every_rename

from objectforge.metadata.metadata import Metadata
from objectforge.relations.rename_files import rename_in_files
from objectforge.relations.renames import Renames
from objectforge.relations.renaming import rename_references

CARS = """\
# What we drive.
objects:
  Car:   # of any make
    fields:
      Price: currency   # without tax
      State:
        - New
        - Old
      Town: [ Oslo, {value: Bergen, was: Bjorgvin} ]
      Garage: {type: lookup, to: Garage, was: [Shed, Barn]}
      Net:
        type: formula
        returns: currency
        formula: |
          IF(Price > 1,   # no comment of YAML
             Price, 0)
    validations:
      cheap: {error_if: 'Price < 0 AND ISPICKVAL(State, "New")', message: "Price"}
  Garage:
"""
VIEWS = """\
list_views:
  Car.all:
    columns:
    - Name
    - Price   # what it costs
    where: "State = 'New' OR Town = \\"Oslo\\""
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "cars.yaml").write_text(CARS.replace(",   # no comment of YAML", ","), "utf-8")
    (tmp_path / "views.yaml").write_text(VIEWS, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("renames", "cars", "views"),
    [
        pytest.param(
            Renames(objects={"Car": "Auto", "Garage": "House"}),
            {
                "  Car:   #": "  Auto:   #",
                "    fields:\n": "    was: Car\n    fields:\n",
                "to: Garage": "to: House",
                "  Garage:\n": "  House: {was: Garage}\n",
            },
            {"Car.all": "Auto.all"},
            id="objects",
        ),
        pytest.param(
            Renames(fields={("Car", "Price"): "Cost", ("Car", "State"): "Age", ("Car", "Garage"): "GarageId"}),
            {
                "Price: currency   #": "Cost: {type: currency, was: Price}   #",
                "State:\n        - New\n        - Old\n": (
                    "Age:\n        {type: picklist, values: [New, Old], was: State}\n"
                ),
                "Garage: {type: lookup, to: Garage, was: [": "GarageId: {type: lookup, to: Garage, was: [Garage, ",
                "IF(Price > 1,\n             Price": "IF(Cost > 1,\n             Cost",
                "'Price < 0 AND ISPICKVAL(State": "'Cost < 0 AND ISPICKVAL(Age",
            },
            {"- Price   #": "- Cost   #", "State =": "Age ="},
            id="fields",
        ),
        pytest.param(
            Renames(fields={("Car", "Name"): "Plate"}),
            {"    fields:\n": "    name_field: {name: Plate, was: Name}\n    fields:\n"},
            {"- Name": "- Plate"},
            id="a name field that nothing was said of",
        ),
        pytest.param(
            Renames(
                values={
                    ("Car", "State", "New"): "Brand new",
                    ("Car", "Town", "Oslo"): "It's",
                    ("Car", "Town", "Bergen"): "NO",
                }
            ),
            {
                "- New\n": "- {value: Brand new, was: New}\n",
                "[ Oslo, {value: Bergen, was: Bjorgvin} ]": (
                    '[ {value: "It\'s", was: Oslo}, {value: NO, was: [Bergen, Bjorgvin]} ]'
                ),
                '"New")\'': '"Brand new")\'',
            },
            {'"State = \'New\' OR Town = \\"Oslo\\""': "\"State = 'Brand new' OR Town = 'It\\\\'s'\""},
            id="values",
        ),
    ],
)
def test_only_what_is_renamed_changes(
    files: Path, renames: Renames, cars: dict[str, str], views: dict[str, str]
) -> None:
    metadata = Metadata.load(files)
    expected = {}
    for name, changes in (("cars.yaml", cars), ("views.yaml", views)):
        text = (files / name).read_text("utf-8")
        for before, after in changes.items():
            assert before in text
            text = text.replace(before, after)
        expected[str(files / name)] = text

    assert expected == rename_in_files(metadata, renames)


def test_files_without_a_change_are_not_among_them(files: Path) -> None:
    changed = rename_in_files(Metadata.load(files), Renames(values={("Car", "Town", "Bergen"): "Moss"}))

    assert list(changed) == [str(files / "cars.yaml")]


def test_files_say_what_the_renamed_metadata_of_the_org_says() -> None:
    metadata = Metadata.parse(GARAGE)

    for renames in (*every_rename(metadata), all_at_once(metadata)):
        expected = Metadata.parse(rename_references(metadata, renames))
        assert expected == Metadata.parse(rename_in_files(metadata, renames).get("<text>", GARAGE))
