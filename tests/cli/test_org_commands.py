"""Commands on an org: plan, apply, describe, list, report, page, load, export."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from objectforge import Org
from objectforge.cli.main import run

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Path:
    """A new app in the current directory, nothing deployed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OBJECTFORGE_ORG", raising=False)
    assert run(["init"]) == 0
    config = "org: sqlite:///app.db\nmetadata: [app]\n"
    (tmp_path / "objectforge.yaml").write_text(config)
    capsys.readouterr()
    return tmp_path


@pytest.fixture
def org(app: Path, capsys: Captured) -> Path:
    """The app deployed, with three projects."""
    assert run(["apply", "--yes"]) == 0
    with Org.open("sqlite:///app.db") as org:
        org["Project"].create_many(
            [
                {"Name": "Website", "Status": "Running", "Owner_Team": "Marketing", "Budget": "24000.00"},
                {"Name": "倉庫移転", "Status": "Planned", "Owner_Team": "Operations", "Budget": "180000.50"},
                {"Name": "Price list", "Status": "Done", "Owner_Team": "Sales"},
            ]
        )
    capsys.readouterr()
    return app


def test_plan_shows_what_would_be_added_and_changes_nothing(app: Path, capsys: Captured) -> None:
    assert run(["plan"]) == 0
    assert "+ object Project" in capsys.readouterr().out
    assert not (app / "app.db").exists()


def test_plan_tells_pending_changes_by_its_exit_code(app: Path) -> None:
    assert run(["plan", "--detailed-exitcode"]) == 3
    assert run(["apply", "--yes"]) == 0
    assert run(["plan", "--detailed-exitcode"]) == 0


def test_apply_asks_and_where_nobody_can_answer_wants_yes(app: Path, capsys: Captured) -> None:
    assert run(["apply"]) == 2
    assert "add --yes" in capsys.readouterr().err
    assert not (app / "app.db").exists()


def test_apply_twice_has_nothing_to_do(org: Path, capsys: Captured) -> None:
    assert run(["apply", "--yes"]) == 0
    assert "nothing to do" in capsys.readouterr().out


def test_apply_of_wrong_metadata_shows_the_issues_and_leaves_no_file(app: Path, capsys: Captured) -> None:
    (app / "app" / "more.yaml").write_text("objects:\n  Task:\n    fields: {Cost: curency}\n")

    assert run(["apply", "--yes"]) == 1
    assert "app/more.yaml:3:20: OF104 unknown field type 'curency'" in capsys.readouterr().err
    assert not (app / "app.db").exists()


def test_a_plan_that_the_records_do_not_allow_is_refused(org: Path, capsys: Captured) -> None:
    path = org / "app" / "project.yaml"
    path.write_text(path.read_text().replace("Owner_Team: text(40)", "Owner_Team: number"))

    assert run(["plan"]) == 1
    assert run(["apply", "--yes"]) == 1
    shown = capsys.readouterr()
    assert "! field Project.Owner_Team: text(40) -> number" in shown.out
    assert "cannot be made" in shown.err


def test_a_saved_plan_is_applied_and_not_planned(org: Path, capsys: Captured) -> None:
    assert run(["plan", "-o", "monday.plan"]) == 0
    assert run(["plan", "monday.plan"]) == 2
    assert "monday.plan is a saved plan, not metadata: objectforge apply monday.plan" in capsys.readouterr().err


def test_an_org_in_a_folder_that_is_not_there_is_told_before_anything_is_planned(app: Path, capsys: Captured) -> None:
    assert run(["apply", "--org", "nowhere/app.db", "--yes"]) == 1
    assert capsys.readouterr() == ("", "Error: there is no folder nowhere for the org; make it first\n")


def test_options_and_the_environment_go_before_the_file(org: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(["describe", "--org", "other.db"]) == 1
    monkeypatch.setenv("OBJECTFORGE_ORG", "sqlite:///other.db")
    assert run(["describe"]) == 1
    assert run(["describe", "--org", "app.db"]) == 0


def test_a_command_needs_to_know_which_org(app: Path, capsys: Captured) -> None:
    (app / "objectforge.yaml").unlink()

    assert run(["describe"]) == 2
    assert "which org?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        pytest.param(["describe", "Projct"], "Project", id="object"),
        pytest.param(["list", "Project.opn"], "Project.open", id="list view"),
        pytest.param(["report", "budget_by_tem"], "budget_by_team", id="report"),
        pytest.param(["load", "Projct", "projects.csv"], "Project", id="object to load"),
        pytest.param(["export", "Projct", "out.csv"], "Project", id="object to export"),
        pytest.param(["page", "Projct", "1"], "Project", id="object of a page"),
        pytest.param(["list", "Project.open", "--where", "Nme = 'x'"], "Name", id="field in a condition"),
        pytest.param(["list", "Project.open", "--param", "x=1"], "no parameter", id="parameter"),
        pytest.param(["load", "Project", "projects.csv", "--map", "Nme=Name"], "Nme", id="header to map"),
        pytest.param(["page", "Project", "nonsense"], "nonsense", id="id"),
        pytest.param(["list", "Project.open", "--after", "nonsense"], "cursor", id="cursor"),
    ],
)
def test_a_wrong_name_is_answered_with_what_is_close(
    org: Path, arguments: list[str], hint: str, capsys: Captured
) -> None:
    assert run(arguments) == 1
    assert hint in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["list", "Project.open", "--param", "least"], id="parameter without value"),
        pytest.param(["list", "Project.open", "--param", "size=3"], id="option as parameter"),
        pytest.param(["list", "Project.open", "--size", "0"], id="page without rows"),
        pytest.param(["load", "Project", "nowhere.csv"], id="file that is not there"),
        pytest.param(["load", "Project", "projects.csv", "--upsert", "Budget"], id="key that is none"),
        pytest.param(["load", "Project", "projects.csv", "--encoding", "klingon"], id="unknown encoding"),
        pytest.param(["load", "Project", "projects.csv", "--batch", "2", "--all-or-none"], id="contradiction"),
        pytest.param(["describe", "--org", "x.db", "--format", "xml"], id="unknown format"),
    ],
)
def test_wrong_usage_is_2(org: Path, arguments: list[str], capsys: Captured) -> None:
    assert run(arguments) == 2
    assert "Error:" in capsys.readouterr().err


@pytest.mark.parametrize(
    "url",
    ["mysql://host/db", "sqlite:///no/such/folder/x.db", "nonsense://x", "postgresql+psycopg://127.0.0.1:1/none"],
)
def test_an_org_that_cannot_be_opened_is_a_sentence(app: Path, url: str, capsys: Captured) -> None:
    assert run(["apply", "--yes", "--org", url]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_describe_counts_records_and_fields(org: Path, capsys: Captured) -> None:
    assert run(["describe", "--format", "json"]) == 0
    found = {each["object"]: each for each in json.loads(capsys.readouterr().out)}
    assert found["Project"]["records"] == 3
    assert found["User"]["records"] == 1


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_describe_shows_fields(org: Path, form: str, capsys: Captured) -> None:
    assert run(["describe", "Project", "--format", form]) == 0
    shown = capsys.readouterr().out
    assert "Owner_Team" in shown
    assert "Planned" in shown


def test_list_shows_a_table(org: Path, capsys: Captured) -> None:
    assert run(["list", "Project.open"]) == 0
    shown = capsys.readouterr().out
    assert "Open projects" in shown
    assert "倉庫移転" in shown
    assert "Price list" not in shown


def test_list_goes_from_page_to_page(org: Path, capsys: Captured) -> None:
    first = _json(capsys, "list", "Project.open", "--size", "1", "--sort=-Budget")
    second = _json(capsys, "list", "Project.open", "--size", "1", "--sort=-Budget", "--after", first["next"])

    assert [row["Name"] for row in (*first["rows"], *second["rows"])] == ["倉庫移転", "Website"]
    assert second["next"] is None


def test_json_keeps_every_digit_as_a_number(org: Path, capsys: Captured) -> None:
    assert run(["list", "Project.open", "--format", "json", "--where", "Budget > 100000"]) == 0
    assert '"Budget": 180000.50,' in capsys.readouterr().out


def test_list_writes_csv(org: Path, capsys: Captured) -> None:
    assert run(["list", "Project.open", "--format", "csv", "--sort", "Name"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["Name"], Decimal(row["Budget"])) for row in rows] == [
        ("Website", Decimal("24000.00")),
        ("倉庫移転", Decimal("180000.50")),
    ]


def test_a_report_is_shown_explained_and_written(org: Path, capsys: Captured) -> None:
    assert run(["report", "budget_by_team"]) == 0
    assert "Subtotal" in capsys.readouterr().out
    assert run(["report", "budget_by_team", "--explain"]) == 0
    assert "SELECT" in capsys.readouterr().out
    found = _json(capsys, "report", "budget_by_team")
    assert found["totals"]["projects"] == 3
    assert run(["report", "budget_by_team", "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("Owner_Team,Status,projects,budget\n")


def test_a_page_is_shown_as_text_and_as_json(org: Path, capsys: Captured) -> None:
    with Org.open("sqlite:///app.db") as opened:
        project = opened["Project"].first("Name = 'Website'")
    assert project is not None

    assert run(["page", "Project", project.Id]) == 0
    assert "Website" in capsys.readouterr().out
    assert "Website" in json.dumps(_json(capsys, "page", "Project", project.Id))


def test_load_writes_good_rows_and_tells_the_others(org: Path, capsys: Captured) -> None:
    (org / "more.csv").write_text("Name,Status\nOne,Planned\nTwo,Plnned\n")

    assert run(["load", "Project", "more.csv"]) == 1
    shown = capsys.readouterr()
    assert "1 created, 0 updated, 1 rejected\n" in shown.out
    assert "more.rejects.csv" in shown.err
    assert "did you mean" in (org / "more.rejects.csv").read_text("utf-8-sig")


def test_load_of_all_or_none_writes_nothing(org: Path, capsys: Captured) -> None:
    (org / "more.csv").write_text("Name,Status\nOne,Planned\nTwo,Plnned\n")

    assert run(["load", "Project", "more.csv", "--all-or-none"]) == 1
    assert "Plnned" in capsys.readouterr().err
    with Org.open("sqlite:///app.db") as opened:
        assert opened["Project"].count() == 3


def test_load_maps_headers(org: Path, capsys: Captured) -> None:
    (org / "more.csv").write_text("title,notes\nOne,x\n")

    assert run(["load", "Project", "more.csv", "--map", "title=Name", "--map", "notes="]) == 0
    assert "1 created" in capsys.readouterr().out


def test_an_export_loads_back(org: Path, capsys: Captured) -> None:
    assert run(["export", "Project", "out.csv", "--columns", "Name,Status,Budget", "--where", "Budget != null"]) == 0
    assert "2 records in out.csv" in capsys.readouterr().out
    assert run(["load", "Project", "out.csv"]) == 0


def _json(capsys: Captured, *arguments: str) -> dict[str, object]:
    capsys.readouterr()
    assert run([*arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.postgres
def test_an_org_in_postgresql_is_named(app: Path, postgres_url: str, capsys: Captured) -> None:
    where = ["--org", postgres_url, "--name", "cli_org"]
    try:
        assert run(["apply", "--yes", *where]) == 0
        assert run(["load", "Project", "projects.csv", *where]) == 0
        assert run(["list", "Project.open", *where]) == 0
        assert "Trade fair" in capsys.readouterr().out
    finally:
        with sa.create_engine(postgres_url, poolclass=sa.NullPool).begin() as connection:
            connection.execute(sa.schema.DropSchema("cli_org", cascade=True, if_exists=True))


def test_a_query_is_shown_in_every_form_and_explained(org: Path, capsys: Captured) -> None:
    assert run(["query", "SELECT COUNT() FROM User", "--format", "csv"]) == 0
    assert capsys.readouterr().out == "expr0\n1\n"
    assert run(["query", "SELECT Name FROM User WHERE Name = :n", "--param", "n=System"]) == 0
    assert "System" in capsys.readouterr().out
    assert run(["query", "SELECT Name FROM User LIMIT 1", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == [{"Name": "System"}]
    assert run(["explain", "SELECT Name FROM User WHERE Locale = 'ja'"]) == 0
    assert "`indexed: true` at the field User.Locale" in capsys.readouterr().out
    assert run(["query", "SELECT FIELDS(CUSTOM) FROM User LIMIT 1"]) == 0
    assert capsys.readouterr().out == "1 row\n"
    assert run(["query", "SELECT Nme FROM User"]) == 1
    assert "OF240" in capsys.readouterr().err


def test_a_query_is_read_from_a_file_or_from_standard_input(
    org: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "SELECT Name\nFROM Project\nWHERE Name LIKE '倉庫%'\n"
    (org / "projects.soql").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert run(["query", "@projects.soql", "--format", "csv"]) == 0
    assert capsys.readouterr().out == "Name\n倉庫移転\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert run(["query", "-", "--format", "csv"]) == 0
    assert capsys.readouterr().out == "Name\n倉庫移転\n"
    assert run(["explain", "@projects.soql"]) == 0
    assert "reads every record of Project" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("found", "given"),
    [
        pytest.param("none.soql cannot be read: No such file", "@none.soql", id="no file"),
        pytest.param("latin.soql is no text in UTF-8", "@latin.soql", id="another encoding"),
    ],
)
def test_a_file_that_is_no_text_is_told(found: str, given: str, org: Path, capsys: Captured) -> None:
    (org / "latin.soql").write_bytes("SELECT é".encode("latin-1"))
    assert run(["query", given]) == 2
    assert found in capsys.readouterr().err


def test_a_wrong_query_is_marked_where_it_is_wrong(org: Path, capsys: Captured) -> None:
    assert run(["query", "SELECT Name,\n\tNme\nFROM Project"]) == 1
    assert capsys.readouterr().err.splitlines()[:3] == [
        "<query>:2:2: OF240 'Project' has no field 'Nme'",
        "    2 |  Nme",
        "      |  ^^^  did you mean 'Name'?",
    ]
    assert run(["query", "SELECT Name FROM Project WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", "--strict"]) == 1
    assert "OF929" in capsys.readouterr().err


def test_texts_of_several_lines_keep_rows_apart(org: Path, capsys: Captured) -> None:
    text = r"""SELECT Name & '\n\tand, "so" on' Told, Budget FROM Project WHERE Name = 'Website'"""
    told = 'Website\n\tand, "so" on'
    assert run(["query", text]) == 0
    assert capsys.readouterr().out.splitlines()[3:] == [
        '│ Website and, "so" on │  24000 │',
        "└──────────────────────┴────────┘",
        "1 row",
    ]
    assert run(["query", text, "--format", "csv"]) == 0
    assert list(csv.reader(io.StringIO(capsys.readouterr().out))) == [["Told", "Budget"], [told, "24000"]]
    assert run(["query", text, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["Told"] == told
