"""The command `objectforge`: arguments to an exit code. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from objectforge.cli.lazy import Entry, LazyGroup

__all__ = ["cli", "main", "run"]

_INTERRUPTED = 130
_PIPE_CLOSED = 141

_COMMANDS = {
    "demo": Entry("objectforge.cli.demo:demo", "Build a sales org with a few thousand records and show it."),
    "init": Entry("objectforge.cli.init:init", "Start a new app: a folder with metadata to change."),
    "validate": Entry("objectforge.cli.validate:validate", "Check metadata files; no org is needed."),
    "plan": Entry("objectforge.cli.deploy:plan", "Show what would change in the org."),
    "apply": Entry("objectforge.cli.deploy:apply", "Change the org to what the metadata says."),
    "history": Entry("objectforge.cli.versions:history", "List the versions of the org's metadata."),
    "rollback": Entry("objectforge.cli.versions:rollback", "Go back to an earlier version of the metadata."),
    "pull": Entry("objectforge.cli.versions:pull", "Write the org's metadata as YAML."),
    "purge": Entry("objectforge.cli.purge:purge", "Destroy what is held, for good."),
    "describe": Entry("objectforge.cli.describe:describe", "Show the org's objects, or one object's fields."),
    "load": Entry("objectforge.cli.transfer:load", "Load records from a CSV file."),
    "export": Entry("objectforge.cli.transfer:export", "Write records to a CSV file."),
    "query": Entry("objectforge.cli.query:query", "Ask a SOQL query."),
    "list": Entry("objectforge.cli.list_view:list_view", "Show a page of a list view."),
    "report": Entry("objectforge.cli.report:report", "Run a report."),
    "page": Entry("objectforge.cli.page:page", "Show one record on its layout."),
    "drift": Entry("objectforge.cli.drift:drift", "Find tables that were changed behind the org's back."),
    "doctor": Entry("objectforge.cli.doctor:doctor", "Examine the org's records."),
    "usage": Entry("objectforge.cli.usage:usage", "Show what uses an object, a field or a picklist value."),
    "copy": Entry("objectforge.cli.copy:copy", "Copy the whole org to another database."),
    "explain": Entry("objectforge.cli.explain:explain", "Explain an issue code such as OF104, or a query."),
    "schema": Entry("objectforge.cli.schema:schema", "Write the JSON Schema of metadata files."),
}


@click.group(
    cls=LazyGroup,
    entries=_COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with 'objectforge demo', or 'objectforge init my-app'. "
    "'objectforge COMMAND --help' shows examples of each command.",
)
@click.version_option(package_name="objectforge", prog_name="objectforge")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Describe your business in YAML; get tables, validation, queries and reports.

    Exit codes: 0 fine, 1 your data or metadata is wrong (reasons on stderr), 2 wrong usage, 3 changes are pending
    ('plan --detailed-exitcode').
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False


def main() -> None:
    """Run the command line and exit."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the command line with these arguments; the exit code."""
    try:
        code = _invoke(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes stdout once more when it exits: give it somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    return code


def _invoke(arguments: Sequence[str]) -> int:
    try:
        context = cli.make_context("objectforge", list(arguments)) if not _completing() else None
        if context is None:
            cli.main(list(arguments), prog_name="objectforge")
            return 0
        with context:
            result = cli.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("\ninterrupted", err=True)
        return _INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:
        from objectforge.cli.failure import explain_failure  # only now: it brings the exceptions

        message = explain_failure(error)
        if message is None:
            raise
        click.echo(message, err=True)
        return 1
    return result if isinstance(result, int) else 0


def _completing() -> bool:
    return "_OBJECTFORGE_COMPLETE" in os.environ
