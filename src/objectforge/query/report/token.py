"""A text that tells the groups of a full row key apart, for naming many of them in one bind."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from objectforge.expressions.sql.backend import Backend
from objectforge.expressions.sql.engine.elements import Element
from objectforge.query.report.keys import KeySql

__all__ = ["token"]


def token(keys: Sequence[KeySql], backend: Backend) -> Element:
    """The lengths and texts of all keys in a row; a null is a dash."""
    if not keys:
        return sa.literal("", sa.Text())
    parts: list[Element] = []
    for key in keys:
        text = backend.folded(key.value) if key.folds else sa.cast(key.group, sa.Text())
        length = sa.cast(sa.func.length(text), sa.Text())
        marked = backend.concat((length, sa.literal(":", sa.Text()), text))
        parts.append(sa.func.coalesce(marked, sa.literal("-", sa.Text())))
    return backend.concat(parts)
