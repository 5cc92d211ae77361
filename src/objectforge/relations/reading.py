"""How an org's literals are read."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from objectforge.metadata.fields.base import NEUTRAL, Reading
from objectforge.metadata.models import OrgSettings

__all__ = ["reading_of"]


def reading_of(settings: OrgSettings) -> Reading:
    """In the org's time zone; in UTC where that is wrong, which is reported elsewhere."""
    try:
        return Reading(ZoneInfo(settings.timezone))
    except (KeyError, OSError, ValueError):
        return Reading(NEUTRAL.zone)
