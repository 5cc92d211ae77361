"""The rules for API names: letters, digits and underscores, no operator word, no system field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from objectforge.metadata.problem import Problem

__all__ = [
    "OPERATOR_WORDS", "SYSTEM_FIELDS", "SYSTEM_PATHS", "api_name", "check_field_name", "check_name",
    "check_names_before", "same_but_case",
]  # fmt: skip

SYSTEM_FIELDS = (
    "Id", "OwnerId", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp",
    "IsDeleted",
)  # fmt: skip
"""The fields every object has."""
SYSTEM_PATHS = ("Owner", "CreatedBy", "LastModifiedBy")
"""The parent paths of the system lookups."""
OPERATOR_WORDS = ("AND", "OR", "NOT", "IN", "LIKE", "INCLUDES", "EXCLUDES", "TRUE", "FALSE", "NULL")
"""The words that expressions keep for themselves."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_LONGEST = 80
_SYSTEM = {name.lower(): name for name in (*SYSTEM_FIELDS, *SYSTEM_PATHS)}


def check_name(name: str, what: str) -> list[Problem]:
    """What is wrong with the API name of `what` ("object", "report"), at the path ()."""
    if not _NAME.fullmatch(name):
        return [Problem("OF201", f"'{name}' is no API name for {_article(what)}", (), _name_hint(name), at_key=True)]
    if len(name) > _LONGEST:
        message = f"the name of this {what} has {len(name)} characters"
        return [Problem("OF201", message, (), f"at most {_LONGEST}; the label may be longer", at_key=True)]
    if name.upper() in OPERATOR_WORDS:
        message = f"'{name}' is a word of the expression language and cannot name {_article(what)}"
        return [Problem("OF202", message, (), f"for example '{name}_' or '{name}Value'", at_key=True)]
    return []


def check_field_name(name: str) -> list[Problem]:
    """What is wrong with the name of a field: `check_name`, and the names that the system fields take."""
    taken = _SYSTEM.get(name.lower())
    if taken is None:
        return check_name(name, "field")
    message = f"every object has the system field '{taken}'; no other field may have its name"
    if taken in SYSTEM_PATHS:
        message = f"'{taken}' is the path of the system field '{taken}Id'; no field may have its name"
    return [Problem("OF203", message, (), f"take it out to use the system field, or name it '{name}__c'", at_key=True)]


def check_names_before(names: Sequence[str], what: str, now: str) -> list[Problem]:
    """What is wrong with the earlier names of the `what` that is called `now`, under its key `was`."""
    found = [
        (at, problem)
        for at, (later, name) in enumerate(pairwise((now, *names)))
        for problem in (*check_name(name, what), *_check_history(name, later, what, first=at == 0))
    ]
    return [replace(problem, at_key=False).under("was", at) for at, problem in found]


def _check_history(name: str, later: str, what: str, *, first: bool) -> Iterator[Problem]:
    """What is wrong with a name that was followed by another."""
    if name.lower() == later.lower():
        message = f"'{name}' is what this {what} is called anyway" if first else f"'{name}' is there twice in a row"
        yield Problem("OF703", message, (), "leave it out; new capital letters need no `was:`")
    if what == "field" and name.lower() in _SYSTEM:
        message = f"'{_SYSTEM[name.lower()]}' is of the system, in every object; no other field was called so"
        yield Problem("OF703", message, (), "leave it out")
    if what == "object" and name.lower() == "user":
        yield Problem("OF703", "'User' is built in; no other object was called so", (), "leave it out")


def same_but_case(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs (first, second) of names that differ in their case only."""
    first: dict[str, str] = {}
    return [(before, name) for name in names if (before := first.setdefault(name.lower(), name)) != name]


def _article(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"


def api_name(name: str) -> str:
    """The API name that a name in plain words would be: `Rights Until` -> `Rights_Until`."""
    return re.sub(r"[^A-Za-z0-9_]+", "_", name).strip("_")


def _name_hint(name: str) -> str:
    rule = "a letter first, then letters, digits and underscores"
    cleaned = api_name(name)
    if not _NAME.fullmatch(cleaned):
        return f"{rule}; what people read goes under `label:`"
    return f"write '{cleaned}' ({rule}); what people read goes under `label:`"
