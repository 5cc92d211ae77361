"""Public queries on an org made for them: every one runs, and finds what plain Python finds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from soql_plain import Plain, Untold
from soql_records import NOW, filled
from soql_world import worlds

from objectforge import Metadata, Org, QueryError, parse_soql
from objectforge.expressions.soql.syntax import Query
from objectforge.testing import temp_org

NOT_MEANT = Path(__file__).with_name("soql_not_meant.txt")


def queries(corpora: Path) -> list[tuple[str, Query]]:
    """Those of the API, and those of programs with a text in the place of each bind."""
    rows = [json.loads(line) for line in (corpora / "soql_valid.jsonl").read_text("utf-8").splitlines()]
    agreed = [row for row in rows if row["status"] == "agreed"]
    texts = dict.fromkeys(row["soql"] if row["profile"] == "api" else row.get("soql_no_binds") for row in agreed)
    return [(text, parse_soql(text)) for text in texts if text]


def without_meaning() -> set[str]:
    lines = NOT_MEANT.read_text("utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def orgs(asked: list[tuple[str, Query]], url: str | None) -> Iterator[tuple[Org, Plain, list[tuple[str, Query]]]]:
    texts = {id(query): text for text, query in asked}
    for world, taken in worlds([query for _, query in asked]):
        metadata = Metadata.from_dict(world.metadata())
        with temp_org(metadata, clock=lambda: NOW, **({} if url is None else {"url": url})) as org:
            yield org, filled(org, world, 1), [(texts[id(query)], query) for query in taken]


def plain(row: Any) -> dict[str, Any]:
    return {key: [plain(each) for each in value] if isinstance(value, list) else value for key, value in row.items()}


def check(corpora: Path, url: str | None) -> None:
    wrong: list[str] = []
    refused: set[str] = set()
    untold: list[str] = []
    compared = found = 0
    for org, world, taken in orgs(queries(corpora), url):
        for text, query in taken:
            try:
                given = [plain(row) for row in org.query(text)]
            except QueryError:
                refused.add(text)
                continue
            try:
                expected = world.query(query)
            except Untold:
                untold.append(text)
                continue
            compared += 1
            found += bool(expected)
            if given != expected:
                wrong.append(f"{text}\n{given[:3]}\n{expected[:3]}")
    assert [] == wrong
    assert without_meaning() == refused
    assert [] == untold
    assert compared > 1250
    assert found > 700


def test_every_query_finds_what_plain_python_finds(corpora: Path) -> None:
    check(corpora, None)


@pytest.mark.postgres
def test_postgresql_finds_the_same(corpora: Path, postgres_url: str) -> None:
    check(corpora, postgres_url)


def test_what_the_grammar_lets_through_is_refused_by_its_meaning(corpora: Path) -> None:
    rows = [json.loads(line) for line in (corpora / "soql_invalid.jsonl").read_text("utf-8").splitlines()]
    semantic = [row["soql"] for row in rows if row["status"] == "semantic"]
    metadata = Metadata.parse("""
        objects:
          Lead: {fields: {LeadSource: text}}
          Contact: {fields: {Location: geolocation, FirstName: text, AccountId: lookup(Account)}}
          Account: {}
          Merchandise__c: {}
    """)
    with temp_org(metadata) as org:
        for text in semantic:
            with pytest.raises(QueryError) as caught:
                org.query(text, strict=True)
            assert caught.value.issue.span is not None, text
