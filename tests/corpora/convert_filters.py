"""Filters of list views, lookups and roll-ups to conditions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from source_format import Node, text

__all__ = ["condition"]

_COMPARE = {
    "equals": "=", "notEqual": "!=", "lessThan": "<", "greaterThan": ">", "lessOrEqual": "<=", "greaterOrEqual": ">=",
}  # fmt: skip
_LIKE = {"contains": "%{}%", "startsWith": "{}%", "notContain": "%{}%"}
_BARE = {"number", "currency", "percent", "integer", "date", "datetime"}


def condition(
    node: Node,
    tag: str,
    owners: Mapping[str, str],
    names: Mapping[str, str] = MappingProxyType({}),
    types: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The condition that the items named `tag` say together.

    Args:
        node: What holds the items and perhaps how they are combined, "(1 AND 2) OR 3".
        tag: The name of the items.
        owners: Objects before a field's name that say nothing, to what stands for them: {"Address__c": ""}.
        names: Fields that have another name.
        types: The field types of those fields, where they are known; values are written as these want them.
    """
    said = [_item(each, owners, names, types) for each in node.findall(tag)]
    together = text(node, "booleanFilter")
    if not together:
        return " AND ".join(said)
    return re.sub(r"\d+", lambda number: f"({said[int(number.group()) - 1]})", together)


def _item(node: Node, owners: Mapping[str, str], names: Mapping[str, str], types: Mapping[str, str]) -> str:
    kind = types.get(text(node, "field"), "")
    field = _field(text(node, "field"), owners, names)
    operation, value = text(node, "operation"), text(node, "value")
    if other := text(node, "valueField"):
        return f"{field} {_COMPARE[operation]} {_field(other, owners, names)}"
    if operation in _LIKE:
        like = f"{field} LIKE {_quoted(_LIKE[operation].format(value))}"
        return f"NOT {like}" if operation == "notContain" else like
    if not value:
        return f"{field} {_COMPARE[operation]} null"
    values = ", ".join(_literal(each.strip(), kind) for each in value.split(","))
    if "," in value and operation in ("equals", "notEqual"):
        return f"{field} {'IN' if operation == 'equals' else 'NOT IN'} ({values})"
    return f"{field} {_COMPARE[operation]} {values}"


def _literal(value: str, kind: str) -> str:
    if kind == "checkbox" or value.lower() in ("true", "false"):
        return "TRUE" if value.lower() in ("true", "1") else "FALSE"
    return value if kind in _BARE else _quoted(value)


def _field(written: str, owners: Mapping[str, str], names: Mapping[str, str]) -> str:
    owner, dot, rest = written.partition(".")
    field = f"{owners[owner]}{rest}" if dot and owner in owners else written
    return names.get(field, field)


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
