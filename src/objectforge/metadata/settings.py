"""The `settings:` of the org's files to its settings, each key given once and checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import ValidationError

from objectforge.errors.issue import Issue, suggest
from objectforge.metadata.models import OrgSettings
from objectforge.metadata.nodes import Mapping, Scalar, to_data
from objectforge.metadata.places import Path, Place
from objectforge.metadata.problem import Problem
from objectforge.metadata.shape import keys_of
from objectforge.metadata.translate import problems
from objectforge.values.locales import is_locale

__all__ = ["merge_settings"]

_CURRENCY = re.compile(r"[A-Z]{3}")


def merge_settings(written: Sequence[Place]) -> tuple[OrgSettings, dict[Path, Place], list[Issue]]:
    """The org's settings from all its files, where each key stands, and what is wrong with them."""
    places: dict[Path, Place] = {}
    issues: list[Issue] = []
    data: dict[str, Any] = {}
    for place in written:
        for key, value in _entries(place):
            if key.text != "org":
                inside = key.text in keys_of(OrgSettings)
                hint = f"write settings: {{org: {{{key.text}: ...}}}}" if inside else "known keys: org"
                issues.append(Issue("OF102", f"unknown key '{key.text}' in 'settings'", key.span, hint))
                continue
            org = Place(value, key)
            places.setdefault(("settings", "org"), org)
            _take(org, data, places, issues)
    settings, found = _build(data)
    root = places.get(("settings", "org"))
    for problem in found:
        at = places.get(("settings", "org", *problem.path[:1]), root)
        assert at
        path = problem.path[1:] if problem.path and ("settings", "org", problem.path[0]) in places else problem.path
        issues.append(Problem(problem.code, problem.message, path, problem.hint, problem.at_key).issue(at))
    return settings, places, issues


def _take(org: Place, data: dict[str, Any], places: dict[Path, Place], issues: list[Issue]) -> None:
    if not isinstance(org.node, Mapping) and not (isinstance(org.node, Scalar) and org.node.value is None):
        issues.append(Issue("OF105", "'org' needs a mapping (`key: value`)", org.node.span, "{name: ..., locale: en}"))
    for key, value in _entries(org):
        path: Path = ("settings", "org", key.text)
        before = places.setdefault(path, Place(value, key))
        if before.key is not key:
            related = (("first given here", before.span),)
            message = f"the setting '{key.text}' is given twice"
            issues.append(Issue("OF111", message, key.span, "keep one of the two", related=related))
            continue
        data[key.text] = to_data(value)


def _entries(place: Place) -> list[tuple[Scalar, Any]]:
    return [(entry.key, entry.value) for entry in place.node.entries] if isinstance(place.node, Mapping) else []


def _build(data: dict[str, Any]) -> tuple[OrgSettings, list[Problem]]:
    found: list[Problem] = []
    try:
        settings = OrgSettings.model_validate(data)
    except ValidationError as error:
        found = list(problems(error, OrgSettings, "the org's settings"))
        wrong = {str(problem.path[0]) for problem in found if problem.path}
        settings = OrgSettings.model_validate({key: value for key, value in data.items() if key not in wrong})
    return settings, [*found, *_check(settings)]


def _check(settings: OrgSettings) -> list[Problem]:
    found: list[Problem] = []
    try:
        ZoneInfo(settings.timezone)
    except (ValueError, OSError, KeyError):  # a path, a folder of zones, no such zone
        hint = suggest(settings.timezone, sorted(available_timezones()), what="for example")
        found.append(Problem("OF607", f"unknown time zone '{settings.timezone}'", ("timezone",), hint))
    if not is_locale(settings.locale):
        message = f"'{settings.locale}' is no locale"
        found.append(Problem("OF607", message, ("locale",), "a language, or a language and a country: en, ja, en_GB"))
    if not _CURRENCY.fullmatch(settings.currency):
        message = f"'{settings.currency}' is no currency"
        found.append(Problem("OF607", message, ("currency",), "three capital letters (ISO 4217): USD, EUR, JPY"))
    return found
