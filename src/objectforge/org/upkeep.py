"""What an org can say of its own condition."""

from __future__ import annotations

import sqlalchemy as sa

from objectforge.org.arguments import check_text
from objectforge.org.core import Core
from objectforge.storage.drift import find_drift
from objectforge.storage.engines import open_engine
from objectforge.storage.finding import Finding
from objectforge.upkeep.copying import CopyProgress, copy_org
from objectforge.upkeep.doctor import examine
from objectforge.upkeep.find_usage import find_usage
from objectforge.upkeep.new_file import removed_on_failure
from objectforge.upkeep.usage import Usage

__all__ = ["OrgUpkeep"]


class OrgUpkeep:
    """The part of an org that looks after its tables and records."""

    _core: Core

    def drift(self) -> tuple[Finding, ...]:
        """What was changed in the tables behind the org's back; nothing for an org in order.

        Raises:
            NotFound: nothing was ever deployed.
        """
        with self._core.transactions.read() as transaction:
            state = self._core.state
            return find_drift(transaction.connection, state.registry, state.schema)

    def doctor(self) -> tuple[Finding, ...]:
        """What is wrong with the records: links, required and unique values, the recycle bin, counters, the registry.

        Nothing for an org in order; of what the contract allows, such as records from before a field was required,
        there are warnings.

        Raises:
            NotFound: nothing was ever deployed.
        """
        with self._core.transactions.read() as transaction:
            state = self._core.state
            return examine(transaction.connection, state.schema, state.registry)

    def usage(self, name: str) -> Usage:
        """What uses an object, a field or a picklist value, and in how many records it is.

        Args:
            name: `Account`, `Account.Industry` or `Account.Industry.Energy`; what is held has a usage too.

        Raises:
            NotFound: there is no such thing.
        """
        check_text("the name of an object, a field or a value", name)
        with self._core.transactions.read() as transaction:
            state = self._core.state
            return find_usage(transaction.connection, state.schema, state.registry, name)

    def _copied(self, url: str, name: str | None, progress: CopyProgress | None) -> sa.Engine:
        """The engine of a database that the org was copied to."""
        check_text("the URL to copy to", url)
        with self._core.transactions.read() as transaction, removed_on_failure(url):
            state = self._core.state
            target = open_engine(url, name=name)
            try:
                copy_org(transaction.connection, target, state.registry, state.schema, progress)
            except BaseException:
                target.dispose()
                raise
        return target
