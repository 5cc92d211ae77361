"""Paths to the YAML files they mean: a file is itself, a folder all *.yaml and *.yml files in it, in sorted order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from objectforge.errors.issue import Issue, closest
from objectforge.errors.source import Source
from objectforge.metadata.decode import decode

__all__ = ["CONFIG", "MOST_ENTRIES", "find_files", "open_source"]

CONFIG = "objectforge.yaml"
"""The command line's own file: where the org is. In a folder of metadata it is passed over."""
MOST_ENTRIES = 50_000
"""The files and folders in a folder that is read: whatever holds more is no folder of metadata."""
_SUFFIXES = (".yaml", ".yml")
_is_folder, _is_there = os.path.isdir, os.path.exists  # Path's own raise where they may not look


def find_files(paths: Iterable[Path], most: int = MOST_ENTRIES) -> tuple[tuple[Path, ...], tuple[Issue, ...]]:
    """The files that paths mean, each once however often it is reached, and what is wrong with the paths."""
    found: dict[Path, Path] = {}
    issues: list[Issue] = []
    for path in paths:
        if _is_folder(path):
            files = _within(path, most, issues)
            if not files and not issues:
                hint = "metadata is read from files that end in .yaml or .yml"
                issues.append(Issue("OF608", f"there is no metadata file in '{path}'", None, hint))
        elif _is_there(path):
            files = [path]
        else:
            files = []
            issues.append(Issue("OF608", f"there is no file or folder '{path}'", None, _nearby(path)))
        for file in files:
            found.setdefault(file.resolve(), file)
    return tuple(found.values()), tuple(issues)


def open_source(path: Path) -> tuple[Source | None, tuple[Issue, ...]]:
    """The text of a file, or why it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, (Issue("OF609", f"the file '{path}' cannot be read: {reason}"),)
    return decode(data, str(path))


def _within(folder: Path, most: int, issues: list[Issue]) -> list[Path]:
    """The metadata files of a folder; none of one that holds so many files that it must be another one's."""
    found: list[Path] = []
    wrong: list[Issue] = []
    for number, file in enumerate(_inside(folder, (), wrong)):
        if number >= most:
            message = f"the folder '{folder}' holds more than {most:,} files and folders"
            issues.append(Issue("OF003", message, None, "name the folder of the metadata itself"))
            return []
        if file is not None:
            found.append(file)
    issues += wrong
    return found


def _inside(folder: Path, above: tuple[Path, ...], issues: list[Issue]) -> Iterator[Path | None]:
    """Every entry that is met: a metadata file, or None for anything else."""
    here = folder.resolve()
    if here in above:
        hint = "remove the symbolic link"
        issues.append(Issue("OF610", f"the folder '{folder}' leads back to a folder above it", None, hint))
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        issues.append(Issue("OF609", f"the folder '{folder}' cannot be read: {reason}"))
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name == CONFIG:
            yield None
        elif _is_folder(entry):
            yield None
            yield from _inside(folder / entry.name, (*above, here), issues)
        elif entry.name.lower().endswith(_SUFFIXES):
            yield folder / entry.name
        else:
            yield None


def _nearby(path: Path) -> str | None:
    parent = path.parent
    try:
        names = [entry.name for entry in parent.iterdir()]
    except (OSError, ValueError):  # no such folder, not for us to read, a path no system takes
        names = []
    longer = (name for name in names if name.lower().startswith(path.stem.lower()))
    close = closest(path.name, names) or next(longer, None)
    return f"did you mean '{parent / close}'?" if close else None
