"""Options, environment and `objectforge.yaml` to the org and the metadata a command works on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from objectforge.cli.config import Config, read_config
from objectforge.metadata.files import CONFIG

if TYPE_CHECKING:
    from objectforge import Org

__all__ = ["Target", "metadata_paths", "with_org"]

_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Target:
    """Where an org is, as far as the options and the environment say; `objectforge.yaml` says the rest."""

    url: str | None
    name: str | None

    def open(self, *, missing: Literal["refuse", "create", "pretend"] = "refuse") -> Org:
        """Open the org.

        Args:
            missing: What to do where a SQLite file is not there: refuse, create it, or take an empty org in memory.

        Raises:
            click.UsageError: nothing says where the org is.
            click.ClickException: it is a file that is not there.
        """
        import objectforge  # the engine: not for --help

        config = Config() if self.url else read_config(Path())
        given = self.url or config.org
        if given is None:
            raise click.UsageError(
                "which org? Add --org URL (sqlite:///my.db), set OBJECTFORGE_ORG, or write 'org:' in objectforge.yaml"
            )
        url = given if "://" in given else f"{_SQLITE}{given}"
        if "://" not in given and not Path(given).absolute().parent.is_dir():
            raise click.ClickException(f"there is no folder {Path(given).parent} for the org; make it first")
        file = url.removeprefix(_SQLITE) if url.startswith(_SQLITE) else ""
        if file and not Path(file).exists():
            if missing == "refuse":
                raise click.ClickException(f"there is no org in {file}; 'objectforge apply' makes one")
            if missing == "pretend":
                url = "sqlite://"
        return objectforge.Org.open(url, name=self.name or config.name)


def with_org(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--org` and `--name` to a command; it gets a `Target` as `target`."""

    @click.option(
        "--org",
        "url",
        metavar="URL",
        envvar="OBJECTFORGE_ORG",
        help="The org: sqlite:///FILE, a file's path, or postgresql+psycopg://USER@HOST/DATABASE. "
        "Default: OBJECTFORGE_ORG, else 'org:' in objectforge.yaml.",
    )
    @click.option("--name", "org_name", metavar="NAME", help="The org's schema in PostgreSQL.")
    @wraps(command)
    def run(*arguments: Any, url: str | None, org_name: str | None, **options: Any) -> Any:
        return command(*arguments, target=Target(url, org_name), **options)

    return run


def metadata_paths(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The paths given, or those of `objectforge.yaml`.

    Raises:
        click.UsageError: there are neither.
        click.ClickException: the file names one that is not there.
    """
    if paths:
        return paths
    found = read_config(Path()).metadata
    if not found:
        raise click.UsageError("which metadata? Give files or folders, or write 'metadata:' in objectforge.yaml")
    for path in found:
        if not Path(path).exists():
            raise click.ClickException(f"{CONFIG} says 'metadata: {path}', and there is no such file or folder here")
    return found
