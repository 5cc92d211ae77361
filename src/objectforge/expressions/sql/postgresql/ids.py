"""The 18 characters of an id in PostgreSQL: its object's prefix, base-62 digits, checksum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from objectforge.expressions.sql.engine.elements import Element, joined
from objectforge.expressions.sql.postgresql.raw import TEXT
from objectforge.values.ids import COUNTER_BITS, DIGITS, MAX_COUNTER, SHORT, checksum

__all__ = ["id_text", "long_id"]

_SHORT_ID = f"^[0-9A-Za-z]{{{SHORT}}}$"
_CAPITALS = "".join("1" if "A" <= digit <= "Z" else "0" for digit in DIGITS)
_BLOCK = 5
_CHECKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
# Each block's bits, the first character's the lowest, where its check character stands times the width.
_BLOCKS = " ".join(f"{bits:0{_BLOCK}b}"[::-1] for bits in range(len(_CHECKS)))
# A counter of 40 bits has seven digits of base 62; those before are zeros.
_COUNTED = 7
_ZEROS = SHORT - 3 - _COUNTED


def id_text(element: Element, prefixes: Mapping[int, str]) -> Element:
    """An id's text; null where its object has no prefix."""
    number = element.op(">>")(sa.literal(COUNTER_BITS, sa.Integer()))
    counter = element.op("&")(sa.literal(MAX_COUNTER, sa.BigInteger())).self_group()
    digits = [_digit(counter, power) for power in reversed(range(_COUNTED))]
    first = sa.case(
        {sa.literal(key, sa.BigInteger()): sa.literal(prefix + "0" * _ZEROS, TEXT) for key, prefix in prefixes.items()},
        value=number.self_group(),
    )
    # The first block is the prefix and zeros, so that its check character is known with the object.
    check = sa.case(
        {
            sa.literal(key, sa.BigInteger()): sa.literal(checksum((prefix + "0" * SHORT)[:SHORT])[0], TEXT)
            for key, prefix in prefixes.items()
        },
        value=number.self_group(),
    )
    middle = _checked([sa.literal("0" * (_ZEROS - 2), TEXT), *digits[:2]])
    return _joined([first, *digits, check, middle, _checked(digits[2:])])


def long_id(text: Element) -> Element:
    """A text of 15 letters and digits with its checksum, any other as it is."""
    blocks = [sa.func.substr(text, start, _BLOCK) for start in range(1, SHORT, _BLOCK)]
    longer = _joined([text, *(_checked([block]) for block in blocks)])
    return sa.case((text.regexp_match(_SHORT_ID), longer), else_=text)


def _digit(counter: Element, power: int) -> Element:
    size = sa.literal(len(DIGITS), sa.BigInteger())
    value = counter.op("/")(sa.literal(len(DIGITS) ** power, sa.BigInteger())).self_group().op("%")(size).self_group()
    return sa.func.substr(sa.literal(DIGITS, TEXT), sa.cast(value, sa.Integer()) + sa.literal(1, sa.Integer()), 1)


def _checked(parts: Sequence[Element]) -> Element:
    """The check character of a block of five characters."""
    bits = sa.func.translate(_joined(parts), DIGITS, _CAPITALS)
    place = sa.func.strpos(sa.literal(_BLOCKS, TEXT), bits).op("/")(sa.literal(_BLOCK + 1, sa.Integer()))
    return sa.func.substr(sa.literal(_CHECKS, TEXT), place.self_group() + sa.literal(1, sa.Integer()), 1)


def _joined(parts: Sequence[Element]) -> Element:
    return sa.type_coerce(joined(parts), TEXT)
