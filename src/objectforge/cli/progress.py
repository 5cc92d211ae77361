"""A progress bar on stderr where that is a terminal, silence elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager

__all__ = ["Show", "progress"]

Show = Callable[[int, int | None, str], None]
"""Say how much is done, of how much (None: unknown), and what is going on."""


@contextmanager
def progress() -> Generator[Show]:
    """Show a bar while the block runs; it goes away when the block ends."""
    if not sys.stderr.isatty():
        yield _silently
        return
    from rich.console import Console  # not for --help
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<24}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(done: int, total: int | None, what: str) -> None:
            bar.update(task, completed=done, total=total, description=what)

        yield show


def _silently(done: int, total: int | None, what: str) -> None:
    """Show nothing."""
