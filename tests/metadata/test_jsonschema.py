from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from objectforge.errors.source import Source
from objectforge.metadata.files import open_source
from objectforge.metadata.jsonschema import SCHEMA_ID, schema
from objectforge.metadata.metadata import collect_text
from objectforge.metadata.nodes import Mapping, Node, Scalar, Sequence
from objectforge.metadata.packages import BUNDLED
from objectforge.metadata.reader import read

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
SHIPPED = sorted(path for path in (*BUNDLED.rglob("*.yaml"), *EXAMPLES.rglob("*.yaml")) if "fixtures" not in path.parts)
"""Every file of metadata; what lies in `fixtures/` is records."""


def plain(node: Node | None) -> Any:
    match node:
        case Scalar(value=value):
            return value
        case Mapping(entries=entries):
            return {entry.key.text: plain(entry.value) for entry in entries}
        case Sequence(items=items):
            return [plain(item) for item in items]
        case None:
            return {}


def yaml(text: str) -> Any:
    root, _ = read(Source("<text>", text))
    return plain(root)


@pytest.fixture(scope="module")
def validator() -> Iterator[jsonschema.Draft202012Validator]:
    return jsonschema.Draft202012Validator(schema())


def test_the_schema_keeps_the_schema_of_schemas() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())

    assert schema()["$id"] == SCHEMA_ID


@pytest.mark.parametrize("path", SHIPPED, ids=[path.name for path in SHIPPED])
def test_every_shipped_file_is_valid(path: Path, validator: jsonschema.Draft202012Validator) -> None:
    source, _ = open_source(path)
    assert source is not None
    root, _ = read(source)

    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(plain(root))] == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("objects: {A: , B: {fields: }}", id="empty objects and sections"),
        pytest.param(
            "objects: {A: {fields: {B: text, C: 'text(20)', D: [x, {value: y}], E: {type: date}}}}", id="fields"
        ),
        pytest.param("objects: {A: {name_field: {label: x}}, B: {name_field: text(20)}}", id="name fields"),
        pytest.param("objects: {A: {label: 2024, fields: {B: {type: text, default: 007}}}}", id="scalars as text"),
        pytest.param("value_sets: {A: [x, y], B: {values: [x], sorted: true}}", id="value sets"),
        pytest.param("list_views: {A.b: {columns: [Name, {field: C}], sort: -Name, params: {p: date}}}", id="views"),
        pytest.param("reports: {r: {from: A, joins: {Bs: outer}, rows: [{field: C, bucket: [1, 2]}]}}", id="reports"),
        pytest.param("reports: {r: {from: A, measures: {n: count(), m: {value: n, where: 'x > 1'}}}}", id="measures"),
        pytest.param("layouts: {A.m: {sections: [{fields: [[Name], [B]]}], related: [Cs, {list: Ds}]}}", id="layouts"),
        pytest.param("settings: {org: {timezone: Asia/Tokyo, fiscal_year: {start: 4}}}", id="settings"),
    ],
)
def test_what_the_loader_takes_the_schema_takes(text: str, validator: jsonschema.Draft202012Validator) -> None:
    _, issues = collect_text(text)

    assert list(issues) == []
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(yaml(text))] == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("object: {}", id="an unknown section"),
        pytest.param("objects: {A: {labl: x}}", id="an unknown key of an object"),
        pytest.param("objects: {A: {name: x}}", id="a key that the place gives"),
        pytest.param("objects: {A b: {}}", id="no API name"),
        pytest.param("objects: {A: []}", id="a list for an object"),
        pytest.param("objects: {A: {fields: {B: curency}}}", id="an unknown type"),
        pytest.param("objects: {A: {fields: {B: {type: curency}}}}", id="an unknown type, long"),
        pytest.param("objects: {A: {fields: {B: {label: x}}}}", id="a field without a type"),
        pytest.param("objects: {A: {fields: {B: }}}", id="an empty field"),
        pytest.param("objects: {A: {fields: {B: []}}}", id="an empty picklist"),
        pytest.param("objects: {A: {fields: {B: date(3)}}}", id="parameters of a type that has none"),
        pytest.param("objects: {A: {fields: {B: {type: text, lenth: 3}}}}", id="an unknown parameter"),
        pytest.param("objects: {A: {fields: {B: {type: text, length: '3'}}}}", id="a text for a number"),
        pytest.param("objects: {A: {fields: {B: {type: text, required: yes}}}}", id="a text for a flag"),
        pytest.param("objects: {A: {fields: {B: {type: text, label: null}}}}", id="null for a text"),
        pytest.param("objects: {A: {fields: {B: {type: currency, scale: 40}}}}", id="a parameter out of range"),
        pytest.param("objects: {A: {fields: {B: {type: lookup}}}}", id="a lookup to nothing"),
        pytest.param("objects: {A: {name_field: {type: text, lenth: 3}}}", id="a bad name field"),
        pytest.param("objects: {A: {prefix: '0'}}", id="a bad prefix"),
        pytest.param("objects: {A: {validations: {v: {error_if: x}}}}", id="a validation without a message"),
        pytest.param("list_views: {open: {columns: [Name]}}", id="a view without its object"),
        pytest.param("list_views: {A.b: {columns: []}}", id="a view without columns"),
        pytest.param("reports: {r: {rows: [a]}}", id="a report from nothing"),
        pytest.param("reports: {r: {from: A, joins: {Bs: iner}}}", id="an unknown kind of join"),
        pytest.param("reports: {r: {from: A, limit: 0}}", id="a limit of nothing"),
        pytest.param("reports: {r: {from: A, measures: {m: [x]}}}", id="a list for a measure"),
        pytest.param("layouts: {A.m: {sections: [{fields: [[{field: x, behavior: y}]]}]}}", id="unknown behavior"),
        pytest.param("settings: {orgs: {}}", id="unknown settings"),
        pytest.param("settings: {org: {week_start: mon}}", id="no day of the week"),
        pytest.param("- objects", id="no mapping"),
    ],
)
def test_what_the_loader_refuses_structurally_the_schema_refuses(
    text: str, validator: jsonschema.Draft202012Validator
) -> None:
    _, issues = collect_text(text)

    assert issues
    assert not validator.is_valid(yaml(text))
