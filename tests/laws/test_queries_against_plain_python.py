from __future__ import annotations

import os
from random import Random
from typing import Any

import pytest
from random_queries import EXAMPLES, random_query
from soql_records import NOW, filled
from soql_world import World

from objectforge import Metadata, parse_soql
from objectforge.testing import temp_org

QUERIES = int(os.environ.get("OBJECTFORGE_QUERIES", "150"))


def plain(row: Any) -> dict[str, Any]:
    return {key: [plain(each) for each in value] if isinstance(value, list) else value for key, value in row.items()}


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("backend", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_random_queries_find_what_plain_python_finds(backend: str, seed: int, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue("postgres_url") if backend == "postgresql" else None
    world = World()
    for text in EXAMPLES:
        world.take(parse_soql(text))
    random = Random(seed)  # noqa: S311 - test data
    found = 0
    with temp_org(Metadata.from_dict(world.metadata()), clock=lambda: NOW, url=url) as org:
        records = filled(org, world, seed)
        for _ in range(QUERIES):
            text = random_query(random)
            expected = records.query(parse_soql(text))
            assert expected == [plain(row) for row in org.query(text)], text
            found += bool(expected)
    assert found > QUERIES / 3
