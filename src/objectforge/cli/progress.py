"""A progress bar on stderr where that is a terminal, silence elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["Advance", "progress"]

Advance = Callable[[int, str], None]
"""Say that so many more units are done, and what is going on."""


@contextmanager
def progress(total: int | None) -> Iterator[Advance]:
    """Show a bar while the block runs; it goes away when the block ends. `total` None: how much is to do is unknown."""
    if not sys.stderr.isatty():
        yield _silently
        return
    from rich.console import Console  # not for --help
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)

        def advance(amount: int, what: str) -> None:
            bar.update(task, advance=amount, description=what)

        yield advance


def _silently(amount: int, what: str) -> None:
    """Show nothing."""
