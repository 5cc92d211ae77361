from __future__ import annotations

from pathlib import Path

import pytest

from objectforge.demo import words
from objectforge.metadata.metadata import Metadata
from objectforge.metadata.packages import BUNDLED

REPOSITORY = Path(__file__).resolve().parents[2]
FOLDERS = {
    "sales": BUNDLED / "sales",
    "demo": Path(words.__file__).parent / "crm",
    "crm": REPOSITORY / "tests/crm/metadata.yaml",
    "golden": REPOSITORY / "tests/golden/org.yaml",
    **{path.parent.name: path for path in sorted(REPOSITORY.glob("examples/*/metadata"))},
}
ORG = """\
uses: [./packages/fleet, sales]
settings: {org: {name: Acme}}
objects:
  Port:
    fields: {Country: text(2)}
    list_views:
      all: {columns: [{field: Name}]}
  Objectforge: {}
extend:
  Ship:
    fields: {Tier__c: [Gold]}
  account: {fields: {Code__c: text}}
list_views:
  Account.mine: {columns: [Name]}
  port.other: {columns: [Name]}
value_sets: {Region: {values: [East, {value: West}]}}
reports:
  ships: {from: Ship, joins: {Ports: {type: outer}}, rows: [{field: Name}], measures: {n: {value: count()}}}
layouts:
  Port.main: {sections: [{fields: [[Name]]}], related: [{list: Ships}]}
dashboards:
  one: {grid: [[{report: ships}]]}
"""
FLEET = """\
package: {name: fleet, version: 1.2.0}
uses: [../deep]
objects: {Ship: {fields: {Weight: number}}}
"""
DEEP = "package: {name: deep, version: 1.0.0}\nobjects: {Keel: {}}\n"


def write(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def own(path: Path, folder: Path) -> Metadata:
    """What a path holds as an org's own metadata; a package without its head."""
    files = [path] if path.is_file() else [file for file in sorted(path.rglob("*.yaml")) if file.name != "package.yaml"]
    return Metadata.load(
        *write(folder, {f"{n}.yaml": file.read_text("utf-8") for n, file in enumerate(files)}).iterdir()
    )


@pytest.fixture
def org(tmp_path: Path) -> Metadata:
    files = {"org.yaml": ORG, "packages/fleet/fleet.yaml": FLEET, "packages/deep/deep.yaml": DEEP}
    return Metadata.load(write(tmp_path / "org", files))


@pytest.mark.parametrize("path", [pytest.param(path, id=name) for name, path in FOLDERS.items()])
def test_text_and_folder_load_to_equal_metadata_and_are_written_the_same_again(path: Path, tmp_path: Path) -> None:
    metadata = own(path, tmp_path / "own")

    text, files = metadata.to_yaml(), metadata.to_files()
    again = Metadata.parse(text)
    loaded = Metadata.load(write(tmp_path / "files", dict(files)))

    assert metadata == again
    assert metadata == loaded
    assert text == again.to_yaml()
    assert files == again.to_files()
    assert files == loaded.to_files()


def test_a_folder_has_a_file_per_object_and_report_and_the_packages_that_are_folders(org: Metadata) -> None:
    files = org.to_files()

    assert {
        "settings.yaml": 'uses: ["./packages/fleet", sales]\nsettings:\n  org:\n    name: Acme\n',
        "objects/Port.yaml": """\
objects:
  Port:
    fields:
      Country: text(2)
    list_views:
      all: {columns: [Name]}
    layouts:
      main: {sections: [{fields: [Name]}], related: [Ships]}
list_views:
  port.other:
    columns: [Name]
""",
        "objects/Objectforge_.yaml": "objects:\n  Objectforge: {}\n",
        "objects/Ship.yaml": "extend:\n  Ship:\n    fields:\n      Tier__c: [Gold]\n",
        "objects/account.yaml": """\
extend:
  account:
    fields:
      Code__c: text
list_views:
  Account.mine:
    columns: [Name]
""",
        "value_sets.yaml": "value_sets:\n  Region: [East, West]\n",
        "reports/ships.yaml": """\
reports:
  ships:
    from: Ship
    joins: {Ports: outer}
    rows: [Name]
    measures:
      n: count()
""",
        "dashboards/one.yaml": "dashboards:\n  one:\n    grid: [[{report: ships}]]\n",
        "packages/fleet/package.yaml": 'package:\n  name: fleet\n  version: 1.2.0\nuses: ["../deep"]\n',
        "packages/fleet/objects/Ship.yaml": "objects:\n  Ship:\n    fields:\n      Weight: number\n",
        "packages/deep/package.yaml": "package:\n  name: deep\n  version: 1.0.0\n",
        "packages/deep/objects/Keel.yaml": "objects:\n  Keel: {}\n",
    } == files


def test_a_folder_with_packages_can_stand_anywhere(org: Metadata, tmp_path: Path) -> None:
    loaded = Metadata.load(write(tmp_path / "elsewhere", dict(org.to_files())))

    assert org == loaded
    assert org == Metadata.parse(org.to_yaml())
    assert org.to_files() == Metadata.parse(org.to_yaml()).to_files()


def test_an_org_without_anything_is_a_folder_that_loads(tmp_path: Path) -> None:
    nothing = Metadata.parse("")

    assert nothing.to_files() == {"settings.yaml": "{}\n"}
    assert nothing == Metadata.load(write(tmp_path / "org", dict(nothing.to_files())))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("objects: {A: , B: {fields: , validations: }}", id="empty sections"),
        pytest.param("extend: {User: , user: {fields: {X__c: text}}}", id="an empty extension"),
        pytest.param(
            "objects: {A: {fields: {B: text}}}\nextend: {A: {indexes: [[B]]}}", id="an extension of one's own"
        ),
        pytest.param("reports: {objectforge: {from: User, columns: [Name]}}", id="the name of the file of commands"),
        pytest.param("objects: {A: {fields: {B: {type: formula, returns: text, formula: 'A &\n\n  B'}}}}", id="lines"),
        pytest.param("objects: {A: {name_field: {type: text, length: 40}, was: [B, C]}}", id="a name field"),
        pytest.param(
            "objects: {A: {fields: {B: [NO, 1.10, {value: 0x1F}, 'true']}}}", id="texts that look like values"
        ),
    ],
)
def test_what_is_written_in_other_ways_is_written_the_same(text: str, tmp_path: Path) -> None:
    metadata = Metadata.parse(text)

    assert metadata == Metadata.parse(metadata.to_yaml())
    assert metadata == Metadata.load(write(tmp_path, dict(metadata.to_files())))
