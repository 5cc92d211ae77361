"""The names that follow from others: parent paths, child relationship names, labels of what has none."""

from __future__ import annotations

import re

__all__ = ["default_children", "label_of", "parent_path", "plural"]

_CUSTOM, _RELATION = "__c", "__r"
_ID = "Id"
_ES = ("s", "x", "z", "ch", "sh")
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_+")


def parent_path(field: str) -> str:
    """The path that a lookup field opens: `AccountId` -> `Account`, `Region__c` -> `Region__r`, else its own name."""
    if field.endswith(_CUSTOM):
        return field.removesuffix(_CUSTOM) + _RELATION
    if field.endswith(_ID) and field != _ID:
        return field.removesuffix(_ID)
    return field


def plural(name: str) -> str:
    """The English plural of an API name: consonant+y -> ies; s, x, z, ch, sh -> es; else s."""
    low = name.lower()
    if low.endswith("y") and low[-2:-1] not in ("", "a", "e", "i", "o", "u"):
        return f"{name[:-1]}ies"
    return f"{name}es" if low.endswith(_ES) else f"{name}s"


def default_children(object_name: str, object_plural: str | None, field: str) -> str:
    """What parents call the records of an object that point at them through a field."""
    name = object_plural or plural(object_name.removesuffix(_CUSTOM))
    return name + _RELATION if field.endswith(_CUSTOM) and not name.endswith(_RELATION) else name


def label_of(name: str, *, lookup: bool = False) -> str:
    """What people read for an API name without a label: `Open_Amount__c` -> Open Amount, `AccountId` -> Account."""
    plain = name.removesuffix(_CUSTOM)
    if lookup and plain.endswith(_ID) and plain != _ID:
        plain = plain.removesuffix(_ID)
    words = [word for word in _WORDS.split(plain) if word]
    return " ".join(word[:1].upper() + word[1:] for word in words) or name
