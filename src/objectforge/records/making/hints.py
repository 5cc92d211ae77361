"""A field's name to a believable value: what a City, a Price or a Subject usually holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from objectforge.metadata.fields.samples import CITIES, COMPANIES, FIRST_NAMES, LAST_NAMES, WORDS
from objectforge.relations.schema import Field, Object
from objectforge.values.kinds import Kind
from objectforge.values.locales import Locale, pick_label

__all__ = ["Scene", "hinted"]

_ENGLISH = Locale("en")
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_COMPANIES = frozenset({
    "account", "agency", "brand", "carrier", "clinic", "client", "company", "customer", "employer", "firm", "maker",
    "manufacturer", "organisation", "organization", "partner", "publisher", "shop", "store", "supplier", "vendor",
})  # fmt: skip
_PEOPLE = frozenset({
    "author", "borrower", "candidate", "contact", "doctor", "employee", "guest", "keeper", "lead", "member", "owner",
    "patient", "person", "player", "student", "teacher", "user", "visitor", "volunteer", "vet", "worker",
})  # fmt: skip
_JOBS = (
    "Purchasing Manager", "Quality Manager", "Plant Manager", "Head of Engineering", "Sales Director", "Assistant",
    "Maintenance Lead", "Managing Director",
)  # fmt: skip
_DEPARTMENTS = ("Purchasing", "Quality", "Production", "Engineering", "Finance", "Sales", "Research")
_SUBJECTS = ("Call back", "Send quote", "Check the delivery", "Renew the contract", "Plan the visit", "Follow up")
_SENTENCES = ("Agreed by telephone.", "To be checked next week.", "As discussed.", "Nothing special to report.")
_COLORS = ("Red", "Blue", "Green", "Yellow", "Black", "White", "Grey", "Brown")
_FORMS = ("Partners", "Industries", "Trading", "Group", "Works", "Supply")


@dataclass(frozen=True, slots=True)
class Scene:
    """A value's surroundings: its record's object, number and other values, and the dice thrown for it alone."""

    object: Object
    random: Random
    number: int
    row: Mapping[str, Any]


_Hint = Callable[[Scene], Any]


def hinted(field: Field, scene: Scene) -> Any:
    """The value that a field's name suggests; None where it suggests none that the field's kind can hold."""
    words = tuple(word.lower() for word in _WORDS.findall(field.name.removesuffix("__c")))
    match field.value_type.kind:
        case Kind.TEXT:
            text = _found(_TEXTS, words, scene)
            return _name(scene) if text is None and field.name == scene.object.name_field else text
        case Kind.NUMBER if field.value_type.percent:
            return _steps(scene, 5, 5, 20)
        case Kind.NUMBER:
            return _found(_NUMBERS, words, scene)
        case Kind.DATE:
            return _found(_DATES, words, scene)
        case _:
            return None


def _found(hints: Mapping[tuple[str, ...], _Hint], words: tuple[str, ...], scene: Scene) -> Any:
    """What the longest known end of the words suggests."""
    for start in range(len(words)):
        hint = hints.get(words[start:])
        if hint is not None:
            return hint(scene)
    return None


# -- texts ------------------------------------------------------------------------------------------------------------
def _name(scene: Scene) -> str:
    label = pick_label(scene.object.label, _ENGLISH)
    kinds = {word.lower() for word in _WORDS.findall(f"{scene.object.name} {label}")}
    if kinds & _PEOPLE:
        return _full_name(scene)
    if kinds & _COMPANIES:
        return _company(scene)
    return f"{scene.random.choice(WORDS)} {label} {scene.number}"


def _company(scene: Scene) -> str:
    return f"{scene.random.choice(COMPANIES)} {scene.random.choice(_FORMS)}"


def _full_name(scene: Scene) -> str:
    return f"{scene.random.choice(FIRST_NAMES)} {scene.random.choice(LAST_NAMES)}"


def _email(scene: Scene) -> str:
    first = scene.row.get("FirstName") or scene.random.choice(FIRST_NAMES)
    last = scene.row.get("LastName") or scene.random.choice(LAST_NAMES)
    address = f"{first}.{last}{scene.number}@example.com".lower()
    return address if address.isascii() and " " not in address else f"person{scene.number}@example.com"


def _title(scene: Scene) -> str | None:
    """A person's job; what else has a title is named by other words."""
    return scene.random.choice(_JOBS) if "LastName" in scene.object.fields else None


def _place(part: int) -> _Hint:
    return lambda scene: CITIES[scene.number % len(CITIES)][part]


def _street(scene: Scene) -> str:
    return f"{scene.random.randrange(1, 180)} {scene.random.choice(('Main', 'Oak', 'Harbor', 'Station'))} Street"


def _code(scene: Scene) -> str:
    return f"{scene.object.name.removesuffix('__c')[:3].upper()}-{scene.number:05d}"


def _one(*values: str) -> _Hint:
    return lambda scene: scene.random.choice(values)


_TEXTS: Mapping[tuple[str, ...], _Hint] = {
    ("city",): _place(0), ("town",): _place(0), ("state",): _place(1), ("province",): _place(1),
    ("prefecture",): _place(1), ("country",): _place(2), ("street",): _street, ("address",): _street,
    ("postal", "code"): lambda scene: f"{scene.random.randrange(10_000, 99_999)}",
    ("zip",): lambda scene: f"{scene.random.randrange(10_000, 99_999)}",
    ("first", "name"): _one(*FIRST_NAMES), ("given", "name"): _one(*FIRST_NAMES),
    ("last", "name"): _one(*LAST_NAMES), ("family", "name"): _one(*LAST_NAMES), ("surname",): _one(*LAST_NAMES),
    ("full", "name"): _full_name, ("contact", "person"): _full_name, ("username",): _email,
    ("email",): _email,
    ("company",): _company, ("company", "name"): _company, ("manufacturer",): _company, ("supplier",): _company,
    ("title",): _title, ("time", "zone"): _one("Asia/Tokyo", "Europe/Berlin", "UTC"), ("locale",): _one("en", "ja"),
    ("job", "title"): _one(*_JOBS), ("position",): _one(*_JOBS), ("department",): _one(*_DEPARTMENTS),
    ("subject",): _one(*_SUBJECTS), ("color",): _one(*_COLORS), ("colour",): _one(*_COLORS),
    ("description",): _one(*_SENTENCES), ("notes",): _one(*_SENTENCES), ("comments",): _one(*_SENTENCES),
    ("code",): _code, ("sku",): _code, ("number",): _code, ("serial",): _code, ("key",): _code,
}  # fmt: skip


# -- numbers ----------------------------------------------------------------------------------------------------------
def _steps(scene: Scene, first: int, step: int, count: int) -> Decimal:
    return Decimal(first + step * scene.random.randrange(count))


def _between(low: int, high: int) -> _Hint:
    return lambda scene: _steps(scene, low, 1, high - low + 1)


def _round(low: int, high: int) -> _Hint:
    """One to nineteen times a power of ten between the two."""
    return lambda scene: _steps(scene, 1, 1, 19) * 10 ** scene.random.randrange(low, high + 1)


_NUMBERS: Mapping[tuple[str, ...], _Hint] = {
    ("quantity",): _between(1, 20), ("copies",): _between(1, 9), ("seats",): _between(2, 40),
    ("price",): _round(0, 3), ("cost",): _round(0, 3), ("fee",): _round(0, 2), ("rate",): _round(0, 1),
    ("amount",): _round(2, 4), ("total",): _round(2, 4), ("budget",): _round(3, 5), ("revenue",): _round(5, 7),
    ("salary",): _round(4, 4), ("employees",): _round(0, 3), ("age",): _between(18, 80),
    ("year",): _between(1995, 2025),
    ("rating",): _between(1, 5), ("stars",): _between(1, 5), ("score",): _between(1, 100),
    ("discount",): lambda scene: _steps(scene, 5, 5, 6), ("probability",): lambda scene: _steps(scene, 5, 5, 19),
}  # fmt: skip


# -- dates ------------------------------------------------------------------------------------------------------------
def _in_year(year: int) -> _Hint:
    """A day of the year; what ends does so in the year after it began."""
    return lambda scene: date(year, 1, 1) + timedelta(days=scene.random.randrange(360))


def _birth(scene: Scene) -> date:
    return date(1955, 1, 1) + timedelta(days=scene.random.randrange(365 * 50))


_DATES: Mapping[tuple[str, ...], _Hint] = {
    ("birthdate",): _birth, ("birthday",): _birth, ("birth", "date"): _birth, ("born",): _birth,
    **{(word,): _in_year(2025) for word in ("start", "begin", "from", "since", "opened", "issued", "ordered")},
    **{(word, "date"): _in_year(2025) for word in ("start", "begin", "order", "issue", "effective")},
    **{(word,): _in_year(2026) for word in ("end", "due", "until", "to", "expires", "returned", "closed")},
    **{(word, "date"): _in_year(2026) for word in ("end", "due", "close", "expiry", "expiration", "return")},
}  # fmt: skip
