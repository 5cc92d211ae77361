"""Random changes of a living org's metadata, each made to a draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from living_draft import Draft
from living_model import LINKS, Choice, Field, Object
from living_retypes import retyped
from living_specs import FIELD_NAMES, KINDS, OBJECT_NAMES, VALUES, links, spec

__all__ = ["CHANGES", "change", "first_objects"]

MOST_OBJECTS, MOST_FIELDS = 5, 9
_Change = Callable[[Draft], str | None]


def change(draft: Draft) -> None:
    """Make one change, if the one that comes up can be made."""
    made = draft.chooser.pick(CHANGES)(draft)
    if made:
        draft.told.append(made)


def first_objects(draft: Draft) -> None:
    """An org to begin with."""
    for _ in range(2):
        add_object(draft)


# -- objects ----------------------------------------------------------------------------------------------------------
def add_object(draft: Draft) -> str | None:
    """A new object with a few fields."""
    if len(draft.model.seen) >= MOST_OBJECTS:
        return None
    one = Object(draft.model.key(), draft.chooser.pick(OBJECT_NAMES))
    if one.name.lower() in (other.name.lower() for other in draft.model.seen):
        return None
    draft.model.objects[one.key] = one
    draft.touched.add(one.key)
    for _ in range(draft.chooser.number(1, 4)):
        _new_field(draft, one)
    if draft.chooser.number(0, 2) == 0:
        _new_field(draft, one, "master_detail")
    return f"+ {one.name}"


def rename_object(draft: Draft) -> str | None:
    """An object under another name."""
    one = _object(draft)
    if one is None or one.key in draft.renamed:
        return None
    draft.renamed.add(one.key)
    return f"~ {one.name} -> {_rename(one, draft.chooser.pick(OBJECT_NAMES))}"


def swap_objects(draft: Draft) -> str | None:
    """Two objects that change places."""
    one, other = _object(draft), _object(draft)
    if one is None or other is None or one is other or {one.key, other.key} & draft.renamed:
        return None
    draft.renamed |= {one.key, other.key}
    names = one.name, other.name
    _rename(one, names[1])
    _rename(other, names[0])
    return f"~ {names[0]} <-> {names[1]}"


def hold_object(draft: Draft) -> str | None:
    """An object that is no longer declared, with the lookups that lead to it."""
    one = _object(draft)
    if one is None or len(draft.model.seen) < 2 or {one.key, *one.fields} & (draft.touched | draft.renamed):
        return None
    leading = [each for _, each in draft.model.fields() if one.key in each.targets and each.object != one.key]
    if any(each.key in draft.touched | draft.renamed for each in leading):
        return None
    for each in leading:
        draft.hold(each)
    one.held = True
    draft.touched |= {one.key, *one.fields}
    if draft.model.rows_of(one.key):
        draft.lossy.append(f"{one.name} is held")
    return f"- {one.name}"


def return_object(draft: Draft) -> str | None:
    """A held object declared again, without what leads to objects that are held."""
    held = [one for one in draft.model.objects.values() if one.held and one.key not in draft.touched]
    if not held or len(draft.model.seen) >= MOST_OBJECTS:
        return None
    one = draft.chooser.pick(held)
    one.held = False
    draft.touched |= {one.key, *one.fields}
    if draft.chooser.number(0, 2) == 0:
        draft.renamed.add(one.key)
        _rename(one, draft.chooser.pick(OBJECT_NAMES))
    for each in one.seen:
        if each.kind in LINKS:
            if any(draft.model.objects[target].held for target in each.targets):
                draft.hold(each)
            else:
                draft.part(each)
    return f"+ {one.name} again"


# -- fields -----------------------------------------------------------------------------------------------------------
def add_field(draft: Draft) -> str | None:
    """A new field, of records that are there too."""
    one = _object(draft)
    if one is None or len(one.seen) >= MOST_FIELDS:
        return None
    each = _new_field(draft, one)
    if each is None:
        return None
    if each.on("required") or each.kind == "checkbox":
        draft.fill(each, everywhere=True)
    return f"+ {one.name}.{each.name} {each.kind}"


def rename_field(draft: Draft) -> str | None:
    """A field under another name."""
    each = _field(draft, touched=True)
    if each is None or each.key in draft.renamed or not each.kept:
        return None
    draft.renamed.add(each.key)
    before = each.name
    return f"~ {_owner(draft, each)}.{before} -> {_rename(each, draft.chooser.pick(FIELD_NAMES))}"


def swap_fields(draft: Draft) -> str | None:
    """Two or three fields whose names go round."""
    one = _object(draft)
    if one is None:
        return None
    free = [each for each in one.seen if each.kept and each.key not in draft.renamed and each.key in _there(draft)]
    if len(free) < 2:
        return None
    chosen = free[: draft.chooser.number(2, min(3, len(free)))]
    names = [each.name for each in chosen]
    for each, name in zip(chosen, [*names[1:], names[0]], strict=True):
        draft.renamed.add(each.key)
        _rename(each, name)
    return f"~ {one.name}: {names} go round"


def recase_field(draft: Draft) -> str | None:
    """A field's name in other capitals: still the same name."""
    each = _field(draft, touched=True)
    if each is None or each.key in draft.renamed or not each.kept:
        return None
    draft.renamed.add(each.key)
    each.name = each.name.swapcase()
    return f"~ {each.name} in other capitals"


def hold_field(draft: Draft) -> str | None:
    """A field that is no longer declared."""
    each = _field(draft)
    if each is None or each.key in draft.renamed:
        return None
    draft.hold(each)
    return f"- {_owner(draft, each)}.{each.name}"


def return_field(draft: Draft) -> str | None:
    """A held field declared again: as it was, under another name, as something else."""
    held = [
        each
        for one in draft.model.seen
        for each in one.fields.values()
        if each.held and each.key not in draft.touched and not draft.model.objects[each.object].held
    ]
    if not held:
        return None
    each = draft.chooser.pick(held)
    if any(draft.model.objects[target].held for target in each.targets):
        return None
    each.held = False
    draft.touched.add(each.key)
    if draft.chooser.number(0, 2) == 0:
        draft.renamed.add(each.key)
        _rename(each, draft.chooser.pick(FIELD_NAMES))
    before = each.kind
    if each.kind in LINKS:
        draft.part(each)
    elif draft.chooser.number(0, 2) == 0:
        retyped(draft, each)
    if draft.chooser.number(0, 3) == 0:
        each.options.pop("required", None)
    draft.fill(each, everywhere=False)
    if each.on("required"):
        draft.require(each)
    return f"+ {_owner(draft, each)}.{each.name} {before} -> {each.kind} again"


def replace_by_formula(draft: Draft) -> str | None:
    """A field of a name that a stored one had: that one is held."""
    each = _field(draft)
    if each is None or each.key in draft.renamed or not each.kept:
        return None
    one = draft.model.objects[each.object]
    numbers = [other for other in one.seen if other.kind in ("number", "currency", "integer") and other is not each]
    if not numbers:
        return None
    draft.hold(each)
    read = draft.chooser.pick(numbers)
    made = Field(draft.model.key(), one.key, each.name, "formula", reads=read.key)
    one.fields[made.key] = made
    draft.touched |= {made.key, read.key}
    return f"{one.name}.{each.name} becomes a formula"


def retype_field(draft: Draft) -> str | None:
    """A field of another type, or of another length, precision or scale."""
    each = _field(draft)
    if each is None or each.kind in (*LINKS, "formula"):
        return None
    draft.touched.add(each.key)
    before = each.kind
    retyped(draft, each)
    return f"~ {_owner(draft, each)}.{each.name} {before} -> {each.kind} {each.options}"


def retarget(draft: Draft) -> str | None:
    """A lookup to more or fewer objects, or that becomes a text or a master."""
    found = [each for _, each in draft.model.fields() if each.kind in LINKS and each.key not in draft.touched]
    if not found:
        return None
    each = draft.chooser.pick(found)
    draft.touched.add(each.key)
    match draft.chooser.number(0, 3):
        case 0 if each.kind == "lookup":
            draft.retype(each, "text", {"length": 40})
        case 1 if each.kind == "master_detail":
            draft.retype(each, "lookup", {"children": each.options["children"]})
        case 1 if len(each.targets) == 1 and each.object not in each.targets and not _mastered(draft, each):
            draft.retype(each, "master_detail", {"children": each.options["children"]})
        case _ if each.kind == "lookup":
            _other_targets(draft, each)
        case _:
            return None
    return f"~ {_owner(draft, each)}.{each.name} is {each.kind} to {each.targets}"


# -- what a field says of itself --------------------------------------------------------------------------------------
def toggle_required(draft: Draft) -> str | None:
    """Required on, with a default or without, or off."""
    each = _field(draft)
    if each is None or each.kind in ("formula", "checkbox", "autonumber", "master_detail"):
        return None
    draft.touched.add(each.key)
    if each.options.pop("required", False):
        if each.options.get("on_delete") == "cascade":
            del each.options["on_delete"]
        return f"~ {each.name} is not required"
    each.options["required"] = True
    if each.options.get("on_delete") == "set_null":
        del each.options["on_delete"]
    _default(draft, each)
    draft.require(each)
    return f"~ {each.name} is required, default {each.options.get('default')}"


def toggle_option(draft: Draft) -> str | None:
    """Uniqueness, case, an index, an external id."""
    each = _field(draft)
    if each is None:
        return None
    kinds = ["indexed", "external_id"] if each.kind in ("number", "currency", "integer", "date", "datetime") else []
    options = ["unique", "unique", "case_sensitive", "indexed", "external_id"] if each.kind == "text" else kinds
    if each.kind == "integer":
        options = ["unique", *options]
    if not options:
        return None
    draft.touched.add(each.key)
    option = draft.chooser.pick(options)
    if not each.options.pop(option, False):
        each.options[option] = True
    return f"~ {each.name}: {option} {each.on(option)}"


def change_default(draft: Draft) -> str | None:
    """A default, of new records only."""
    each = _field(draft)
    if each is None or each.kind == "formula":
        return None
    draft.touched.add(each.key)
    if each.options.pop("default", None) is None:
        _default(draft, each)
    return f"~ {each.name}: default {each.options.get('default')}"


def change_on_delete(draft: Draft) -> str | None:
    """What deleting the record at the other end does."""
    found = [each for _, each in draft.model.fields() if each.kind == "lookup" and each.key not in draft.touched]
    if not found:
        return None
    each = draft.chooser.pick(found)
    draft.touched.add(each.key)
    rules = ["restrict", "cascade"] if each.on("required") else ["set_null", "restrict", "cascade"]
    each.options["on_delete"] = draft.chooser.pick(rules)
    return f"~ {each.name}: on_delete {each.options['on_delete']}"


def change_words(draft: Draft) -> str | None:
    """Labels, help, and what children are called."""
    each = _field(draft, touched=True)
    if each is None:
        return None
    if each.kind in LINKS and draft.chooser.number(0, 1):
        each.options["children"] = f"Kids{each.key}x{draft.chooser.number(0, 99)}"
    else:
        each.options[draft.chooser.pick(["label", "help"])] = f"Word {draft.chooser.number(0, 9)}"
    return f"~ {each.name} in words"


# -- picklist values --------------------------------------------------------------------------------------------------
def change_values(draft: Draft) -> str | None:
    """Values added, renamed, held, returned; two that change places; capitals; labels; order."""
    found = [
        each
        for _, each in draft.model.fields()
        if each.kind in ("picklist", "multipicklist") and each.key not in draft.touched
    ]
    if not found:
        return None
    each = draft.chooser.pick(found)
    draft.touched.add(each.key)
    done = [draft.chooser.pick(_VALUE_CHANGES)(draft, each) for _ in range(draft.chooser.number(1, 2))]
    if each.options.get("default") and each.options["default"] not in [value.name for value in each.declared]:
        del each.options["default"]
    return f"~ {_owner(draft, each)}.{each.name}: {', '.join(one for one in done if one)}"


def _add_value(draft: Draft, each: Field) -> str:
    name = draft.chooser.pick(VALUES)
    if name.lower() not in (value.name.lower() for value in each.values):
        each.values.append(Choice(name))
    return f"+{name}"


def _hold_value(draft: Draft, each: Field) -> str:
    value = draft.chooser.pick(each.declared)
    if len(each.declared) < 2 or value.path not in _told_before(draft, each):
        return ""
    value.held = True
    holders = [row for row in draft.model.rows_of(each.object) if value.name in _parts(row.cells.get(each.key))]
    if holders and each.options.get("restricted", True):
        draft.lossy.append(f"{each.name}.{value.name} is held")
    return f"-{value.name}"


def _return_value(draft: Draft, each: Field) -> str:
    told = _told_before(draft, each)
    held = [value for value in each.values if value.held and value.path not in told]
    if not held:
        return ""
    value = draft.chooser.pick(held)
    value.held = False
    return f"+{value.name} again"


def _rename_value(draft: Draft, each: Field) -> str:
    value = draft.chooser.pick(each.declared)
    name = draft.chooser.pick(VALUES)
    spelled = [other.name.lower() for other in each.values]
    if name.lower() in spelled or value.path not in _told_before(draft, each):
        return ""
    return _respell(draft, each, {value.name: name})


def _swap_values(draft: Draft, each: Field) -> str:
    known = _told_before(draft, each)
    plain = [value for value in each.declared if value.path in known]
    if len(plain) < 2:
        return ""
    return _respell(draft, each, {plain[0].name: plain[1].name, plain[1].name: plain[0].name})


def _recase_value(draft: Draft, each: Field) -> str:
    value = draft.chooser.pick(each.declared)
    if value.path not in _told_before(draft, each):
        return ""
    return _respell(draft, each, {value.name: value.name.swapcase()}, grown=False)


def _turn_values(draft: Draft, each: Field) -> str:
    each.values.sort(key=lambda value: value.held)
    draft.chooser.pick(each.declared).label = f"Label {draft.chooser.number(0, 9)}"
    return "label"


_VALUE_CHANGES: Sequence[Callable[[Draft, Field], str]] = (
    _add_value, _add_value, _hold_value, _hold_value, _return_value, _rename_value, _rename_value, _swap_values,
    _recase_value,
)  # fmt: skip


def _respell(draft: Draft, each: Field, renamed: dict[str, str], *, grown: bool = True) -> str:
    for value in each.values:
        if value.name in renamed and not value.held:
            value.history = (value.name, *value.history) if grown else value.history
            value.name = renamed[value.name]
    for row in draft.model.rows_of(each.object):
        cell = row.cells.get(each.key)
        if cell is not None:
            parts = cell.split(";") if each.kind == "multipicklist" else [cell]
            row.cells[each.key] = ";".join(renamed.get(part, part) for part in parts)
    return str(renamed)


def _told_before(draft: Draft, each: Field) -> list[tuple[str, ...]]:
    return [value.path for value in draft.before.field(each.key).declared]


def _parts(cell: Any) -> list[str]:
    return str(cell).split(";")


# -- what touches no table --------------------------------------------------------------------------------------------
def change_views(draft: Draft) -> str | None:
    """A list view, a layout or a report that comes, changes or goes."""
    one = _object(draft)
    if one is None:
        return None
    section = draft.chooser.pick(["list_views", "layouts", "reports"])
    if one.views.pop(section, None) is None or draft.chooser.number(0, 1):
        shown = [each.key for each in one.seen if draft.chooser.number(0, 1)]
        one.views[section] = shown
    return f"~ {section} of {one.name}"


def change_settings(draft: Draft) -> str | None:
    """The org's name, and its time zone where nothing depends on it in the same plan."""
    draft.model.settings["name"] = f"Org {draft.chooser.number(0, 99)}"
    return "~ settings"


def change_label(draft: Draft) -> str | None:
    """What an object is called."""
    one = _object(draft)
    if one is None:
        return None
    one.label = f"Thing {draft.chooser.number(0, 99)}"
    return f"~ label of {one.name}"


CHANGES: tuple[_Change, ...] = (
    add_object, add_object, rename_object, swap_objects, hold_object, return_object, return_object,
    add_field, add_field, add_field, add_field, rename_field, rename_field, swap_fields, recase_field,
    hold_field, hold_field, return_field, return_field, return_field, replace_by_formula,
    retype_field, retype_field, retype_field, retype_field, retarget, retarget, toggle_required, toggle_required,
    toggle_option, toggle_option, change_default, change_on_delete, change_on_delete, change_words,
    change_values, change_values, change_values, change_views, change_settings, change_label,
)  # fmt: skip


# -- the parts of a change --------------------------------------------------------------------------------------------
def _object(draft: Draft) -> Object | None:
    found = [one for one in draft.model.seen if one.key not in draft.touched]
    return draft.chooser.pick(found) if found else None


def _there(draft: Draft) -> set[int]:
    return {each.key for _, each in draft.before.fields()}


def _field(draft: Draft, *, touched: bool = False) -> Field | None:
    """A field of the org as it is; with `touched` one that the plan may have changed already."""
    known = _there(draft)
    found = [
        each
        for _, each in draft.model.fields()
        if each.key in known and (touched or each.key not in draft.touched) and each.object not in draft.touched
    ]
    return draft.chooser.pick(found) if found else None


def _owner(draft: Draft, each: Field) -> str:
    return draft.model.objects[each.object].name


def _rename(thing: Object | Field, name: str) -> str:
    if name.lower() != thing.name.lower():
        thing.history = (thing.name, *thing.history)
    thing.name = name
    return name


def _new_field(draft: Draft, one: Object, kind: str | None = None) -> Field | None:
    kind = kind or draft.chooser.pick(KINDS)
    each = Field(draft.model.key(), one.key, draft.chooser.pick(FIELD_NAMES), kind)
    if each.name.lower() in (other.name.lower() for other in one.seen):
        return None
    if not (links(draft, each) if kind in LINKS else spec(draft, each)):
        return None
    one.fields[each.key] = each
    draft.touched.add(each.key)
    return each


def _default(draft: Draft, each: Field) -> None:
    text = {"number": "1", "currency": "1", "percent": "1", "integer": "1", "date": "2026-04-01", "text": "a"}
    if each.kind in text and draft.chooser.number(0, 1):
        each.options["default"] = text[each.kind]
    elif each.kind == "checkbox":
        each.options["default"] = draft.chooser.pick(["true", "false"])
    elif each.kind == "picklist" and draft.chooser.number(0, 1):
        each.options["default"] = draft.chooser.pick(each.declared).name


def _mastered(draft: Draft, each: Field) -> bool:
    return any(other.kind == "master_detail" for other in draft.model.objects[each.object].fields.values())


def _other_targets(draft: Draft, each: Field) -> None:
    keys = [one.key for one in draft.model.seen if one.key in draft.before.objects]
    if not keys:
        return
    before = each.targets
    each.targets = tuple(dict.fromkeys((draft.chooser.pick(keys), *(before if draft.chooser.number(0, 2) else ()))))
    for row in draft.model.rows_of(each.object):
        target = draft.model.rows.get(row.cells.get(each.key, ""))
        if target is not None and target.object not in each.targets:
            draft.blocked.append(f"{each.name} leads elsewhere")
