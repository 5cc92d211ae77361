"""Values to and from choices: a text is a choice whatever its capitals, and takes the declared spelling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from objectforge.change.conversion.forms import Form, Pair
from objectforge.change.conversion.outcome import Conversion, Outcome, Refusal, Unconvertible, checked, takes
from objectforge.change.conversion.texts import longest_text, read, shortest_number
from objectforge.change.risk import Risk
from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.value_rules import LONGEST_VALUE
from objectforge.values.text import fold_key

__all__ = ["choice_to_choice", "choice_to_flag", "flag_to_choice", "text_to_choice"]

_FLAG_WORDS = (("true", "false"), ("Yes", "No"), ("on", "off"), ("1", "0"))
_SEPARATOR = ";"


def text_to_choice(pair: Pair) -> Outcome:
    """A text that is one of the choices; into several, texts such as `a;b`."""
    to_choice = _chosen(pair.after)
    source, target = pair.forms
    write = shortest_number if source is Form.NUMBER else pair.write
    rules, texts = pair.after.choice_rules, pair.before.text_rules
    several = target is Form.CHOICES
    fits = (
        rules is not None
        and not rules.restricted
        and not several
        and not (texts is not None and texts.lines)
        and (longest := longest_text(pair)) is not None
        and longest <= LONGEST_VALUE
    )
    note = "kept as they are" if fits else f"each must be one of the values{', or several as a;b' if several else ''}"
    return Conversion(Risk.SAFE if fits else Risk.CHECKED, note, checked(lambda value: to_choice(write(value))))


def choice_to_choice(pair: Pair) -> Outcome:
    """Choices to other choices. What the old list declared stays, in the new list or beside it."""
    several_before, several_after = (form is Form.CHOICES for form in pair.forms)
    to_choice = _chosen(pair.after)
    declared = {fold_key(choice.value): choice.value for choice in pair.before.choices}
    known = {fold_key(choice.value) for choice in pair.after.choices}
    left = {key: value for key, value in declared.items() if key not in known}
    old, new = pair.before.choice_rules, pair.after.choice_rules
    assert old is not None, "choices have rules"
    assert new is not None, "choices have rules"

    def one(text: str) -> str:
        if _SEPARATOR in text and several_before and not several_after:
            raise Unconvertible("it holds several values")
        kept = left.get(fold_key(text))
        return to_choice(text) if kept is None or (several_after and _SEPARATOR in kept) else kept

    def several(text: str) -> str:
        parts = text.split(_SEPARATOR)
        chosen = [part for part in parts if fold_key(part) not in left]
        return _SEPARATOR.join(([to_choice(_SEPARATOR.join(chosen))] if chosen else []) + _left(parts, left))

    total = old.restricted or (not new.restricted and several_before == several_after)
    separable = not several_after or several_before or all(_SEPARATOR not in value for value in declared.values())
    fits = total and separable and (several_after or not several_before)
    wanted = "a single value" if several_before and not several_after else "among the values"
    note = "kept" if fits else f"each must be {wanted}"
    convert = several if several_before and several_after else one
    # Several choices stand in the order of their list.
    order = [choice.value for choice in pair.after.choices if fold_key(choice.value) in declared]
    spelled = order == [*declared.values()] if several_after else set(order) == {*declared.values()}
    return Conversion(
        Risk.SAFE if fits else Risk.CHECKED, note, checked(convert), keeps=old.restricted and fits and spelled
    )


def choice_to_flag(pair: Pair) -> Outcome:
    """The words for true and false; safe where no other choice is declared."""
    found = read(pair)
    rules = pair.before.choice_rules
    if not isinstance(found, Conversion) or rules is None or not rules.restricted or pair.forms[0] is Form.CHOICES:
        return found
    if all(takes(found.convert, choice.value) for choice in pair.before.choices):
        return Conversion(Risk.SAFE, found.note, found.convert, filled=found.filled)
    return found


def flag_to_choice(pair: Pair) -> Outcome:
    """True and false as the first pair of words that the list has: true and false, Yes and No, on and off, 1 and 0."""
    spelled = {fold_key(choice.value): choice.value for choice in pair.after.choices}
    for yes, no in _FLAG_WORDS:
        if (true := spelled.get(fold_key(yes))) and (false := spelled.get(fold_key(no))):
            return Conversion(Risk.SAFE, f"true becomes {true}, false {false}", lambda value: true if value else false)
    return Refusal(
        "none of the pairs true and false, Yes and No, on and off, 1 and 0 is among the values",
        "add two of them to the values, for instance values: [Yes, No]",
    )


def _chosen(field: FieldType) -> Callable[[str], Any]:
    """The judgement of a text as a choice; inactive ones too, for records may keep them."""
    return field.resolved(tuple(choice.model_copy(update={"active": True}) for choice in field.choices)).coerce


def _left(parts: list[str], left: dict[str, str]) -> list[str]:
    return [left[fold_key(part)] for part in parts if fold_key(part) in left]
