"""An org with records on each engine, for tests of what plans do to them: a fixture to import."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from objectforge import Metadata
from objectforge.testing import temp_org

__all__ = ["Living", "living"]

Living = Callable[[str | dict[str, Any]], Any]
"""Makes an org of some metadata."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def living(request: pytest.FixtureRequest) -> Iterator[Living]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with contextlib.ExitStack() as stack:

        def make(metadata: str | dict[str, Any]) -> Any:
            given = Metadata.parse(metadata) if isinstance(metadata, str) else Metadata.from_dict(metadata)
            return stack.enter_context(temp_org(given, url=url))

        yield make
