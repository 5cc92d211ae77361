"""A group of commands that are imported only when they run: names and help lines stand in a map."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import Any, NamedTuple

import click
from click.shell_completion import CompletionItem

__all__ = ["Entry", "LazyGroup"]


class Entry(NamedTuple):
    """Where a command is (`module:attribute`) and the line that the group's help shows for it."""

    target: str
    help: str


class LazyGroup(click.Group):
    """A click group whose help and completion read the map and import no command."""

    def __init__(self, *args: Any, entries: Mapping[str, Entry], **keys: Any) -> None:
        super().__init__(*args, **keys)
        self._entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the map."""
        return list(self._entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name."""
        entry = self._entries.get(cmd_name)
        if entry is None:
            return None
        module, _, attribute = entry.target.partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name.

        Raises:
            click.UsageError: there is none; the message names one that is close.
        """
        if args and args[0] not in self._entries and not args[0].startswith("-"):
            close = get_close_matches(args[0], self._entries, n=1)
            hint = f"did you mean '{close[0]}'?" if close else "'objectforge --help' lists the commands"
            ctx.fail(f"there is no command '{args[0]}'; {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands' names and help lines."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self._entries.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the name of a command, or an option of the group."""
        found = [
            CompletionItem(name, help=entry.help)
            for name, entry in self._entries.items()
            if name.startswith(incomplete)
        ]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]
