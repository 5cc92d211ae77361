"""The demo company itself: its people and the territories they sell in."""

from __future__ import annotations

from dataclasses import dataclass

from objectforge.demo.sheets import Sheet

__all__ = ["ENGINEERS", "STAFF", "STAFF_SHEET", "TERRITORIES", "TERRITORY_SHEET", "Member", "Territory", "sellers"]


@dataclass(frozen=True, slots=True)
class Member:
    """Someone who works here; sellers have a territory, engineers none."""

    name: str
    timezone: str
    locale: str
    territory: str | None
    manager: str | None = None

    @property
    def username(self) -> str:
        """What they log in with, and their address."""
        return f"{self.name.lower().replace(' ', '.')}@northline.example"


@dataclass(frozen=True, slots=True)
class Territory:
    """A part of the world with a manager and a yearly target."""

    code: str
    name: str
    region: str
    manager: str
    target: int


STAFF = (
    Member("Nora Whitfield", "America/New_York", "en", None),
    Member("Owen Castell", "America/New_York", "en", "US-E", "Nora Whitfield"),
    Member("Priya Raman", "America/New_York", "en", "US-E", "Nora Whitfield"),
    Member("Marcus Delaney", "America/Los_Angeles", "en", "US-W", "Nora Whitfield"),
    Member("Camila Prado", "America/Sao_Paulo", "en", "LATAM", "Nora Whitfield"),
    Member("Fiona Ashby", "Europe/London", "en", "EU-N", "Nora Whitfield"),
    Member("Jonas Reuter", "Europe/Berlin", "en", "EU-C", "Nora Whitfield"),
    Member("Haruka Mori", "Asia/Tokyo", "ja", "JP", "Nora Whitfield"),
    Member("Daniel Koh", "Asia/Singapore", "en", "APAC", "Nora Whitfield"),
    Member("Rosa Villar", "America/New_York", "en", None, "Owen Castell"),
    Member("Emil Strand", "Europe/Berlin", "en", None, "Jonas Reuter"),
    Member("Kenji Arai", "Asia/Tokyo", "ja", None, "Haruka Mori"),
)
ENGINEERS = STAFF[-3:]
_BY_NAME = {member.name: member for member in STAFF}
TERRITORIES = (
    Territory("US-E", "US East and Canada", "Americas", "Owen Castell", 2_600_000),
    Territory("US-W", "US West", "Americas", "Marcus Delaney", 1_600_000),
    Territory("LATAM", "Latin America", "Americas", "Camila Prado", 800_000),
    Territory("EU-N", "Northern Europe", "Europe", "Fiona Ashby", 900_000),
    Territory("EU-C", "Central and Southern Europe", "Europe", "Jonas Reuter", 1_500_000),
    Territory("JP", "Japan", "Japan", "Haruka Mori", 1_200_000),
    Territory("APAC", "Asia Pacific", "Asia Pacific", "Daniel Koh", 1_000_000),
)

STAFF_SHEET: Sheet[Member] = Sheet(
    "User",
    {
        "Username": lambda it: it.username,
        "Name": lambda it: it.name,
        "Email": lambda it: it.username,
        "IsActive": lambda _: True,
        "TimeZone": lambda it: it.timezone,
        "Locale": lambda it: it.locale,
        "Manager.Username": lambda it: _BY_NAME[it.manager].username if it.manager else None,
    },
)
TERRITORY_SHEET: Sheet[Territory] = Sheet(
    "Territory",
    {
        "Code": lambda it: it.code,
        "Name": lambda it: it.name,
        "Region": lambda it: it.region,
        "Manager.Username": lambda it: _BY_NAME[it.manager].username,
        "Target": lambda it: it.target,
    },
)


def sellers(territory: str) -> tuple[Member, ...]:
    """Those who sell in the territory."""
    return tuple(member for member in STAFF if member.territory == territory)
