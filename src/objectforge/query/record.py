"""A row of a result: a mapping from column keys to values, read by key in any case or as attributes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from objectforge.errors.issue import suggest

__all__ = ["Columns", "Record"]


class Columns:
    """The keys of a result's rows, shared by all of them: in order, and found in any case."""

    __slots__ = ("keys", "places")

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = tuple(keys)
        self.places = {key.lower(): place for place, key in enumerate(self.keys)}


class Record(Mapping[str, Any]):
    """Values by column key, in column order, immutable.

    Keys keep their declared spelling and are found in any case: `record["account.name"]`. A key without a dot is an
    attribute too: `record.Id`. Values are `str`, `bool`, `int`, `Decimal`, `date`, `time`, aware `datetime`, None.
    """

    __slots__ = ("_columns", "_object", "_values")

    def __init__(self, object_name: str, columns: Columns, values: tuple[Any, ...]) -> None:
        self._object = object_name
        self._columns = columns
        self._values = values

    @classmethod
    def of(cls, object_name: str, values: Mapping[str, Any]) -> Record:
        """A record of these values."""
        return cls(object_name, Columns(values), tuple(values.values()))

    @property
    def object_name(self) -> str:
        """The object the record is of."""
        return self._object

    def __getitem__(self, key: str) -> Any:
        place = self._columns.places.get(key.lower())
        if place is None:
            hint = suggest(key, self)
            raise KeyError(f"{self._object} has no column {key!r}{f'; {hint}' if hint else ''}")
        return self._values[place]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(error.args[0]) from None

    def __setattr__(self, name: str, value: object) -> None:
        if name in self.__slots__:
            super().__setattr__(name, value)
            return
        raise AttributeError(
            f"a record is what was read and does not change; write org[{self._object!r}].update(record, {name}=...)"
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns.keys)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        shown = ", ".join(f"{key}={value!r}" for key, value in list(self.items())[:6])
        return f"<{self._object} {shown}{', ...' if len(self) > 6 else ''}>"
