"""Store and read back gives the canonical value, whatever the field, by create, by update and through a file."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import World

from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.registry import BUILT_IN
from objectforge.records.export import export
from objectforge.records.load import LoadOptions, load
from objectforge.values.locales import Locale

_SHARED = [HealthCheck.function_scoped_fixture]
KINDS = [
    kind
    for kind in BUILT_IN
    if kind.examples and "to" not in kind.model_fields and kind.model_validate(kind.sample).writable
]


def _yaml() -> str:
    lines = ["objects:", "  Thing:", "    fields:"]
    for kind in KINDS:
        values = ", values: [Draft, Sent, Paid, On Hold, 支払済]" if "values" in kind.model_fields else ""
        lines.append(f"      {_name(kind)}: {{type: {kind.type_name}{values}}}")
    return "\n".join(lines)


def _name(kind: type[FieldType]) -> str:
    return "F_" + "".join(word.title() for word in kind.type_name.split("_"))


TEXT = st.text(st.characters(codec="utf-8"), max_size=60)
ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.decimals(allow_nan=True),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    TEXT,
)


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    row: dict[str, Any] = {"Name": "x"}
    for kind in KINDS:
        own = st.sampled_from(list(kind.examples))
        row[_name(kind)] = draw(st.one_of(own, own, ANYTHING))
    return row


@pytest.fixture
def org(world: Callable[..., World]) -> World:
    return world(_yaml())


def canonical(org: World, row: dict[str, Any]) -> dict[str, Any]:
    """The values that fields take, without those that they refuse."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        try:
            found[name] = org.schema.objects["Thing"].fields[name].type.coerce(value)
        except ValueError:
            continue
    return found


@settings(max_examples=40, suppress_health_check=_SHARED)
@given(row=rows(), other=rows())
def test_what_is_stored_is_read_back(org: World, row: dict[str, Any], other: dict[str, Any]) -> None:
    wanted = canonical(org, row)
    (refused,) = org.create("Thing", row, partial=True)
    assert refused.ok == (len(wanted) == len(row))
    assert {error.fields[0] for error in refused.errors} == row.keys() - wanted.keys()
    id_ = org.one("Thing", **{name: row[name] for name in wanted})
    record = org.get(id_)
    for name, value in wanted.items():
        assert record[name] == value
        assert type(record[name]) is type(value)
    changed = canonical(org, other)
    org.update("Thing", {"Id": id_, **{name: other[name] for name in changed}})
    record = org.get(id_)
    for name, value in {**wanted, **changed}.items():
        assert record[name] == value


@settings(max_examples=20, suppress_health_check=_SHARED)
@given(row=rows())
def test_what_is_written_to_a_file_is_loaded_equal(org: World, row: dict[str, Any]) -> None:
    wanted = canonical(org, row)
    before = org.get(org.one("Thing", **wanted))
    columns = {name: org.schema.objects["Thing"].fields[name].type for name in row}
    file = io.StringIO(newline="")
    export([before], file, columns)
    file.seek(0)
    result = load(org.write, org.forms.of("Thing"), file, LoadOptions(rejects="/dev/null/none"), locale=Locale("en"))
    assert result.created == 1
    after = max(org.all("Thing"), key=lambda record: record.Id)
    for name in row:
        assert after[name] == before[name]
