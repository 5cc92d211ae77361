"""Ctrl-C in the middle of a change to a sentence: what became of it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

import click
from sqlalchemy import event

if TYPE_CHECKING:
    from objectforge import Org

__all__ = ["told_when_interrupted"]

_INTERRUPTED = 130


@contextlib.contextmanager
def told_when_interrupted(org: Org, saved: Callable[[int], str]) -> Generator[None]:
    """Say after Ctrl-C that nothing was changed; or, once a transaction came to its commit, what `saved` says of them.

    Args:
        org: The org that is being changed.
        saved: A number of transactions to a sentence.
    """
    commits = 0

    def count(connection: Any) -> None:
        nonlocal commits
        commits += bool(connection.get_execution_options().get("objectforge_writes"))

    event.listen(org.engine, "commit", count)
    try:
        yield
    except KeyboardInterrupt:
        click.echo(f"\ninterrupted; {saved(commits) if commits else 'nothing was changed'}", err=True)
        raise click.exceptions.Exit(_INTERRUPTED) from None
    finally:
        event.remove(org.engine, "commit", count)
