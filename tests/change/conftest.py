"""An empty database on each backend, and an org in it."""

from database_fixtures import engine, open_database, org
from living_orgs import living

__all__ = ["engine", "living", "open_database", "org"]
