from __future__ import annotations

from pathlib import Path

import pytest

from objectforge.metadata.files import find_files
from objectforge.metadata.metadata import collect


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.yaml", "a.yml", "deep/c.YAML", "deep/notes.txt", ".hidden/d.yaml", ".e.yaml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("objects: {}", "utf-8")
    return tmp_path


def test_a_folder_is_all_its_yaml_files_in_sorted_order(folder: Path) -> None:
    files, issues = find_files([folder])

    assert issues == ()
    assert [file.relative_to(folder).as_posix() for file in files] == ["a.yml", "b.yaml", "deep/c.YAML"]


def test_a_file_that_is_reached_twice_counts_once(folder: Path) -> None:
    files, _ = find_files([folder / "b.yaml", folder, folder / "deep"])

    assert [file.relative_to(folder).as_posix() for file in files] == ["b.yaml", "a.yml", "deep/c.YAML"]


def test_a_link_to_a_folder_above_is_an_issue_and_no_endless_walk(folder: Path) -> None:
    (folder / "deep" / "up").symlink_to(folder, target_is_directory=True)

    _, issues = find_files([folder])

    assert [issue.code for issue in issues] == ["OF610"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        pytest.param("nowhere", "there is no file or folder", id="a path that is not there"),
        pytest.param("empty", "there is no metadata file in", id="a folder without metadata"),
    ],
)
def test_paths_without_metadata_are_issues(tmp_path: Path, path: str, message: str) -> None:
    (tmp_path / "empty").mkdir()

    metadata, issues = collect([tmp_path / path])

    assert metadata is None
    assert [issue.code for issue in issues] == ["OF608"]
    assert issues[0].message.startswith(message)


@pytest.mark.parametrize(
    ("expected", "path"),
    [
        pytest.param("deep", "deap", id="a slip"),
        pytest.param("b.yaml", "b", id="without its ending"),
        pytest.param(None, "orders", id="nothing like it"),
    ],
)
def test_a_path_that_is_not_there_is_shown_what_is_near(folder: Path, expected: str | None, path: str) -> None:
    _, (issue,) = find_files([folder / path])

    assert (expected and f"did you mean '{folder / expected}'?") == issue.hint


def test_a_file_that_cannot_be_read_is_an_issue(tmp_path: Path) -> None:
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nothing")

    _, issues = collect([tmp_path])

    assert [issue.code for issue in issues] == ["OF609"]


@pytest.mark.parametrize("path", ["a" * 5000, "nul\0byte"], ids=["longer than any system takes", "a NUL in it"])
def test_a_path_no_system_takes_is_an_issue(path: str) -> None:
    files, issues = find_files([Path(path)])

    assert files == ()
    assert [issue.code for issue in issues] == ["OF608"]


def test_a_folder_of_very_many_files_is_no_folder_of_metadata(tmp_path):
    for number in range(5):
        (tmp_path / f"{number}.yaml").touch()
    files, issues = find_files([tmp_path], 4)

    assert [] == list(files)
    assert [("OF003", f"the folder '{tmp_path}' holds more than 4 files and folders")] == [
        (each.code, each.message) for each in issues
    ]
    assert 5 == len(find_files([tmp_path], 5)[0])
