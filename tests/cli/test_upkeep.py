"""Commands that look after an org: drift, doctor, usage, copy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from objectforge import Org
from objectforge.cli.main import run

Captured = pytest.CaptureFixture[str]
YAML = """
objects:
  Account: {fields: {Industry: [Energy, Shipping], Revenue: currency}}
list_views:
  Account.all: {columns: [Name, Industry]}
"""


@pytest.fixture
def org(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OBJECTFORGE_ORG", "sqlite:///org.db")
    (tmp_path / "app.yaml").write_text(YAML)
    with Org.open("sqlite:///org.db") as made:
        made.deploy("app.yaml")
        made["Account"].create(Name="A", Industry="Energy")
    return tmp_path / "org.db"


def execute(statement: sa.Executable) -> None:
    with Org.open("sqlite:///org.db") as org, org.engine.begin() as connection:
        connection.execute(statement)


def test_an_org_in_order(org: Path, capsys: Captured) -> None:
    assert 0 == run(["drift"])
    assert "no drift: the tables are as the org made them\n" == capsys.readouterr().out
    assert 0 == run(["doctor"])
    assert "all is well\n" == capsys.readouterr().out
    assert 0 == run(["doctor", "--format", "json"])
    assert [] == json.loads(capsys.readouterr().out)


def test_drift_shows_what_was_changed(org: Path, capsys: Captured) -> None:
    table = sa.Table("account", sa.MetaData(), sa.Column("revenue", sa.Integer()))
    execute(sa.schema.CreateIndex(sa.Index("mine", table.c.revenue)))
    assert 1 == run(["drift"])
    told = capsys.readouterr().out
    assert "Account (table account, index mine): there is an index 'revenue', which ObjectForge did not make" in told
    assert told.endswith("1 error\n")
    assert 1 == run(["drift", "--format", "json"])
    (one,) = json.loads(capsys.readouterr().out)
    assert ("foreign_index", "error") == (one["kind"], one["severity"])


def test_the_doctor_shows_what_is_wrong(org: Path, capsys: Captured) -> None:
    execute(sa.update(sa.table("account", sa.column("industry"))).values(industry="Robotics"))
    assert 1 == run(["doctor"])
    told = capsys.readouterr().out
    assert "Account.Industry (table account, column industry): 1 record with a value that was never declared" in told
    assert "records: " in told


def test_warnings_alone_are_no_failure(org: Path, capsys: Captured) -> None:
    execute(sa.update(sa.table("account", sa.column("name"))).values(name=None))
    assert 0 == run(["doctor"])
    assert capsys.readouterr().out.endswith("1 warning\n")


def test_usage_shows_what_uses_a_field(org: Path, capsys: Captured) -> None:
    assert 0 == run(["usage", "Account.Industry"])
    assert "Account.Industry: a value in 1 of 1 records" in capsys.readouterr().out
    assert 0 == run(["usage", "Account.Industry.Energy", "--format", "json"])
    assert 1 == json.loads(capsys.readouterr().out)["records"]
    assert 1 == run(["usage", "Account.Industri"])
    assert "did you mean 'Industry'?" in capsys.readouterr().err


def test_copy_makes_another_org(org: Path, capsys: Captured) -> None:
    assert 0 == run(["copy", "copy.db"])
    assert "copied 2 objects with their records to sqlite:///copy.db\n" == capsys.readouterr().out
    with Org.open("sqlite:///copy.db") as made:
        assert 1 == made["Account"].count()
    assert 1 == run(["copy", "copy.db"])
    assert "there is an org already" in capsys.readouterr().err
