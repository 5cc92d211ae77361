"""A form and what is given to the values of one believable record, lookups left to whoever knows the parents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from pydantic_core import PydanticCustomError

from objectforge.records.forms import Form
from objectforge.records.making.hints import Scene, hinted
from objectforge.relations.schema import Field

__all__ = ["Wish", "draw", "guesses", "shared_keys"]


@dataclass(frozen=True)
class Wish:
    """What is wanted of a record: the canonical values `given`, whether optional fields are filled, or `extra` ones."""

    form: Form
    given: Mapping[str, Any]
    full: bool
    seed: int
    extra: frozenset[str] = frozenset()


def draw(wish: Wish, number: int) -> dict[str, Any]:
    """The values of the record of that number: every number has its own, the same each time."""
    row = dict(wish.given)
    made: dict[str, Any] = {}
    settled: set[str] = set()
    for field in _in_order(wish, _wanted(wish)):
        if field.name in settled:
            continue
        # Dice of its own for each field: another field more or less does not change the others.
        name = wish.form.object.name
        random = Random(f"{wish.seed}/{name}/{field.name}/{number}")  # noqa: S311 - believable, not secret
        value = _value(wish, field, Scene(wish.form.object, random, number, row))
        if value is not None:
            row[field.name] = made[field.name] = value
        settled.update(_set_by(field, value))
    return made


def shared_keys(wish: Wish) -> frozenset[str]:
    """The lookups that tell records of a unique rule apart, where nothing else does: no two may share their parent."""
    found: set[str] = set()
    for key in wish.form.unique:
        names = [each.name for each in key.fields]
        free = [name for name in names if name not in wish.given]
        links = [name for name in free if name in wish.form.lookups]
        if links and len(links) == len(free):
            found.add(links[-1])
    return frozenset(found)


def guesses(wish: Wish, number: int) -> Wish:
    """The wish with some of the optional fields that validations speak of: maybe just these are what they want."""
    form = wish.form
    read = sorted({name for rule in form.rules for name in rule.reads if name in form.writable})
    random = Random(f"{wish.seed}/{form.object.name}/{number}")  # noqa: S311 - believable, not secret
    chosen = {name for name in read if random.random() < 0.5}
    others = frozenset(form.writable).difference(read) if wish.full else frozenset[str]()
    return replace(wish, full=False, extra=others | chosen)


# -- which fields -----------------------------------------------------------------------------------------------------
def _wanted(wish: Wish) -> dict[str, Field]:
    form, obj = wish.form, wish.form.object
    found: dict[str, Field] = {}
    for name, field in form.writable.items():
        if field.system or name in form.lookups or name in wish.given:
            continue
        is_name = obj.name_field in (name, field.part_of)
        filled = wish.full or is_name or field.type.required or name in wish.extra
        if field.default is None and filled:
            found[name] = field
    for field in _telling_apart(wish):
        found[field.name] = field
    for field, controlling in form.dependents:
        if field.name in found and controlling.name not in wish.given and controlling.default is None:
            found.setdefault(controlling.name, controlling)
    return found


def _telling_apart(wish: Wish) -> Iterator[Field]:
    """The fields of unique rules that a default would fill with the same value each time."""
    for key in wish.form.unique:
        for field in key.fields:
            if field.name not in wish.given and field.default is not None and field.name not in wish.form.lookups:
                yield field


def _in_order(wish: Wish, wanted: Mapping[str, Field]) -> Iterable[Field]:
    """What decides about others first: a controlling field before its dependents, what sets before what is set."""
    before: dict[str, set[str]] = {}
    for field, controlling in wish.form.dependents:
        before.setdefault(field.name, set()).add(controlling.name)
    for field in wish.form.setting:
        for targets in field.sets.values():
            for target in targets:
                before.setdefault(target, set()).add(field.name)
    placed: dict[str, Field] = {}

    def place(field: Field, above: frozenset[str]) -> None:
        for name in sorted(before.get(field.name, ())):
            if name in wanted and name not in above and name not in placed:
                place(wanted[name], above | {name})
        placed.setdefault(field.name, field)

    for field in wanted.values():
        place(field, frozenset({field.name}))
    return placed.values()


def _set_by(field: Field, value: Any) -> Iterable[str]:
    return field.sets.get(value, {}) if isinstance(value, str) else ()


# -- which value ------------------------------------------------------------------------------------------------------
def _value(wish: Wish, field: Field, scene: Scene) -> Any:
    if field.type.choice_rules is not None:
        return _choice(wish, field, scene)
    for value in (_hinted(wish, field, scene), field.type.example(scene.random, scene.number)):
        if value is None:
            continue
        try:
            return field.type.coerce(value)
        except PydanticCustomError:
            continue
    return None


def _hinted(wish: Wish, field: Field, scene: Scene) -> Any:
    """What the field's name suggests; in a unique field only texts, and with the record's number."""
    value = hinted(field, scene)
    if not any(field in key.fields for key in wish.form.unique):
        return value
    if not isinstance(value, str):
        return None
    return value if str(scene.number) in value else f"{value} {scene.number}"


def _choice(wish: Wish, field: Field, scene: Scene) -> Any:
    rules = field.type.choice_rules
    assert rules is not None, "asked by the caller"
    controlling = None if rules.controlled_by is None else wish.form.object.field(rules.controlled_by)
    with_value = None if controlling is None else scene.row.get(controlling.name, _default_of(wish, controlling))
    allowed = [
        value for value in field.type.allowed_with(with_value) if _leaves_a_choice(wish, field, value, scene.row)
    ]
    if not allowed:
        return None
    if rules.multiple:
        return field.type.coerce(scene.random.sample(allowed, k=min(len(allowed), scene.random.choice((1, 2)))))
    return scene.random.choice(allowed)


def _leaves_a_choice(wish: Wish, field: Field, value: str, row: Mapping[str, Any]) -> bool:
    """Whether the dependents of a field can have what is given for them, or need, with this value."""
    for dependent, controlling in wish.form.dependents:
        if controlling.name != field.name:
            continue
        allowed = dependent.type.allowed_with(value)
        given = row.get(dependent.name)
        if given is not None and not set(str(given).split(";")) <= set(allowed):
            return False
        if given is None and dependent.type.required and not allowed:
            return False
    return True


def _default_of(wish: Wish, field: Field) -> Any:
    return wish.form.literals.get(field.name)
