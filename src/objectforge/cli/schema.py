"""`objectforge schema`: the JSON Schema of metadata files, for editors and other tools."""

from __future__ import annotations

import json
from pathlib import Path

import click

__all__ = ["schema", "schema_text"]


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def schema(file: Path | None) -> None:
    """Write the JSON Schema of metadata files to FILE, or to stdout.

    An editor with a YAML language server completes and checks a file that begins with
    '# yaml-language-server: $schema=PATH'.

    \b
    Examples:
      objectforge schema objectforge.schema.json
      objectforge schema | less
    """
    text = schema_text()
    if file is None:
        click.echo(text, nl=False)
    else:
        file.write_text(text, "utf-8")
        click.echo(f"wrote {file}")


def schema_text() -> str:
    """The JSON Schema as text."""
    from objectforge.metadata import jsonschema  # pydantic: not for --help

    return json.dumps(jsonschema.schema(), indent=2, ensure_ascii=False) + "\n"
