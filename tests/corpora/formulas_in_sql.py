"""The public formulas as formula fields: one object for each set of fields, one record for each row, read at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from formula_rows import NOW, Blanks, FormulaRow, agrees

from objectforge import Metadata
from objectforge.expressions.check import check_formula
from objectforge.expressions.problem import ExpressionError
from objectforge.expressions.standalone import FieldsScope
from objectforge.metadata.build_field import build_field
from objectforge.org.org import Org
from objectforge.testing import temp_org
from objectforge.values.clock import FixedClock
from objectforge.values.kinds import Kind, ValueType

__all__ = ["failing_in_sql"]

_RETURNS = {
    Kind.TEXT: "text", Kind.MULTI: "text", Kind.ID: "text", Kind.NULL: "text", Kind.NUMBER: "number",
    Kind.BOOLEAN: "checkbox", Kind.DATE: "date", Kind.DATETIME: "datetime", Kind.TIME: "time",
}  # fmt: skip
_PARENTS = ("Account.Parent", "Account.nullParent", "Account")


@dataclass(frozen=True)
class _Group:
    """Rows whose fields are declared alike, and the formula field of each expression."""

    name: str
    rows: Sequence[FormulaRow]
    fields: Mapping[str, str]
    """The formula field of each expression and kind of percent; of what is refused none."""


def failing_in_sql(rows: Sequence[FormulaRow], blanks: Blanks, url: str | None) -> dict[str, str]:
    """The rows that do not give what they should, by id, with what they give."""
    rows = [row for row in rows if blanks in row.expected]
    by_fields: dict[str, list[FormulaRow]] = defaultdict(list)
    for row in rows:
        by_fields[json.dumps([row.types, row.formulas])].append(row)
    objects: dict[str, Any] = {}
    groups: list[_Group] = []
    for number, same in enumerate(by_fields.values()):
        group, declared = _declared(f"Rows{number}", same, blanks)
        groups.append(group)
        objects |= declared
    with temp_org(Metadata.parse(json.dumps({"objects": objects})), url=url, clock=FixedClock(NOW)) as org:
        found: dict[str, str] = {}
        for group in groups:
            found |= _failing(org, group, blanks)
        return found


def _declared(name: str, rows: Sequence[FormulaRow], blanks: Blanks) -> tuple[_Group, dict[str, Any]]:
    first = rows[0]
    types = {field: build_field(raw, field)[0] for field, raw in first.types.items()}
    scope = FieldsScope({field: built.value_type() for field, built in types.items() if built is not None})
    fields: dict[str, Any] = {}
    parents: dict[str, Any] = {}
    for field, raw in first.types.items():
        if field in first.formulas:
            kind, formula = first.formulas[field]
            found = check_formula(formula, scope, blanks=blanks).type
            found = scope.types[field] if found.kind is Kind.NULL else found
            fields[field] = _formula(formula, found, kind == "Percent", blanks)
        elif "." in field:
            parents |= {field.rpartition(".")[2]: raw}
        elif field != "CreatedDate":
            fields[field] = raw
    objects: dict[str, Any] = {}
    if parents:
        parents.pop("Name")
        link = {"type": "lookup", "to": f"{name}Account"}
        objects[f"{name}Account"] = {"fields": {
            **parents, "ParentId": {**link, "children": "Below"}, "nullParentId": {**link, "children": "Under"},
        }}  # fmt: skip
        fields["AccountId"] = {**link, "children": "Rows"}
    numbers: dict[str, str] = {}
    for row in rows:
        key = _key(row)
        if key in numbers:
            continue
        try:
            found = check_formula(row.expression, scope, blanks=blanks).type
        except ExpressionError:
            continue
        if found.kind in _RETURNS:
            numbers[key] = f"Answer{len(numbers)}"
            fields[numbers[key]] = _formula(row.expression, found, row.percent, blanks)
    return _Group(name, rows, numbers), {**objects, name: {"fields": fields}}


def _formula(formula: str, found: ValueType, percent: bool, blanks: Blanks) -> dict[str, Any]:
    returns = _RETURNS[found.kind]
    declared: dict[str, Any] = {"type": "formula", "returns": returns, "formula": formula, "blanks": blanks}
    if returns == "number":
        declared |= {"returns": "percent" if percent else "number", "scale": 17}
    return declared


def _key(row: FormulaRow) -> str:
    return f"{row.expression} {row.percent}"


def _failing(org: Org, group: _Group, blanks: Blanks) -> dict[str, str]:
    records = org[group.name]
    if any("." in field for field in group.rows[0].types):
        parent = org[f"{group.name}Account"]
        above = parent.create({"Name": "above", **_below("Account.Parent.", group.rows[0].values)}).Id
        account = parent.create({**_below("Account.", group.rows[0].values), "ParentId": above}).Id
        values = [{"Name": "row", "AccountId": account} for _ in group.rows]
    else:
        values = [{"Name": "row", **_kept(row.values)} for row in group.rows]
    ids = [made.id for made in records.create_many(values)]
    answers = _answers(org, group)
    failing: dict[str, str] = {}
    for row, record in zip(group.rows, ids, strict=True):
        field = group.fields.get(_key(row))
        kind = row.expected[blanks][1]
        if field is None:
            passes, got = kind == "error", "refused"
        elif field not in answers:
            passes, got = False, "not computed"
        else:
            got = answers[field][record]
            passes = got is None if kind == "error" else agrees(got, row, blanks)
        if not passes:
            failing[row.id] = repr(got)
    return failing


def _kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as records take them: choices joined, a place by its parts."""
    kept: dict[str, Any] = {}
    for name, value in values.items():
        match value:
            case [str(), *_]:
                kept[name] = ";".join(value)
            case [latitude, longitude]:
                stem, ending = name[: -len("__c")], name[-len("__c") :]
                kept |= {f"{stem}Latitude{ending}": latitude, f"{stem}Longitude{ending}": longitude}
            case _:
                kept[name] = value
    return kept


def _below(prefix: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name.removeprefix(prefix): value
        for name, value in values.items()
        if name.startswith(prefix) and "." not in name.removeprefix(prefix)
    }


def _answers(org: Org, group: _Group) -> dict[str, dict[str, Any]]:
    """The value of each formula field for each record; those the database cannot compute are missing."""
    rows = org[group.name].find()
    return {name: {row["Id"]: row[name] for row in rows} for name in group.fields.values() if name in rows[0]}
