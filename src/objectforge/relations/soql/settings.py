"""What typing a query depends on besides the schema's names."""

from __future__ import annotations

from dataclasses import dataclass

from objectforge.values.locales import Locale

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """The language of labels, the org's one currency, and whether the limits of Salesforce's API hold."""

    locale: Locale
    currency: str | None
    strict: bool
