from __future__ import annotations

import pytest

from objectforge import Metadata, MetadataError
from objectforge.relations.resolve import resolve


def chain(formula: str, levels: int) -> dict[str, object]:
    fields: dict[str, object] = {"F0": "number"}
    for level in range(1, levels + 1):
        text = formula.replace("#", f"F{level - 1}")
        fields[f"F{level}"] = {"type": "formula", "returns": "number", "formula": text}
    return {"objects": {"A": {"fields": fields}}}


@pytest.mark.parametrize(
    "formula",
    [
        pytest.param("# + #", id="a sum"),
        pytest.param("IF(# > 1, #, # + 1)", id="a choice"),
        pytest.param("MAX(#, #)", id="the larger"),
    ],
)
def test_formulas_that_name_each_other_twice_grow_until_they_are_refused(formula: str) -> None:
    resolve(Metadata.from_dict(chain(formula, 4)))
    with pytest.raises(MetadataError) as refused:
        resolve(Metadata.from_dict(chain(formula, 60)))
    assert {issue.code for issue in refused.value.issues} == {"OF339"}
    assert refused.value.issues[0].message.startswith("the formula is too large")


def test_a_long_chain_of_formulas_that_name_each_other_once_is_fine() -> None:
    resolve(Metadata.from_dict(chain("# + 1", 60)))


def test_a_condition_of_a_list_view_counts_the_formulas_it_names() -> None:
    text = """
objects:
  A:
    fields:
      N: number
      F: {type: formula, returns: number, formula: "MAX(N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N)"}
    list_views:
      all: {columns: [Name], where: "CONDITION"}
"""
    resolve(Metadata.parse(text.replace("CONDITION", " OR ".join(f"F > {n}" for n in range(50)))))
    with pytest.raises(MetadataError) as refused:
        resolve(Metadata.parse(text.replace("CONDITION", " OR ".join(f"F > {n}" for n in range(200)))))
    assert [issue.code for issue in refused.value.issues] == ["OF339"]
    assert refused.value.issues[0].span is not None


def test_a_measure_counts_all_its_aggregates() -> None:
    text = "objects: {A: {fields: {N: number}}}\nreports: {r: {from: A, measures: {n: MEASURE}}}"
    resolve(Metadata.parse(text.replace("MEASURE", "+".join(f"sum(N * {n})" for n in range(50)))))
    with pytest.raises(MetadataError) as refused:
        resolve(Metadata.parse(text.replace("MEASURE", f"'sum(MAX({', '.join(['N * 2'] * 2000)}))'")))
    (issue,) = refused.value.issues
    assert (issue.code, issue.span is not None) == ("OF339", True)
