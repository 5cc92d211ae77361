from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from objectforge import Metadata, Org
from objectforge.testing import temp_org


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def deploy(request: pytest.FixtureRequest) -> Iterator[Callable[..., Org]]:
    """Makes orgs of metadata on each engine; they are gone after the test."""
    url: dict[str, Any] = {}
    if request.param == "postgresql":
        url = {"url": request.getfixturevalue("postgres_url")}
    with ExitStack() as orgs:
        yield lambda text, **settings: orgs.enter_context(temp_org(Metadata.parse(text), **url, **settings))
