from __future__ import annotations

import pytest

from objectforge.storage.record_ids import RecordIds
from objectforge.values.ids import BadId, IdProblem, make_id

IDS = RecordIds({"Account": (1, "001"), "Invoice": (1024, "a00")})


def test_an_id_is_read_back_from_its_text() -> None:
    id_ = make_id(1024, 7)
    assert IDS.parse(IDS.format(id_)) == id_
    assert IDS.parse(IDS.format(id_)[:15]) == id_
    assert IDS.format(id_).startswith("a00")
    assert len(IDS.format(id_)) == 18


def test_an_id_tells_its_object() -> None:
    assert IDS.object_of(make_id(1, 5)) == "Account"
    assert IDS.number("Invoice") == 1024


def test_an_id_of_another_orgs_object_is_none() -> None:
    other = RecordIds({"Visit": (1025, "a01")}).format(make_id(1025, 1))
    assert IDS.parse_or_none(other) is None
    with pytest.raises(BadId) as wrong:
        IDS.parse(other)
    assert wrong.value.reason is IdProblem.UNKNOWN_PREFIX


def test_a_number_of_no_object_cannot_be_shown() -> None:
    with pytest.raises(ValueError, match="no object has the number 9"):
        IDS.format(make_id(9, 1))
