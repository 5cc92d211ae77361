"""What vanishes and what is new to the question whether the one is the other, renamed: nobody else can know it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeVar

__all__ = ["Candidate", "Question", "ask", "question"]

_SIMILAR = 0.6

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that vanishes or is new. `kind` is what it is made of: only things of one kind can be the same.

    `traits` are what else tells things apart: of an object its fields; `path` its name and those it had before.
    """

    name: str
    kind: str
    path: tuple[str, ...] = ()
    traits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """Is `new` the renamed `held`? The plan waits for `was:` in the file, or for `held` to be allowed by name."""

    what: Literal["object", "field", "value"]
    held: str
    """The full name of what would be held: Account.Fax."""
    new: str
    """The full name of what is new."""
    was: tuple[str, ...]
    """What `was:` would say: the name of what would be held, and those it had before."""
    older: bool = False
    """Whether `new` is a name that `held` had before: most likely the metadata is older than the org."""

    def __str__(self) -> str:
        was = self.was[0] if len(self.was) == 1 else f"[{', '.join(self.was)}]"
        if self.older:
            return (
                f"? the {self.what} {self.new} was renamed, the org has it as {self.held}: is this metadata older? "
                f"Then pull the org's first; to go back to the old name write `was: {was}` with it; "
                f"if it is a new one, allow=[{self.held!r}]"
            )
        return (
            f"? is {self.new} the {self.what} {self.held} under a new name? "
            f"If so, write `was: {was}` with it; if not, allow=[{self.held!r}]"
        )


def question(what: Literal["object", "field", "value"], owner: str, gone: Candidate, new: Candidate) -> Question:
    """The question whether two things are one; `owner` is what stands before their names: `Account.`."""
    before = [name.lower() for name in gone.path[1:]]
    path = gone.path or (gone.name,)
    return Question(what, f"{owner}{gone.name}", f"{owner}{new.name}", path, older=new.name.lower() in before)


def ask(gone: Iterable[Candidate], new: Iterable[Candidate], least: float = 0) -> Iterator[tuple[Candidate, Candidate]]:
    """Each vanishing thing with the new one that is most like it, if one is like it at all: more than `least`."""
    left = list(new)
    for one in gone:
        likely = [other for other in left if other.kind == one.kind]
        best = max(likely, key=lambda other: _likeness(one, other), default=None)
        if best is not None and _likeness(one, best) > least:
            left.remove(best)
            yield one, best


def _likeness(gone: Candidate, new: Candidate) -> float:
    """How alike two things are: 0 is not at all. Things of one kind without traits are always a little alike."""
    if new.name.lower() in (name.lower() for name in gone.path):
        return 3
    similar = SequenceMatcher(None, gone.name.lower(), new.name.lower()).ratio()
    if not gone.traits and not new.traits:
        return 0.1 + similar
    shared = len(gone.traits & new.traits) / max(1, min(len(gone.traits), len(new.traits)))
    return max(similar if similar >= _SIMILAR else 0, shared if shared >= _SIMILAR else 0)
