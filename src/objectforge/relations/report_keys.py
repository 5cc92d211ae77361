"""The group keys of a report: fields, granularities of dates, buckets, and the names by which results show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from objectforge.errors.issue import suggest
from objectforge.metadata import models
from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.leaves import Label
from objectforge.metadata.places import Path
from objectforge.relations import checking
from objectforge.relations.columns import field_of, ref_label, sortable
from objectforge.relations.findings import Findings
from objectforge.relations.mentions import ValueName
from objectforge.relations.report import GroupBucket, Key, RangeBucket
from objectforge.relations.report_scopes import ReportScope
from objectforge.relations.walking import ref_path
from objectforge.values.granularity import Granularity
from objectforge.values.kinds import Kind
from objectforge.values.text import fold_key

__all__ = ["check_key_names", "read_keys"]


def read_keys(
    scope: ReportScope, written: Sequence[models.GroupKey], path: Path, findings: Findings
) -> Mapping[Path, Key]:
    """The keys of `rows` or `across` in order, by their places; without those that are wrong."""
    found = {(*path, number): _key(scope, model, (*path, number), findings) for number, model in enumerate(written)}
    return {at: key for at, key in found.items() if key is not None}


def check_key_names(names: Sequence[tuple[str, Path]], findings: Findings) -> None:
    """Report names of keys and measures that occur twice: a result is keyed by them."""
    first: dict[str, tuple[str, Path]] = {}
    for name, path in names:
        before = first.setdefault(name.lower(), (name, path))
        if before[1] != path:
            message = f"'{name}' is the name of two keys or measures"
            hint = f"name one of them: {{field: ..., as: {name.rpartition('.')[2].lower()}_2}}"
            findings.add_at_key("OF516", message, path, hint, first=("the other is here", before[1]))


def _key(scope: ReportScope, model: models.GroupKey, path: Path, findings: Findings) -> Key | None:
    ref = checking.path(model.field, scope, (*path, "field"), findings)
    if ref is None or not sortable(scope.objects, ref, (*path, "field"), findings, "grouped"):
        return None
    start = scope.nodes[ref.node].object
    field = field_of(scope.objects, ref)
    granularity = _granularity(model, ref.type.kind, path, findings)
    bucket = _bucket(model, field.shown, ref.type.kind, path, findings)
    for label, texts in model.bucket.groups.items() if model.bucket else ():
        for number, text in enumerate(texts):
            findings.mention(ValueName(field.object, field.name, text), (*path, "bucket", label, number))
    return Key(
        name=model.as_ or ref_path(scope.objects, start, ref),
        ref=ref,
        field_type=field.shown,
        label=model.label or ref_label(scope.objects, start, ref),
        granularity=granularity,
        bucket=bucket,
        named=model.as_ is not None,
    )


def _granularity(model: models.GroupKey, kind: Kind, path: Path, findings: Findings) -> Granularity | None:
    if model.by is None:
        return None
    at = (*path, "by")
    if kind not in (Kind.DATE, Kind.DATETIME):
        hint = "take `by:` out; numbers are gathered by `bucket: [1000, 10000]`"
        findings.add("OF511", f"'{model.field}' is no date: it is {kind}", at, hint)
        return None
    try:
        granularity = Granularity(model.by.lower())
    except ValueError:
        known = [each.value for each in Granularity]
        findings.add("OF511", f"dates are not grouped by '{model.by}'", at, suggest(model.by, known, limit=20))
        return None
    if granularity is Granularity.HOUR_IN_DAY and kind is Kind.DATE:
        findings.add("OF511", f"'{model.field}' is a date without hours", at, "day, day_in_week, week, month, ...")
        return None
    return granularity


def _bucket(
    model: models.GroupKey, declared: FieldType, kind: Kind, path: Path, findings: Findings
) -> RangeBucket | GroupBucket | None:
    if model.bucket is None:
        for key, given in (("labels", model.labels), ("other", model.other)):
            if given:
                findings.add("OF513", f"'{key}' belongs to a bucket", (*path, key), "add bucket: [100, 1000]")
        return None
    if model.by is not None:
        findings.add("OF512", "a key has `by:` or `bucket:`, not both", (*path, "bucket"), "keep one of them")
        return None
    if model.bucket.groups:
        return _groups(model, model.bucket.groups, declared, kind, path, findings)
    return _ranges(model, model.bucket.limits, kind, path, findings)


def _ranges(
    model: models.GroupKey, texts: Sequence[str], kind: Kind, path: Path, findings: Findings
) -> RangeBucket | None:
    at = (*path, "bucket")
    if kind not in (Kind.NUMBER, Kind.DATE):
        hint = "write bucket: {Label: [values], ...}" if kind is Kind.TEXT else None
        findings.add("OF512", f"only numbers and dates have ranges; '{model.field}' is {kind}", at, hint)
        return None
    if model.other is not None:
        findings.add("OF513", "'other' belongs to a bucket of values; ranges leave nothing over", (*path, "other"))
    limits: list[Decimal | date] = []
    for number, text in enumerate(texts):
        try:
            limits.append(Decimal(text) if kind is Kind.NUMBER else date.fromisoformat(text))
        except (InvalidOperation, ValueError):
            findings.add("OF512", f"'{text}' is no {kind}", (*at, number))
            return None
    if not all(isinstance(limit, date) or limit.is_finite() for limit in limits):
        findings.add("OF512", "a limit is a number", at)
        return None
    if any(not _before(a, b) for a, b in pairwise(limits)):
        findings.add("OF512", "the limits of a bucket rise from each to the next", at)
        return None
    if model.labels and len(model.labels) != len(limits) + 1:
        message = f"{len(limits)} limits make {len(limits) + 1} ranges, but there are {len(model.labels)} labels"
        findings.add("OF513", message, (*path, "labels"), f"give {len(limits) + 1} labels, or none")
        return None
    return RangeBucket(tuple(limits), model.labels or _range_labels([str(text) for text in texts]))


def _before(left: Decimal | date, right: Decimal | date) -> bool:
    match left, right:
        case Decimal(), Decimal():
            return left < right
        case date(), date():
            return left < right
        case _:
            return False


def _range_labels(limits: Sequence[str]) -> tuple[Label, ...]:
    if not limits:
        return ("",)
    between = (f"> {low} - {high}" for low, high in pairwise(limits))
    return (f"≤ {limits[0]}", *between, f"> {limits[-1]}")


def _groups(
    model: models.GroupKey,
    written: Mapping[str, tuple[str, ...]],
    declared: FieldType,
    kind: Kind,
    path: Path,
    findings: Findings,
) -> GroupBucket | None:
    at = (*path, "bucket")
    if kind is not Kind.TEXT:
        hint = "write bucket: [100, 1000]" if kind is Kind.NUMBER else None
        findings.add("OF512", f"only texts and picklist values are gathered; '{model.field}' is {kind}", at, hint)
        return None
    if model.labels:
        findings.add("OF513", "the labels of a bucket of values are its keys", (*path, "labels"), "take `labels:` out")
    choices = {fold_key(choice.value): choice.value for choice in declared.choices}
    rules = declared.choice_rules
    seen: dict[str, str] = {}
    groups: dict[str, tuple[str, ...]] = {}
    for label, texts in written.items():
        values: list[str] = []
        for number, text in enumerate(texts):
            key, place = fold_key(text), (*at, label, number)
            if choices and rules is not None and rules.restricted and key not in choices:
                hint = suggest(text, choices.values(), what="its values")
                findings.add("OF514", f"'{text}' is not one of the values of '{model.field}'", place, hint)
            elif key in seen:
                findings.add("OF514", f"'{text}' is in '{seen[key]}' already", place, "a value has one group")
            else:
                seen[key] = label
                values.append(choices.get(key, text))
        groups[label] = tuple(values)
    return GroupBucket(groups, model.other)
