"""Public queries: those that two independent parsers take are taken, those that both refuse are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from objectforge import QueryError, parse_soql


def rows(corpora: Path, name: str, **wanted: str) -> list[dict[str, Any]]:
    lines = (corpora / name).read_text("utf-8").splitlines()
    found = [row for row in map(json.loads, lines) if all(row.get(key) == value for key, value in wanted.items())]
    assert found
    return found


def refused(texts: list[str], *, strict: bool = False) -> list[str]:
    """What is not read, or does not read again from what is printed."""
    wrong: list[str] = []
    for text in texts:
        try:
            tree = parse_soql(text, strict)
            if parse_soql(str(tree), strict) != tree:
                wrong.append(f"{text}\n{tree}")
        except QueryError as error:
            wrong.append(str(error))
    return wrong


@pytest.mark.parametrize("strict", [False, True])
def test_valid_queries_read_and_print(corpora: Path, strict: bool) -> None:
    texts = [row["soql"] for row in rows(corpora, "soql_valid.jsonl", status="agreed", profile="api")]
    assert [] == refused(texts, strict=strict)


@pytest.mark.parametrize("strict", [False, True])
def test_queries_of_programs_read_and_print(corpora: Path, strict: bool) -> None:
    found = rows(corpora, "soql_valid.jsonl", status="agreed", profile="apex")
    texts = [row.get("soql_no_binds") or row["soql"] for row in found]
    assert [] == refused(texts, strict=strict)


def test_queries_with_binds_read_and_print(corpora: Path) -> None:
    found = rows(corpora, "soql_valid.jsonl", status="agreed", profile="apex")
    assert [] == refused([row["soql"] for row in found])


def test_wrong_queries_are_refused(corpora: Path) -> None:
    found = rows(corpora, "soql_invalid.jsonl", status="agreed")
    for row in found:
        with pytest.raises(QueryError) as caught:
            parse_soql(row["soql"], strict=True)
        assert caught.value.issue.span is not None
        assert caught.value.issue.hint
