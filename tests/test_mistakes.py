"""Guilty YAML: each file of tests/mistakes says in comments which issue is expected on which line, and no other is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from objectforge.errors.issue import Issue, render
from objectforge.metadata.metadata import collect
from objectforge.relations.resolve import examine

MISTAKES = Path(__file__).parent / "mistakes"
EXPECTED = re.compile(r"#\s+(OF[0-9]{3})\s+((?:[^#]|#(?!\s+OF))*)")
CASES = sorted(path for path in MISTAKES.iterdir() if path.is_dir() or path.suffix == ".yaml")


def issues_of(path: Path) -> Iterable[Issue]:
    metadata, issues = collect([path])
    if metadata is None:
        return issues
    _, more = examine(metadata)
    return (*issues, *more)


def expected_in(path: Path) -> Iterator[tuple[str, int, str, str]]:
    for file in sorted(path.rglob("*.yaml")) if path.is_dir() else [path]:
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            for found in EXPECTED.finditer(line):
                yield file.relative_to(MISTAKES).as_posix(), number, found[1], found[2].strip()


def shown(issue: Issue, beginnings: Iterable[str]) -> tuple[str, int, str, str]:
    """The issue as it is expected: its message cut to the expected beginning that fits."""
    assert issue.span is not None, render(issue)
    file = Path(issue.span.source.name).resolve().relative_to(MISTAKES).as_posix()
    message = next((text for text in beginnings if issue.message.startswith(text)), issue.message)
    return file, issue.span.line, issue.code, message


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_a_guilty_file_shows_exactly_the_issues_it_announces(path: Path) -> None:
    expected = sorted(expected_in(path))
    beginnings = sorted((text for *_, text in expected), key=len, reverse=True)

    found = sorted(shown(issue, beginnings) for issue in issues_of(path))

    assert expected == found
