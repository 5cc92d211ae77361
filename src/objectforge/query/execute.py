"""The one door from a compiled statement to the database; what is too much for an engine is a `QueryError`."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Generator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from objectforge.errors.exceptions import QueryError
from objectforge.errors.issue import Issue
from objectforge.query.context import Context

__all__ = ["execute", "too_large", "within_limits"]

# SQLite: variables, depth and patterns; psycopg: what the protocol counts in 16 bits; PostgreSQL: class 54.
_TOO_MUCH = re.compile(
    r"too many SQL variables|Expression tree is too large|parser stack overflow|pattern too complex"
    r"|too many (parameters|columns|terms)|number of parameters must be|query string too (large|long)"
    r"|string or blob too big"
)
_PROGRAM_LIMIT = "54"


def execute(context: Context, statement: sa.Executable, *, batch: int | None = None) -> sa.Result[Any]:
    """Run a query, with `batch` streamed in so many rows at a time.

    Raises:
        QueryError: the query is larger than the engine takes.
    """
    options: dict[str, Any] = {} if batch is None else {"yield_per": batch}
    with within_limits():
        return context.connection.execute(statement, execution_options=options)


@contextlib.contextmanager
def within_limits() -> Generator[None]:
    """Reads what a query finds: an engine may refuse it only when rows are fetched.

    Raises:
        QueryError: the query, or a value that it makes, is larger than the engine takes.
    """
    try:
        yield
    except DBAPIError as error:
        state = str(getattr(error.orig, "sqlstate", None) or "")
        if state.startswith(_PROGRAM_LIMIT) or _TOO_MUCH.search(str(error.orig)):
            raise too_large() from error
        raise


def too_large() -> QueryError:
    """What to say of a query that is larger than an engine, or the compiler, takes."""
    hint = "split the condition, shorten the formulas it names, or give many values as one list: Name IN :names"
    return QueryError(Issue("OF808", "the query is too large for the database", hint=hint))
