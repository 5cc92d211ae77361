"""The matrix of conversions to a page of the documentation: what becomes of values when a field's type changes."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from objectforge.change.conversion.matrix import conversion
from objectforge.change.conversion.outcome import Conversion, Outcome
from objectforge.change.risk import Risk
from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.registry import BUILT_IN
from objectforge.storage.record_ids import RecordIds

__all__ = ["retype_page"]

_INTRO = """\
# Changing a field's type

A field whose `type:` or whose parameters change keeps its values, or the plan says which ones cannot be kept:

- **safe**: every value that there can be converts.
- **checked**: the values that are there are looked at. One that does not convert refuses the whole plan, which tells
  how many there are and shows the first twenty with their records; nothing is rounded or cut to make it fit.
- **lossy**: every value converts and loses something. The plan is carried out only when told to: `--allow
  Object.Field`.
- What is not named below is **refused**, with the way round.

Records in the recycle bin are converted like all others. No table is rebuilt.

## From one type to another

With the parameters that each type has by itself; with others a safe pair may be a checked one.

| from | safe | checked | lossy |
|---|---|---|---|
"""

_RULES = """
## What converts

- **Text** becomes another kind of text as it is, or not at all: it may be too long, have line breaks where there is one
  line, white space at its ends which one line does not keep, or be no email or web address.
- **Text to anything else** is read as it would be from a file: `5.1`, `2026-04-01`, `2026/4/1`, `9:30`, `yes`. A date
  and time without an offset is local time in the org's zone. An id has 15 or 18 characters, and its record must be
  there. A text becomes `json` if it is JSON that comes out as it went in.
- **Anything to text** is written as it would be to a file: all the digits of the scale, `true` or `false`, instants in
  UTC, ids in 18 characters.
- **Numbers** keep their value: digits that the new precision or scale has no room for are told, and zeros at the end do
  not count. A percentage of 20 becomes the number 20, and the number 20 becomes 20 %.
- **Choices**: a text is a choice whatever its capitals, and takes the declared spelling; inactive values count. Values
  that are no longer declared stay with their records. A number is looked up without zeros at its end. Several choices
  are written `a;b`; a record that holds several stops the way back to one.
- **Checkboxes** become `true` and `false`, `Yes` and `No`, `on` and `off`, or `1` and `0`: the first of these pairs
  that a picklist has, which is then safe. As numbers they are 1 and 0. On the way back, empty becomes false.
- **A date** becomes the moment at which it begins in the org's zone; east of Greenwich that is checked, for 1 January
  1700 would begin before the first moment there can be. **A date and time** becomes the day in that zone.
- **A lookup** keeps its records as far as they belong to the objects that it may point to now. A `master_detail` needs
  a value in every record.
- **A third party's type** converts through its text.

## The ways round

- A formula, a roll-up or a compound stores nothing of its own: declare the new field under another name, and keep the
  old one until its values are moved.
- The numbers of an autonumber are given by the org: declare the autonumber under another name, and keep the old field
  for the values it has.
- A checkbox becomes a picklist that has words for both: add `Yes` and `No` to its values.
- Whatever else is not in the table goes by text: make it text, deploy, then make it the other type.
"""


def retype_page() -> str:
    """What becomes of the values of every built-in type as every other one."""
    return _INTRO + "\n".join(_rows()) + "\n" + _RULES


def _rows() -> Iterator[str]:
    for before in _FIELDS:
        found = {after.type_name: outcome for after in _FIELDS if isinstance(outcome := _of(before, after), Conversion)}
        cells = (
            ", ".join(name for name, one in found.items() if one.risk is risk)
            for risk in (Risk.SAFE, Risk.CHECKED, Risk.LOSSY)
        )
        yield f"| {before.type_name} | {' | '.join(cells)} |"


def _of(before: FieldType, after: FieldType) -> Outcome:
    return conversion(before, after, ZoneInfo("UTC"), _IDS)


_IDS = RecordIds({"Account": (1, "001")})
_FIELDS = tuple(cls.model_validate(dict(cls.sample)) for cls in BUILT_IN)
