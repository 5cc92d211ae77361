"""The pytest plugin in projects of its own, run as their users run them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TESTS = """
import pytest

@pytest.mark.parametrize("number", range(6))
def test_every_test_has_an_org_of_its_own(forge_org, number):
    assert forge_org["Thing"].count() == 1
    assert forge_org.fixtures["first"].Name == "First"
    forge_org["Thing"].make(n=number)
    assert forge_org["Thing"].count() == 1 + number
"""
CONFIGURED = '[tool.pytest.ini_options]\nobjectforge_metadata = ["metadata"]\nobjectforge_records = ["records.yaml"]\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with metadata, a fixture record and tests, but no configuration yet."""
    (tmp_path / "metadata").mkdir()
    (tmp_path / "metadata" / "thing.yaml").write_text("objects: {Thing: {}}", "utf-8")
    (tmp_path / "records.yaml").write_text("Thing: {first: {Name: First}}", "utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_thing.py").write_text(TESTS, "utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "pytest", "-q", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("arguments", [pytest.param((), id="alone"), pytest.param(("-n", "2"), id="two workers")])
def test_each_test_gets_a_fresh_org(project: Path, arguments: tuple[str, ...]) -> None:
    (project / "pyproject.toml").write_text(CONFIGURED, "utf-8")

    done = run(project, *arguments)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "6 passed" in done.stdout


def test_paths_count_from_the_configuration_not_from_where_pytest_is_called(project: Path) -> None:
    (project / "pyproject.toml").write_text(CONFIGURED, "utf-8")

    assert run(project / "tests").returncode == 0


def test_without_configuration_the_error_says_what_to_write(project: Path) -> None:
    done = run(project, "-c", "/dev/null", "--rootdir", ".")

    assert done.returncode == 1
    assert "objectforge_metadata = [" in done.stdout


def test_wrong_metadata_is_shown_as_it_is(project: Path) -> None:
    (project / "pyproject.toml").write_text(CONFIGURED, "utf-8")
    (project / "metadata" / "thing.yaml").write_text("objects: {Thing: {fields: {A: txet}}}", "utf-8")

    done = run(project)

    assert done.returncode == 1
    assert "did you mean 'text'?" in done.stdout


def test_a_run_that_never_asks_loads_nothing_of_the_engine(tmp_path: Path) -> None:
    (tmp_path / "test_nothing.py").write_text(
        "import sys\n\ndef test_nothing():\n    assert not {'sqlalchemy', 'networkx', 'pydantic'} & set(sys.modules)\n"
    )

    assert run(tmp_path, "-p", "no:randomly").returncode == 0
