"""Fixture records in YAML: records under symbolic names, which lookups use to point at each other."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path

from objectforge.errors.exceptions import MetadataError
from objectforge.metadata.decode import decode
from objectforge.metadata.nodes import Mapping as MappingNode
from objectforge.metadata.nodes import Scalar
from objectforge.metadata.reader import read
from objectforge.org.org import Org

__all__ = ["load_fixtures"]


def load_fixtures(org: Org, path: str | PathLike[str]) -> Mapping[str, str]:
    """Create the records of a fixture file or folder and return their ids by symbolic name."""
    names: dict[str, str] = {}
    root = Path(path)
    files = sorted([*root.rglob("*.yaml"), *root.rglob("*.yml")]) if root.is_dir() else [root]
    with org.transaction():
        for file in files:
            source, issues = decode(file.read_bytes(), str(file))
            tree, more = read(source) if source is not None else (None, ())
            if issues or more:
                raise MetadataError([*issues, *more])
            assert isinstance(tree, MappingNode)
            for section in tree.entries:
                records = org[section.key.text]
                assert isinstance(section.value, MappingNode)
                for entry in section.value.entries:
                    assert isinstance(entry.value, MappingNode)
                    values = {
                        each.key.text: names.get(each.value.text, each.value.text)
                        for each in entry.value.entries
                        if isinstance(each.value, Scalar)
                    }
                    names[entry.key.text] = records.create(values).Id
    return names
