"""Tests of this folder run on both engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sql_engines import Engine

from objectforge.storage.backends import backend_of
from objectforge.storage.engines import open_engine


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    url = "sqlite://" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    opened = open_engine(url)
    with opened.connect() as connection:
        yield Engine(connection, backend_of(connection.dialect))
    opened.dispose()
