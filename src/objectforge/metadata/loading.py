"""Files and texts to documents: decoding, reading and the division into definitions, one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from objectforge.errors.issue import Issue
from objectforge.errors.source import Source
from objectforge.metadata.document import Document, document
from objectforge.metadata.files import MOST_ENTRIES, find_files, open_source
from objectforge.metadata.reader import read

__all__ = ["Loaded", "load_files", "load_text"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """Documents and what is wrong with them. Unless `complete`, parts of the metadata were not seen at all."""

    documents: tuple[Document, ...]
    issues: tuple[Issue, ...] = ()
    complete: bool = True


def load_files(paths: Iterable[Path], most: int = MOST_ENTRIES) -> Loaded:
    """The documents of all the files that paths mean, folders of `most` files and folders."""
    files, found = find_files(paths, most)
    issues = list(found)
    documents: list[Document] = []
    for file in files:
        source, wrong = open_source(file)
        issues += wrong
        if source is None:
            continue
        one = load_text(source, file.parent)
        documents += one.documents
        issues += one.issues
    return Loaded(tuple(documents), tuple(issues), not found and len(documents) == len(files))


def load_text(source: Source, folder: Path) -> Loaded:
    """The document of one text; relative paths in it start from `folder`."""
    root, wrong = read(source)
    if root is None and wrong:
        return Loaded((), wrong, complete=False)
    one, issues = document(source, folder, root)
    return Loaded((one,), (*wrong, *issues))
