from __future__ import annotations

from typing import get_args

import pytest

from objectforge.change import steps
from objectforge.change.applying.disturbing import disturbs, is_disturbing

DISTURBING = {steps.RetypeField, steps.PurgeField, steps.PurgeObject, steps.Refuse}


@pytest.mark.parametrize("step", get_args(steps.Step), ids=lambda step: step.__name__)
def test_only_what_rewrites_or_drops_keeps_readers_out(step: type) -> None:
    assert (step in DISTURBING) is disturbs.dispatch(step)(None)


def test_one_step_is_enough() -> None:
    index = steps.ChangeDefinition("views", "all", "add")
    assert not is_disturbing([index])
    assert is_disturbing([index, steps.PurgeObject.__new__(steps.PurgeObject)])
