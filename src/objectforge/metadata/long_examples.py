"""What to write where a key needs a mapping, a list or one text: an example of its long form, by key."""

from __future__ import annotations

__all__ = ["example_of"]

_MAPPINGS = {
    "fields": "fields: {Code: text(20), Seats: integer}",
    "params": "params: {at_least: {type: integer, default: 100}}",
    "measures": "measures: {records: count(), total: sum(Amount)}",
    "joins": "joins: {Contacts: outer}",
    "when": "when: {Red: [Light, Dark], Blue: [Dark]}",
    "unique": "unique: {one_per_day: [Room, Day]}",
    "validations": "validations: {positive: {error_if: Amount < 0, message: The amount is not negative}}",
    "fiscal_year": "fiscal_year: {start: 4}",
    "filters": "filters: {period: {on: [Order.Date]}}",
    "override": "override: {Industry: {required: true}}",
    "chart": "chart: {type: bar, x: Stage, y: total}",
    "kanban": "kanban: {by: Stage}",
    "requires": 'requires: {objectforge: ">=1"}',
}
_LISTS = {
    "sections": "sections: [{label: Details, fields: [Name]}]",
    "grid": "grid: [[{report: pipeline, width: 6}]]",
}
_TEXTS = {
    "where": "one text holds the whole condition: where: \"Amount > 5 AND Stage = 'Won'\"",
    "having": 'one text holds the whole condition: having: "total > 5"',
    "error_if": "one text holds the whole condition: error_if: Amount < 0 OR Amount > 600",
    "show_if": "one text holds the whole condition: show_if: \"Stage = 'Won'\"",
}


def example_of(key: str, wanted: str) -> str | None:
    """A hint for `key`, which needs `wanted` ("a mapping", "a list", "a text"); None where nothing helps."""
    if wanted.startswith("a mapping"):
        found = _MAPPINGS.get(key)
        return f"for example {found}" if found else "write each key on a line of its own, then a colon"
    if wanted == "a list":
        found = _LISTS.get(key)
        return f"for example {found}" if found else None
    return _TEXTS.get(key) if wanted == "a text" else None
