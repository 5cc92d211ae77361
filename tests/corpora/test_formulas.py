"""The public formulas: computed by Python and, as formula fields, by both databases; parsed, and parsed to their shape.

What fails is listed in `formula_exceptions.txt`, each row with the reason; a row that passes must leave the list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from formula_rows import Blanks, FormulaRow, read_rows
from formulas_in_python import passes_in_python
from formulas_in_sql import failing_in_sql
from shapes import shape_of

from objectforge.expressions.parser import parse
from objectforge.expressions.syntax_error import ExpressionSyntaxError

_EXCEPTIONS = Path(__file__).with_name("formula_exceptions.txt")
_MODES = get_args(Blanks)
_SYNTAX = "syntax"
_ENGINES = {"all": ("python", "sqlite", "postgresql"), "sql": ("sqlite", "postgresql")}


@pytest.fixture(scope="module")
def file(corpora: Path) -> Path:
    return corpora / "formulas.jsonl"


@pytest.fixture(scope="module")
def rows(file: Path) -> list[FormulaRow]:
    return read_rows(file)


@pytest.mark.parametrize("blanks", _MODES)
def test_python_gives_what_the_rows_say(rows: list[FormulaRow], blanks: Blanks) -> None:
    tried = [row for row in rows if blanks in row.expected]
    failing = {row.id for row in tried if not passes_in_python(row, blanks)}
    assert _listed("python", blanks) == failing
    assert len(failing) <= 0.02 * len(tried)


@pytest.mark.parametrize("blanks", _MODES)
@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_formula_fields_give_what_the_rows_say(
    rows: list[FormulaRow], engine: str, blanks: Blanks, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres_url") if engine == "postgresql" else None
    tried = [row for row in rows if blanks in row.expected]
    failing = failing_in_sql(tried, blanks, url)
    assert _listed(engine, blanks) == set(failing), {
        row: got for row, got in failing.items() if row not in _listed(engine, blanks)
    }
    assert len(failing) <= 0.05 * len(tried)


def test_texts_parse_or_are_refused_as_the_rows_say(file: Path) -> None:
    wrong = {row["id"] for row in _of_kind(file, _SYNTAX, "parse") if _parses(row) != (row["expected"] == "ok")}
    assert _listed(_SYNTAX) == wrong


def test_texts_parse_to_the_shape_that_the_rows_say(file: Path) -> None:
    for row in _of_kind(file, "ast"):
        assert row["expected"] == shape_of(parse(row["expression"])), row["expression"]


def test_every_exception_has_a_reason() -> None:
    for line in _lines():
        assert all(part.strip() for part in line), line


def _listed(engine: str, blanks: str = "-") -> set[str]:
    """The rows that the list says fail there."""
    return {
        row
        for row, engines, modes, _ in _lines()
        if engine in _ENGINES.get(engines, (engines,)) and (modes == "both" or blanks == modes)
    }


def _lines() -> Iterator[list[str]]:
    for line in _EXCEPTIONS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            row, engines, modes, reason = line.split(" | ")
            yield [row, engines, modes, reason]


def _of_kind(file: Path, *kinds: str) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["kind"] in kinds]


def _parses(row: dict[str, Any]) -> bool:
    try:
        parse(row["expression"])
    except ExpressionSyntaxError:
        return False
    return True
