"""What typing a query depends on besides the names it is written with."""

from __future__ import annotations

from dataclasses import dataclass, field

from objectforge.relations.soql.known import KnownPaths
from objectforge.values.locales import Locale

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """The language of labels, the org's one currency, and whether the limits of Salesforce's API hold.

    `paths` remembers where paths lead to; settings belong to one schema.
    """

    locale: Locale
    currency: str | None
    strict: bool
    paths: KnownPaths = field(default_factory=KnownPaths, compare=False, repr=False)
