from __future__ import annotations

import pytest

from objectforge.metadata.versions import is_requirement, is_version, satisfies


@pytest.mark.parametrize(
    ("version", "requirement", "expected"),
    [
        pytest.param("1.0", ">=1", True, id="missing parts are zero"),
        pytest.param("1.10", ">1.9", True, id="parts are numbers, not digits"),
        pytest.param("1.2.0", "1.2", True, id="a version alone means exactly it"),
        pytest.param("1.2.1", "==1.2", False, id="equal is not starting with"),
        pytest.param("2.0", ">=1.2, <2", False, id="every clause must hold"),
        pytest.param("1.9.9", ">=1.2, <2", True, id="a range"),
        pytest.param("1.5", "~=1.4", True, id="compatible within the major version"),
        pytest.param("2.0", "~=1.4", False, id="not compatible across it"),
        pytest.param("1.4.9", "~=1.4.2", True, id="compatible within the minor version"),
        pytest.param("1.5", "!=1.5.0", False, id="not equal"),
    ],
)
def test_a_version_meets_a_requirement_when_all_its_clauses_hold(
    version: str, requirement: str, expected: bool
) -> None:
    assert expected is satisfies(version, requirement)


@pytest.mark.parametrize("text", ["", "v1", "1.", "latest", "1.2-beta", ">=", "1..2", "1,"])
def test_other_texts_are_neither_versions_nor_requirements(text: str) -> None:
    assert not is_version(text)
    assert not is_requirement(text)
