"""The head of a package: read from its files, checked, and weighed against the versions it requires."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from objectforge.errors.issue import Issue
from objectforge.errors.source import Span
from objectforge.metadata.document import Document
from objectforge.metadata.models import PackageHead
from objectforge.metadata.nodes import to_data
from objectforge.metadata.places import Place, walk
from objectforge.metadata.problem import Problem
from objectforge.metadata.translate import problems
from objectforge.metadata.versions import is_requirement, is_version, satisfies

__all__ = ["FORMAT_VERSION", "package_head", "unmet"]

FORMAT_VERSION = "1.0"
"""The version of the YAML contract, which `requires: {objectforge: ...}` is about."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,79}")


def package_head(documents: Sequence[Document], use: Span | None) -> tuple[PackageHead | None, list[Issue]]:
    """The head in the files of a package that `use` asks for; there must be exactly one."""
    issues = [
        Issue("OF605", "a package has no settings", document.settings.span, "they belong into the org's own files")
        for document in documents
        if document.settings
    ]
    places = [document.package for document in documents if document.package]
    if not places:
        hint = "add `package: {name: ..., version: 1.0.0}` to one of its files"
        return None, [*issues, Issue("OF606", "none of the package's files has a `package:` head", use, hint)]
    for extra in places[1:]:
        related = (("first head here", places[0].span),)
        issues.append(Issue("OF606", "the package has a second head", extra.span, "keep one of them", related=related))
    head, wrong = _build(places[0])
    return head, [*issues, *(problem.issue(places[0]) for problem in wrong)]


def unmet(head: PackageHead, place: Place | None, loaded: Mapping[str, PackageHead]) -> list[Issue]:
    """What the package requires and does not get, of ObjectForge or of the other packages."""
    issues: list[Issue] = []
    for name, requirement in head.requires.items():
        span = walk(place, ("requires", name)).node.span if place else None
        if name == "objectforge":
            has = FORMAT_VERSION
        elif name in loaded:
            has = loaded[name].version
        else:
            message = f"package '{head.name}' requires '{name}', which is not used"
            issues.append(Issue("OF603", message, span, f"add '{name}' to its `uses:`"))
            continue
        if not satisfies(has, requirement):
            message = f"package '{head.name}' requires {name} {requirement}; this is {has}"
            issues.append(Issue("OF603", message, span, f"use another version of '{name}' or of '{head.name}'"))
    return issues


def _build(place: Place) -> tuple[PackageHead | None, list[Problem]]:
    try:
        head = PackageHead.model_validate(to_data(place.node))
    except ValidationError as error:
        return None, list(problems(error, PackageHead, "the package's head"))
    found: list[Problem] = []
    if not _NAME.fullmatch(head.name):
        found.append(Problem("OF201", f"'{head.name}' is no name for a package", ("name",), "letters, digits, _ and -"))
    if not is_version(head.version):
        found.append(Problem("OF604", f"'{head.version}' is no version", ("version",), "for example 1.2.0"))
    for name, requirement in head.requires.items():
        if not is_requirement(requirement):
            message = f"'{requirement}' is no requirement on a version"
            found.append(Problem("OF604", message, ("requires", name), 'for example ">=1.2, <2"'))
    return (None if found else head), found
