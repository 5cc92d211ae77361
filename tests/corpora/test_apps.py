"""Real apps, written for Salesforce, live as orgs: they resolve, deploy, take records and show every view and page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from convert import convert
from source_format import read_app

from objectforge.metadata.metadata import Metadata, collect_text
from objectforge.org.org import Org
from objectforge.relations.resolve import examine
from objectforge.relations.schema import Field
from objectforge.testing import temp_org

# What each app says that cannot be kept, and how often. Three kinds: names of what is in none of its files (fields of
# another app, lists of files and comments), global names in formulas, and what is only said in another way.
CHANGES = {
    "nonprofit": {
        "a column of a field that there is not": 42,
        "a lookup's filter that only suggests": 1,
        "a place on a layout for a field that there is not": 345,
        "a related list of what there is not": 55,
        "an object of Salesforce's own, declared with a name alone": 2,
        "an object that another app declares, taken with a name and the fields known": 9,
        "fields of all activities, given to Task and Event each": 1,
        "formula: there is no global '$Label' here": 1,
        "formula: 'Account' has no field 'npe01__One2OneContact__c'": 1,
        "formula: 'Account' has no field 'npe01__SYSTEM_AccountType__c'": 1,
        "formula: 'Account' has no field 'npo02__MembershipEndDate__c'": 2,
        "formula: 'Opportunity' has no field 'npe03__Recurring_Donation__c'": 1,
    },
    "samples/ebikes": {
        "a column of a field that there is not": 2,
        "a layout of an object that there is not": 1,
        "a list view of the reader's own records, which shows all": 1,
        "a place on a layout for a field that there is not": 2,
        "a related list of what there is not": 3,
    },
    "samples/dreamhouse": {
        "a related list of what there is not": 3,
        "formula: there is no global '$Api' here": 1,
    },
}
# Objects, fields, list views and layouts that come out, those of the package `sales` not counted.
SIZES = {
    "nonprofit": (62, 761, 18, 49),
    "samples/ebikes": (5, 31, 4, 5),
    "samples/dreamhouse": (2, 31, 2, 2),
}


@dataclass(frozen=True)
class App:
    name: str
    text: str
    changes: dict[str, int]


@pytest.fixture(scope="module", params=[pytest.param(name, id=name.rpartition("/")[2]) for name in CHANGES])
def app(request: pytest.FixtureRequest, corpora: Path) -> App:
    text, changes = convert(read_app(corpora / request.param))
    return App(request.param, text, dict(changes.counts))


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str | None:
    return None if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture(scope="module")
def org(app: App, url: str | None) -> Iterator[Org]:
    with temp_org(Metadata.parse(app.text), url=url) as org:
        yield org


@pytest.fixture(scope="module")
def made(org: Org) -> dict[str, Any]:
    return {name: org[name].make() for name in org.schema.objects}


def test_what_cannot_be_kept_is_known(app: App) -> None:
    assert CHANGES[app.name] == app.changes


def test_the_app_resolves_without_an_issue(app: App) -> None:
    metadata, issues = collect_text(app.text)
    assert metadata is not None
    schema, more = examine(metadata)
    assert not [*map(str, issues), *map(str, more)]
    assert schema is not None
    own = [each for each in schema.objects.values() if each.package is None]
    fields = [field for each in schema.objects.values() for field in each.fields.values() if "__" in field.name]
    sales = Metadata.parse("uses: [sales]")
    views, layouts = schema.list_views.keys() - sales.list_views.keys(), schema.layouts.keys() - sales.layouts.keys()
    sizes = (len(own), sum(not field.part_of for field in fields), len(views), len(layouts))
    assert SIZES[app.name] == sizes


def test_the_app_is_written_as_it_is(app: App, tmp_path: Path) -> None:
    metadata = Metadata.parse(app.text)
    for path, text in metadata.to_files().items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    assert metadata == Metadata.parse(metadata.to_yaml())
    assert metadata == Metadata.load(tmp_path)


def test_a_second_plan_is_empty(app: App, org: Org) -> None:
    assert org.plan(Metadata.parse(app.text)).is_empty


def test_a_record_of_every_object_can_be_made(org: Org, made: dict[str, Any]) -> None:
    assert dict.fromkeys(org.schema.objects, 1) == {
        name: org[name].count("Id = :id", id=record["Id"]) for name, record in made.items()
    }


def test_every_field_keeps_what_is_written(org: Org, made: dict[str, Any]) -> None:
    random = Random(7)  # noqa: S311 - what is drawn is no secret
    for name, obj in org.schema.objects.items():
        values = {
            field.name: field.type.example(random, 1)
            for field in obj.fields.values()
            if _takes_any(field) and field.name not in obj.lookups
        }
        expected = {key: value for key, value in values.items() if value is not None}
        org[name].update(made[name], expected)
        record = org[name].get(made[name])
        assert (name, expected) == (name, {key: record[key] for key in expected})


def test_every_list_view_gives_a_page(org: Org, made: dict[str, Any]) -> None:
    for name, view in org.schema.list_views.items():
        page = org.list_view(name).page()
        assert (name, [column.key for column in view.columns]) == (name, [column.key for column in page.columns])


def test_every_layout_draws_a_page(org: Org, made: dict[str, Any]) -> None:
    for name, layout in org.schema.layouts.items():
        page = org.page(layout.object, made[layout.object], name)
        assert [each.name for each in layout.related] == [each.name for each in page.related]
        assert (name, page.title) == (page.layout, str(page).partition("\n")[0].removeprefix(f"{page.label}: "))


def _takes_any(field: Field) -> bool:
    return field.type.writable and field.type.stored and not field.system and field.computed is None
