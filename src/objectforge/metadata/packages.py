"""The packages that `uses:` names, loaded: bundled ones, installed ones and folders beside the file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.metadata import EntryPoints, entry_points
from os.path import normpath
from pathlib import Path
from types import ModuleType

from objectforge.errors.issue import Issue, suggest
from objectforge.errors.source import Span
from objectforge.metadata.build import Built
from objectforge.metadata.document import Document
from objectforge.metadata.files import find_files
from objectforge.metadata.layer import Layer, build_documents
from objectforge.metadata.loading import load_files
from objectforge.metadata.models import PackageHead
from objectforge.metadata.nodes import Scalar
from objectforge.metadata.package_head import package_head, unmet

__all__ = [
    "BUILT_IN",
    "BUNDLED",
    "ENTRY_POINTS",
    "Packages",
    "folder_of",
    "is_folder",
    "load_packages",
    "without_packages",
]

BUNDLED = Path(__file__).parent.parent / "packages"
"""The folder of the packages that come with ObjectForge."""
BUILT_IN = "builtin"
"""The package that every org has without asking."""
ENTRY_POINTS = "objectforge.packages"
"""The entry point group: each names a module whose folder holds the YAML, or a path."""

_WHERE = "a path begins at the folder of the file that says it"

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_MOST_ENTRIES = 5_000
_is_there = os.path.isdir  # Path's own raises where a name is too long


@dataclass(frozen=True, slots=True)
class Packages:
    """The layers of packages, what others build on first. Unless `complete`, one could not be loaded."""

    layers: tuple[Layer, ...]
    issues: tuple[Issue, ...]
    complete: bool


def load_packages(documents: Iterable[Document]) -> Packages:
    """Load the built-in package and those the documents use, each after those it uses itself."""
    search = _Search()
    search.load(BUNDLED / BUILT_IN, None, ())
    for document in documents:
        for use in document.uses:
            search.follow(use, document.folder, ())
    search.weigh()
    return Packages(tuple(search.layers.values()), tuple(search.issues), search.complete)


def is_folder(use: str) -> bool:
    """Whether a `uses:` entry is a path and not a name."""
    return not _NAME.fullmatch(use)


def folder_of(use: str, folder: Path) -> Path:
    """The folder that a path under `uses:` means in a file of `folder`."""
    return Path(normpath(folder / use)).resolve()


def without_packages(documents: Iterable[Document]) -> tuple[Document, ...]:
    """The documents without those of a package folder that lies among them and is used by one of the others."""
    documents = tuple(documents)
    folders = [
        (folder_of(use.text, document.folder), document.folder.resolve())
        for document in documents
        for use in document.uses
        if is_folder(use.text)
    ]
    apart = {folder for folder, user in folders if not user.is_relative_to(folder)}
    if not apart:
        return documents
    return tuple(
        document
        for document in documents
        if not any(document.folder.resolve().is_relative_to(folder) for folder in apart)
    )


@dataclass(slots=True)
class _Search:
    """What a depth-first walk along `uses:` has found so far."""

    layers: dict[Path, Layer] = field(default_factory=dict[Path, Layer])
    issues: list[Issue] = field(default_factory=list[Issue])
    complete: bool = True
    installed: EntryPoints | None = None

    def follow(self, use: Scalar, folder: Path, above: tuple[tuple[Path, Scalar], ...]) -> None:
        """Load what one `uses:` entry names, unless it is loaded; `above` are the uses that led here."""
        found = self._locate(use, folder)
        if found is None:
            self.complete = False
            return
        chain = (*above, (found.resolve(), use))
        start = next((number for number, (path, _) in enumerate(above) if path == found.resolve()), None)
        if start is not None:
            self.complete = False
            self._refuse_circle([link for _, link in chain[start + 1 :]], [path.name for path, _ in chain[start:]])
        elif found.resolve() not in self.layers:
            self.load(found, use.span, chain)

    def load(self, path: Path, use: Span | None, chain: tuple[tuple[Path, Scalar], ...]) -> None:
        """Load the package in a folder, and before it those that it uses."""
        opened = _open(path, _stamp(path))
        head, wrong = package_head(opened.documents, use)
        opened_issues = (issue if issue.span else replace(issue, span=use) for issue in opened.issues)
        self.issues += [*opened_issues, *wrong]
        if head is None or not opened.complete:
            self.complete = False
        for document in opened.documents:
            for below in document.uses:
                self.follow(below, document.folder, chain)
        if head is None:
            return
        same = next((layer for layer in self.layers.values() if layer.package == head.name), None)
        if same:
            message = f"two packages named '{head.name}' are used"
            self.issues.append(Issue("OF611", message, use, "use one of them, or rename one in its head"))
            return
        self.layers[path.resolve()] = Layer(head, opened.documents, opened.built, path.resolve())

    def weigh(self) -> None:
        """Compare what the packages require with what is there."""
        heads: dict[str, PackageHead] = {layer.head.name: layer.head for layer in self.layers.values() if layer.head}
        for layer in self.layers.values():
            place = next((document.package for document in layer.documents if document.package), None)
            assert layer.head
            self.issues += unmet(layer.head, place, heads)

    def _locate(self, use: Scalar, folder: Path) -> Path | None:
        name = use.text
        if is_folder(name):
            path = Path(normpath(folder / name))
            if _is_there(path):
                return path
            self.issues.append(Issue("OF601", f"there is no folder '{name}' beside this file", use.span, _WHERE))
            return None
        if _is_there(BUNDLED / name):
            return BUNDLED / name
        if self.installed is None:
            self.installed = entry_points(group=ENTRY_POINTS)
        entry = next(iter(self.installed.select(name=name)), None)
        if entry is None:
            known = [*_bundled(), *sorted(self.installed.names)]
            hint = suggest(name, known, what="packages") or ""
            hint = f"{hint}; a folder beside this file is written './{name}'".removeprefix("; ")
            self.issues.append(Issue("OF601", f"unknown package '{name}'", use.span, hint))
            return None
        try:
            path = _path_of(entry.load())
        except Exception as error:
            message = f"the installed package '{name}' ({entry.value}) cannot be imported: {error!r}"
            self.issues.append(Issue("OF601", message, use.span, "install it anew"))
            return None
        if path is None or not path.is_dir():
            message = f"the installed package '{name}' ({entry.value}) has no folder of YAML files"
            self.issues.append(Issue("OF601", message, use.span))
            return None
        return path

    def _refuse_circle(self, links: list[Scalar], names: list[str]) -> None:
        related = tuple((f"'{name}' is used here", link.span) for name, link in zip(names[1:], links, strict=True))
        message = f"packages use each other in a circle: {' -> '.join(names)}"
        last = links[-1].span
        self.issues.append(Issue("OF602", message, last, "take one of the uses out", related=related[:-1]))


@dataclass(frozen=True, slots=True)
class _Opened:
    """The files of a package, built."""

    documents: tuple[Document, ...]
    built: tuple[Built, ...]
    issues: tuple[Issue, ...]
    complete: bool


def _stamp(path: Path) -> tuple[tuple[Path, int, int], ...]:
    """What changes when a file of the folder does."""
    stamps = ((file, file.stat()) for file in find_files([path], _MOST_ENTRIES)[0] if file.exists())
    return tuple((file, stat.st_mtime_ns, stat.st_size) for file, stat in stamps)


@lru_cache(maxsize=32)  # a package is read once for all the orgs of a process, until one of its files changes
def _open(path: Path, stamp: tuple[tuple[Path, int, int], ...]) -> _Opened:
    loaded = load_files([path], _MOST_ENTRIES)
    documents = without_packages(loaded.documents)
    dropped = {document.source for document in loaded.documents} - {document.source for document in documents}
    issues = [issue for issue in loaded.issues if issue.span is None or issue.span.source not in dropped]
    built, wrong = build_documents(documents)
    return _Opened(documents, built, (*issues, *wrong), loaded.complete)


def _bundled() -> list[str]:
    return sorted(
        path.name for path in BUNDLED.iterdir() if path.is_dir() and path.name not in (BUILT_IN, "__pycache__")
    )


def _path_of(loaded: object) -> Path | None:
    match loaded:
        case ModuleType():
            return Path(next(iter(loaded.__path__))) if hasattr(loaded, "__path__") else None
        case str() | Path():
            return Path(loaded)
        case _:
            return None
