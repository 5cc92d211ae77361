"""New objects in an order in which their tables can be made: what a foreign key points to comes first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Created", "creation_order"]


@dataclass(frozen=True, slots=True)
class Created:
    """An object to create; `late` are the lookups whose target comes only after it, to be added then."""

    object: str
    late: tuple[str, ...]


def creation_order(
    references: Mapping[str, Iterable[tuple[str, str]]], existing: Collection[str], first: str
) -> tuple[Created, ...]:
    """Order the new objects.

    Args:
        references: By new object (lookup field, target object).
        existing: The objects that have tables already.
        first: The object to begin with where it is new, because nearly all others point to it.
    """
    done: dict[str, None] = dict.fromkeys(existing)
    found: list[Created] = []

    def create(name: str) -> None:
        done[name] = None
        late = tuple(field for field, target in references[name] if target not in done)
        found.append(Created(name, late))

    if first in references:
        create(first)
    for start in references:
        if start in done:
            continue
        opened = {start}
        waiting = [(start, iter(list(references[start])))]
        while waiting:
            name, targets = waiting[-1]
            ahead = next((target for _, target in targets if target not in done and target not in opened), None)
            if ahead is None:
                waiting.pop()
                create(name)
            else:
                opened.add(ahead)
                waiting.append((ahead, iter(list(references[ahead]))))
    return tuple(found)
