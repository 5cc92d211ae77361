from __future__ import annotations

from pathlib import Path

import pytest

from objectforge.errors.exceptions import MetadataError
from objectforge.metadata.metadata import Metadata, collect_merged

BASE = """\
uses: [sales]
settings: {org: {name: Acme, locale: ja}}
objects:
  Invoice:
    label: Bill
    unique: {one: [Total]}
    indexes: [[Total]]
    fields:
      Total: currency
      Status: [Draft, Sent]
    validations:
      positive: {error_if: Total < 0, message: No}
    list_views:
      all: {columns: [Name]}
      open: {columns: [Name, Total]}
    layouts:
      main: {sections: [{fields: [Name]}]}
  Paper: {}
extend:
  Account:
    fields: {Tier__c: [Gold], Code__c: text}
    override: {Industry: {required: true}, Rating: {required: true}}
    indexes: [[Code__c]]
value_sets: {Region: [East]}
list_views: {Account.mine: {columns: [Name]}}
reports: {bills: {from: Invoice, columns: [Name]}}
layouts: {Account.mine: {sections: [{fields: [Name]}]}}
"""


def merged(given: str) -> str:
    return Metadata.merged(BASE, Metadata.parse(given)).to_yaml()


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        pytest.param("", {}, id="nothing"),
        pytest.param(
            "objects: {Invoice: {fields: {Due: date, Total: number}}}",
            {"Total: currency": "Total: number", "Status: [Draft, Sent]": "Status: [Draft, Sent]\n      Due: date"},
            id="fields are added, and replaced where they stand",
        ),
        pytest.param(
            "objects: {Invoice: {fields: {total: number}}}",
            {"Total: currency": "total: number"},
            id="names are the same in any case",
        ),
        pytest.param(
            "objects: {Invoice: {fields: {Sum: {type: currency, was: Total}}}}",
            {"Total: currency": "Sum: {type: currency, was: Total}"},
            id="a renamed field takes the place of the one it was",
        ),
        pytest.param(
            "objects: {Invoice: {fields: {Total: {type: [], was: Status}, Status: {type: date, was: Total}}}}".replace(
                "type: []", "type: picklist, values: [x]"
            ),
            {
                "Total: currency": "Status: {type: date, was: Total}",
                "Status: [Draft, Sent]": "Total: {type: picklist, values: [x], was: Status}",
            },
            id="two fields that swap their names",
        ),
        pytest.param(
            "objects: {Sheet: {was: [Paper], help: What we print on}}",
            {"  Paper: {}": "  Sheet:\n    was: [Paper]\n    help: What we print on"},
            id="a renamed object",
        ),
        pytest.param(
            "objects: {Invoice: {label: Invoice, indexes: [[Status]], unique: {two: Status}, validations: }}",
            {
                "label: Bill": "label: Invoice",
                "{one: [Total]}": "{one: [Total], two: Status}",
                "[[Total]]": "[[Status]]",
            },
            id="rules by name, other keys whole, an empty section is none",
        ),
        pytest.param(
            "uses: [sales]\n"
            "extend: {Account: {fields: {Code__c: text(20)}, override: {Industry: {help: x}}, indexes: [[Tier__c]]}}",
            {"Code__c: text\n": "Code__c: text(20)\n", "Industry: {required: true}": "Industry: {help: x}",
             "[[Code__c]]": "[[Tier__c]]"},
            id="what extends an object of a package",
        ),
        pytest.param(
            "settings: {org: {locale: en, currency: JPY}}",
            {"locale: ja": "locale: en\n    currency: JPY"},
            id="settings by key",
        ),
        pytest.param(
            "list_views: {Invoice.open: {columns: [Total]}}\nvalue_sets: {Region: [West], Size: [S]}",
            {"columns: [Name, Total]": "columns: [Total]", "Region: [East]": "Region: [West]\n  Size: [S]"},
            id="what is defined beside objects is replaced whole",
        ),
    ],
)  # fmt: skip
def test_what_is_given_is_added_or_takes_the_place_of_what_is_there(given: str, changes: dict[str, str]) -> None:
    expected = Metadata.parse(BASE).to_yaml()
    for before, after in changes.items():
        assert before in expected
        expected = expected.replace(before, after)

    assert expected == merged(given)


def test_what_is_given_in_several_files_takes_the_place_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("extend: {Account: {fields: {Tier__c: text}}}", "utf-8")
    (tmp_path / "b.yaml").write_text("extend: {Account: {fields: {Code__c: date}, indexes: [[Tier__c]]}}", "utf-8")

    metadata = Metadata.merged(BASE, tmp_path / "a.yaml", str(tmp_path / "b.yaml"))

    account = metadata.objects["Account"]
    assert (account.fields["Tier__c"].type_name, account.fields["Code__c"].type_name) == ("text", "date")
    assert account.indexes[-1] == ("Tier__c",)
    assert account.fields["Industry"].required
    assert metadata == Metadata.parse(metadata.to_yaml())


def test_packages_are_united() -> None:
    metadata = Metadata.merged("objects: {A: {}}", Metadata.parse("uses: [sales]"))

    assert [head.name for head in metadata.packages] == ["sales"]
    assert metadata.to_yaml() == "uses: [sales]\nobjects:\n  A: {}\n"


def test_issues_point_at_the_files_and_at_the_org(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("objects: {A: {fields: {B: curency}}, X: {}}\nreports: {r: {columns: [Name]}}", "utf-8")
    again = tmp_path / "b.yaml"
    again.write_text("objects: {X: {}}", "utf-8")

    metadata, issues = collect_merged("objects: {A: {fields: {C: txt}}}", [file, again])

    assert metadata is not None
    assert {(issue.code, issue.span and issue.span.source.name) for issue in issues} == {
        ("OF104", "<org>"),
        ("OF104", str(file)),
        ("OF103", str(file)),
        ("OF111", str(again)),
    }


def test_nothing_given_is_the_callers_mistake_and_missing_files_the_users(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="something that is given"):
        Metadata.merged(BASE)
    with pytest.raises(MetadataError, match="there is no file or folder"):
        Metadata.merged(BASE, tmp_path / "no.yaml")
