"""An org with records on each engine, and means to spoil it."""

from upkeep_orgs import org, postgresql_org, sqlite_org

__all__ = ["org", "postgresql_org", "sqlite_org"]
