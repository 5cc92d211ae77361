"""What is found about names and expressions: problems as issues with their places, and what the names stand for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from objectforge.errors.issue import Issue, Severity
from objectforge.errors.source import Span
from objectforge.expressions.problem import ExpressionProblem
from objectforge.metadata.places import NOWHERE, Path, Places
from objectforge.relations.mentions import Meaning, Mention

__all__ = ["SILENT", "Findings"]

SILENT = ""
"""The code of a problem that has an issue already, where its cause stands."""


@dataclass(slots=True)
class Findings:
    """Collects the issues of a stage."""

    places: Places = NOWHERE
    issues: list[Issue] = field(default_factory=list[Issue])
    mentions: list[Mention] | None = None
    """What the names stand for, where somebody wants to know."""
    advising: bool = False
    """Whether somebody wants to know what is no mistake, but deserves a look."""

    @property
    def wrong(self) -> bool:
        """Whether there is an error among the issues."""
        return any(issue.severity is Severity.ERROR for issue in self.issues)

    def add(self, code: str, message: str, path: Path, hint: str | None = None) -> None:
        """Note a problem with the value at a path."""
        self._note(Issue(code, message, self.places.span(*path), hint))

    def add_at_key(
        self, code: str, message: str, path: Path, hint: str | None = None, *, first: tuple[str, Path] | None = None
    ) -> None:
        """Note a problem with the key at a path; `first` is the other place where two things clash."""
        other: Span | None = self.places.key(*first[1]) if first else None
        related = ((first[0], other),) if first and other else ()
        self._note(Issue(code, message, self.places.key(*path), hint, related=related))

    def add_within(self, code: str, message: str, path: Path, start: int, end: int, hint: str | None = None) -> None:
        """Note a problem with a stretch of the text at a path."""
        self._note(Issue(code, message, self.places.within(path, start, end), hint))

    def advise(self, code: str, message: str, path: Path, start: int, end: int, hint: str | None = None) -> None:
        """Note what deserves a look in a stretch of the text at a path."""
        self._note(Issue(code, message, self.places.within(path, start, end), hint, Severity.WARNING))

    def add_problems(self, problems: Iterable[ExpressionProblem], path: Path, shift: int = 0) -> None:
        """Note what is wrong with the expression at a path, which begins `shift` characters into the text."""
        for problem in problems:
            if problem.code != SILENT:
                start, end = problem.start + shift, problem.end + shift
                self.add_within(problem.code, problem.message, path, start, end, problem.hint)

    def mention(
        self, meaning: Meaning, path: Path, start: int = 0, end: int | None = None, *, key: bool = False
    ) -> None:
        """Note what the name at a path stands for, or a stretch of the text there, or its key."""
        if self.mentions is not None:
            self.mentions.append(Mention(meaning, path, start, end, key))

    def _note(self, issue: Issue) -> None:
        self.issues.append(issue)
