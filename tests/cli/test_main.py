from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from objectforge.cli.main import cli, run

HEAVY = ("sqlalchemy", "pydantic", "pydantic_core", "networkx", "rich", "jsonschema", "yaml", "babel")
COMMANDS = tuple(cli.list_commands(click.Context(cli)))


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["init", "--help"], *([name, "--help"] for name in COMMANDS)], ids=" ".join
)
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    allowed = ("yaml",) if len(arguments) == 2 else ()
    program = f"from objectforge.cli.main import run; run({arguments!r})"

    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", program], capture_output=True, text=True, check=True
    )

    imported = {line.rsplit("|", 1)[1].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}
    assert set() == imported & set(HEAVY) - set(allowed)
    assert done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_examples_that_name_it(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = run([name, "--help"])

    shown = capsys.readouterr().out
    assert code == 0
    assert "Examples:" in shown
    assert f"objectforge {name}" in shown.split("Examples:")[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_the_group_and_of_the_command_begin_alike(name: str) -> None:
    context = click.Context(cli)
    command = cli.get_command(context, name)

    assert command is not None
    assert name == command.name
    assert cli._entries[name].help.endswith(".")  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_example_in_a_help_parses(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.help is not None
    options = {option for param in command.params for option in param.opts} | {"--help"}

    for example in re.findall(rf"objectforge {name}\b([^\n|]*)", command.help.split("Examples:")[1]):
        assert set() == {word.split("=")[0] for word in example.split() if word.startswith("--")} - options


def test_an_unknown_command_is_wrong_usage_with_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reprot"]) == 2
    assert "there is no command 'reprot'; did you mean 'report'?" in capsys.readouterr().err


def test_without_arguments_the_help_is_shown_as_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "Commands:" in capsys.readouterr().err


def test_ctrl_c_ends_in_a_word(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    module = import_module("objectforge.cli.explain")

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module.explain, "callback", interrupt)

    assert run(["explain"]) == 130
    assert capsys.readouterr().err.strip() == "interrupted"


def test_a_closed_pipe_is_quiet() -> None:
    program = "from objectforge.cli.main import main; main()"
    reader = subprocess.Popen([sys.executable, "-c", "pass"], stdin=subprocess.PIPE)
    reader.wait()
    assert reader.stdin is not None

    done = subprocess.run(
        [sys.executable, "-c", program, "explain"], stdout=reader.stdin, stderr=subprocess.PIPE, check=False
    )
    reader.stdin.close()

    assert (done.returncode, done.stderr) == (141, b"")


def test_commands_complete_without_being_imported(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "_OBJECTFORGE_COMPLETE": "bash_complete",
        "COMP_WORDS": "objectforge re",
        "COMP_CWORD": "1",
    }
    program = "from objectforge.cli.main import main; main()"

    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False, cwd=tmp_path
    )

    assert done.stdout.strip() == "plain,report"
