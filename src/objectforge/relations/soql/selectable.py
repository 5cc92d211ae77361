"""The question whether a database can give a field, which is answered where statements are made."""

from __future__ import annotations

from collections.abc import Callable

from objectforge.expressions.typed import Ref

__all__ = ["Selectable"]

Selectable = Callable[[Ref], bool]
