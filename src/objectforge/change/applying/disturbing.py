"""Which steps of a plan would show readers, who began before it, tables that their schema does not fit."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch

from objectforge.change import steps as s

__all__ = ["disturbs", "is_disturbing"]


def is_disturbing(steps: Iterable[s.Step]) -> bool:
    """Whether readers have to be kept out while the steps are carried out."""
    return any(map(disturbs, steps))


@singledispatch
def disturbs(step: s.Step) -> bool:
    """Whether a step drops, renames or rewrites a column or a table.

    What it adds readers do not ask for, and the records and definitions that it changes they see as they were.
    """
    return True


@disturbs.register(s.CreateObject)
@disturbs.register(s.RenameObject)
@disturbs.register(s.HoldObject)
@disturbs.register(s.ReturnObject)
@disturbs.register(s.AddField)
@disturbs.register(s.RenameField)
@disturbs.register(s.HoldField)
@disturbs.register(s.ReturnField)
@disturbs.register(s.RequireField)
@disturbs.register(s.ChangeField)
@disturbs.register(s.RenameValue)
@disturbs.register(s.HoldValue)
@disturbs.register(s.ReturnValue)
@disturbs.register(s.PurgeValue)
@disturbs.register(s.AddIndex)
@disturbs.register(s.RemoveIndex)
@disturbs.register(s.ChangeDefinition)
def _(step: s.Step) -> bool:
    return False
