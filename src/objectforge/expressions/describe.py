"""Values and types in the words of messages and hints."""

from __future__ import annotations

from datetime import date

from objectforge.expressions import syntax
from objectforge.expressions.date_words import PLAIN_WORDS
from objectforge.expressions.near_words import near_date
from objectforge.expressions.typed import Const, Typed
from objectforge.values.kinds import Kind, ValueType

__all__ = ["mismatch_hint", "noun"]

_NOUNS = {
    Kind.TEXT: "a text",
    Kind.NUMBER: "a number",
    Kind.BOOLEAN: "a checkbox (true or false)",
    Kind.DATE: "a date",
    Kind.DATETIME: "a datetime",
    Kind.TIME: "a time",
    Kind.ID: "a record's id",
    Kind.MULTI: "a multipicklist",
    Kind.JSON: "JSON",
    Kind.COMPOUND: "a compound value",
    Kind.NULL: "null",
}
_EXAMPLES = {Kind.DATE: "2026-04-01", Kind.DATETIME: "2026-04-01T09:00:00Z", Kind.TIME: "12:30:00Z"}


def noun(value_type: ValueType) -> str:
    """The kind of value with its article: `a number`."""
    return "a picklist value" if value_type.order and value_type.kind is Kind.TEXT else _NOUNS[value_type.kind]


def mismatch_hint(left: Typed, right: Typed, node: syntax.Expression) -> str | None:
    """What to type where `right`, written at `node`, does not go with `left`."""
    kinds = (left.type.kind, right.type.kind)
    literal = right.value if isinstance(right, Const) else None
    if isinstance(node, syntax.Bind):
        return f"give {noun(left.type)} as {node.name}"
    match kinds:
        case (Kind.TEXT | Kind.MULTI | Kind.ID, Kind.NUMBER):
            return f"put it in quotes: '{literal}'" if literal is not None else "write TEXT(x) for the number as text"
        case (Kind.NUMBER, Kind.TEXT):
            return f"write {literal} without quotes" if _is_number(literal) else "write VALUE(x) for a text as a number"
        case (Kind.DATE | Kind.DATETIME, Kind.TEXT) if isinstance(node, syntax.Text) and (found := _date(node.value)):
            return f"write {found} without quotes"
        case (Kind.DATE | Kind.DATETIME, Kind.NUMBER) if (found := _divided_date(node)) is not None:
            return f"a date is written year-month-day: {found}"
        case (Kind.DATE | Kind.DATETIME | Kind.TIME, Kind.TEXT) if isinstance(node, syntax.Text):
            return f"dates and times are written without quotes: {_EXAMPLES[left.type.kind]}"
        case (Kind.DATE, Kind.DATETIME):
            return "write DATEVALUE(x) for the day of a datetime"
        case (Kind.DATETIME, Kind.DATE):
            return "write DATEVALUE(x) on the datetime's side"
        case (Kind.BOOLEAN, _):
            return "write true or false" if literal is not None else "compare it with something: =, !=, <, >"
        case (Kind.DATE | Kind.DATETIME | Kind.TIME, Kind.NUMBER):
            return f"write a value such as {_EXAMPLES[left.type.kind]}"
        case (Kind.COMPOUND, _) | (_, Kind.COMPOUND):
            return "compare a part of it, which is a field of its own"
        case (Kind.NUMBER, Kind.BOOLEAN):
            return "write IF(x, 1, 0) to count a checkbox"
        case (Kind.TEXT | Kind.MULTI, Kind.BOOLEAN):
            return "write IF(x, 'yes', 'no') for a checkbox as text"
        case _:
            return None


def _date(text: str) -> str | None:
    """The date or date word that a text in quotes is."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return near_date(text) or (text.upper() if text.upper() in PLAIN_WORDS else None)


def _divided_date(node: syntax.Expression) -> str | None:
    """The date that 12/01/2026 was meant to be: read, it is two divisions."""
    match node:
        case syntax.Binary(
            op="/",
            left=syntax.Binary(op="/", left=syntax.Number(value=first), right=syntax.Number(value=second)),
            right=syntax.Number(value=year),
        ):
            return near_date(f"{first}/{second}/{year}")
        case _:
            return None


def _is_number(value: object) -> bool:
    return isinstance(value, str) and value.replace(".", "", 1).replace("-", "", 1).isdigit()
