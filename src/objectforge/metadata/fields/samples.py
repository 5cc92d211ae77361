"""Believable words for test records."""

from __future__ import annotations

__all__ = ["CITIES", "COMPANIES", "FIRST_NAMES", "LAST_NAMES", "WORDS"]

WORDS = (
    "Annual", "Basic", "Central", "Delta", "Eastern", "Fresh", "Global", "Harbor", "Inland", "Joint", "Key", "Light",
    "Modern", "Northern", "Open", "Prime", "Quick", "Rapid", "Solid", "Total", "Urban", "Vital", "Western", "Yearly",
)  # fmt: skip
COMPANIES = (
    "Acme", "Birch", "Cobalt", "Dune", "Ember", "Fjord", "Granite", "Hikari", "Indigo", "Juniper", "Kestrel", "Lumen",
    "Maple", "Nimbus", "Orchard", "Pioneer", "Quartz", "Ridge", "Sakura", "Tundra", "Umber", "Vertex",
    "Willow", "Zenith",
)  # fmt: skip
FIRST_NAMES = (
    "Aiko", "Amara", "Ana", "Ben", "Chen", "Clara", "Daniel", "Elena", "Farid", "Grace", "Haruto", "Ines", "Jonas",
    "Kenji", "Lena", "Maria", "Noah", "Olga", "Priya", "Rosa", "Sam", "Tomas", "Yuki", "Zoe",
)  # fmt: skip
LAST_NAMES = (
    "Abe", "Baker", "Costa", "Diaz", "Evans", "Fischer", "Garcia", "Haddad", "Ito", "Jansen", "Kim", "Lopez", "Moreau",
    "Nakamura", "Okafor", "Patel", "Rossi", "Sato", "Tanaka", "Ueda", "Vogel", "Wong", "Yamada", "Zimmer",
)  # fmt: skip
CITIES = (
    ("Tokyo", "Tokyo", "Japan"), ("Osaka", "Osaka", "Japan"), ("Berlin", "Berlin", "Germany"),
    ("Lyon", "Rhône", "France"),
    ("Austin", "TX", "USA"), ("Chicago", "IL", "USA"), ("Toronto", "ON", "Canada"), ("Leeds", "West Yorkshire", "UK"),
)  # fmt: skip
"""City, state and country."""
