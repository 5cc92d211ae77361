"""Functions on record ids and on the session."""

from __future__ import annotations

import re

from objectforge.expressions.functions.function import TEXT as TEXT_ARG
from objectforge.expressions.functions.function import Function
from objectforge.values.ids import checksum
from objectforge.values.kinds import TEXT

__all__ = ["IDS", "long_id"]

_SHORT_ID = re.compile(r"[0-9A-Za-z]{15}", re.ASCII)


def long_id(text: str) -> str:
    """The 18 characters of an id of 15; any other text as it is."""
    return text + checksum(text) if _SHORT_ID.fullmatch(text) else text


IDS = (
    Function("CASESAFEID", "CASESAFEID(id)", "The 18 characters of an id.", (TEXT_ARG,), TEXT, run=long_id),
    Function("GETSESSIONID", "GETSESSIONID()", "The session's id; there are no sessions, so null.", (), TEXT,
             run=lambda: None),
)  # fmt: skip
