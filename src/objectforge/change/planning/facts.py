"""What a plan must know of the records that are there: how many a step touches, and which are in its way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from objectforge.change.conversion.outcome import Conversion
from objectforge.change.retype.failures import Failures
from objectforge.storage.indexes import Index
from objectforge.storage.registry import StoredField

__all__ = ["NOTHING", "Facts", "NoRecords"]


class Facts(Protocol):
    """Answers about an org's records, those in the recycle bin included unless said otherwise."""

    def records(self, number: int) -> int:
        """How many records an object has."""
        ...

    def values(self, field: StoredField) -> int:
        """How many records have a value in a field."""
        ...

    def distribution(self, field: StoredField) -> Mapping[str, int]:
        """How many records hold each value of a picklist; each of several values counts."""
        ...

    def lacking(self, field: StoredField) -> Failures:
        """The living records without a value."""
        ...

    def unconvertible(self, before: StoredField, after: StoredField, conversion: Conversion) -> Failures:
        """The values that a conversion refuses."""
        ...

    def leading_to_bin(self, field: StoredField) -> Failures:
        """The living records whose link leads to a record in the recycle bin, or to none at all."""
        ...

    def sharing(self, index: Index, number: int) -> Failures:
        """The living records of an object that share what an index over columns they have is to keep unique."""
        ...

    def columns_used(self, number: int) -> int:
        """How many columns the object's table ever had, as far as that counts."""
        ...


class NoRecords:
    """The facts of an org without a record."""

    def records(self, number: int) -> int:
        """None."""
        return 0

    def values(self, field: StoredField) -> int:
        """None."""
        return 0

    def distribution(self, field: StoredField) -> Mapping[str, int]:
        """No value."""
        return {}

    def lacking(self, field: StoredField) -> Failures:
        """No record."""
        return Failures(0, ())

    def unconvertible(self, before: StoredField, after: StoredField, conversion: Conversion) -> Failures:
        """No value."""
        return Failures(0, ())

    def leading_to_bin(self, field: StoredField) -> Failures:
        """No record."""
        return Failures(0, ())

    def sharing(self, index: Index, number: int) -> Failures:
        """No record."""
        return Failures(0, ())

    def columns_used(self, number: int) -> int:
        """None."""
        return 0


NOTHING: Facts = NoRecords()
"""The facts of an org without a record."""
