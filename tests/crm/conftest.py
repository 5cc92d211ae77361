"""The public data of a sales team, in an org on each backend and as plain dictionaries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from loading import load_all
from plain import Plain, read

from objectforge.testing import temp_org

METADATA = Path(__file__).parent / "metadata.yaml"


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str | None:
    return None if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture
def empty_org(url: str | None) -> Iterator[Any]:
    with temp_org(METADATA, url=url) as org:
        yield org


@pytest.fixture(scope="session")
def org(url: str | None, crm: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with temp_org(METADATA, url=url) as org:
        load_all(org, crm, tmp_path_factory.mktemp("rejects"))
        yield org


@pytest.fixture(scope="session")
def plain(crm: Path) -> Plain:
    return read(crm)
