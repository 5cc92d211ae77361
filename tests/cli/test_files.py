"""Files that people bring to `load`, and places where `export` writes: what is said about them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from objectforge import Org
from objectforge.cli.main import run

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def org(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OBJECTFORGE_ORG", raising=False)
    Path("objectforge.yaml").write_text("org: sqlite:///app.db\nmetadata: [app.yaml]\n")
    Path("app.yaml").write_text(
        "objects: {Project: {fields: {Code: {type: text, length: 5, unique: true}, Kind: [Small, Large]}}}"
    )
    assert run(["apply", "--yes"]) == 0
    capsys.readouterr()
    return tmp_path


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(
            b"Name;Kind\nA;Small\n",
            "in.csv, line 1: the cells seem to be separated by ';'; say --delimiter ';'\n",
            id="semicolons",
        ),
        pytest.param(
            b"Name\tKind\nA\tSmall\n",
            "in.csv, line 1: the cells seem to be separated by '\\t'; say --delimiter '\\t'\n",
            id="tabs",
        ),
        pytest.param(
            b"PK\x03\x04rest",
            "in.csv is a spreadsheet or an archive, no CSV; save it as CSV in its program\n",
            id="xlsx",
        ),
        pytest.param(b"Name\n\xe9\x81 \n\x81 \n", "say which it is: --encoding latin-1\n", id="encoding"),
        pytest.param(b"Name,My notes\nA,x\n", "(or --map 'My notes=' leaves it out)\n", id="column to leave out"),
        pytest.param(b"Name,CreatedDate\nA,x\n", "leave it out with --map CreatedDate=\n", id="system field"),
    ],
)
def test_a_file_that_cannot_be_loaded_is_told_in_options(
    org: Path, content: bytes, told: str, capsys: Captured
) -> None:
    (org / "in.csv").write_bytes(content)

    assert run(["load", "Project", "in.csv"]) == 1
    shown = capsys.readouterr().err
    assert shown.endswith(told)
    assert "row 0" not in shown


@pytest.mark.parametrize(("given", "between"), [(";", ";"), ("tab", "\t"), ("\\t", "\t")])
def test_cells_are_separated_as_said(org: Path, given: str, between: str) -> None:
    (org / "in.csv").write_text(f"Name{between}Kind\nA{between}Small\n")

    assert run(["load", "Project", "in.csv", "--delimiter", given]) == 0


@pytest.mark.parametrize("sign", ["", ";;", '"'])
def test_a_delimiter_is_one_sign(org: Path, sign: str) -> None:
    (org / "in.csv").write_text("Name\nA\n")

    assert run(["load", "Project", "in.csv", "--delimiter", sign]) == 2


def test_of_all_or_none_the_first_wrong_rows_are_shown_by_line(org: Path, capsys: Captured) -> None:
    (org / "in.csv").write_text("Name,Kind\nGood,Small\n" + "Bad,Huge\n" * 25)

    assert run(["load", "Project", "in.csv", "--all-or-none"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "nothing was loaded: 25 rows are wrong"
    assert lines[1].startswith("line 3: Kind 'Huge' is not one of the values")
    assert lines[20].startswith("line 22: ")
    assert lines[21:] == ["... and 5 more", "the rejected rows and the reasons are in in.rejects.csv"]


@pytest.mark.parametrize("options", [(), ("--upsert", "Code")], ids=["create", "upsert"])
def test_a_value_given_twice_in_a_file_names_the_line(org: Path, options: tuple[str, ...]) -> None:
    (org / "in.csv").write_text("Name,Code\nA,1\n\nBad,\nB,2\nC,2\n" if options else "Name,Code\nA,1\n\n,7\nB,2\nC,2\n")

    assert run(["load", "Project", "in.csv", *options]) == 1
    with Path("in.rejects.csv").open(newline="") as file:
        reasons = {row["_line"]: row["_reason"] for row in csv.DictReader(file)}
    assert reasons["6"] == "Code: 2 is also given in line 5 of the file"


def test_a_record_given_twice_in_a_file_names_the_line(org: Path) -> None:
    with Org.open("sqlite:///app.db") as opened:
        record = opened["Project"].create(Name="A")
    (org / "in.csv").write_text(f"Id,Name\n{record.Id},B\n{record.Id},C\n")

    assert run(["load", "Project", "in.csv", "--upsert", "Id"]) == 1
    assert "in line 2 of the file" in Path("in.rejects.csv").read_text()


def test_an_export_goes_to_the_standard_output(org: Path, capsys: Captured) -> None:
    (org / "in.csv").write_text("Name\nA\n")
    assert run(["load", "Project", "in.csv"]) == 0
    capsys.readouterr()

    assert run(["export", "Project", "-", "--columns", "Name"]) == 0
    assert capsys.readouterr().out.splitlines() == ["Name", "A"]


def test_a_place_that_cannot_be_written_is_named_as_given(org: Path, capsys: Captured) -> None:
    assert run(["export", "Project", "nowhere/out.csv"]) == 1
    assert capsys.readouterr().err == "nowhere/out.csv: No such file or directory\n"


def test_metadata_that_is_not_there_points_to_the_file_that_names_it(org: Path, capsys: Captured) -> None:
    (org / "app.yaml").unlink()

    assert run(["validate"]) == 1
    assert "objectforge.yaml says 'metadata: app.yaml', and there is no such" in capsys.readouterr().err


def test_very_many_problems_are_counted(org: Path, capsys: Captured) -> None:
    keys = "".join(f"k{number}: 1\n" for number in range(130))
    (org / "app.yaml").write_text(keys)

    assert run(["validate"]) == 1
    told = capsys.readouterr().err
    assert (100, True) == (told.count("OF101"), "... and 30 more; --format json has them all" in told)
