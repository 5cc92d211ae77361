from __future__ import annotations

import os
import sys
from types import SimpleNamespace

import pytest

from objectforge.testing import postgres_keeper
from objectforge.testing.postgres_keeper import StartError, choose_account

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="root is a POSIX notion")


@pytest.fixture
def users(monkeypatch):
    """Return what pretends that we are root, on a machine with the given users."""
    import pwd

    def have(*entries: tuple[str, int]) -> None:
        listed = [SimpleNamespace(pw_name=name, pw_uid=uid, pw_gid=uid) for name, uid in entries]
        monkeypatch.setattr(pwd, "getpwall", lambda: listed)
        monkeypatch.setattr(os, "geteuid", lambda: 0)

    return have


@pytest.mark.parametrize(
    ("expected", "entries"),
    [
        pytest.param("postgres", [("root", 0), ("nobody", 65534), ("postgres", 101)], id="its own user first"),
        pytest.param("nobody", [("root", 0), ("daemon", 1), ("nobody", 65534)], id="then nobody"),
        pytest.param("www", [("root", 0), ("toor", 0), ("www", 33)], id="then whoever is not root"),
        pytest.param("www", [("root", 0), ("postgres", 0), ("www", 33)], id="never root under another name"),
    ],
)
def test_root_changes_to_an_unprivileged_user_that_exists(expected, entries, users):
    users(*entries)
    account = choose_account()
    assert account is not None
    assert expected == account.name


def test_root_alone_on_a_machine_is_told_why_there_is_no_server(users):
    users(("root", 0))
    with pytest.raises(StartError, match="refuses to run as root"):
        choose_account()


def test_anyone_else_stays_who_they_are(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert choose_account() is None


def test_no_usable_temporary_directory_names_those_tried(monkeypatch):
    def refuse(**place: object) -> str:
        raise PermissionError(place)

    monkeypatch.setattr(postgres_keeper.tempfile, "mkdtemp", refuse)
    with pytest.raises(StartError, match=r"tried .*/tmp, /var/tmp; set TMPDIR"):
        postgres_keeper.make_directory(None)
