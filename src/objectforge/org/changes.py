"""How an org changes: plans made and applied, versions looked at and gone back to, held things purged."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path

import sqlalchemy as sa

from objectforge.change.all_failures import Obstacle, each_obstacle
from objectforge.change.applying.apply import LOCK_SECONDS, apply_plan
from objectforge.change.applying.carry_out import StepProgress
from objectforge.change.identity.former import former_identities
from objectforge.change.identity.identify import identify_version
from objectforge.change.plan import Plan
from objectforge.change.plan_file import SavedPlan, check_same, check_saved, read_plan, saved_metadata
from objectforge.change.planning import purging
from objectforge.change.planning.held import Held, held_things
from objectforge.change.planning.make import make_plan
from objectforge.change.planning.survey import Survey
from objectforge.change.steps import ChangeDefinition
from objectforge.errors.exceptions import MetadataError, NotFound, ObjectForgeError, PlanRefused
from objectforge.errors.issue import Severity
from objectforge.expressions.moment import Moment
from objectforge.metadata.metadata import Metadata
from objectforge.metadata.packages import is_folder
from objectforge.org.core import Core
from objectforge.org.state import OrgState
from objectforge.relations.partial import collect_partial
from objectforge.relations.resolve import resolve
from objectforge.relations.schema import Schema
from objectforge.storage.history import Deployment, Version, load_history, load_version_of
from objectforge.storage.snapshot import restore
from objectforge.storage.table_names import foreign_tables

__all__ = ["OrgChanges", "Paths"]

Paths = str | PathLike[str] | Metadata

_KEEP_SOURCE = ChangeDefinition("source", None, "change", note="the org's YAML is kept from now on")
"""What there is to do for an org that has nothing else to do, but was deployed before orgs kept their YAML."""


class OrgChanges:
    """The part of an org that plans and applies changes of its metadata."""

    _core: Core

    # -- plans ----------------------------------------------------------------------------------------------------
    def plan(self, *paths: Paths, partial: bool = False) -> Plan:
        """The steps from the org as it is to the metadata given: files, folders or a `Metadata`.

        Args:
            paths: What the org shall be.
            partial: Whether that is added to what the org has, and nothing goes because it is not given.

        Raises:
            MetadataError: the metadata is wrong; every issue is named.
        """
        with self._core.transactions.read() as transaction:
            state = transaction.state
            if partial and state is not None:
                metadata = _merged(self._source(transaction.connection, state.version), paths)
            else:
                metadata = _metadata(paths)
            return self._plan(transaction.connection, state, resolve(metadata))

    def plan_rollback(self, version: int) -> Plan:
        """The steps back to an earlier version of the metadata; what was renamed since is known by its identity.

        Raises:
            NotFound: there is no such version.
        """
        with self._core.transactions.read() as transaction:
            state = self._core.state
            then = _version(transaction.connection, version)
            target = resolve(restore(then.metadata))
            identities = then.identities or former_identities(state.registry, target)
            identified = identify_version(state.registry, target, identities)
            taken = foreign_tables(transaction.connection, state.registry)
            facts = Survey(transaction.connection, state.registry)
            made = make_plan(state.registry, state.schema, target, taken=taken, facts=facts, identified=identified)
            return replace(made, source=then.source, rollback=version)

    def plan_purge(self, *names: str) -> Plan:
        """What purging held things would destroy: `Account`, `Account.Fax`, `Account.Industry.Shipping`.

        Raises:
            NotFound: nothing of a name is held.
            PlanRefused: it is declared, or a lookup that is held leads to it.
        """
        if not all(isinstance(name, str) for name in names):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError("names of what is held are texts: org.purge('Account.Fax')")
        with self._core.transactions.read() as transaction:
            state = self._core.state
            facts = Survey(transaction.connection, state.registry)
            made = purging.plan_purge(state.registry, state.schema, names, facts)
            return replace(made, source=self._source(transaction.connection, state.version))

    def held(self) -> tuple[Held, ...]:
        """What is held: objects, fields and picklist values that are no longer declared, with their data."""
        with self._core.transactions.read() as transaction:
            if transaction.state is None:
                return ()
            registry = self._core.state.registry
            return tuple(held_things(registry, Survey(transaction.connection, registry)))

    def read_plan(self, path: str | PathLike[str]) -> Plan:
        """The plan that `plan.save(path)` wrote, to be applied now.

        Raises:
            PlanRefused: it is no saved plan, was edited, or is another org's.
            Conflict: the org has moved on, or records were written that make it another plan.
        """
        saved = read_plan(path)
        with self._core.transactions.read() as transaction:
            state = transaction.state
            registry = None if state is None else state.registry
            check_saved(saved, registry.uid if registry else "", registry.version if registry else 0)
            made = self._again(transaction.connection, state, saved)
            check_same(saved, made)
            return made

    def failures(self, plan: Plan) -> Iterator[Obstacle]:
        """Every record that stands in a plan's way, where the plan itself shows the first twenty of each step."""
        with self._core.transactions.read() as transaction:
            yield from each_obstacle(transaction.connection, plan)

    # -- changes --------------------------------------------------------------------------------------------------
    def apply(
        self,
        plan: Plan,
        *,
        allow: Sequence[str] = (),
        lock_seconds: float = LOCK_SECONDS,
        progress: StepProgress | None = None,
    ) -> None:
        """Carry out a plan: registry, tables and data in one transaction, or nothing.

        Args:
            plan: What `org.plan(...)` made.
            allow: The names, or patterns of names, of what may be lost: `Account.Fax`, `Account.*`, `*`.
            lock_seconds: How long to wait for others.
            progress: Called on long steps with the step's line, the records done and how many there are.

        Raises:
            PlanRefused: a step cannot be carried out, or loses what was not allowed; nothing was changed.
            Conflict: the org moved on since the plan was made.
            OrgLocked: someone else holds the org.
            ValueError: a transaction is open, or the org is attached to a caller's connection.
        """
        if not isinstance(plan, Plan):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"org.apply takes the plan that org.plan(...) made, not a {type(plan).__name__}")
        self._apply(plan, allow=allow, lock_seconds=lock_seconds, progress=progress)

    def deploy(self, *paths: Paths, allow: Sequence[str] = (), partial: bool = False) -> Plan:
        """Plan and apply, and return the plan that was applied; see `plan` and `apply`."""
        plan = self.plan(*paths, partial=partial)
        self.apply(plan, allow=allow)
        return plan

    def rollback(self, version: int, *, allow: Sequence[str] = ()) -> Plan:
        """Go back to an earlier version of the metadata, by an ordinary plan; records stay as they are.

        Raises:
            NotFound: there is no such version.
            PlanRefused: it would lose what was not allowed.
        """
        plan = self.plan_rollback(version)
        self.apply(plan, allow=allow)
        return plan

    def purge(self, *names: str) -> Plan:
        """Destroy held things with their data, for good; return the plan that did it.

        Raises:
            NotFound: nothing of a name is held.
            PlanRefused: it is declared, or a lookup that is held leads to it.
        """
        if not names:
            raise TypeError("org.purge takes the names of what is held: org.purge('Account.Fax')")
        plan = self.plan_purge(*names)
        self._apply(plan, purge=True)
        return plan

    # -- versions -------------------------------------------------------------------------------------------------
    def history(self) -> tuple[Deployment, ...]:
        """Every version of the metadata, the last one first: when, by whom, by which steps."""
        with self._core.transactions.read() as transaction:
            return load_history(transaction.connection) if transaction.state else ()

    def pull(self, folder: str | PathLike[str] | None = None, *, version: int | None = None) -> str:
        """The org's own metadata as YAML, which deploys to an identical org; its packages stay under `uses:`.

        Args:
            folder: Where to write it as files too; the folder must be empty or not there.
            version: An earlier version; the present one if not given.

        Raises:
            NotFound: there is no such version.
            FileExistsError: the folder holds something.
            ObjectForgeError: a package that is a folder holds something else by now.
        """
        with self._core.transactions.read() as transaction:
            number = self._core.state.version if version is None else version
            text = self._source(transaction.connection, number)
            kept = restore(_version(transaction.connection, number).metadata)
        if folder is not None:
            _write_files(Path(folder), text, kept)
        return text

    def _source(self, connection: sa.Connection, version: int) -> str:
        source = _version(connection, version).source
        if source is None:
            raise NotFound(f"version {version} is from before orgs kept their YAML; deploy its files once again")
        return source

    def _plan(self, connection: sa.Connection, state: OrgState | None, target: Schema) -> Plan:
        if state is None:
            return make_plan(None, None, target, taken=foreign_tables(connection, None))
        taken = foreign_tables(connection, state.registry)
        facts = Survey(connection, state.registry)
        made = make_plan(state.registry, state.schema, target, taken=taken, facts=facts)
        if made.is_empty and _version(connection, state.version).source is None and target.metadata.to_yaml():
            return replace(made, steps=(_KEEP_SOURCE,))
        return made

    def _again(self, connection: sa.Connection, state: OrgState | None, saved: SavedPlan) -> Plan:
        if saved.rollback is not None:
            return self.plan_rollback(saved.rollback)
        return replace(self._plan(connection, state, resolve(saved_metadata(saved))), source=saved.source)

    def _apply(
        self,
        plan: Plan,
        *,
        allow: Sequence[str] = (),
        lock_seconds: float = LOCK_SECONDS,
        progress: StepProgress | None = None,
        purge: bool = False,
    ) -> None:
        with self._core.transactions.read() as transaction:
            if transaction.state is None and plan.before.version:
                raise PlanRefused("the plan was made for another org, and here is none yet; make one for this org")
        calendar = (self._core.known or OrgState(plan.target, plan.after)).calendar
        with self._core.transactions.alone() as connection:
            registry = apply_plan(
                connection,
                plan,
                moment=Moment(self._core.clock(), calendar),
                who=getpass.getuser(),
                allow=allow,
                lock_seconds=lock_seconds,
                progress=progress,
                purge=purge,
            )
            if not plan.is_empty:
                self._core.deployed(connection, OrgState(plan.target, registry))


def _version(connection: sa.Connection, version: int) -> Version:
    if not isinstance(version, int) or isinstance(version, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"a version is a number, not {version!r}")
    last = load_history(connection)[0].version
    found = load_version_of(connection, version) if 0 < version <= last else None
    if found is None:
        raise NotFound(f"the org has no version {version}; its versions are 1 to {last}")
    return found


def _write_files(folder: Path, text: str, kept: Metadata) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; pull writes into a new folder")
    metadata = Metadata.parse(text, "<org>")
    places = [use.text for document in metadata.layers[-1].documents for use in document.uses if is_folder(use.text)]
    if places and metadata != kept:
        raise ObjectForgeError(
            "the org uses a package that is a folder, and what lies there is not what was deployed from it; nothing "
            f"was written. Put the package's files of that version there again: {', '.join(places)}"
        )
    for name, content in metadata.to_files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")


def _merged(base: str, given: Sequence[Paths]) -> Metadata:
    metadata, issues = collect_partial(base, given)
    if metadata is None or any(issue.severity is Severity.ERROR for issue in issues):
        raise MetadataError(issues)
    return metadata


def _metadata(paths: Sequence[Paths]) -> Metadata:
    if len(paths) == 1 and isinstance(paths[0], Metadata):
        return paths[0]
    given = [path for path in paths if not isinstance(path, Metadata)]
    if len(given) < len(paths):
        raise TypeError("give paths, or one Metadata")
    return Metadata.load(*given)
