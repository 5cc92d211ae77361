"""Metadata to a schema: objects, then what computes and checks them, then the views, reports and layouts on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar

from objectforge.errors.attention import little_attention
from objectforge.errors.exceptions import MetadataError
from objectforge.errors.issue import Issue, Severity, sort_issues
from objectforge.metadata.metadata import Metadata
from objectforge.metadata.models import ObjectDef
from objectforge.relations.computed import type_computed
from objectforge.relations.dashboards import check_dashboard
from objectforge.relations.draft import Draft, Missing
from objectforge.relations.fields import object_fields
from objectforge.relations.findings import Findings
from objectforge.relations.graph import build_graph
from objectforge.relations.layouts import resolve_layout
from objectforge.relations.list_views import resolve_list_view
from objectforge.relations.lookups import link
from objectforge.relations.mentions import Mention, ObjectName
from objectforge.relations.namespace import check_namespace
from objectforge.relations.naming import label_of, plural
from objectforge.relations.reading import reading_of
from objectforge.relations.reports import build_report
from objectforge.relations.rules import apply_rules
from objectforge.relations.schema import Field, Object, Schema
from objectforge.relations.uses import build_uses
from objectforge.relations.value_sets import ValueSets

__all__ = ["examine", "mentions", "resolve"]


class _Named(Protocol):
    @property
    def name(self) -> str: ...


_T = TypeVar("_T", bound=_Named)


def resolve(metadata: Metadata) -> Schema:
    """Look up every name in the metadata.

    Raises:
        MetadataError: something is wrong; it holds every issue.
    """
    schema, issues = examine(metadata)
    if schema is None:
        raise MetadataError(issues)
    return schema


def examine(metadata: Metadata) -> tuple[Schema | None, tuple[Issue, ...]]:
    """The schema, None when there are errors, and every issue of the metadata's names and expressions.

    What the metadata lacks because its definition was wrong (`metadata.broken`) is no issue here.
    """
    return _examine(metadata, Findings(metadata.places, advising=True))


def mentions(metadata: Metadata) -> tuple[Schema, tuple[Mention, ...]]:
    """The schema, and what each name in the metadata stands for, wherever it is written.

    Raises:
        MetadataError: something is wrong; it holds every issue.
    """
    found: list[Mention] = []
    schema, issues = _examine(metadata, Findings(metadata.places, mentions=found))
    if schema is None:
        raise MetadataError(issues)
    return schema, tuple(found)


@little_attention()
def _examine(metadata: Metadata, findings: Findings) -> tuple[Schema | None, tuple[Issue, ...]]:
    sets = ValueSets.of(metadata, findings)
    draft = _objects(metadata, sets, findings)
    definitions = metadata.objects
    reading = reading_of(metadata.settings)
    type_computed(draft, definitions, findings)
    objects = {
        name: apply_rules(draft, definition, sets, reading, findings) for name, definition in definitions.items()
    }
    draft = Draft(objects, draft.lost)
    views = _by_name(resolve_list_view(draft, each, sets, reading, findings) for each in metadata.list_views.values())
    layouts = _by_name(resolve_layout(draft, each, findings) for each in metadata.layouts.values())
    most = metadata.settings.report_objects
    reports = _by_name(build_report(draft, each, most, sets, reading, findings) for each in metadata.reports.values())
    lost = frozenset(str(path[1]).lower() for path in metadata.broken if path[0] in ("reports", "list_views"))
    lost |= {name.lower() for name in (*metadata.reports, *metadata.list_views)}
    for dashboard in metadata.dashboards.values():
        check_dashboard(draft, dashboard, reports, views, lost, reading, findings)
    issues = sort_issues(findings.issues)
    if any(issue.severity is Severity.ERROR for issue in issues) or metadata.broken:
        return None, issues
    schema = Schema(
        metadata=metadata,
        objects=objects,
        list_views=views,
        reports=reports,
        layouts=layouts,
        graph=build_graph(objects.values()),
        uses=build_uses(objects, views.values(), reports.values(), layouts.values()),
        advice=issues,
    )
    return schema, issues


def _by_name(found: Iterable[_T | None]) -> dict[str, _T]:
    return {each.name: each for each in found if each is not None}


def _objects(metadata: Metadata, sets: ValueSets, findings: Findings) -> Draft:
    """Every object with its fields, lookups and child relationships; nothing is typed yet."""
    definitions = metadata.objects
    missing = Missing(metadata)
    fields: dict[str, list[Field]] = {}
    for name, definition in definitions.items():
        findings.mention(ObjectName(name), ("objects", name), key=True)
        fields[name], wrong = object_fields(definition, sets, findings)
        for field in wrong:
            missing.add(name, field)
    links = link(definitions, fields, missing, findings)
    objects: dict[str, Object] = {}
    for name, definition in definitions.items():
        lookups = links.lookups[name]
        children = check_namespace(
            definition, definitions, fields[name], lookups.values(), links.children[name], findings
        )
        objects[name] = Object(
            name=name,
            label=definition.label or label_of(name),
            plural_label=definition.plural_label or _plural_label(definition),
            name_field=definition.name_field_name,
            fields={field.name: field for field in fields[name]},
            lookups=lookups,
            children=children,
            package=definition.package,
            was=definition.was,
            prefix=definition.prefix,
        )
    return Draft(objects, missing)


def _plural_label(definition: ObjectDef) -> str | Mapping[str, str]:
    match definition.label:
        case None:
            return label_of(definition.plural or plural(definition.name.removesuffix("__c")))
        case str() as text:
            return plural(text)
        case labels:
            return {locale: plural(text) if locale.startswith("en") else text for locale, text in labels.items()}
