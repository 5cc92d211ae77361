"""`objectforge init`: a folder with a small app that works at once and is there to be changed."""

from __future__ import annotations

from pathlib import Path

import click

from objectforge.cli.scaffold import scaffold
from objectforge.cli.schema import schema_text

__all__ = ["init"]


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
def init(folder: Path) -> None:
    """Start a new app in FOLDER (default: here): metadata to change, a few records, and a README.

    Nothing that exists is overwritten.

    \b
    Examples:
      objectforge init my-app
      cd my-app && objectforge init
    """
    files = {**scaffold(folder.resolve().name), "objectforge.schema.json": schema_text()}
    taken = [name for name in files if (folder / name).exists()]
    if taken:
        raise click.ClickException(f"{folder / taken[0]} exists and is not overwritten; choose another folder")
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        click.echo(f"{click.style('+', fg='green')} {path}")
    click.echo("\nNext:")
    if folder != Path():
        click.echo(f"  cd {folder}")
    click.echo("  objectforge validate\n  objectforge apply\n  objectforge load Project projects.csv")
