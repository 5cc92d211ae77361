from __future__ import annotations

from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from objectforge.errors.exceptions import MetadataError
from objectforge.metadata import packages
from objectforge.metadata.metadata import Metadata

FLEET = """
package: {name: fleet, version: 1.2.0, requires: {objectforge: ">=1"}}
objects:
  Ship:
    fields:
      Flag: [Red, Green]
      Weight: {type: number, required: true}
value_sets: {Ports: [Oslo]}
reports: {ships: {from: Ship, rows: [Flag]}}
"""


@pytest.fixture
def org(tmp_path: Path) -> Path:
    write(tmp_path / "fleet" / "fleet.yaml", FLEET)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(text, "utf-8")


def test_an_org_extends_overrides_and_replaces_what_a_package_defines(org: Path) -> None:
    write(
        org / "org.yaml",
        """
uses: [./fleet]
extend:
  Ship:
    fields: {Captain__c: lookup(User)}
    override: {Flag: {values: {add: [Blue], hide: [Red]}}, Weight: {required: false}, Name: {label: Ship}}
    validations: {heavy: {error_if: Weight > 100, message: Too heavy}}
    unique: {one: [Flag, Weight]}
    indexes: [Weight]
reports: {ships: {from: Ship, rows: [Weight], replaces: true}}
""",
    )

    metadata = Metadata.load(org)

    ship = metadata.objects["Ship"]
    assert ship.package == "fleet"
    assert list(ship.fields) == ["Flag", "Weight", "Captain__c"]
    assert [(value.value, value.active) for value in ship.fields["Flag"].values] == [
        ("Red", False),
        ("Green", True),
        ("Blue", True),
    ]
    assert not ship.fields["Weight"].required
    assert (ship.name_field.label, ship.name_field.required) == ("Ship", True)
    assert (list(ship.validations), list(ship.unique), ship.indexes) == (["heavy"], ["one"], (("Weight",),))
    assert metadata.reports["ships"].rows[0].field == "Weight"
    assert metadata == Metadata.parse(metadata.to_yaml())


def test_an_installed_package_that_cannot_be_imported_is_an_issue(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = EntryPoint("fleet", "no_such_module_of_ours", packages.ENTRY_POINTS)
    monkeypatch.setattr(packages, "entry_points", lambda **wanted: EntryPoints([entry]).select(**wanted))

    with pytest.raises(MetadataError, match=r"OF601 the installed package 'fleet' .* cannot be imported"):
        Metadata.parse("uses: [fleet]")


def test_a_package_folder_inside_the_orgs_folder_is_no_part_of_the_org(org: Path) -> None:
    write(org / "org.yaml", "uses: [fleet/../fleet]")

    assert [head.name for head in Metadata.load(org).packages] == ["fleet"]


def test_packages_come_after_those_they_use(org: Path) -> None:
    write(org / "harbour" / "p.yaml", "package: {name: harbour, version: 1}\nuses: [../fleet]")
    write(org / "org.yaml", "uses: [./harbour, ./fleet]")

    assert [head.name for head in Metadata.load(org / "org.yaml").packages] == ["fleet", "harbour"]


def test_a_later_package_wins_only_when_it_says_so(org: Path) -> None:
    write(org / "other" / "p.yaml", "package: {name: other, version: 1}\nvalue_sets: {Ports: [Bergen]}")
    write(org / "org.yaml", "uses: [./fleet, ./other]")
    with pytest.raises(MetadataError, match="OF112 the value set 'Ports' is already defined by the package 'fleet'"):
        Metadata.load(org / "org.yaml")

    replaced = "value_sets: {Ports: {values: [Bergen], replaces: true}}"
    write(org / "other" / "p.yaml", f"package: {{name: other, version: 1}}\n{replaced}")

    assert [value.value for value in Metadata.load(org / "org.yaml").value_sets["Ports"].values] == ["Bergen"]


@pytest.mark.parametrize("value", ["module", "path"])
def test_an_installed_package_is_found_by_its_entry_point(
    org: Path, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(org / "fleet_of_ours" / "__init__.py", f"path = {str(org / 'fleet')!r}\n")
    write(org / "fleet_of_ours" / "fleet.yaml", FLEET)
    monkeypatch.syspath_prepend(org)
    entry = EntryPoint("fleet", "fleet_of_ours" if value == "module" else "fleet_of_ours:path", packages.ENTRY_POINTS)
    monkeypatch.setattr(packages, "entry_points", lambda **wanted: EntryPoints([entry]).select(**wanted))

    assert Metadata.parse("uses: [fleet]").objects["Ship"].package == "fleet"
