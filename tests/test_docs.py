from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from documents import run_document
from objectforge.cli.reference import pages
from objectforge.errors.codes import CODES
from objectforge.metadata.fields.registry import BUILT_IN
from objectforge.metadata.jsonschema import schema
from objectforge.metadata.key_texts import COMMON_KEYS, KEYS, key_text

REPOSITORY = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([REPOSITORY / "README.md", *(REPOSITORY / "docs").rglob("*.md")])
REWRITE = "OBJECTFORGE_REWRITE"
LINK = re.compile(r"\[[^\]]+\]\(([^)#\s]+)(?:#([^)\s]+))?\)")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_a_document_does_what_it_says(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OBJECTFORGE_ORG", raising=False)
    written = path.read_text("utf-8")

    now = run_document(path, tmp_path)

    if os.environ.get(REWRITE):
        path.write_text(now, "utf-8")
    else:
        assert written == now, f"run the test with {REWRITE}=1 to write what is printed now, and look at it"


@pytest.mark.parametrize("name", pages())
def test_a_generated_page_is_up_to_date(name: str) -> None:
    path = REPOSITORY / "docs" / name
    if os.environ.get(REWRITE):
        path.write_text(pages()[name], "utf-8")

    assert pages()[name] == path.read_text("utf-8"), "type: python -m objectforge.cli.reference docs"


def test_every_key_of_the_contract_is_explained() -> None:
    types = {cls.__name__ for cls in BUILT_IN}
    keys = {
        (model, key)
        for model, definition in schema()["$defs"].items()
        for key in definition.get("properties", {})
        if model not in ("FieldType", "NameField", "Bucket") and not (model in types and key in COMMON_KEYS)
    }

    assert sorted(key for key in keys if not key_text(*key)) == []


def test_no_key_is_explained_that_is_not_there() -> None:
    definitions = schema()["$defs"]

    assert sorted((m, k) for m, keys in KEYS.items() for k in keys if k not in definitions[m]["properties"]) == []


def test_every_issue_code_has_a_heading() -> None:
    assert set() == set(CODES) - set(re.findall(r"^### (OF\d+) ", pages()["errors.md"], re.MULTILINE))


@pytest.mark.parametrize("path", [*DOCUMENTS, REPOSITORY / "CHANGELOG.md"], ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)

    for target, _ in LINK.findall(text):
        assert "://" in target or (path.parent / target).exists(), target


def test_the_files_the_architecture_names_exist() -> None:
    for page in (REPOSITORY / "docs" / "architecture.md", *(REPOSITORY / "docs" / "adr").glob("0*.md")):
        for name in re.findall(r"`([a-z_]+/[a-z_/.0-9]*)`", page.read_text("utf-8")):
            home = REPOSITORY if name.startswith(("tests/", "docs/")) else REPOSITORY / "src" / "objectforge"
            assert (home / name).exists(), f"{page.name}: {name}"


def test_the_installing_command_is_one_line_and_so_is_the_testing_one() -> None:
    commands = [
        line for line in (REPOSITORY / "README.md").read_text("utf-8").splitlines() if line.startswith("python3 ")
    ]

    assert [line.rsplit(".venv/bin/", 1)[1] for line in commands] == ["objectforge demo", "python -m pytest -n auto"]
