"""Files, a text or plain data to `Metadata`: all an org is made of, merged and frozen, each part with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self, TypeVar

from objectforge.errors.attention import little_attention
from objectforge.errors.exceptions import MetadataError
from objectforge.errors.issue import Issue, Severity, sort_issues
from objectforge.errors.source import Source
from objectforge.metadata.emit import emit
from objectforge.metadata.extend import extend_objects
from objectforge.metadata.layer import Layer, build_documents
from objectforge.metadata.loading import Loaded, load_files, load_text
from objectforge.metadata.merge import Chosen, choose
from objectforge.metadata.models import (
    Dashboard,
    Layout,
    ListView,
    ObjectDef,
    OrgSettings,
    PackageHead,
    Report,
    ValueSet,
)
from objectforge.metadata.packages import BUILT_IN, load_packages, without_packages
from objectforge.metadata.partial import merge_documents
from objectforge.metadata.places import NOWHERE, Place, Places
from objectforge.metadata.places import Path as At
from objectforge.metadata.settings import merge_settings
from objectforge.metadata.to_files import layers_to_files
from objectforge.metadata.to_yaml import layer_to_yaml

__all__ = ["Given", "Metadata", "collect", "collect_merged", "collect_text", "load_given", "merge_given"]

OWN = "<org>"
"""What issues call the text of an org's own metadata."""

_M = TypeVar("_M", bound="Metadata")


@dataclass(frozen=True)
class Metadata:
    """The metadata of an org, packages and the org's own merged. Two are equal whatever files they are from."""

    settings: OrgSettings
    packages: tuple[PackageHead, ...]
    """The packages in use, what others build on first; the built-in one is not among them."""
    objects: Mapping[str, ObjectDef]
    value_sets: Mapping[str, ValueSet]
    list_views: Mapping[str, ListView]
    reports: Mapping[str, Report]
    dashboards: Mapping[str, Dashboard]
    layouts: Mapping[str, Layout]
    places: Places = field(default=NOWHERE, compare=False, repr=False)
    broken: frozenset[At] = field(default=frozenset(), compare=False, repr=False)
    """Paths of what was defined but is wrong, and so is missing here: its absence is no mistake of its own."""
    layers: tuple[Layer, ...] = field(default=(), compare=False, repr=False)
    """What it was merged from: the built-in package, the packages, the org's own files."""

    @classmethod
    def load(cls, *paths: str | PathLike[str]) -> Self:
        """Load files and folders.

        Raises:
            MetadataError: something in them is wrong; it holds every issue.
        """
        if not paths:
            raise TypeError("Metadata.load() needs at least one path")
        return cls._or_raise(_collect(load_files(map(Path, paths)), cls))

    @classmethod
    def parse(cls, text: str, name: str = "<text>") -> Self:
        """Load one YAML text; issues call it `name`.

        Raises:
            MetadataError: something in it is wrong; it holds every issue.
        """
        return cls._or_raise(_collect(load_text(Source(name, text), Path()), cls))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Load plain Python values: what the YAML would say, with ints, bools, Decimals, dates and None.

        Raises:
            MetadataError: something in it is wrong; it holds every issue, placed in the YAML that says the same.
            TypeError: it holds values of a type that YAML has no word for.
        """
        if not isinstance(data, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"metadata is a mapping of sections, not a {type(data).__name__}")
        return cls.parse(emit(data), "<dict>")

    @classmethod
    def merged(cls, base: str, *given: Given) -> Self:
        """An org's own metadata, a text as `to_yaml` writes it, with what files, folders or metadata give anew.

        Definitions are added, or take the place of those of the same name; of an object, and of what extends one,
        only the keys and members that are given. An item with `was:` takes the place of the one it was. `uses` are
        united. Nothing goes because it is not given.

        Raises:
            MetadataError: something in it is wrong; it holds every issue, those of the base in `<org>`.
        """
        if not given:
            raise TypeError("Metadata.merged() needs something that is given")
        return cls._or_raise(_merge(base, load_given(given), cls))

    def to_yaml(self) -> str:
        """The org's own metadata, without that of its packages, as YAML; it loads to equal metadata."""
        return layer_to_yaml(self.layers[-1]) if self.layers else ""

    def to_files(self) -> Mapping[str, str]:
        """The org's own metadata as the files of a folder, paths to texts; the folder loads to equal metadata.

        Packages that are folders lie in it under `packages/`.
        """
        return layers_to_files(self.layers)

    @classmethod
    def _or_raise(cls, collected: tuple[Self | None, tuple[Issue, ...]]) -> Self:
        metadata, issues = collected
        if metadata is None or any(issue.severity is Severity.ERROR for issue in issues):
            raise MetadataError(issues)
        return metadata


Given = str | PathLike[str] | Metadata
"""What may be given beside an org's own metadata: a file, a folder, or metadata."""


def collect(paths: Iterable[str | PathLike[str]]) -> tuple[Metadata | None, tuple[Issue, ...]]:
    """What files and folders define, without what is wrong, and every issue, for later stages to add theirs.

    None when parts could not be seen at all (a file that cannot be read, a missing package): whatever later stages
    would miss then is not the user's mistake.
    """
    return _collect(load_files(map(Path, paths)), Metadata)


def collect_text(text: str, name: str = "<text>") -> tuple[Metadata | None, tuple[Issue, ...]]:
    """What one YAML text defines, without what is wrong, and every issue; see `collect`."""
    return _collect(load_text(Source(name, text), Path()), Metadata)


def collect_merged(base: str, given: Iterable[Given]) -> tuple[Metadata | None, tuple[Issue, ...]]:
    """What an org's own metadata and what is given define together, and every issue; see `Metadata.merged`."""
    return merge_given(base, load_given(given))


def load_given(given: Iterable[Given]) -> Loaded:
    """The documents of files and folders, and of what is metadata already."""
    given = tuple(given)
    files = load_files(Path(each) for each in given if not isinstance(each, Metadata))
    layers = [layer for each in given if isinstance(each, Metadata) for layer in each.layers[-1:]]
    built = [document for layer in layers for document in layer.documents]
    return replace(files, documents=(*without_packages(files.documents), *built))


def merge_given(base: str, given: Loaded) -> tuple[Metadata | None, tuple[Issue, ...]]:
    """What an org's own metadata and the documents that are given define together, and every issue."""
    return _merge(base, given, Metadata)


def _merge(base: str, given: Loaded, cls: type[_M]) -> tuple[_M | None, tuple[Issue, ...]]:
    own = load_text(Source(OWN, base), Path())
    documents = merge_documents(own.documents, given.documents)
    return _collect(Loaded(documents, (*own.issues, *given.issues), own.complete and given.complete), cls)


@little_attention()
def _collect(loaded: Loaded, cls: type[_M]) -> tuple[_M | None, tuple[Issue, ...]]:
    documents = without_packages(loaded.documents)
    dropped = {document.source for document in loaded.documents} - {document.source for document in documents}
    issues = [issue for issue in loaded.issues if issue.span is None or issue.span.source not in dropped]
    packages = load_packages(documents)
    built, wrong = build_documents(documents)
    own = Layer(None, documents, built)
    issues += [*packages.issues, *wrong]
    for document in documents:
        if document.package:
            hint = "use the package from the org's files: `uses: [./its-folder]`"
            issues.append(Issue("OF606", "the org's own files have no `package:`", document.package.span, hint))
    metadata, wrong = _assemble((*packages.layers, own), cls) if loaded.complete and packages.complete else (None, ())
    return metadata, sort_issues([*issues, *wrong])


def _assemble(layers: tuple[Layer, ...], cls: type[_M]) -> tuple[_M, Sequence[Issue]]:
    chosen, clashes = choose(layers)
    extended = extend_objects(chosen["objects"], layers)
    settings, setting_places, wrong = merge_settings(layers[-1].settings)
    sections = {section: _models(named) for section, named in chosen.items() if section != "objects"}
    places: dict[At, Place] = {**extended.places, **setting_places}
    broken = set(extended.broken)
    for section in sections:
        for one in chosen[section].values():
            places[section, one.name] = one.built.definition.place
            if one.built.value is None:
                broken.add((section, one.name))
    metadata = cls(
        settings=settings,
        packages=tuple(layer.head for layer in layers if layer.head and layer.head.name != BUILT_IN),
        objects=MappingProxyType(extended.objects),
        **sections,
        places=Places(places),
        broken=frozenset(broken),
        layers=layers,
    )
    return metadata, [*clashes, *extended.issues, *wrong]


def _models(named: Mapping[str, Chosen]) -> Mapping[str, Any]:
    return MappingProxyType({one.name: one.built.value for one in named.values() if one.built.value is not None})
