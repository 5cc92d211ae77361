"""`objectforge.yaml` to where the org lives and which paths its metadata is in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from objectforge.errors.exceptions import MetadataError
from objectforge.errors.issue import Issue, suggest
from objectforge.metadata.decode import decode
from objectforge.metadata.files import CONFIG
from objectforge.metadata.nodes import Mapping, Node, Scalar, Sequence
from objectforge.metadata.reader import read

__all__ = ["Config", "read_config"]

_KEYS = ("org", "name", "metadata")


@dataclass(frozen=True, slots=True)
class Config:
    """What `objectforge.yaml` says: the org's database URL, its name in PostgreSQL, its metadata's paths."""

    org: str | None = None
    name: str | None = None
    metadata: tuple[str, ...] = ()


def read_config(folder: Path) -> Config:
    """The configuration of a folder, empty when it has none.

    Raises:
        MetadataError: the file says something it cannot.
    """
    path = folder / CONFIG
    if not path.is_file():
        return Config()
    source, issues = decode(path.read_bytes(), str(path))
    root, more = read(source) if source else (None, ())
    issues = [*issues, *more]
    config = _config(root, issues) if source and root else Config()
    if issues:
        raise MetadataError(issues)
    return config


def _config(root: Node, issues: list[Issue]) -> Config:
    if not isinstance(root, Mapping):
        issues.append(Issue("OF105", f"{CONFIG} holds keys and values", root.span, "type: org: sqlite:///my.db"))
        return Config()
    for entry in root.entries:
        if entry.key.text not in _KEYS:
            hint = suggest(entry.key.text, _KEYS, what="keys")
            issues.append(Issue("OF102", f"{CONFIG} has no key '{entry.key.text}'", entry.key.span, hint))
    return Config(
        _text(root.get("org"), issues),
        _text(root.get("name"), issues),
        tuple(_texts(root.get("metadata"), issues)),
    )


def _text(node: Node | None, issues: list[Issue]) -> str | None:
    match node:
        case None:
            return None
        case Scalar() if node.text:
            return node.text
        case _:
            issues.append(Issue("OF105", "a text is wanted here", node.span))
            return None


def _texts(node: Node | None, issues: list[Issue]) -> list[str]:
    nodes = node.items if isinstance(node, Sequence) else (node,)
    return [text for item in nodes if (text := _text(item, issues)) is not None]
