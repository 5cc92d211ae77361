"""What values fields of each kind take, and what becomes of them when a field is retyped: written down once more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from living_model import Field, Model, folded

__all__ = ["Chooser", "Unconvertible", "converted", "default_of", "fits", "sample"]

_T = TypeVar("_T")

TEXTS = ("a", "abc", "12", "3.5", "-7", "true", "no", "2024-02-29", "Gold", "gOLD", "Tin", "É", "日本", "x" * 30, "0")
NUMBERS = tuple(map(Decimal, ("0", "1", "-1", "7", "2.5", "12.34", "-0.125", "99999.9", "1234567")))
DATES = (date(1999, 12, 31), date(2024, 2, 29), date(2026, 4, 1))
TIMES = (
    datetime(2024, 2, 29, 15, 30, tzinfo=UTC), datetime(2023, 12, 31, 23, 59, 59, 5, tzinfo=UTC),
    datetime(2026, 4, 1, tzinfo=UTC),
)  # fmt: skip
TRUE, FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
WHOLE = 18


class Chooser(Protocol):
    """Whoever decides: a random number generator, or hypothesis."""

    def pick(self, items: Sequence[_T]) -> _T:
        """One of the items."""
        ...

    def number(self, low: int, high: int) -> int:
        """A whole number."""
        ...


class Unconvertible(Exception):
    """A value that has no counterpart in the new type."""


def sample(model: Model, each: Field, chooser: Chooser) -> Any:
    """A value that a record may get; None where there is none to choose."""
    match each.kind:
        case "text":
            return chooser.pick([text for text in TEXTS if len(text) <= each.options.get("length", 255)])
        case "number" | "currency" | "percent" | "integer":
            return chooser.pick([number for number in NUMBERS if fits(each, number)])
        case "checkbox":
            return chooser.pick([True, False])
        case "date":
            return chooser.pick(DATES)
        case "datetime":
            return chooser.pick(TIMES)
        case "picklist":
            declared = [value.name for value in each.declared]
            free = [] if each.options.get("restricted", True) else ["loose", "Free"]
            return chooser.pick([*declared, *free])
        case "multipicklist":
            names = [value.name for value in each.declared]
            chosen = {chooser.pick(names), chooser.pick(names)}
            return ";".join(name for name in names if name in chosen)
        case "lookup" | "master_detail":
            found = [row.id for key in each.targets for row in model.rows_of(key, living=True)]
            return chooser.pick(found) if found else None
        case _:
            return None


def fits(each: Field, number: Decimal) -> bool:
    """Whether a field has room for all digits of a number."""
    scale = 0 if each.kind == "integer" else each.options.get("scale", 2)
    whole = each.options.get("precision", WHOLE) - scale
    return number == round(number, scale) and abs(number) < 10**whole


def default_of(each: Field) -> Any:
    """The literal default as records hold it."""
    given = each.options.get("default")
    match each.kind:
        case "checkbox":
            return given == "true"
        case "number" | "currency" | "percent" | "integer":
            return None if given is None else Decimal(given)
        case "date":
            return None if given is None else date.fromisoformat(given)
        case _:
            return given


def converted(old: Field, new: Field, cell: Any, zone: str) -> Any:
    """A value of the old field as the new one holds it.

    Raises:
        Unconvertible: it has no counterpart.
    """
    if cell is None:
        if new.kind == "checkbox":
            return False
        if new.kind == "master_detail":
            raise Unconvertible
        return None
    return _RULES[new.kind](old, new, cell, ZoneInfo(zone))


def written(old: Field, cell: Any) -> str:
    """A value as text."""
    match old.kind:
        case "checkbox":
            return "true" if cell else "false"
        case "number" | "currency" | "percent":
            return f"{cell:.{old.options.get('scale', 2)}f}"
        case "integer":
            return str(int(cell))
        case "date":
            return str(cell.isoformat())
        case "datetime":
            shown = cell.astimezone(UTC).isoformat().replace("+00:00", "Z")
            return str(shown)
        case _:
            return str(cell)


def _text(old: Field, new: Field, cell: Any, zone: ZoneInfo) -> str:
    text = written(old, cell)
    if len(text) > new.options.get("length", 255):
        raise Unconvertible
    return text


def _number(old: Field, new: Field, cell: Any, zone: ZoneInfo) -> Decimal:
    if old.kind == "checkbox":
        cell = Decimal(1 if cell else 0)
    try:
        number = Decimal(cell)
    except InvalidOperation as wrong:
        raise Unconvertible from wrong
    if not fits(new, number):
        raise Unconvertible
    return number


def _checkbox(old: Field, new: Field, cell: Any, zone: ZoneInfo) -> bool:
    if isinstance(cell, Decimal | int) and not isinstance(cell, bool):
        if cell not in (0, 1):
            raise Unconvertible
        return cell == 1
    if isinstance(cell, bool):
        return cell
    word = folded(cell)
    if word not in TRUE + FALSE:
        raise Unconvertible
    return word in TRUE


def _date(old: Field, new: Field, cell: Any, zone: ZoneInfo) -> date:
    if isinstance(cell, datetime):
        return cell.astimezone(zone).date()
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(cell)
    except ValueError as wrong:
        raise Unconvertible from wrong


def _datetime(old: Field, new: Field, cell: Any, zone: ZoneInfo) -> datetime:
    return cell if isinstance(cell, datetime) else datetime.combine(cell, time(), zone).astimezone(UTC)


def _choice(old: Field, new: Field, cell: Any, zone: ZoneInfo) -> str:
    if old.kind == "checkbox":
        return "Yes" if cell else "No"
    if ";" in cell and old.kind == "multipicklist":
        raise Unconvertible
    for value in new.values:
        if folded(value.name) == folded(cell):
            return value.name
    if new.options.get("restricted", True):
        raise Unconvertible
    return str(cell)


def _choices(old: Field, new: Field, cell: Any, zone: ZoneInfo) -> str:
    known = {folded(value.name): value.name for value in new.values}
    parts = [folded(part) for part in cell.split(";")]
    if any(part not in known for part in parts):
        raise Unconvertible
    return ";".join(known[part] for part in parts)


def _link(old: Field, new: Field, cell: Any, zone: ZoneInfo) -> Any:
    return cell


_RULES: dict[str, Callable[[Field, Field, Any, ZoneInfo], Any]] = {
    "text": _text, "number": _number, "currency": _number, "percent": _number, "integer": _number,
    "checkbox": _checkbox, "date": _date, "datetime": _datetime, "picklist": _choice, "multipicklist": _choices,
    "lookup": _link, "master_detail": _link,
}  # fmt: skip
