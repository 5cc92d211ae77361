"""An empty database on each backend, and an org in it."""

from database_fixtures import engine, open_database, org

__all__ = ["engine", "open_database", "org"]
