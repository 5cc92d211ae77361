"""One layer of metadata: all the files of a package, or of the org itself, as built definitions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from objectforge.errors.issue import Issue
from objectforge.metadata.build import Built, build, without
from objectforge.metadata.document import Document
from objectforge.metadata.models import PackageHead
from objectforge.metadata.nodes import Scalar
from objectforge.metadata.places import Place
from objectforge.metadata.sizes import objects_beyond

__all__ = ["Layer", "build_documents"]


@dataclass(frozen=True, slots=True)
class Layer:
    """What a package (`head`) or the org (`head` None) defines, in the order written."""

    head: PackageHead | None
    documents: tuple[Document, ...]
    built: tuple[Built, ...]
    folder: Path | None = None
    """The folder of a package."""

    @property
    def package(self) -> str | None:
        """The package's name; None for the org's own layer."""
        return self.head.name if self.head else None

    @property
    def uses(self) -> tuple[Scalar, ...]:
        """The packages it names, as written."""
        return tuple(use for document in self.documents for use in document.uses)

    @property
    def settings(self) -> tuple[Place, ...]:
        """The `settings:` of its files."""
        return tuple(document.settings for document in self.documents if document.settings)


def build_documents(documents: Iterable[Document]) -> tuple[tuple[Built, ...], tuple[Issue, ...]]:
    """Build every definition of the files of a layer."""
    built: list[Built] = []
    issues: list[Issue] = []
    definitions = [definition for document in documents for definition in document.definitions]
    beyond, wrong = objects_beyond(definitions)
    issues += wrong
    for definition in definitions:
        if definition in beyond:
            built.append(without(definition))
            continue
        one, wrong = build(definition)
        built.append(one)
        issues += wrong
    return tuple(built), tuple(issues)
