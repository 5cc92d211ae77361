"""The caller's own code around writes: functions by object and event, called before and after, or once committed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from functools import partial
from typing import Any, Literal, get_args

from objectforge.errors.exceptions import ObjectForgeError
from objectforge.query.record import Record
from objectforge.records.draft import Draft
from objectforge.relations.schema import Object

__all__ = ["Event", "Hook", "HookFailed", "HookRow", "Hooks", "Phase"]

Event = Literal["create", "update", "delete", "restore"]
Phase = Literal["before", "after", "after_commit"]


class HookFailed(ObjectForgeError):
    """A hook raised; the message names it, `__cause__` is what it raised. Nothing was written."""


class HookRow(MutableMapping[str, Any]):
    """The record as a hook sees it: values by field name in any case, which a before-hook may change.

    `old` is the record as it was, None for a new one; `org` is the org that the write runs in.
    """

    def __init__(self, obj: Object, draft: Draft, old: Record | None, org: Any, *, frozen: bool = False) -> None:
        self._object = obj
        self.draft = draft
        self._frozen = frozen
        self.old = old
        self.org = org
        self.raw: set[str] = set()
        """The fields that the hook has set, not yet judged."""
        self.refusals: list[tuple[str, str | None]] = []

    @property
    def object_name(self) -> str:
        """The object the record is of."""
        return self._object.name

    def refuse(self, message: str, field: str | None = None) -> None:
        """Refuse the record: the message joins its other errors, at a field or at the whole record."""
        self.refusals.append((message, field and self._name(field)))

    def changes(self, name: str) -> bool:
        """Whether the write changes the field."""
        return self.draft.changes(self._name(name))

    def __getitem__(self, key: str) -> Any:
        return self.draft.values.get(self._name(key))

    def __setitem__(self, key: str, value: Any) -> None:
        if self._frozen:
            raise TypeError("only hooks before create and update may change values")
        name = self._name(key)
        if not self._object.fields[name].writable:
            raise KeyError(f"{self._object.name}.{name} cannot be written")
        self.draft.values[name] = value["Id"] if isinstance(value, Record) else value
        self.draft.given.add(name)
        self.raw.add(name)

    def __delitem__(self, key: str) -> None:
        self[key] = None

    def __iter__(self) -> Iterator[str]:
        return iter(self.draft.values)

    def __len__(self) -> int:
        return len(self.draft.values)

    def __repr__(self) -> str:
        return f"<{self._object.name} {dict(self)!r}>"

    def _name(self, key: str) -> str:
        field = self._object.field(key)
        if field is None:
            lookup = self._object.parent(key)
            if lookup is None:
                raise KeyError(f"{self._object.name} has no field {key!r}")
            return lookup.field
        return field.name


Hook = Callable[[HookRow], object]


class Hooks:
    """The hooks of an org, in the order in which they were added."""

    def __init__(self) -> None:
        self._hooks: dict[tuple[str, Phase, Event], list[Hook]] = {}

    def add(self, object_name: str, phase: Phase, event: Event, hook: Hook) -> None:
        """Call `hook` with each record of the object before or after the event, or once it is committed.

        Raises:
            ValueError: there is no such event or phase.
        """
        if not callable(hook):
            raise TypeError(f"a hook is a function of a record, not a {type(hook).__name__}")
        if event not in get_args(Event):
            raise ValueError(f"there is no event {event!r}; events are {', '.join(get_args(Event))}")
        if phase not in get_args(Phase):
            raise ValueError(f"{phase!r} is none of {', '.join(get_args(Phase))}")
        self._hooks.setdefault((object_name.lower(), phase, event), []).append(hook)

    def on(self, object_name: str, phase: Phase, event: Event) -> Callable[[Hook], Hook]:
        """A decorator that adds the function below it."""

        def decorate(hook: Hook) -> Hook:
            self.add(object_name, phase, event, hook)
            return hook

        return decorate

    def any(self, object_name: str, phase: Phase, event: Event) -> bool:
        """Whether there is a hook to call."""
        return (object_name.lower(), phase, event) in self._hooks

    def call(self, object_name: str, phase: Phase, event: Event, rows: Iterable[HookRow]) -> None:
        """Call every hook with every row.

        Raises:
            HookFailed: a hook raised.
        """
        for call in self.calls(object_name, phase, event, rows):
            call()

    def calls(
        self, object_name: str, phase: Phase, event: Event, rows: Iterable[HookRow]
    ) -> Iterator[Callable[[], None]]:
        """Every call of a hook with a row for itself, so that one that fails need not keep the others from being made.

        Each raises HookFailed where its hook raises.
        """
        hooks = tuple(self._hooks.get((object_name.lower(), phase, event), ()))
        where = f"({phase} {event} of {object_name})"
        return (partial(_call, hook, row, where) for row in (rows if hooks else ()) for hook in hooks)


def _call(hook: Hook, row: HookRow, where: str) -> None:
    try:
        hook(row)
    except Exception as error:
        name = getattr(hook, "__qualname__", repr(hook))
        text = f"{type(error).__name__}: {error}"
        raise HookFailed(f"the hook {name} {where} failed: {text}") from error
