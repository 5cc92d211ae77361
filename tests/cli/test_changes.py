"""A living org on the command line: what plans ask and lose, what is held, what each version did."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from objectforge import Org
from objectforge.cli.main import run

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Path:
    """The metadata of an org that has one record; a test writes it anew."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OBJECTFORGE_ORG", raising=False)
    (tmp_path / "objectforge.yaml").write_text("org: app.db\nmetadata: [app.yaml]\n")
    path = tmp_path / "app.yaml"
    path.write_text("objects: {Site: {fields: {Code: text(20), Fax: phone}}}")
    assert run(["apply", "--yes"]) == 0
    with Org.open("sqlite:///app.db") as org:
        org["Site"].create(Name="a", Code="1", Fax="2")
    capsys.readouterr()
    return path


def unasked(*_: Any) -> bool:
    raise AssertionError("nobody is asked")


@pytest.mark.parametrize(
    ("told", "text"),
    [
        pytest.param("--allow Site.Fax", "objects: {Site: {fields: {Code: text(20)}}}", id="what is lost"),
        pytest.param(
            "`was: Fax` with it; if not, --allow Site.Fax",
            "objects: {Site: {fields: {Code: text(20), Telefax: phone}}}",
            id="what is asked",
        ),
        pytest.param(
            "that cannot be made, marked with !; nothing was changed",
            "objects: {Site: {fields: {Code: date, Fax: phone}}}",
            id="what cannot be done",
        ),
    ],
)
def test_apply_tells_what_stands_in_its_way_before_it_asks(
    site: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, told: str, text: str
) -> None:
    site.write_text(text)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.confirm", unasked)

    assert run(["apply"]) == 1
    assert told in capsys.readouterr().err


def test_plan_says_what_to_type_for_what_it_loses(site: Path, capsys: Captured) -> None:
    site.write_text("objects: {Site: {fields: {Code: text(20)}}}")

    assert run(["plan"]) == 0
    assert "To allow them: --allow Site.Fax\n" == capsys.readouterr().err


def test_plan_says_that_the_org_is_not_there_yet(site: Path, capsys: Captured) -> None:
    assert run(["plan", "--org", "other.db"]) == 0
    assert "there is no such org yet; 'objectforge apply' makes it\n" == capsys.readouterr().err


def test_purge_without_a_name_shows_what_is_held(site: Path, capsys: Captured) -> None:
    assert run(["purge"]) == 0
    assert "nothing is held\n" == capsys.readouterr().out
    site.write_text("objects: {Site: {fields: {Code: text(20)}}}")
    assert run(["apply", "--yes", "--allow", "Site.Fax"]) == 0
    capsys.readouterr()

    assert run(["purge"]) == 0
    assert "field Site.Fax, 1 record\n" == capsys.readouterr().out


def test_history_says_what_each_version_did(site: Path, capsys: Captured) -> None:
    site.write_text("objects: {Site: {fields: {Code: text(20), Telefax: {type: phone, was: Fax}}}}")
    assert run(["apply", "--yes"]) == 0
    assert run(["rollback", "1", "--yes"]) == 0
    capsys.readouterr()

    assert run(["history"]) == 0
    shown = capsys.readouterr().out
    assert "~ field Site.Fax is called Telefax now" in shown
    assert "~ back to version 1, and 1 more" in shown


@pytest.mark.postgres
def test_a_schema_without_an_org_has_no_history(postgres_url: str, capsys: Captured) -> None:
    assert run(["history", "--org", postgres_url, "--name", "nothing_there"]) == 1
    assert "there is no org there; 'objectforge apply' makes one" in capsys.readouterr().err
