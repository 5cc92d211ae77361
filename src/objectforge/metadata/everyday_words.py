"""An unknown key to the key that was meant: words of other tools, and keys that stand one place too high or too low."""

from __future__ import annotations

from collections.abc import Collection

from objectforge.errors.issue import suggest

__all__ = ["key_hint", "means", "value_hint"]

_MEANT = {
    "where": ("filter", "filters", "condition", "conditions", "criteria", "when"),
    "error_if": ("condition", "rule", "formula", "error_condition", "check", "if"),
    "message": ("error", "error_message", "text"),
    "values": ("options", "choices", "items", "picklist"),
    "to": ("target", "object", "references", "reference", "ref", "parent", "related_to", "table"),
    "from": ("object", "base", "table", "source", "on"),
    "required": ("mandatory", "notnull", "not_null", "nullable", "obligatory"),
    "length": ("size", "max_length", "maxlength", "max_len", "max"),
    "precision": ("digits", "size"),
    "scale": ("decimals", "decimal_places", "places"),
    "sort": ("order", "order_by", "orderby", "sort_by"),
    "columns": ("fields", "select", "show"),
    "rows": ("group_by", "groupby", "group", "groups", "by"),
    "across": ("columns_by", "pivot", "cols"),
    "measures": ("aggregates", "values", "totals", "calculations"),
    "joins": ("join", "include", "with"),
    "children": ("related_name", "child_relationship", "relationship", "backref", "inverse"),
    "help": ("description", "help_text", "inline_help", "comment"),
    "label": ("title", "caption", "display_name"),
    "name_field": ("name", "title", "display_field", "record_name"),
    "plural_label": ("label_plural", "plural_name"),
    "default": ("default_value", "initial"),
    "formula": ("expression", "value"),
    "returns": ("return_type", "result", "result_type"),
    "on_delete": ("ondelete", "delete", "cascade"),
    "related": ("related_lists", "lists"),
    "track_history": ("history", "audit"),
    "sections": ("fields", "groups", "rows"),
    "limit": ("top", "max", "max_rows", "first"),
}  # fmt: skip
_EXAMPLES = {
    "sections": "write `sections: [{label: Details, fields: [Name]}]`",
    "required": "write `required: true`",
    "name_field": "every record has a Name: `name_field: {type: text, length: 40}` says what it is",
}
_VALUES = {
    "outer": ("left", "left_outer", "left outer", "left join", "full", "right", "optional"),
    "inner": ("join", "required", "cross"),
    "without": ("not", "none", "anti", "not_exists", "missing"),
    "cascade": ("delete", "remove"),
    "set_null": ("clear", "null", "nothing", "none", "set null", "setnull", "empty"),
    "restrict": ("forbid", "refuse", "block", "no_action", "protect", "error"),
    "readonly": ("read", "read_only", "read-only", "locked"),
    "edit": ("editable", "write"),
    "donut": ("pie", "doughnut"),
    "tabular": ("table", "list"),
}  # fmt: skip
_SECTIONS = ("objects", "extend", "value_sets", "reports", "dashboards", "settings", "uses")


def means(written: str, key: str) -> bool:
    """Whether a word of everyday stands for the key."""
    return written.lower().replace("-", "_") in _MEANT.get(key, ())


def key_hint(key: str, known: Collection[str]) -> str | None:
    """What to type in the place of a key that is none of the known ones."""
    if key.lower() not in known:
        for meant in _MEANT:
            if meant in known and means(key, meant):
                return _EXAMPLES.get(meant, f"write `{meant}:`")
    if key.lower() in _SECTIONS and "fields" in known:
        return f"`{key.lower()}:` begins a section of the file: write it at the left margin, beside `objects:`"
    hint = suggest(key, known, what="known keys")
    if "name_field" in known and key[:1].isupper() and not (hint or "").startswith("did you mean"):
        return f"a field stands under `fields:`, one level deeper; {hint}" if hint else "a field stands under `fields:`"
    return hint


def value_hint(given: str, known: Collection[str]) -> str | None:
    """What to type for a value that is none of the possible ones."""
    word = given.lower()
    meant = next((each for each, words in _VALUES.items() if each in known and word in words), None)
    possible = ", ".join(known)
    return f"write {meant}; possible: {possible}" if meant else suggest(given, known, what="possible")
