"""What callers give for a record to canonical values: names in any case, values judged, wholes spread to parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, assert_never, cast

from pydantic_core import ValidationError

from objectforge.errors.issue import suggest
from objectforge.query.record import Record
from objectforge.records.draft import Draft, LinkValue, Unreadable
from objectforge.records.forms import Form
from objectforge.records.report import Reporter
from objectforge.relations.schema import Field, Lookup
from objectforge.values.kinds import Kind

__all__ = ["Intake", "check_row", "find_link"]

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Plain:
    name: str


@dataclass(frozen=True, slots=True)
class _ToParent:
    lookup: Lookup


@dataclass(frozen=True, slots=True)
class _Linked:
    name: str
    target: str
    field: str


@dataclass(frozen=True, slots=True)
class _Whole:
    field: Field
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _ReadOnly:
    field: Field


_Key = _Plain | _ToParent | _Linked | _Whole | _ReadOnly


class Intake:
    """Takes in the rows of one batch for one object."""

    def __init__(self, form: Form, reporter: Reporter) -> None:
        self._form = form
        self._report = reporter
        self._keys: dict[str, _Key | None] = {}
        self._plain: dict[str, str] = {}

    def take(self, draft: Draft, row: Mapping[str, Any]) -> None:
        """Put what a row gives into its draft; whatever is wrong becomes the draft's issues."""
        given: dict[str, Any] = {}
        plain = self._plain
        for key, value in row.items():
            name = plain.get(key)
            if name is not None:
                given[name] = value
                continue
            if key not in self._keys:
                self._keys[key] = self._find(key)
            match self._keys[key]:
                case None:
                    self._unknown(draft, key)
                case _Plain(name):
                    plain[key] = name
                    given[name] = value
                case other:
                    self._special(draft, given, other, value)
        self.judge(draft, given)

    def judge(self, draft: Draft, given: Mapping[str, Any]) -> None:
        """Put values by field name into the draft, as far as they can be taken."""
        draft.given.update(given)
        try:
            draft.values.update(self._form.validator.validate_python(given))
        except ValidationError:
            for name, value in given.items():
                self._one(draft, name, value)

    def _one(self, draft: Draft, name: str, value: Any) -> None:
        try:
            draft.values[name] = self._form.validator_of(name).validate_python(value)
        except ValidationError as refused:
            # What a record holds already may stay, even where it could not be chosen any more.
            if draft.old is not None and _same(value, draft.old.get(name)):
                return
            draft.failed.add(name)
            draft.values[name] = None if draft.old is None else draft.old.get(name)
            if isinstance(value, Unreadable):
                field = self._form.object.fields[name]
                self._report.field(draft, field, "unreadable", value=value.text[:_SHOWN], reason=value.reason)
                return
            error = refused.errors(include_url=False, include_input=False)[0]
            context = {"reason": error["msg"], **error.get("ctx", {})}
            self._report.field(draft, self._form.object.fields[name], error["type"], **context)

    def _find(self, key: str) -> _Key | None:
        obj = self._form.object
        if "." in key:
            found = find_link(self._form, key)
            return None if found is None else _Linked(*found)
        field, lookup = obj.field(key), obj.parent(key)
        if lookup is not None and lookup.field in self._form.writable and (field is None or field.name == lookup.field):
            return _ToParent(lookup)
        if field is None:
            return None
        if field.name in self._form.compounds:
            return _Whole(field, {part.lower(): name for part, name in self._form.compounds[field.name].items()})
        if not field.writable:
            return _ReadOnly(field)
        lookup = obj.lookups.get(field.name)
        return _Plain(field.name) if lookup is None else _ToParent(lookup)

    def _special(
        self, draft: Draft, given: dict[str, Any], key: _ToParent | _Linked | _Whole | _ReadOnly, value: Any
    ) -> None:
        match key:
            case _ToParent(lookup):
                self._parent(draft, given, lookup, value)
            case _Linked(name, target, field):
                self._link(draft, given, LinkValue(target, field, value), name)
            case _Whole(field, parts):
                self._spread(draft, given, field, parts, value)
            case _ReadOnly(field):
                self._read_only(draft, field, value)
            case _:
                assert_never(key)

    def _parent(self, draft: Draft, given: dict[str, Any], lookup: Lookup, value: Any) -> None:
        if isinstance(value, Record):
            given[lookup.field] = value["Id"]
            return
        if isinstance(value, Mapping) and len(cast("Mapping[str, Any]", value)) == 1:
            ((key, inner),) = cast("Mapping[str, Any]", value).items()
            found = find_link(self._form, f"{lookup.path}.{key}")
            if found is not None:
                self._link(draft, given, LinkValue(found[1], found[2], inner), lookup.field)
                return
        given[lookup.field] = value

    def _link(self, draft: Draft, given: dict[str, Any], link: LinkValue, name: str) -> None:
        draft.given.add(name)
        if link.value is None or link.value == "":
            given[name] = None
        else:
            draft.links[name] = link

    def _spread(self, draft: Draft, given: dict[str, Any], field: Field, parts: Mapping[str, str], value: Any) -> None:
        if value is None:
            given.update(dict.fromkeys(parts.values()))
            return
        if not isinstance(value, Mapping):
            shown = ", ".join(self._form.compounds[field.name])
            self._report.field(draft, field, "parts_wanted", parts=shown)
            return
        for key, inner in cast("Mapping[object, Any]", value).items():
            name = parts.get(key.lower()) if isinstance(key, str) else None
            if name is None:
                self._unknown(draft, f"{field.name}.{key}")
            else:
                given[name] = inner

    def _read_only(self, draft: Draft, field: Field, value: Any) -> None:
        # Whoever reads a record, changes a value and writes the whole back, gives these too.
        if draft.old is not None and (not field.stored or _same(value, draft.old.get(field.name))):
            return
        if field.value_type.kind is Kind.ID and draft.old is None and value is None:
            return
        self._report.field(draft, field, "not_writable")

    def _unknown(self, draft: Draft, key: str) -> None:
        hint = suggest(key, self._form.writable, limit=0)
        text = f": {hint}" if hint and hint.startswith("did you mean") else ""
        self._report.unknown(draft, key, text)


def _same(given: Any, stored: Any) -> bool:
    """Whether a value is the stored one; what cannot be compared (a signalling NaN) is not."""
    try:
        return bool(given == stored)
    except (ArithmeticError, TypeError, ValueError):
        return False


def check_row(row: object) -> None:
    """Refuse what cannot be a row.

    Raises:
        TypeError: it is no mapping by field names.
    """
    if not isinstance(row, Mapping):
        raise TypeError(f"a record is given as a mapping of field names to values, not as a {type(row).__name__}")
    for key in cast("Mapping[object, object]", row):
        if not isinstance(key, str):
            raise TypeError(f"field names are text, not {key!r}")


def find_link(form: Form, key: str) -> tuple[str, str, str] | None:
    """What a path such as `Account.Code__c` names: the lookup's field, the parent object and its unique field.

    A lookup to several objects takes the first that has such a field; `What:Account.Code__c` chooses one.

    `What:Opportunity.Code__c` says which of several parent objects is meant. None where the path does not lead to a
    field that tells records apart.
    """
    path, _, name = key.partition(".")
    path, _, only = path.partition(":")
    lookup = form.object.parent(path) or form.object.lookups.get(path)
    if lookup is None or lookup.field not in form.writable:
        return None
    for target in lookup.targets:
        if only and only.lower() != target.lower():
            continue
        field = form.schema.objects[target].field(name)
        if field is not None and field.identifies:
            return lookup.field, target, field.name
    return None
