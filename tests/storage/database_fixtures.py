"""An empty database on each backend; PostgreSQL's is a schema of the test's own, dropped afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from storage_orgs import Deployed

from objectforge.storage.engines import open_engine


@pytest.fixture(params=["memory", "file", pytest.param("postgresql", marks=pytest.mark.postgres)])
def open_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], sa.Engine]]:
    """Opens the same database each time (in memory: the one there is)."""
    opened: list[sa.Engine] = []
    if request.param == "postgresql":
        url, name = request.getfixturevalue("postgres_url"), f"t_{uuid4().hex}"
    else:
        url = "sqlite://" if request.param == "memory" else f"sqlite:///{tmp_path / 'org.db'}"
        name = None

    def connect() -> sa.Engine:
        if request.param == "memory" and opened:
            return opened[0]
        opened.append(open_engine(url, name=name))
        return opened[-1]

    yield connect
    if name is not None:
        with connect().begin() as connection:
            connection.execute(sa.schema.DropSchema(name, cascade=True, if_exists=True))
    for engine in opened:
        engine.dispose()


@pytest.fixture
def engine(open_database: Callable[[], sa.Engine]) -> sa.Engine:
    return open_database()


@pytest.fixture
def org(engine: sa.Engine) -> Deployed:
    return Deployed(engine)
