"""Values to and from free text: what is written must be read back as it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from objectforge.change.conversion.forms import Form, Pair
from objectforge.change.conversion.outcome import Conversion, Outcome, Refusal, Unconvertible, checked
from objectforge.change.risk import Risk
from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.value_rules import LONGEST_VALUE
from objectforge.values.instants import FIRST_DATE
from objectforge.values.numbers import plain

__all__ = ["longest_text", "read", "read_json", "shortest_number", "text_to_text", "to_text"]

_NOTES: Mapping[Form, str] = {
    Form.NUMBER: "each must be a number",
    Form.FLAG: "each must be true, yes, on, 1 or false, no, off, 0; empty becomes false",
    Form.DATE: "each must be a date",
    Form.DATETIME: "each must be a date and time",
    Form.TIME: "each must be a time of day",
}
_COUNTER = 10**18 - 1
# The longest texts of what has no length of its own: `false`, 2026-04-01, 2026-04-01T09:30:00.000001Z, 09:30:00.000001.
_LENGTHS: Mapping[Form, int] = {Form.FLAG: 5, Form.DATE: 10, Form.DATETIME: 27, Form.TIME: 15, Form.LINK: 18}


def text_to_text(pair: Pair) -> Outcome:
    """Free text to free text: every text stays as it is, or is told."""
    old, new = pair.before.text_rules, pair.after.text_rules
    assert old is not None, "a text has rules"
    assert new is not None, "a text has rules"
    judged = new.judged and not _judged_alike(pair)
    fits = old.length <= new.length and (new.lines or not old.lines) and not judged
    note = "kept as they are" if fits else "each must fit as it is"
    return Conversion(Risk.SAFE if fits else Risk.CHECKED, note, checked(_kept(pair.after)), keeps=True)


def to_text(pair: Pair) -> Outcome:
    """Anything to free text, written as in a file."""
    new = pair.after.text_rules
    assert new is not None, "a text has rules"
    source = pair.forms[0]
    if new.judged and source not in (Form.CHOICE, Form.OTHER):
        kind = pair.after.type_name
        return Refusal(f"a {pair.before.type_name} is no {kind}", f"make it text first, deploy, then {kind}")
    keep = _kept(pair.after)
    longest = longest_text(pair)
    fits = longest is not None and longest <= new.length and not new.judged
    note = "written as text" if fits else "each must fit when written as text"
    return Conversion(
        Risk.SAFE if fits else Risk.CHECKED, note, checked(lambda value: keep(_written(pair, value))),
        keeps=source in (Form.CHOICE, Form.CHOICES, Form.SERIES),
    )  # fmt: skip


def read(pair: Pair) -> Outcome:
    """Any text that the new type reads, as it reads a file."""
    note = _NOTES.get(pair.forms[1], f"each must be what the type {pair.after.type_name} reads")
    filled = False if pair.forms[1] is Form.FLAG else None
    return Conversion(Risk.CHECKED, note, checked(lambda value: pair.read(_written(pair, value))), filled=filled)


def read_json(pair: Pair) -> Outcome:
    """A text that is JSON, unless a number or a key in it would be lost."""

    def convert(text: str) -> Any:
        found = pair.read(text)
        if found is None:
            raise Unconvertible("null is no value of a json field")
        json.loads(text, parse_float=_exact, object_pairs_hook=_distinct)
        return found

    return Conversion(Risk.CHECKED, "each must be JSON", checked(convert))


def _exact(digits: str) -> float:
    number = float(digits)
    if Decimal(repr(number)) != Decimal(digits):
        raise Unconvertible(f"the number {digits} has more digits than JSON keeps")
    return number


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Unconvertible("it has a key twice")
    return found


def longest_text(pair: Pair) -> int | None:
    """The most characters a value has when written; None when nobody knows."""
    field, form = pair.before, pair.forms[0]
    match form:
        case Form.TEXT:
            return None if field.text_rules is None else field.text_rules.length
        case Form.NUMBER:
            return len(field.to_text(-field.value_type().largest))
        case Form.SERIES if field.numbering is not None:
            return len(field.numbering.show(_COUNTER, FIRST_DATE))
        case Form.CHOICE | Form.CHOICES:
            return _longest_choice(field, several=form is Form.CHOICES)
        case _:
            return _LENGTHS.get(form)


def _judged_alike(pair: Pair) -> bool:
    """Whether both are of one type and differ in nothing but their length and what every field has."""
    own = set(type(pair.after).model_fields) - set(FieldType.model_fields) - {"length"}
    alike = pair.before.type_name == pair.after.type_name
    return alike and all(getattr(pair.before, key) == getattr(pair.after, key) for key in own)


def _longest_choice(field: FieldType, *, several: bool) -> int | None:
    rules = field.choice_rules
    lengths = [len(choice.value) for choice in field.choices]
    if several:
        return sum(lengths) + len(lengths) if rules is not None and rules.restricted else None
    return max(lengths, default=0) if rules is not None and rules.restricted else LONGEST_VALUE


def _written(pair: Pair, value: Any) -> str:
    if pair.forms[0] is Form.LINK:
        return pair.ids.format(value)
    return pair.write(value)


def _kept(field: FieldType) -> Callable[[str], str]:
    """The judgement of a text that must come out as it went in."""

    def keep(text: str) -> str:
        found = field.coerce(text)
        if found != text:
            raise Unconvertible("it begins or ends with white space, which the new type does not keep")
        return found

    return keep


def shortest_number(value: Any) -> str:
    """A number with no more digits than it needs: 5.00 is `5`."""
    return plain(Decimal(value))
