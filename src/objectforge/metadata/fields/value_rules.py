"""What the values of a picklist or a value set must be: well formed, and distinct whatever their capitals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from objectforge.metadata.fields.base import ParameterError
from objectforge.metadata.fields.values import PicklistValue
from objectforge.values.text import clean_line, fold_key

__all__ = ["LONGEST_VALUE", "check_values"]

LONGEST_VALUE = 255


def check_values(values: Sequence[PicklistValue]) -> None:
    """Check a list of values.

    Raises:
        ParameterError: there are none, one is malformed, or two are alike.
    """
    if not values:
        raise ParameterError("values", "there are no values", "values: [First, Second]")
    counts = Counter(fold_key(choice.value) for choice in values)
    for choice in values:
        _check_form(choice.value)
        if counts[fold_key(choice.value)] > 1:
            raise ParameterError("values", f"the value '{choice.value}' is there twice (capital letters do not count)")
        if choice.was and fold_key(choice.was[0]) == fold_key(choice.value):
            told = f"the value '{choice.value}' says that it was '{choice.was[0]}', which is its own name"
            raise ParameterError("values", told, "leave `was:` out; new capital letters need none")


def _check_form(value: str) -> None:
    try:
        plain = clean_line(value)
    except ValueError as refused:
        raise ParameterError("values", f"the value {value!r} has a {refused}") from refused
    if plain is None:
        raise ParameterError("values", "a value is empty")
    if plain != value:
        raise ParameterError("values", f"the value '{value}' starts or ends with white space")
    if len(plain) > LONGEST_VALUE:
        raise ParameterError("values", f"the value '{plain[:40]}...' is longer than {LONGEST_VALUE} characters")
