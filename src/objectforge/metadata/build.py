"""One definition as written to its frozen model, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from pydantic import ValidationError

from objectforge.errors.issue import Issue
from objectforge.metadata.build_field import build_field, build_long_field
from objectforge.metadata.document import Definition
from objectforge.metadata.everyday_words import key_hint
from objectforge.metadata.expand import expand_name_field
from objectforge.metadata.models import (
    Dashboard,
    Layout,
    ListView,
    Model,
    ObjectDef,
    ObjectExtension,
    Report,
    ValueSet,
)  # fmt: skip
from objectforge.metadata.names import check_field_name, check_name, check_names_before, same_but_case
from objectforge.metadata.nodes import to_data
from objectforge.metadata.places import Path
from objectforge.metadata.problem import Problem
from objectforge.metadata.shape import keys_of
from objectforge.metadata.sizes import crowded
from objectforge.metadata.translate import describe, problems

__all__ = ["Built", "build", "without"]

_MEMBERS = ("fields", "validations", "unique", "override")
"""The parts of an object of which one may be wrong while the others count."""
_INSIDE = ("list_views", "layouts")
_NAMED = {"validations": "validation", "unique": "unique rule", "measures": "measure", "params": "parameter"}


@dataclass(frozen=True, slots=True)
class Built:
    """A definition with its model. `broken` are the paths that are missing from it; None: all of it is."""

    definition: Definition
    value: Model | None
    broken: tuple[Path, ...] = ()


def build(definition: Definition) -> tuple[Built, tuple[Issue, ...]]:
    """Build a definition. What is wrong inside an object leaves its other fields and rules standing."""
    too_many = crowded(definition)
    if too_many:
        return without(definition), too_many
    value, found, broken = _BUILDERS[definition.section](definition.name, to_data(definition.place.node))
    issues = tuple(problem.issue(definition.place) for problem in found)
    return Built(definition, value, broken), issues


def without(definition: Definition) -> Built:
    """A definition of which nothing counts."""
    return Built(definition, None, ((),))


_Result = tuple[Model | None, list[Problem], tuple[Path, ...]]


def _object(name: str, raw: Any) -> _Result:
    found = check_name(name, "object")
    data, wrong = _body(raw, f"object '{name}'", ObjectDef)
    own_name, long, bad = expand_name_field(data.pop("name_field", None))
    field, more = (None, bad) if long is None else build_long_field(long, own_name)
    found += [*wrong, *(problem.under("name_field") for problem in more)]
    found += [problem.under("name_field", "name") for problem in check_field_name(own_name)]
    if field is None:  # any field will do for the rest of the checks
        field, _ = build_field("text", own_name)
    data |= {"name": name, "name_field": field, "name_field_name": own_name}
    taken = list(data["fields"]) if isinstance(data.get("fields"), dict) else []
    if own_name in taken:
        message = f"every object has a field '{own_name}'; it is not declared once more"
        hint = "change it by `name_field:` beside `fields:`, for example name_field: {type: text, length: 40}"
        found.append(Problem("OF220", message, ("fields", own_name), hint, at_key=True))
        data["fields"] = {name: field for name, field in data["fields"].items() if name != own_name}
    taken = [own_name, *(name for name in taken if name != own_name)]
    value, found, broken = _members(ObjectDef, data, f"object '{name}'", found, taken, bool(more))
    if isinstance(value, ObjectDef):
        found += check_names_before(value.was, "object", name)
    return value, found, broken


def _extension(name: str, raw: Any) -> _Result:
    data, found = _body(raw, f"the extension of '{name}'", ObjectExtension)
    data["object"] = name
    taken = list(data["fields"]) if isinstance(data.get("fields"), dict) else []
    return _members(ObjectExtension, data, f"the extension of '{name}'", found, taken, False)


def _members(
    model: type[Model], data: dict[str, Any], what: str, found: list[Problem], taken: list[str], broken_name: bool
) -> _Result:
    """Build an object or an extension, leaving out the members that are wrong."""
    for inside in _INSIDE:
        if model is ObjectDef:
            data.pop(inside, None)
    broken: list[Path] = []
    for first, second in same_but_case(taken):
        message = f"'{second}' and '{first}' differ in their case only"
        found.append(Problem("OF204", message, ("fields", second), "names are found in any case: rename one", True))
        broken.append(("fields", second))
    data["fields"], wrong = _fields(data.get("fields"))
    found += wrong
    for section in ("validations", "unique"):
        found += _names(data, section)
    for _ in range(2):  # once more without what is wrong
        try:
            value = model.model_validate(_without(data, broken))
        except ValidationError as error:
            wrong = list(problems(error, model, what))
            found += wrong
            broken += [problem.path[: 2 if problem.path and problem.path[0] in _MEMBERS else 1] for problem in wrong]
        else:
            paths = [problem.path[:2] for problem in found if problem.path[:1] == ("fields",)]
            name_field: list[Path] = [("name_field",)] if broken_name else []
            return value, found, tuple(dict.fromkeys([*name_field, *broken, *paths]))
    return None, found, ((),)


def _fields(raw: Any) -> tuple[Any, list[Problem]]:
    """The fields that are right; what is no mapping at all is left to the model to refuse."""
    written_fields = _mapping(raw)
    if written_fields is None:
        return {} if raw is None or _nothing(raw) else raw, []
    fields: dict[str, Any] = {}
    found: list[Problem] = []
    for name, written in written_fields.items():
        wrong = check_field_name(name)
        field, more = build_field(written, name)
        found += [problem.under("fields", name) for problem in (*wrong, *more)]
        if field is not None and not wrong:
            fields[name] = field
    return fields, found


def _params(data: dict[str, Any]) -> list[Problem]:
    found: list[Problem] = []
    if isinstance(data.get("params"), dict):
        built = {name: build_field(written, name) for name, written in data["params"].items()}
        found = [problem.under("params", name) for name, (_, wrong) in built.items() for problem in wrong]
        data["params"] = {name: field for name, (field, _) in built.items() if field is not None}
    return found


def _names(data: dict[str, Any], section: str) -> list[Problem]:
    """Drop an empty section; check the names in one that is there."""
    members = data.get(section)
    if _nothing(members):
        data.pop(section, None)
    members = _mapping(members)
    if members is None:
        return []
    what = _NAMED[section]
    found = [problem.under(section, name) for name in members for problem in check_name(name, what)]
    for first, second in same_but_case(members):
        message = f"'{second}' and '{first}' differ in their case only"
        found.append(Problem("OF204", message, (section, second), "names are found in any case: rename one", True))
    return found


def _whole(model: type[Model], what: str, *, of_object: bool = False) -> Callable[[str, Any], _Result]:
    """A builder for definitions that count only when all of them is right."""

    def build_whole(name: str, raw: Any) -> _Result:
        found: list[Problem] = []
        owner, _, own = name.rpartition(".")
        if of_object and not owner:
            message = f"the name of a {what} begins with its object"
            return None, [Problem("OF117", message, (), f"write `<Object>.{name}`", at_key=True)], ((),)
        found += check_name(own if of_object else name, what)
        given = {"name": own, "object": owner} if of_object else {"name": name}
        given = {key: value for key, value in given.items() if key in model.model_fields}
        data, wrong = _body(raw, f"{what} '{name}'", model)
        found += [*wrong, *_params(data), *_names(data, "params"), *_names(data, "measures")]
        try:
            value = model.model_validate({**data, **given})
        except ValidationError as error:
            return None, [*found, *problems(error, model, f"{what} '{name}'")], ((),)
        return (None, found, ((),)) if found else (value, [], ())

    return build_whole


def _value_set(name: str, raw: Any) -> _Result:
    given: object = raw
    return _whole(ValueSet, "value set")(name, {"values": raw} if isinstance(given, list) else raw)


_BUILDERS: Mapping[str, Callable[[str, Any], _Result]] = {
    "objects": _object,
    "extend": _extension,
    "value_sets": _value_set,
    "list_views": _whole(ListView, "list view", of_object=True),
    "layouts": _whole(Layout, "layout", of_object=True),
    "reports": _whole(Report, "report"),
    "dashboards": _whole(Dashboard, "dashboard"),
}


def _body(raw: Any, what: str, model: type[Model]) -> tuple[dict[str, Any], list[Problem]]:
    """The keys of a definition, without those of its model that are not for files to give."""
    if _nothing(raw):
        return {}, []
    keys = _mapping(raw)
    if keys is None:
        message = f"{what} needs a mapping (`key: value`), not {describe(raw)}"
        return {}, [Problem("OF105", message, (), "write each key on a line of its own, then a colon")]
    found = [
        Problem("OF102", f"unknown key '{key}' in {what}", (key,), key_hint(key, keys_of(model)), at_key=True)
        for key in model.placed
        if key in keys
    ]
    return {key: value for key, value in keys.items() if key not in model.placed}, found


def _without(data: dict[str, Any], paths: list[Path]) -> dict[str, Any]:
    whole = {path[0] for path in paths if len(path) == 1}
    members = {path[:2] for path in paths if len(path) > 1}

    def kept(section: str, value: Any) -> Any:
        named = _mapping(value)
        if section not in _MEMBERS or named is None:
            return value
        return {name: member for name, member in named.items() if (section, name) not in members}

    return {section: kept(section, value) for section, value in data.items() if section not in whole}


def _mapping(raw: object) -> dict[str, Any] | None:
    return cast("dict[str, Any]", raw) if isinstance(raw, dict) else None


def _nothing(raw: Any) -> bool:
    return raw is None or getattr(raw, "value", raw) is None
