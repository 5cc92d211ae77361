from __future__ import annotations

import pytest
from org_texts import ORG, schema_of

from objectforge.relations.schema import Schema


@pytest.fixture(scope="session")
def schema() -> Schema:
    return schema_of(ORG)
