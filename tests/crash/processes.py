"""Processes of their own for tests: forked from one that has imported everything, and so there at once."""

from __future__ import annotations

import multiprocessing

__all__ = ["CONTEXT"]

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(
    ["objectforge.org.org", "objectforge.org.records", "sqlalchemy.dialects.postgresql.psycopg", "hypothesis"]
)
