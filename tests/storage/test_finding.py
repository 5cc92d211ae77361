from __future__ import annotations

from pathlib import Path

import pytest

from objectforge.storage.finding import Finding
from objectforge.storage.finding_kinds import KINDS

REPOSITORY = Path(__file__).resolve().parent.parent.parent
TESTS = ("tests/storage/test_drift.py", "tests/upkeep/test_doctor.py")


def test_every_kind_is_on_the_page() -> None:
    page = (REPOSITORY / "docs" / "upkeep.md").read_text("utf-8")
    assert [] == [kind for kind, meaning in KINDS.items() if f"| `{kind}` | {meaning} |\n" not in page]


def test_every_kind_is_provoked_by_a_test() -> None:
    provoked = "".join((REPOSITORY / path).read_text("utf-8") for path in TESTS)
    assert [] == [kind for kind in KINDS if f'"{kind}"' not in provoked]


def test_a_kind_that_is_not_explained_is_our_own_mistake() -> None:
    with pytest.raises(AssertionError, match="unexplained kind"):
        Finding("odd", "Account", "it is odd", "look at it")


def test_a_finding_of_many_records_names_the_first() -> None:
    found = Finding(
        "no_master", "Line.Account", "7 records without", "delete them", "table line", count=7, ids=("a", "b")
    )
    assert "Line.Account (table line): 7 records without\n    records: a, b, ...\n    delete them" == str(found)
