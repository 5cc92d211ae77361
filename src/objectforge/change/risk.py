"""What a step of a plan may do to data."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Risk"]


class Risk(StrEnum):
    """From nothing at all to what cannot be undone."""

    SAFE = "safe"
    CHECKED = "checked"  # can fail on the data there is, and then changes nothing
    LOSSY = "lossy"
    DESTRUCTIVE = "destructive"
