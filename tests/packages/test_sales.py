from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

import objectforge.demo
from objectforge.metadata.layer import Layer, build_documents
from objectforge.metadata.loading import load_files
from objectforge.metadata.models import ListView, ObjectDef
from objectforge.metadata.packages import BUNDLED

SALES = BUNDLED / "sales"
DEMO = Path(objectforge.demo.__file__).parent / "crm"

PREFIXES = {
    "Account": "001", "Campaign": "701", "CampaignMember": "00v", "Case": "500", "Contact": "003", "Event": "00U",
    "Lead": "00Q", "Opportunity": "006", "OpportunityContactRole": "00K", "OpportunityLineItem": "00k",
    "Pricebook2": "01s", "PricebookEntry": "01u", "Product2": "01t", "Task": "00T",
}  # fmt: skip
LABELLED = ("objects", "list_views", "reports", "dashboards")


@pytest.fixture(scope="module")
def sales() -> Layer:
    return _layer(SALES)


def _layer(folder: Path) -> Layer:
    loaded = load_files([folder])
    built, issues = build_documents(loaded.documents)
    assert not [str(issue) for issue in (*loaded.issues, *issues)]
    return Layer(None, loaded.documents, built)


def _objects(layer: Layer) -> dict[str, ObjectDef]:
    return {built.value.name: built.value for built in layer.built if isinstance(built.value, ObjectDef)}


def _yaml(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted(folder.rglob("*.yaml")):
        yield file.name, yaml.safe_load(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", [pytest.param(SALES, id="sales"), pytest.param(DEMO, id="demo")])
def test_the_files_build_without_an_issue(folder: Path) -> None:
    assert _layer(folder).built


def test_the_standard_objects_have_the_prefixes_of_their_ids(sales: Layer) -> None:
    assert {name: found.prefix for name, found in _objects(sales).items()} == PREFIXES


def test_every_object_has_a_layout_and_a_list_of_all_records(sales: Layer) -> None:
    named = {(built.definition.section, built.definition.name) for built in sales.built}
    layouts = {("layouts", f"{name}.standard") for name in PREFIXES}
    wanted = layouts | {("list_views", f"{name}.all") for name in PREFIXES}
    assert not wanted - named


@pytest.mark.parametrize(
    ("object_name", "field", "targets"),
    [
        pytest.param(
            "Opportunity",
            "StageName",
            {"Probability", "ForecastCategoryName", "IsClosed", "IsWon"},
            id="a stage says how likely and in which forecast",
        ),
        pytest.param("Case", "Status", {"IsClosed"}, id="a case's status says whether it is closed"),
        pytest.param("Task", "Status", {"IsClosed"}, id="a task's status says whether it is closed"),
        pytest.param("Lead", "Status", {"IsConverted"}, id="a lead's status says whether it is converted"),
        pytest.param("CampaignMember", "Status", {"HasResponded"}, id="a member's status says whether they answered"),
    ],
)
def test_every_value_sets_what_follows_from_it(sales: Layer, object_name: str, field: str, targets: set[str]) -> None:
    values: Any = _objects(sales)[object_name].fields[field]
    assert all(set(value.sets) == targets for value in values.values)


def test_every_condition_that_has_a_parameter_gives_it_a_default(sales: Layer) -> None:
    views = [built.value for built in sales.built if isinstance(built.value, ListView)]
    assert all(param.default is not None for view in views for param in view.params.values())


@pytest.mark.parametrize("folder", [pytest.param(SALES, id="sales"), pytest.param(DEMO, id="demo")])
def test_everything_people_read_is_in_english_and_japanese(folder: Path) -> None:
    missing = [f"{file}: {path}" for file, data in _yaml(folder) for path in _unlabelled(data)]
    assert missing == []


def _unlabelled(data: Mapping[str, Any]) -> Iterator[str]:
    for section in LABELLED:
        for name, body in data.get(section, {}).items():
            yield from _without_label(name, body)
            for inner in ("fields", "list_views", "measures"):
                for key, value in body.get(inner, {}).items():
                    yield from _without_label(f"{name}.{key}", value)
    for name, body in data.get("extend", {}).items():
        for key, value in body.get("fields", {}).items():
            yield from _without_label(f"{name}.{key}", value)


def _without_label(place: str, body: Mapping[str, Any]) -> Iterator[str]:
    if set(body.get("label", ())) != {"en", "ja"}:
        yield place
