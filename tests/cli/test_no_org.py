"""Commands that need no org: init, validate, explain, schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from objectforge.cli.main import run
from objectforge.errors.codes import CODES
from objectforge.metadata.jsonschema import schema
from objectforge.metadata.metadata import Metadata


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 0
    return tmp_path


def test_a_new_app_is_valid(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate"]) == 0
    assert "no problems: 2 objects, 1 list view, 1 report, 1 layout\n" in capsys.readouterr().out
    assert "Project" in Metadata.load(app / "app").objects


def test_the_whole_folder_may_be_given(app: Path) -> None:
    assert run(["validate", "."]) == 0


def test_init_overwrites_nothing(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init"]) == 1
    assert "objectforge.yaml exists and is not overwritten" in capsys.readouterr().err


def test_init_names_the_org_after_the_folder(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path / "2 Big: Ships!")]) == 0

    meta = Metadata.load(tmp_path / "2 Big: Ships!" / "app")

    assert meta.settings.name == "2 big ships"


def test_validate_shows_every_problem_with_its_place_on_stderr(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (app / "app" / "more.yaml").write_text("objects:\n  Task:\n    fields: {Cost: curency, Hours: {tpe: number}}\n")
    capsys.readouterr()

    assert run(["validate", "app"]) == 1

    shown = capsys.readouterr()
    assert shown.out == ""
    assert "app/more.yaml:3:20: OF104 unknown field type 'curency'" in shown.err
    assert "did you mean 'currency'?" in shown.err
    assert shown.err.splitlines()[-1].endswith("errors")


def test_validate_sees_what_only_resolving_finds(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (app / "app" / "more.yaml").write_text("objects:\n  Task:\n    fields: {Project: lookup(Projekt)}\n")

    assert run(["validate", "app"]) == 1
    assert "more.yaml:3:" in capsys.readouterr().err


def test_validate_writes_json(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (app / "app" / "more.yaml").write_text("objects:\n  Task:\n    fields: {Cost: curency}\n")
    capsys.readouterr()

    assert run(["validate", "app", "--format", "json"]) == 1

    answer = json.loads(capsys.readouterr().out)
    assert answer["valid"] is False
    (issue,) = answer["issues"]
    assert (issue["code"], issue["severity"], issue["line"], issue["column"]) == ("OF104", "error", 3, 20)
    assert Path(issue["file"]) == Path("app/more.yaml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("orgs: sqlite:///x.db", "OF102 objectforge.yaml has no key 'orgs'", id="unknown key"),
        pytest.param("[a]", "OF105", id="no mapping"),
        pytest.param("metadata: {a: b}", "OF105 a text is wanted here", id="paths that are none"),
        pytest.param("metadata: [app", "OF004", id="no YAML"),
    ],
)
def test_a_wrong_configuration_is_shown_with_its_place(
    app: Path, text: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (app / "objectforge.yaml").write_text(text)

    assert run(["validate"]) == 1
    assert expected in capsys.readouterr().err


def test_validate_needs_to_know_what(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(["validate"]) == 2
    assert "which metadata?" in capsys.readouterr().err


@pytest.mark.parametrize("word", ["OF104", "of104", "104"])
def test_explain_shows_the_page_of_a_code(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", word]) == 0
    assert capsys.readouterr().out.startswith(f"OF104  {CODES['OF104'].title}\n\n")


def test_explain_suggests_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "OF1040"]) == 2
    assert "did you mean 'OF104'?" in capsys.readouterr().err


def test_explain_lists_all_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain"]) == 0
    assert list(CODES) == [line.split()[0] for line in capsys.readouterr().out.splitlines()]


def test_schema_goes_to_stdout_or_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    assert schema() == json.loads(capsys.readouterr().out)

    assert run(["schema", str(tmp_path / "s.json")]) == 0
    assert schema() == json.loads((tmp_path / "s.json").read_text("utf-8"))
