"""What all tests share: how hard hypothesis tries, a PostgreSQL server, and the data beside the repository."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from objectforge.testing.postgres import postgres_server

REPOSITORY = Path(__file__).resolve().parent.parent

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=50)
settings.register_profile("long", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("OBJECTFORGE_HYPOTHESIS") or "ci")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A database URL; each worker of pytest-xdist has a server of its own, unless a URL is given for all."""
    with postgres_server() as server:
        yield server.url()


@pytest.fixture(scope="session")
def corpora() -> Path:
    return data_directory("OBJECTFORGE_CORPORA", "corpora")


@pytest.fixture(scope="session")
def crm() -> Path:
    return data_directory("OBJECTFORGE_CRM", "crm")


def data_directory(variable: str, name: str) -> Path:
    """Return a directory of data that is not part of the repository, or skip the test."""
    given = os.environ.get(variable)
    directory = Path(given) if given else REPOSITORY.parent / "shared" / name
    if not directory.is_dir():
        pytest.skip(f"no data in {directory}; set {variable} to the directory that holds it")
    return directory
