from __future__ import annotations

import pytest

from objectforge.metadata.build_field import build_field


@pytest.mark.parametrize(
    ("meant", "written"),
    [
        ("text", "string"),
        ("number", "decimal(10,2)"),
        ("integer", "int"),
        ("checkbox", "Boolean"),
        ("datetime", "timestamp"),
        ("picklist", "enum"),
        ("lookup", "reference"),
    ],
)
def test_the_type_names_of_other_systems_lead_to_ours(meant: str, written: str) -> None:
    _, problems = build_field(written, "X")

    assert [("OF104", f"write {meant}")] == [(problem.code, problem.hint) for problem in problems]
