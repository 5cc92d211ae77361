"""The pytest plugin: the fixture `forge_org` and the ini options that say what it is made of.

Imported by every pytest run where ObjectForge is installed, so it imports nothing itself until a test asks.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from objectforge.testing.temp import TempOrg

__all__ = ["forge_org", "pytest_addoption"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the ini options."""
    parser.addini("objectforge_metadata", "files and folders of the metadata of `forge_org`", type="paths", default=[])
    parser.addini(
        "objectforge_records", "files and folders of fixture records for `forge_org`", type="paths", default=[]
    )


@pytest.fixture
def forge_org(request: pytest.FixtureRequest) -> Generator[TempOrg]:
    """A fresh org for each test, with the metadata of the ini option `objectforge_metadata`."""
    from objectforge.testing.temp import temp_org

    paths = request.config.getini("objectforge_metadata")
    if not paths:
        raise pytest.UsageError(
            "the fixture forge_org needs to know its metadata; add to pyproject.toml:\n"
            '[tool.pytest.ini_options]\nobjectforge_metadata = ["crm"]'
        )
    records = request.config.getini("objectforge_records")
    with temp_org(*paths, records=records) as org:
        yield org
