"""Every example runs in a copy of its own, with warnings as errors: its main.py, its tests, or both."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = sorted(path for path in EXAMPLES.iterdir() if path.is_dir())
PROGRAMS = [path for path in FOLDERS if (path / "main.py").exists()]
SUITES = [path for path in FOLDERS if any(path.rglob("test_*.py"))]


def run(example: Path, folder: Path, *arguments: str) -> str:
    here = shutil.copytree(example, folder / example.name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    done = subprocess.run(
        [sys.executable, "-W", "error", *arguments], cwd=here, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("example", PROGRAMS, ids=[path.name for path in PROGRAMS])
def test_an_example_runs_and_shows_something(example: Path, tmp_path: Path) -> None:
    assert run(example, tmp_path, "main.py").strip()


@pytest.mark.parametrize("example", SUITES, ids=[path.name for path in SUITES])
def test_the_tests_of_an_example_pass(example: Path, tmp_path: Path) -> None:
    assert " passed" in run(example, tmp_path, "-m", "pytest", "-q", "--rootdir", ".")


@pytest.mark.parametrize("example", FOLDERS, ids=[path.name for path in FOLDERS])
def test_an_example_says_what_it_shows_and_how_to_run_it(example: Path) -> None:
    text = (example / "README.md").read_text("utf-8")

    assert text.startswith("# ")
    assert "```\npython " in text
