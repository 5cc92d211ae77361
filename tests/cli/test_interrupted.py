"""Ctrl-C in the middle of a change: the org is as it was, and the command says so."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from objectforge import Org
from objectforge.cli.main import run

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "objectforge.yaml").write_text("org: sqlite:///app.db\nmetadata: [app.yaml]\n")
    (tmp_path / "app.yaml").write_text("objects: {Site: {fields: {Code: {type: text, unique: true}}}}")
    (tmp_path / "sites.csv").write_text("Name,Code\n" + "".join(f"s{number},{number}\n" for number in range(5)))
    assert run(["apply", "--yes"]) == 0
    capsys.readouterr()
    return tmp_path


@contextlib.contextmanager
def interrupted_at(words: str, time: int = 1) -> Iterator[None]:
    """Ctrl-C before a statement with these words, the first one or a later."""
    seen: list[str] = []

    def interrupt(connection: sa.Connection, cursor: Any, statement: str, *_: Any) -> None:
        if words in statement:
            seen.append(statement)
            if len(seen) == time:
                raise KeyboardInterrupt

    event.listen(sa.Engine, "before_cursor_execute", interrupt)
    yield
    event.remove(sa.Engine, "before_cursor_execute", interrupt)


def test_an_apply_that_is_interrupted_changes_nothing(app: Path, capsys: Captured) -> None:
    (app / "app.yaml").write_text("objects: {Site: {fields: {Code: {type: text, unique: true}, Size: integer}}}")
    with interrupted_at("of_history (version"):
        assert run(["apply", "--yes"]) == 130

    assert "interrupted; nothing was changed" in capsys.readouterr().err
    assert run(["plan", "--detailed-exitcode"]) == 3


def test_a_load_that_is_interrupted_changes_nothing(app: Path, capsys: Captured) -> None:
    with interrupted_at("INSERT INTO site"):
        assert run(["load", "Site", "sites.csv"]) == 130

    assert "interrupted; nothing was changed" in capsys.readouterr().err
    with Org.open("sqlite:///app.db") as org:
        assert org["Site"].count() == 0


def test_a_load_in_batches_tells_how_many_were_saved(app: Path, capsys: Captured) -> None:
    with interrupted_at("INSERT INTO site", time=3):
        assert run(["load", "Site", "sites.csv", "--batch", "2"]) == 130

    assert "interrupted; 2 batches of 2 rows were saved before; go on with --upsert" in capsys.readouterr().err
    with Org.open("sqlite:///app.db") as org:
        assert org["Site"].count() == 4
    assert run(["load", "Site", "sites.csv", "--batch", "2", "--upsert", "Code"]) == 0
