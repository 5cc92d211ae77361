"""What pydantic found wrong in a definition, in our words: a code, the path, and what to type instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from objectforge.errors.issue import closest
from objectforge.metadata.everyday_words import key_hint, means, value_hint
from objectforge.metadata.long_examples import example_of
from objectforge.metadata.nodes import Scalar
from objectforge.metadata.problem import Problem
from objectforge.metadata.shape import keys_at

__all__ = ["describe", "problems"]

_WANTED = {
    "string_type": "a text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "mapping_type": "a mapping (`key: value`)",
    "dict_type": "a mapping (`key: value`)",
    "model_type": "a mapping (`key: value`)",
    "model_attributes_type": "a mapping (`key: value`)",
    "tuple_type": "a list",
    "list_type": "a list",
    "is_instance_of": "a field type",
    "label_type": "a text, or one text per locale",
    "decimal_type": "a number",
    "decimal_parsing": "a number",
}
_BOUNDS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}


def problems(error: ValidationError, model: type[BaseModel], what: str) -> Iterator[Problem]:
    """Each mistake that pydantic found in the data of `what` ("report 'won'"), validated as `model`."""
    found = error.errors(include_url=False)
    unknown = {tuple(details["loc"]) for details in found if details["type"] == "extra_forbidden"}
    for details in found:
        loc = tuple(details["loc"])
        match details["type"]:
            case "too_short" if any(other["loc"][: len(loc)] == loc for other in found if other is not details):
                pass  # what is wrong in the list was only not counted
            case "missing" if any(_means(path, loc) for path in unknown):
                pass  # the key is there, misspelt
            case _:
                yield _problem(details, model, what)


def describe(value: Any) -> str:
    """A value as written, in words: `the text 'abc'`, `a list`."""
    match value:
        case None | Scalar(value=None):
            return "nothing"
        case Scalar(text=text):
            return text
        case bool():
            return str(value).lower()
        case str():
            return f"the text '{_short(value)}'"
        case dict():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case _:
            return _short(str(value))


def _problem(details: ErrorDetails, model: type[BaseModel], what: str) -> Problem:
    loc, given, context = tuple(details["loc"]), details["input"], details.get("ctx", {})
    key = next((str(step) for step in reversed(loc) if isinstance(step, str)), what)
    match details["type"]:
        case "extra_forbidden":
            known = keys_at(model, loc[:-1])
            owner = next((f"'{step}'" for step in reversed(loc[:-1]) if isinstance(step, str)), what)
            return Problem("OF102", f"unknown key '{key}' in {owner}", loc, key_hint(key, known), at_key=True)
        case "missing":
            owner = next((f"'{step}'" for step in reversed(loc[:-1]) if isinstance(step, str)), what)
            return Problem("OF103", f"{owner} needs the key '{key}'", loc[:-1], f"add `{key}: ...`", at_key=True)
        case "text_null":
            if _commented(given):
                hint = f'put the text in quotes: {key}: "# ..."'
                return Problem("OF106", f"'{key}' is empty: what follows # is a comment", loc, hint)
            hint = 'quote it ("null"), or leave it out'
            return Problem("OF106", f"'{key}' is empty where a text is wanted", loc, hint)
        case "label_empty":
            return Problem("OF106", f"'{key}' holds no label", loc, f"for example `{key}: {{en: ..., ja: ...}}`")
        case "label_locale":
            code = context["code"]
            hint = "a language, or a language and a country: en, ja, en_GB"
            return Problem("OF607", f"'{code}' is no locale", (*loc, code), hint, at_key=True)
        case "literal_error":
            known = [word.strip("'") for word in str(context["expected"]).replace(" or ", ", ").split(", ")]
            hint = value_hint(given if isinstance(given, str) else describe(given), known)
            return Problem("OF108", f"'{key}' cannot be {describe(given)}", loc, hint)
        case "too_short":
            return Problem("OF107", f"'{key}' needs at least {_items(context['min_length'])}", loc)
        case "too_long":
            return Problem("OF107", f"'{key}' may have at most {_items(context['max_length'])}", loc)
        case "string_pattern_mismatch":
            return Problem("OF108", f"'{key}' cannot be {describe(given)}", loc, f"it must match {context['pattern']}")
        case "int_parsing_size":
            return Problem("OF107", f"'{key}' is too large a number", loc)
        case kind if kind in _BOUNDS:
            bound, words = _BOUNDS[kind]
            message = f"'{key}' is {describe(given)}; it must be {words} {context[bound]}"
            return Problem("OF107", message, loc)
        case kind if kind in _WANTED:
            return Problem(
                "OF105", f"'{key}' needs {_WANTED[kind]}, not {describe(given)}", loc, _instead(kind, key, given)
            )
        case _:
            return Problem("OF109", f"'{key}': {details['msg'].removeprefix('Value error, ')}", loc)


def _means(path: tuple[int | str, ...], missing: tuple[int | str, ...]) -> bool:
    """Whether the unknown key at a path is the missing one, with a slip in it or by another word."""
    written, key = str(path[-1]), str(missing[-1])
    return path[:-1] == missing[:-1] and (means(written, key) or closest(written, [key]) is not None)


def _commented(given: Any) -> bool:
    """Whether nothing was written but what follows a #."""
    if not isinstance(given, Scalar) or given.text:
        return False
    return given.source.text[given.end :].partition("\n")[0].lstrip().startswith("#")


def _instead(kind: str, key: str, given: Any) -> str | None:
    """What to write instead: a number or flag without its quotes, a mapping or list the way YAML has them."""
    example = example_of(key, _WANTED[kind])
    if example is not None:
        return example
    if _WANTED[kind] == "a list" and isinstance(given, str):
        return f"write [{_short(given)}]"
    if not isinstance(given, str):
        return None
    if _WANTED[kind] == "a whole number" and given.lstrip("+-").isdecimal():
        return f"write {given} without quotes"
    if _WANTED[kind] == "true or false":
        folded = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
        word = folded.get(given.lower(), given.lower())
        return f"write {word}" if word in ("true", "false") else None
    return None


def _items(count: int) -> str:
    return "one entry" if count == 1 else f"{count} entries"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
