"""What an org can say of its own condition."""

from __future__ import annotations

from objectforge.org.core import Core
from objectforge.storage.drift import find_drift
from objectforge.storage.finding import Finding
from objectforge.upkeep.doctor import examine

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
