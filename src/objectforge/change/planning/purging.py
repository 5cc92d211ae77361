"""Names of held things to the plan that forgets them, with their data, for good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from objectforge.change.plan import Plan
from objectforge.change.planning.facts import Facts
from objectforge.change.planning.held import Purge, purge_steps, stored_fields
from objectforge.change.steps import PurgeField, PurgeObject, PurgeValue
from objectforge.errors.exceptions import NotFound, PlanRefused
from objectforge.errors.issue import closest
from objectforge.relations.schema import Schema
from objectforge.storage.registry import Registry, State, StoredField

__all__ = ["plan_purge"]


def plan_purge(registry: Registry, schema: Schema, names: Sequence[str], facts: Facts) -> Plan:
    """The plan that purges what bears the names: `Account`, `Account.Fax`, or `Account.Industry.Shipping`.

    Raises:
        NotFound: nothing of a name is held.
        PlanRefused: it is declared, or something else refers to it.
    """
    steps = tuple(_step(registry, name, facts) for name in dict.fromkeys(names))
    gone = {step.number for step in steps if isinstance(step, PurgeObject)}
    fields = {step.identity for step in steps if isinstance(step, PurgeField)}
    _refuse_referred(registry, gone, fields)
    after = replace(
        registry,
        version=registry.version + 1,
        objects=tuple(each for each in registry.objects if each.number not in gone),
        fields=tuple(
            _without(each, gone, steps)
            for each in registry.fields
            if each.object not in gone and each.identity not in fields
        ),
    )
    return Plan(steps, registry, after, schema)


def _step(registry: Registry, name: str, facts: Facts) -> Purge:
    for step in purge_steps(registry, facts, lambda other: _same(other, name)):
        return step
    owners = [stored for stored in registry.objects if _same(stored.name, name.split(".")[0])]
    if owners and all(stored.state is State.HELD for stored in owners):
        raise PlanRefused(f"{name} is held with {owners[0].name}, and goes with it: purge {owners[0].name}")
    if _declared(registry, name):
        raise PlanRefused(
            f"{name} is declared, and only what is held can be purged; take it out of the metadata, deploy, then purge"
        )
    held = list(_names(registry))
    hint = closest(name, held, str.lower)
    told = f"; did you mean {hint}?" if hint else f"; held are: {', '.join(held[:20])}" if held else "; nothing is"
    raise NotFound(f"nothing called {name!r} is held{told}")


def _declared(registry: Registry, name: str) -> bool:
    if any(_same(stored.name, name) for stored in registry.in_sight):
        return True
    return any(
        _same(full, name)
        for owner, field in stored_fields(registry)
        for full in (f"{owner.name}.{field.name}", *(f"{owner.name}.{field.name}.{one.value}" for one in field.values))
    )


def _names(registry: Registry) -> Iterator[str]:
    """Whatever could be purged."""
    yield from (stored.name for stored in registry.objects if stored.state is State.HELD)
    for owner, field in stored_fields(registry):
        if field.state is State.HELD:
            yield f"{owner.name}.{field.name}"
        yield from (f"{owner.name}.{field.name}.{one.value}" for one in field.values if one.state is State.HELD)


def _refuse_referred(registry: Registry, gone: Iterable[int], fields: Iterable[int]) -> None:
    """See that no lookup with a foreign key would be left without its table."""
    numbers, going = set(gone), set(fields)
    left = [
        (owner, field)
        for owner, field in stored_fields(registry)
        if set(field.targets) & numbers
        and len(field.targets) == 1
        and field.identity not in going
        and owner.number not in numbers
    ]
    if left:
        names = " ".join(f"{owner.name}.{field.name}" for owner, field in left)
        first = registry.by_number[left[0][1].targets[0]].name
        raise PlanRefused(
            f"{first} cannot be purged while lookups that are held lead to it; nothing was changed. "
            f"Purge them with it: objectforge purge {first} {names}"
        )


def _without(field: StoredField, gone: Iterable[int], steps: Iterable[Purge]) -> StoredField:
    """A field that stays, without the objects and values that go."""
    values = {step.value for step in steps if isinstance(step, PurgeValue) and step.identity == field.identity}
    targets = tuple(target for target in field.targets if target not in set(gone))
    kept = tuple(value for value in field.values if value.state is State.ACTIVE or value.value not in values)
    return replace(field, targets=targets, values=kept)


def _same(one: str, other: str) -> bool:
    return one.lower() == other.lower()
