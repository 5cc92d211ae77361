from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from objectforge.metadata.fields.registry import field_types
from objectforge.metadata.metadata import Metadata

NAMES = st.sampled_from(["A", "Bill", "Objectforge", "Con", "NO_", "Y", "true_", "x__c", "Null1"])
VALUES = st.sampled_from(
    ["NO", "1.10", "12:30", "null", "~", "true", "- x", "a: b", "#c", "'q'", '"d"', "0x1F", "支払済"]
)
TEXTS = VALUES | st.text(st.sampled_from("ab:#-'\"{}[],&*!|>%@` \n\\é済\u2028"), min_size=1, max_size=30)
LABELS = TEXTS | st.dictionaries(st.sampled_from(["en", "ja", "no"]), TEXTS, min_size=1)
EXTRA = st.fixed_dictionaries({}, optional={"label": LABELS, "help": LABELS, "was": st.lists(NAMES, max_size=2)})


def lists(values: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(values, min_size=1, max_size=3, unique_by=str.lower)


@st.composite
def fields(draw: Any) -> Any:
    """A field in short or long form."""
    if draw(st.booleans()):
        chosen = [{"value": value} if draw(st.booleans()) else value for value in draw(lists(VALUES))]
        return chosen if draw(st.booleans()) else {"type": "picklist", "values": chosen, **draw(EXTRA)}
    name, cls = draw(st.sampled_from(sorted(field_types().items())))
    sample = {key: list(value) if isinstance(value, tuple) else value for key, value in cls.sample.items()}
    return {"type": name, **sample, **draw(EXTRA)}


@st.composite
def views(draw: Any) -> dict[str, Any]:
    columns = [{"field": name} if draw(st.booleans()) else name for name in draw(lists(NAMES))]
    columns.append({"field": "Name", "label": draw(LABELS)})
    return {"columns": columns, "where": draw(TEXTS), "params": draw(st.dictionaries(NAMES, fields(), max_size=1))}


@st.composite
def objects(draw: Any) -> dict[str, Any]:
    body: dict[str, Any] = {key: value for key, value in draw(EXTRA).items() if key != "was"}
    body["fields"] = {name: draw(fields()) for name in draw(lists(NAMES))}
    rules = {"error_if": draw(TEXTS), "message": draw(LABELS)}
    body["validations"] = dict.fromkeys(draw(st.lists(NAMES, max_size=1)), rules)
    body["unique"] = {name: draw(lists(NAMES)) for name in draw(st.lists(NAMES, max_size=1))}
    body["list_views"] = {name: draw(views()) for name in draw(st.lists(NAMES, max_size=1))}
    section = {"fields": [draw(lists(NAMES)), [{"field": "Name"}]][: draw(st.integers(1, 2))], "label": draw(LABELS)}
    body["layouts"] = {"main": {"sections": [section], "related": [{"list": draw(NAMES)}]}}
    return body


@st.composite
def reports(draw: Any) -> dict[str, Any]:
    return {
        "from": draw(NAMES),
        "joins": {
            name: draw(st.sampled_from(["outer", {"type": "inner"}, {"where": "x"}])) for name in draw(lists(NAMES))
        },
        "rows": [{"field": name} for name in draw(lists(NAMES))],
        "measures": {"n": {"value": draw(TEXTS)}, "m": draw(TEXTS)},
    }


METADATA = st.fixed_dictionaries(
    {
        "objects": st.dictionaries(NAMES, objects(), max_size=2),
        "extend": st.dictionaries(
            st.just("User"), st.fixed_dictionaries({"fields": st.dictionaries(st.just("Z__c"), fields())})
        ),
        "value_sets": st.dictionaries(
            NAMES, lists(VALUES) | st.fixed_dictionaries({"values": lists(VALUES)}), max_size=1
        ),
        "list_views": st.dictionaries(NAMES.map("User.{}".format), views(), max_size=1),
        "reports": st.dictionaries(NAMES, reports(), max_size=1),
        "settings": st.fixed_dictionaries({"org": st.fixed_dictionaries({"name": TEXTS})}),
    }
)


@given(METADATA)
def test_all_metadata_is_written_as_text_and_as_files_that_load_to_the_same(data: dict[str, Any]) -> None:
    metadata = Metadata.from_dict(data)

    text, files = metadata.to_yaml(), metadata.to_files()

    assert metadata == Metadata.parse(text)
    assert text == Metadata.parse(text).to_yaml()
    with tempfile.TemporaryDirectory() as folder:
        for path, content in files.items():
            (Path(folder) / path).parent.mkdir(exist_ok=True)
            (Path(folder) / path).write_text(content, "utf-8")
        assert metadata == Metadata.load(folder)
