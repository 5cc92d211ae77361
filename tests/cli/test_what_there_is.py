"""Commands without a name show the names; the shell completes them."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from objectforge import Org
from objectforge.cli.main import cli, run

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def org(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OBJECTFORGE_ORG", raising=False)
    assert run(["init"]) == 0
    Path("objectforge.yaml").write_text("org: sqlite:///app.db\nmetadata: [app]\n")
    assert run(["apply", "--yes"]) == 0
    assert run(["load", "Project", "projects.csv"]) == 0
    capsys.readouterr()
    return tmp_path


@pytest.mark.parametrize(
    ("command", "name", "label"),
    [("list", "Project.open", "Open projects"), ("report", "budget_by_team", "Budget by team and status")],
)
def test_without_a_name_the_names_are_shown(org: Path, command: str, name: str, label: str, capsys: Captured) -> None:
    assert run([command]) == 0
    shown = capsys.readouterr().out
    assert name in shown
    assert label in shown
    assert run([command, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == [{"name": name, "label": label}]
    assert run([command, "--format", "csv"]) == 0
    assert capsys.readouterr().out == f"name,label\n{name},{label}\n"


def test_an_org_without_reports_says_so(org: Path, capsys: Captured) -> None:
    Path("empty.yaml").write_text("objects: {Thing: {}}")
    assert run(["apply", "empty.yaml", "--yes", "--org", "empty.db"]) == 0
    capsys.readouterr()

    assert run(["report", "--org", "empty.db"]) == 0
    assert capsys.readouterr().out == "the org has no reports\n"


def test_a_page_without_an_id_shows_the_ids(org: Path, capsys: Captured) -> None:
    with Org.open("sqlite:///app.db") as opened:
        ids = {record.Id: record.Name for record in opened["Project"].find()}

    assert run(["page", "project"]) == 0
    shown = capsys.readouterr()
    assert all(record_id in shown.out and name in shown.out for record_id, name in ids.items())
    assert shown.err == "4 of 4 records; 'objectforge page Project ID' shows one\n"
    assert run(["page", "Project", "--format", "json"]) == 0
    assert {row["Id"]: row["Name"] for row in json.loads(capsys.readouterr().out)} == ids


def _completed(arguments: list[str], typed: str) -> list[str]:
    assert isinstance(cli, click.Command)
    complete = ShellComplete(cli, {}, "objectforge", "_OBJECTFORGE_COMPLETE")
    return [item.value for item in complete.get_completions(arguments, typed)]


@pytest.mark.parametrize(
    ("arguments", "typed", "wanted"),
    [
        pytest.param(["describe"], "pro", ["Project"], id="object"),
        pytest.param(["load"], "", ["User", "Project"], id="any object"),
        pytest.param(["page"], "Us", ["User"], id="object of a page"),
        pytest.param(["export"], "x", [], id="no object"),
        pytest.param(["list"], "Project.", ["Project.open"], id="list view"),
        pytest.param(["report"], "b", ["budget_by_team"], id="report"),
        pytest.param(["report", "--org", "none.db"], "b", [], id="org that is not there"),
        pytest.param(["report", "--org", "postgresql+psycopg://127.0.0.1:1/x"], "b", [], id="server"),
    ],
)
def test_the_shell_completes_what_the_org_has(org: Path, arguments: list[str], typed: str, wanted: list[str]) -> None:
    assert _completed(arguments, typed) == wanted


def test_the_environment_says_whose_names_are_completed(org: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (org / "objectforge.yaml").unlink()
    assert _completed(["report"], "b") == []
    monkeypatch.setenv("OBJECTFORGE_ORG", "sqlite:///app.db")

    assert _completed(["report"], "b") == ["budget_by_team"]
