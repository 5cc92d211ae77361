"""A chain of versions of one org's metadata, and what every record must be at each of them.

Version k follows from version k - 1 by one change, so that any process can tell from the org what comes next. To widen
the chain, add a change to `CHANGES`, what it does to `Shape`, and what it makes of a record to `expected`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from objectforge.change.risk import Risk
from objectforge.errors.exceptions import Conflict
from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org

__all__ = ["CHANGES", "Shape", "check", "deploy", "metadata", "number_of", "shape", "values"]


@dataclass(frozen=True)
class Shape:
    """The metadata of a version, in a few words."""

    version: int = 0
    codes: tuple[str, ...] = ("Code0",)
    """The names the code has had, newest first."""
    count: str = "integer"
    extra: bool = False
    spellings: tuple[str, ...] = ("low0",)
    """The spellings the level `low` has had, newest first."""
    flags: int = 0
    """How many fields were added for good."""
    indexed: bool = False


def _extra(shape: Shape) -> Shape:
    return replace(shape, extra=True)


def _rename(shape: Shape) -> Shape:
    return replace(shape, codes=(f"Code{len(shape.codes)}", *shape.codes))


def _to_text(shape: Shape) -> Shape:
    return replace(shape, count="text")


def _add(shape: Shape) -> Shape:
    return replace(shape, flags=shape.flags + 1)


def _respell(shape: Shape) -> Shape:
    return replace(shape, spellings=(f"low{len(shape.spellings)}", *shape.spellings))


def _hold(shape: Shape) -> Shape:
    return replace(shape, extra=False)


def _to_number(shape: Shape) -> Shape:
    return replace(shape, count="integer")


def _index(shape: Shape) -> Shape:
    return replace(shape, indexed=not shape.indexed)


CHANGES = (_extra, _rename, _to_text, _add, _hold, _respell, _to_number, _index)
"""What happens from version to version, over and over."""


@cache
def shape(version: int) -> Shape:
    """The shape of a version."""
    if version == 0:
        return Shape()
    change = CHANGES[(version - 1) % len(CHANGES)]
    return replace(change(shape(version - 1)), version=version)


def metadata(version: int) -> Metadata:
    """The metadata of a version."""
    made = shape(version)
    code, *codes = made.codes
    low, *lows = made.spellings
    fields: dict[str, Any] = {
        "No": {"type": "autonumber", "format": "S-{0}"},
        "Key": {"type": "text", "length": 40, "unique": True},
        code: {"type": "text", "length": 40} | ({"was": codes} if codes else {}),
        "Count": {"type": made.count} | ({"length": 40} if made.count == "text" else {}),
        "Level": {"type": "picklist", "values": [{"value": low} | ({"was": lows} if lows else {}), "high"]},
    }
    if made.extra:
        fields["Extra"] = {"type": "text", "length": 40}
    for number in range(made.flags):
        fields[f"Flag{number}"] = {"type": "integer", "required": True, "default": number}
    site: dict[str, Any] = {"label": f"Site {version}", "fields": fields}
    if made.indexed:
        site["indexes"] = [[code]]
    return Metadata.from_dict({"objects": {"Site": site}})


def number_of(org: Org) -> int:
    """The version of the chain that an org, or the transaction open in it, is at."""
    return int(str(org.schema.objects["Site"].label).rpartition(" ")[2])


def deploy(org: Org, version: int, *, at: int | None = None, lock_seconds: float = 5.0) -> None:
    """Bring an org to a version.

    Args:
        org: The org.
        version: Which one.
        at: The version of the org's metadata that it was decided by.
        lock_seconds: How long to wait for others.

    Raises:
        Conflict: somebody else brought it there, or further.
    """
    plan = org.plan(metadata(version))
    if at is not None and plan.before.version != at:
        raise Conflict("somebody else was quicker")
    loses = any(step.risk is Risk.LOSSY for step in plan.steps)
    org.apply(plan, allow=["*"] if loses else [], lock_seconds=lock_seconds)


def values(version: int, number: int, key: str) -> dict[str, Any]:
    """A new record at a version."""
    made = shape(version)
    found: dict[str, Any] = {
        "Name": f"n{number}",
        "Key": key,
        made.codes[0]: f"c{number}",
        "Count": number if made.count == "integer" else str(number),
        "Level": "high" if number % 2 else made.spellings[0],
    }
    return found | ({"Extra": f"e{number}"} if made.extra else {})


def check(record: Mapping[str, Any]) -> int:
    """See that a record is one of a single version, with the values that it must have there.

    Returns:
        How often its code was renamed.

    Raises:
        AssertionError: it is a mixture of versions, or a value is wrong.
    """
    number = int(record["Name"][1:])
    (code,) = (name for name in record if name.startswith("Code"))
    renamed = int(code[4:])
    assert any(_fits(record, number, each) for each in _near(renamed)), dict(record)
    return renamed


@cache
def _near(round_: int) -> list[Shape]:
    """The shapes between the renames before and after."""
    first = max(0, (round_ - 1) * len(CHANGES))
    return [shape(version) for version in range(first, first + 2 * len(CHANGES) + 1)]


def _fits(record: Mapping[str, Any], number: int, made: Shape) -> bool:
    return (
        made.codes[0] in record
        and record[made.codes[0]] == f"c{number}"
        and record["Count"] == (number if made.count == "integer" else str(number))
        and record["Level"] == ("high" if number % 2 else made.spellings[0])
        and made.extra == ("Extra" in record)
        and record.get("Extra") in (None, f"e{number}")
        and made.flags == sum(name.startswith("Flag") for name in record)
        and all(record[f"Flag{flag}"] == flag for flag in range(made.flags))
    )
