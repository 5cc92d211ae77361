from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from objectforge.expressions.parser import parse
from objectforge.expressions.printer import print_expression
from objectforge.expressions.same import same
from objectforge.expressions.syntax_error import ExpressionSyntaxError

_FOLDER = Path(os.environ.get("OBJECTFORGE_CORPORA") or Path(__file__).parents[3] / "shared" / "corpora")
_FORMULAS = _FOLDER / "formulas.jsonl"

# Valid elsewhere, refused here by their code: maps and indexes in brackets and one row with a backslash between tokens
# (OF302), rows whose inner quotes lost their escapes (OF303), and powers beside products without parentheses (OF312).
_REFUSED = Counter({("eval", "OF302"): 3, ("syntax", "OF302"): 24, ("syntax", "OF303"): 2, ("syntax", "OF312"): 3})
_READ = Counter({"eval": 3_448, "syntax": 83, "parse": 60, "ast": 17})


@pytest.fixture(scope="module")
def formulas() -> list[dict[str, Any]]:
    if not _FORMULAS.is_file():
        pytest.skip("needs the public corpora: ../shared/corpora, or the folder OBJECTFORGE_CORPORA names")
    return [json.loads(line) for line in _FORMULAS.read_text(encoding="utf-8").splitlines()]


def test_public_formulas_read_and_print(formulas: list[dict[str, Any]]) -> None:
    read: Counter[str] = Counter()
    refused: Counter[tuple[str, str]] = Counter()
    for row in formulas:
        if row["kind"] == "syntax" and row["expected"] == "error":
            continue
        try:
            tree = parse(row["expression"])
        except ExpressionSyntaxError as error:
            refused[row["kind"], error.code] += 1
            continue
        read[row["kind"]] += 1
        assert same(tree, parse(print_expression(tree))), row["expression"]
    assert refused == _REFUSED
    assert read == _READ


def test_public_mistakes_are_refused(formulas: list[dict[str, Any]]) -> None:
    wrong = [row["expression"] for row in formulas if row["kind"] == "syntax" and row["expected"] == "error"]
    expected = 18
    assert expected == len(wrong)
    for text in wrong:
        with pytest.raises(ExpressionSyntaxError):
            parse(text)
