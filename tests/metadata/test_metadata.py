from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from objectforge.errors.exceptions import MetadataError
from objectforge.metadata.metadata import Metadata, collect_text
from objectforge.metadata.models import ObjectDef

INVOICE = """
settings: {org: {name: Acme, fiscal_year: {start: 4}}}
objects:
  Invoice:
    label: {en: Invoice, ja: 請求書}
    name_field: {type: autonumber, format: "INV-{00000}"}
    unique: {one_per_day: [Account, Issued]}
    indexes: [[Status, -Due]]
    fields:
      Account: lookup(User)
      Issued: {type: date, default: "=TODAY()"}
      Total: currency
      Rate: number(5, 3)
      Code: text(20)
      Status: [Draft, NO, 1.10, 12:30]
      Due: {type: date, required: true, help: When we expect the money}
    validations:
      total_positive: {error_if: "Total < 0", message: The total cannot be negative, field: Total}
    list_views:
      open: {columns: [Name, {field: Total, label: Sum}], where: "Status = 'Draft'", sort: -Due}
    layouts:
      main: {sections: [{fields: [[Name, Total], [{field: Due, behavior: readonly}]]}, {fields: [Name]}]}
value_sets:
  Region: [East, {value: West, active: false}]
reports:
  totals:
    from: Invoice
    joins: {Account: outer}
    rows: [Status, {field: Total, bucket: [10, 2e1], labels: [a, b, c], as: size}]
    across: [{field: Status, bucket: {Open: [Draft], Shut: NO}}]
    measures: {sum: sum(Total), big: {value: count(), where: Total > 10}}
"""


def messages(error: MetadataError) -> list[str]:
    return [f"{issue.code} {issue.message}" for issue in error.issues]


def test_every_section_of_a_text_becomes_a_model() -> None:
    metadata = Metadata.parse(INVOICE)

    invoice = metadata.objects["Invoice"]
    assert list(metadata.objects) == ["User", "Invoice"]
    assert invoice.label == {"en": "Invoice", "ja": "請求書"}
    assert list(invoice.fields) == ["Account", "Issued", "Total", "Rate", "Code", "Status", "Due"]
    assert invoice.fields["Total"].type_name == "currency"
    assert (invoice.fields["Rate"].precision, invoice.fields["Rate"].scale) == (5, 3)
    assert invoice.fields["Code"].length == 20
    assert invoice.fields["Account"].to == ("User",)
    assert invoice.name_field.type_name == "autonumber"
    assert invoice.unique == {"one_per_day": ("Account", "Issued")}
    assert invoice.indexes == (("Status", "-Due"),)
    assert [value.value for value in metadata.value_sets["Region"].values] == ["East", "West"]
    assert metadata.list_views["Invoice.open"].sort == ("-Due",)
    assert metadata.list_views["Invoice.open"].object == "Invoice"
    assert (
        metadata.settings.name,
        metadata.settings.fiscal_year.start,
        metadata.settings.timezone,
    ) == ("Acme", 4, "UTC")


def test_where_a_text_is_wanted_a_scalar_stays_as_it_was_written() -> None:
    status = Metadata.parse(INVOICE).objects["Invoice"].fields["Status"]

    assert [value.value for value in status.values] == ["Draft", "NO", "1.10", "12:30"]


def test_short_forms_inside_reports_and_layouts_are_expanded() -> None:
    metadata = Metadata.parse(INVOICE)

    report, layout = metadata.reports["totals"], metadata.layouts["Invoice.main"]
    assert report.joins["Account"].type == "outer"
    assert [(key.field, key.bucket and key.bucket.limits) for key in report.rows] == [
        ("Status", None),
        ("Total", ("10", "2e1")),
    ]
    assert report.across[0].bucket.groups == {"Open": ("Draft",), "Shut": ("NO",)}
    assert report.measures["sum"].value == "sum(Total)"
    assert [len(section.fields) for section in layout.sections] == [2, 1]


def test_an_object_without_a_name_field_is_named_by_a_required_text() -> None:
    name = Metadata.parse("objects: {A: }").objects["A"].name_field

    assert (name.type_name, name.length, name.required) == ("text", 80, True)


@pytest.mark.parametrize(
    ("name_field", "expected"),
    [
        pytest.param("text(40)", ("Name", "text", True), id="a short form is required like the default"),
        pytest.param("{label: Title}", ("Name", "text", True), id="a label alone"),
        pytest.param(
            "{name: Number, type: autonumber, format: '{0}'}", ("Number", "autonumber", False), id="a name of its own"
        ),
    ],
)
def test_the_name_field_may_say_only_what_differs(name_field: str, expected: tuple[str, str, bool]) -> None:
    one = Metadata.parse(f"objects: {{A: {{name_field: {name_field}}}}}").objects["A"]

    assert expected == (one.name_field_name, one.name_field.type_name, one.name_field.required)


def test_the_user_is_in_every_org() -> None:
    user = Metadata.parse("").objects["User"]

    assert (user.prefix, user.package) == ("005", "builtin")
    assert list(user.fields) == ["Username", "Email", "IsActive", "TimeZone", "Locale", "ManagerId"]


def test_what_is_written_as_yaml_loads_to_equal_metadata() -> None:
    metadata = Metadata.parse(INVOICE)

    text = metadata.to_yaml()

    assert metadata == Metadata.parse(text)
    assert text == Metadata.parse(text).to_yaml()
    assert "      Total: currency\n" in text


@pytest.mark.parametrize(
    ("long", "expected"),
    [
        pytest.param("{type: currency}", "currency", id="a type alone"),
        pytest.param("{type: text, length: 20}", "text(20)", id="a type with its parameter"),
        pytest.param("{type: picklist, values: [{value: x}]}", "[x]", id="a picklist of long values"),
        pytest.param("{type: number, precision: 5, scale: 3}", '"number(5, 3)"', id="two parameters"),
        pytest.param("{type: lookup, to: User}", "lookup(User)", id="a lookup"),
        pytest.param("{type: picklist, values: [x]}", "[x]", id="a picklist"),
        pytest.param("{type: number, scale: 2}", "{type: number, scale: 2}", id="a later parameter alone"),
        pytest.param("{type: lookup, to: [A, User]}", "{type: lookup, to: [A, User]}", id="several targets"),
    ],
)
def test_long_forms_are_written_short(long: str, expected: str) -> None:
    text = Metadata.parse(f"objects: {{A: {{fields: {{B: {long}}}}}}}").to_yaml()

    assert f"objects:\n  A:\n    fields:\n      B: {expected}\n" == text


def test_metadata_of_another_layout_is_equal_and_of_other_content_is_not() -> None:
    assert Metadata.parse("objects: {A: {fields: {B: text}}}") == Metadata.parse(
        "objects:\n  A:\n    fields:\n      B: {type: text}\n"
    )
    assert Metadata.parse("objects: {A: {}}") != Metadata.parse("objects: {B: {}}")


def test_plain_python_values_mean_what_the_yaml_means() -> None:
    given = {
        "objects": {
            "A": {
                "label": "007",
                "fields": {
                    "B": {"type": "text", "length": 20, "required": True, "default": 'no: it\'s "x" # 1\n'},
                    "C": {"type": "number", "default": Decimal("1.10")},
                    "D": {"type": "date", "default": date(2026, 4, 1)},
                    "E": ["Draft", 1, 2.5, True],
                },
            }
        },
    }

    one = Metadata.from_dict(given).objects["A"]

    assert one.label == "007"
    assert one.fields["B"].default == 'no: it\'s "x" # 1\n'
    assert [one.fields[name].default for name in "CD"] == ["1.10", "2026-04-01"]
    assert [value.value for value in one.fields["E"].values] == ["Draft", "1", "2.5", "true"]


def test_a_mistake_in_plain_values_is_shown_in_the_yaml_that_says_the_same() -> None:
    with pytest.raises(MetadataError) as caught:
        Metadata.from_dict({"objects": {"A": {"fields": {"B": {"type": "text", "length": "20"}, "C": None}}}})

    assert messages(caught.value) == [
        "OF105 'length' needs a whole number, not the text '20'",
        "OF106 field 'C' has no type",
    ]
    assert "<dict>:4:31:" in str(caught.value)


def test_values_that_yaml_has_no_word_for_are_the_callers_mistake() -> None:
    with pytest.raises(TypeError, match="metadata cannot hold"):
        Metadata.from_dict({"objects": {"A": {"label": object()}}})
    endless: dict[str, object] = {}
    endless["objects"] = endless
    with pytest.raises(ValueError, match="nested too deeply"):
        Metadata.from_dict(endless)


def test_all_problems_are_raised_at_once_in_reading_order() -> None:
    with pytest.raises(MetadataError) as caught:
        Metadata.parse("objects:\n  A:\n    fields: {B: curency, C: txt}\n  D: {labl: x}\n", name="crm.yaml")

    assert messages(caught.value) == [
        "OF104 unknown field type 'curency'",
        "OF104 unknown field type 'txt'",
        "OF102 unknown key 'labl' in object 'D'",
    ]
    assert str(caught.value).startswith("crm.yaml:3:17: OF104 unknown field type 'curency'\n")


def test_what_is_wrong_is_missing_and_known_as_broken_and_the_rest_is_there() -> None:
    metadata, issues = collect_text(
        "objects:\n  A: {fields: {B: curency, C: text}, validations: {v: {message: x}}, label: []}\nreports: {r: {}}\n"
    )

    assert metadata is not None
    assert len(issues) == 4
    assert list(metadata.objects["A"].fields) == ["C"]
    assert {("objects", "A", "fields", "B"), ("objects", "A", "validations", "v"), ("objects", "A", "label")} <= set(
        metadata.broken
    )
    assert ("reports", "r") in metadata.broken


def test_without_a_package_that_is_missing_nothing_is_collected() -> None:
    metadata, issues = collect_text("uses: [salse]\nobjects: {A: {fields: {B: curency}}}")

    assert metadata is None
    assert [issue.code for issue in issues] == ["OF601", "OF104"]


def test_folders_and_files_are_merged(tmp_path: Path) -> None:
    (tmp_path / "crm" / "deep").mkdir(parents=True)
    (tmp_path / "crm" / "a.yaml").write_text("objects: {A: {}}", "utf-8")
    (tmp_path / "crm" / "deep" / "b.yml").write_text("objects: {B: {}}", "utf-8")
    (tmp_path / "c.yaml").write_text("objects: {C: {}}", "utf-8")

    assert list(Metadata.load(tmp_path / "crm", tmp_path / "c.yaml").objects) == ["User", "A", "B", "C"]


def test_the_bundled_sales_package_loads_and_says_where_its_objects_are_from() -> None:
    metadata = Metadata.parse("uses: [sales]")

    assert [package.name for package in metadata.packages] == ["sales"]
    assert metadata.objects["Opportunity"].package == "sales"
    assert metadata.to_yaml() == "uses: [sales]\n"


def test_models_are_frozen() -> None:
    one = Metadata.parse("objects: {A: {}}").objects["A"]

    assert isinstance(one, ObjectDef)
    with pytest.raises(ValueError, match="frozen"):
        one.name = "B"
