"""An empty database on SQLite and on PostgreSQL, and an org in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from worlds import World

from objectforge.storage.engines import open_engine


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Iterator[sa.Engine]:
    name = None
    if request.param == "postgresql":
        name = f"t_{uuid4().hex}"
        engine = open_engine(request.getfixturevalue("postgres_url"), name=name)
    else:
        engine = open_engine("sqlite://")
    yield engine
    if name is not None:
        with engine.begin() as connection:
            connection.execute(sa.schema.DropSchema(name, cascade=True, if_exists=True))
    engine.dispose()


@pytest.fixture
def world(engine: sa.Engine) -> Callable[..., World]:
    """Deploys YAML: `world(text, locale="ja")`."""

    def deploy(yaml: str, **options: Any) -> World:
        return World(engine, yaml, **options)

    return deploy
