"""Text functions in PostgreSQL: pieces from the end, padding, characters, numerals, links."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by

from objectforge.expressions.functions.double import LARGEST
from objectforge.expressions.functions.longest import LONGEST
from objectforge.expressions.functions.shapes import REAL
from objectforge.expressions.functions.text_values import BLANKS, NUMERAL
from objectforge.expressions.sql.engine.elements import Element, Operand, joined
from objectforge.expressions.sql.postgresql.ids import long_id
from objectforge.expressions.sql.postgresql.raw import INTEGER, NUMERIC, TEXT, clamped, within
from objectforge.values.text import lower_map, upper_map

__all__ = ["TEXTS", "counted"]

_LAST_BEFORE_SURROGATES, _FIRST_AFTER, _LAST_POINT = 0xD7FF, 0xE000, 0x10FFFF


def counted(operand: Operand, low: int = -(10**9), high: int = 10**9) -> Element:
    """A number without its fraction as an integer between bounds, null for null."""
    return clamped(sa.func.trunc(operand.element), low, high)


def _text(value: str) -> Element:
    return sa.literal(value, TEXT)


def _whole(value: int) -> Element:
    return sa.literal(value, INTEGER)


def _substr(text: Operand, start: Operand, count: Operand | None = None) -> Element:
    first, length = counted(start), sa.func.length(text.element)
    from_end = sa.type_coerce(length + first + _whole(1), INTEGER)
    place = sa.case((first < _whole(0), from_end), (first == _whole(0), _whole(1)), else_=first)
    piece = (
        sa.func.substr(text.element, place)
        if count is None
        else sa.func.substr(text.element, place, counted(count, low=0))
    )
    return sa.case((first < -sa.type_coerce(length, INTEGER), _text("")), else_=piece)


def _reverse(text: Operand) -> Element:
    return sa.func.reverse(text.element)


def _padded(function: str) -> Callable[..., Element]:
    def build(text: Operand, count: Operand, pad: Operand | None = None) -> Element:
        most = LONGEST + 1
        size = sa.func.nullif(counted(count, low=-1, high=most), _whole(most))
        with_ = _text(" ") if pad is None else pad.element
        filler = sa.case((text.element == _text(""), _text("")), else_=with_)
        return getattr(sa.func, function)(text.element, size, filler)

    return build


def _ascii(text: Operand) -> Element:
    return sa.cast(sa.func.ascii(sa.func.nullif(text.element, "")), NUMERIC)


def _chr(code: Operand) -> Element:
    point = counted(code, low=-1, high=_LAST_POINT + 1)
    known = sa.or_(
        sa.and_(point >= _whole(1), point <= _whole(_LAST_BEFORE_SURROGATES)),
        sa.and_(point >= _whole(_FIRST_AFTER), point <= _whole(_LAST_POINT)),
    )
    return sa.case((known, sa.func.chr(point)))


@cache
def _words() -> str:
    """A regular expression that parts words from what is between them; words as Python sees them."""
    ranges: list[list[int]] = []
    for point in (point for point in range(_LAST_POINT + 1) if chr(point).isalnum()):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    signs = "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
    return f"[{signs}]+|[^{signs}]+"


def _init_cap(text: Operand) -> Element:
    """Each word on its own, joined again: what PostgreSQL calls a word depends on the database's locale."""
    part, place = sa.column("part", sa.ARRAY(TEXT)), "place"
    parts = sa.func.regexp_matches(text.element, _text(_words()), "g").table_valued(part, with_ordinality=place)
    parts = parts.render_derived()
    word = parts.c.part[1]
    first, rest = sa.func.left(word, _whole(1), type_=TEXT), sa.func.substr(word, _whole(2), type_=TEXT)
    shown = joined(
        [sa.func.translate(first, *upper_map(), type_=TEXT), sa.func.translate(rest, *lower_map(), type_=TEXT)]
    )
    whole = sa.func.string_agg(shown, aggregate_order_by(_text(""), parts.c[place]), type_=TEXT)
    return sa.func.coalesce(sa.select(whole).scalar_subquery(), text.element)


def _value(text: Operand) -> Element:
    """What has no form of a number is null before it is cast."""
    numeral = sa.func.substring(sa.func.btrim(text.element, BLANKS), f"^({NUMERAL})$")
    number = within(sa.cast(numeral, NUMERIC), -LARGEST, LARGEST)
    return sa.func.round(number, _whole(REAL.scale))


def _is_number(text: Operand) -> Element:
    trimmed = sa.func.btrim(text.element, BLANKS, type_=TEXT)
    return sa.func.coalesce(trimmed.regexp_match(f"^{NUMERAL}$"), sa.false())


def _find(part: Operand, text: Operand, start: Operand) -> Element:
    first = sa.func.coalesce(counted(start, low=1), _whole(1))
    rest = sa.func.substr(text.element, first)
    found = sa.func.nullif(sa.func.strpos(rest, sa.func.nullif(part.element, "")), _whole(0))
    place = sa.type_coerce(found, INTEGER) + first - _whole(1)
    return sa.cast(sa.func.coalesce(place, _whole(0)), NUMERIC)


def _count(chosen: Operand) -> Element:
    values = sa.func.string_to_array(sa.func.nullif(chosen.element, ""), ";")
    return sa.cast(sa.func.coalesce(sa.func.cardinality(values), _whole(0)), NUMERIC)


def _case_safe(text: Operand) -> Element:
    return long_id(text.element)


def _escaped(element: Element, *, quotes: bool = True) -> Element:
    signs = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")]
    if quotes:
        signs += [('"', "&quot;"), ("'", "&#x27;")]
    for sign, name in signs:
        element = sa.func.replace(element, sign, name, type_=TEXT)
    return element


def _address(element: Element) -> Element:
    return sa.func.replace(_escaped(element), "&amp;", "&", type_=TEXT)


def _hyperlink(url: Operand, label: Operand, target: Operand | None = None) -> Element:
    parts = [_text('<a href="'), _address(url.element), _text('"')]
    if target is not None:
        shown = joined([_text(' target="'), _escaped(target.element), _text('"')])
        parts.append(sa.case((target.element == _text(""), _text("")), (target.element.is_not(None), shown)))
    return joined([*parts, _text(">"), _escaped(label.element, quotes=False), _text("</a>")])


def _image(url: Operand, text: Operand, height: Operand | None = None, width: Operand | None = None) -> Element:
    parts = [_text('<img src="'), _address(url.element), _text('" alt="'), _escaped(text.element), _text('"')]
    for name, size in (("height", height), ("width", width)):
        if size is not None:
            shown = joined([_text(f' {name}="'), sa.cast(sa.func.trunc(size.element), TEXT), _text('"')])
            parts.append(shown)
    return joined([*parts, _text("/>")])


def _rounded(function: str) -> Callable[..., Element]:
    def build(value: Operand, places: Operand) -> Element:
        count = counted(places, low=-1000, high=max(value.type.scale, 0) + 1)
        return getattr(sa.func, function)(value.element, count)

    return build


TEXTS: Mapping[str, Callable[..., Element]] = MappingProxyType({
    "ASCII": _ascii,
    "INITCAP": _init_cap,
    "CASESAFEID": _case_safe,
    "CHR": _chr,
    "FIND": _find,
    "HYPERLINK": _hyperlink,
    "IMAGE": _image,
    "ISNUMBER": _is_number,
    "LPAD": _padded("lpad"),
    "PICKLISTCOUNT": _count,
    "REVERSE": _reverse,
    "ROUND": _rounded("round"),
    "RPAD": _padded("rpad"),
    "SUBSTR": _substr,
    "TRUNC": _rounded("trunc"),
    "VALUE": _value,
})  # fmt: skip
