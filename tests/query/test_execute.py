from __future__ import annotations

import pytest
from sqlalchemy.exc import OperationalError

from objectforge.errors.exceptions import QueryError
from objectforge.query.execute import within_limits


class _OnServer(Exception):
    sqlstate = "54000"


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(_OnServer("out of memory"), id="a value too long for PostgreSQL"),
        pytest.param(Exception("string or blob too big"), id="a value too long for SQLite"),
    ],
)
def test_what_is_too_much_while_rows_are_fetched_is_a_query_error(said: Exception) -> None:
    with pytest.raises(QueryError, match="OF808 the query is too large"), within_limits():
        raise OperationalError("SELECT", {}, said)


def test_other_errors_of_the_engine_stay_what_they_are() -> None:
    with pytest.raises(OperationalError, match="disk I/O error"), within_limits():
        raise OperationalError("SELECT", {}, Exception("disk I/O error"))
