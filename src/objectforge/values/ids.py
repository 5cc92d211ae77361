"""Record ids: a 64-bit number inside, 15 or 18 characters outside.

The number is `object_number << 40 | counter`. Its text is three characters of object prefix, twelve of base-62 counter
and three of checksum, the form Salesforce's ids have, so that programs which check an id's look accept ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

__all__ = [
    "COUNTER_BITS",
    "DIGITS",
    "MAX_COUNTER",
    "MAX_OBJECT_NUMBER",
    "SHORT",
    "STANDARD_PREFIXES",
    "BadId",
    "IdProblem",
    "checksum",
    "counter",
    "format_id",
    "id_range",
    "make_id",
    "object_number",
    "object_prefix",
    "parse_id",
]

COUNTER_BITS = 40
MAX_COUNTER = (1 << COUNTER_BITS) - 1
MAX_OBJECT_NUMBER = (1 << (63 - COUNTER_BITS)) - 1

# In ASCII order, so that texts of one object sort as their numbers do.
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
"""The digits of base 62 in order."""
_DIGIT_VALUES = {digit: value for value, digit in enumerate(DIGITS)}
_PAIRS = [first + second for first in DIGITS for second in DIGITS]
# For each block of five characters: which are capitals, the first one's bit the lowest.
_CAPITALS = {ord(character): "1" if "A" <= character <= "Z" else "0" for character in map(chr, range(128))}
_CHECKSUMS = {f"{bits:05b}"[::-1]: digit for bits, digit in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345")}
_PREFIX_LENGTH = 3
SHORT = 15
"""The characters of an id without its checksum."""
_LONG = 18
_CUSTOM_FIRST = "abcdefghijklmnopqrstuvwxyz"

STANDARD_PREFIXES: Mapping[str, str] = MappingProxyType({
    "Account": "001", "Note": "002", "Contact": "003", "User": "005", "Opportunity": "006", "OpportunityHistory": "008",
    "Organization": "00D", "UserRole": "00E", "Group": "00G", "Partner": "00I", "OpportunityContactRole": "00K",
    "Attachment": "00P", "Lead": "00Q", "Task": "00T", "Event": "00U", "CaseComment": "00a", "Profile": "00e",
    "OpportunityLineItem": "00k", "CampaignMember": "00v", "RecordType": "012", "CampaignMemberStatus": "01Y",
    "Pricebook2": "01s", "Product2": "01t", "PricebookEntry": "01u", "AccountContactRole": "02Z",
    "ContractContactRole": "02a", "Asset": "02i", "CaseContactRole": "03j", "AccountContactRelation": "07k",
    "PermissionSet": "0PS", "PermissionSetAssignment": "0Pa", "Quote": "0Q0", "QuoteLineItem": "0QL", "Case": "500",
    "Solution": "501", "Campaign": "701", "Contract": "800", "Order": "801", "OrderItem": "802",
})  # fmt: skip
"""The prefixes Salesforce gives its standard objects, by API name."""


class IdProblem(StrEnum):
    """Why a text is not an id."""

    WRONG_LENGTH = "wrong length"
    BAD_CHARACTER = "bad character"
    WRONG_CHECKSUM = "wrong checksum"
    UNKNOWN_PREFIX = "unknown prefix"
    OUT_OF_RANGE = "out of range"


class BadId(ValueError):
    """A text that is no record id; `reason` says why."""

    def __init__(self, reason: IdProblem) -> None:
        self.reason = reason
        super().__init__(reason.value)


def make_id(object_number: int, counter: int) -> int:
    """Join an object's number and a record's counter.

    Raises:
        ValueError: one of them does not fit its bits.
    """
    if not 0 <= object_number <= MAX_OBJECT_NUMBER:
        raise ValueError(f"object number {object_number} is not within 0..{MAX_OBJECT_NUMBER}")
    if not 0 <= counter <= MAX_COUNTER:
        raise ValueError(f"counter {counter} is not within 0..{MAX_COUNTER}")
    return object_number << COUNTER_BITS | counter


def id_range(object_number: int) -> tuple[int, int]:
    """The lowest and the highest id that records of an object can have."""
    return make_id(object_number, 0), make_id(object_number, MAX_COUNTER)


def object_number(id: int) -> int:  # noqa: A002 - the word of the domain
    """Return the number of the object that the record belongs to."""
    return id >> COUNTER_BITS


def counter(id: int) -> int:  # noqa: A002 - the word of the domain
    """Return the record's number within its object."""
    return id & MAX_COUNTER


def object_prefix(number: int) -> str:
    """Return the prefix of a custom object: a00, a01 .. azz, b00 .. zzz.

    Custom prefixes start with a small letter and the standard ones with a digit, so they never meet.

    Raises:
        ValueError: there are 99,944 such prefixes, and `number` is beyond them.
    """
    first, rest = divmod(number, len(DIGITS) ** 2)
    if not 0 <= first < len(_CUSTOM_FIRST):
        raise ValueError(f"there is no prefix for object number {number}")
    return _CUSTOM_FIRST[first] + _base62(rest, _PREFIX_LENGTH - 1)


@lru_cache(maxsize=4096)  # the owner and the writers of many records are the same few users
def format_id(id: int, prefix: str) -> str:  # noqa: A002 - the word of the domain
    """Return the 18 characters of an id whose object has this prefix."""
    short = prefix + _base62(counter(id), SHORT - _PREFIX_LENGTH)
    return short + checksum(short)


def parse_id(text: str, prefixes: Mapping[str, int]) -> int:
    """Read 15 or 18 characters; `prefixes` gives each object's number by its prefix.

    Raises:
        BadId: the text is not an id of one of these objects.
    """
    if len(text) not in (SHORT, _LONG):
        raise BadId(IdProblem.WRONG_LENGTH)
    short = text[:SHORT]
    if not all(character in _DIGIT_VALUES for character in text):
        raise BadId(IdProblem.BAD_CHARACTER)
    # Programs that fold case spoil the first fifteen characters; they may fold the checksum, which loses nothing.
    if len(text) == _LONG and checksum(short) != text[SHORT:].upper():
        raise BadId(IdProblem.WRONG_CHECKSUM)
    number = prefixes.get(short[:_PREFIX_LENGTH])
    if number is None:
        raise BadId(IdProblem.UNKNOWN_PREFIX)
    count = 0
    for character in short[_PREFIX_LENGTH:]:
        count = count * len(DIGITS) + _DIGIT_VALUES[character]
    if count > MAX_COUNTER:
        raise BadId(IdProblem.OUT_OF_RANGE)
    return make_id(number, count)


def checksum(short: str) -> str:
    """Return the three check characters of a 15-character id.

    Salesforce's rule: each block of five characters gives five bits, the first character's the lowest, set where it is
    a capital; the bits select one of A-Z0-5.
    """
    capitals = short.translate(_CAPITALS)
    return _CHECKSUMS[capitals[:5]] + _CHECKSUMS[capitals[5:10]] + _CHECKSUMS[capitals[10:]]


def _base62(value: int, width: int) -> str:
    pairs: list[str] = []
    for _ in range(0, width, 2):
        value, pair = divmod(value, len(_PAIRS))
        pairs.append(_PAIRS[pair])
    return "".join(reversed(pairs))[-width:]
