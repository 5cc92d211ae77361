from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest

from objectforge import Org
from objectforge.cli.main import run

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "my demo"


@pytest.fixture(scope="module")
def first(folder: Path) -> str:
    """What the demo prints the first time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("OBJECTFORGE_ORG", raising=False)
        return printed("demo", str(folder))


def printed(*arguments: str) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert run(arguments) == 0
    return out.getvalue()


def test_the_demo_loads_every_record_and_shows_what_it_answers(first: str, folder: Path) -> None:
    count = re.search(r"loaded ([\d,]+) records from 18 CSV files", first)
    assert count is not None
    assert int(count[1].replace(",", "")) > 5000
    for shown in (
        "Big Deals in Play",
        "Revenue of the Last Year",
        "Won by Region and Quarter",
        "Subtotal",
        "Contacts:",
    ):
        assert shown in first
    with Org.open(f"sqlite:///{folder / 'demo.db'}") as org:
        assert sum(org[name].count() for name in org.schema.objects) == int(count[1].replace(",", "")) + 1  # "System"


def test_the_commands_it_shows_work_as_they_stand(first: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^(?:\$|  ?)\s*\S*objectforge (.*)$", first, re.MULTILINE)

    assert len(commands) == 10
    for command in commands:
        words = shlex.split(command)
        assert run(words) == 0, command


def test_a_demo_that_is_there_is_only_shown(first: str, folder: Path) -> None:
    before = (folder / "demo.db").stat().st_mtime_ns

    again = printed("demo", str(folder))

    assert "is there already" in again
    assert before == (folder / "demo.db").stat().st_mtime_ns
    assert first[first.index("A list view") :] == again[again.index("A list view") :]


def test_files_of_somebody_else_are_not_touched(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "demo.db").write_text("mine")

    assert run(["demo", str(tmp_path), "--fresh"]) == 1
    assert "not overwritten" in capsys.readouterr().err
    assert (tmp_path / "demo.db").read_text() == "mine"
