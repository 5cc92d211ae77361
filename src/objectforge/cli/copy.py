"""`objectforge copy`: a whole org to another database."""

from __future__ import annotations

import click

from objectforge.cli.progress import progress
from objectforge.cli.target import Target, with_org

__all__ = ["copy"]


@click.command()
@click.argument("target_url", metavar="TARGET_URL")
@with_org
@click.option("--to-name", metavar="NAME", help="The copy's schema in PostgreSQL.")
def copy(target_url: str, target: Target, to_name: str | None) -> None:
    """Copy the whole org to a database that has none: metadata and history, records, the recycle bin, what is held.

    From SQLite to PostgreSQL, the other way, or alike; ids stay the same. TARGET_URL is like --org. The copy is an org
    of its own: what is written to one of them the other does not see.

    \b
    Examples:
      objectforge copy backup.db
      objectforge copy postgresql+psycopg://me@localhost/work --to-name acme
      objectforge copy sqlite:///acme.db --org postgresql+psycopg://me@localhost/work --name acme
    """
    url = target_url if "://" in target_url else f"sqlite:///{target_url}"
    with (
        target.open() as org,
        progress() as show,
        org.copy_to(url, name=to_name, progress=lambda name, done, total: show(done, total, name)) as made,
    ):
        objects = len(made.schema.objects)
    click.echo(f"copied {objects} objects with their records to {url if to_name is None else f'{url} ({to_name})'}")
