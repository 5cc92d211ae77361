"""Functions that cut, search and change texts. Positions count characters from 1; a blank text is null or empty."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from html import escape
from types import MappingProxyType

from objectforge.expressions.functions.function import NUMBER, EvaluationError, Function, Site
from objectforge.expressions.functions.function import TEXT as TEXT_ARG
from objectforge.expressions.functions.longest import LONGEST
from objectforge.expressions.functions.shapes import whole
from objectforge.expressions.patterns.match import compiled, has_form
from objectforge.expressions.patterns.problem import PatternError
from objectforge.expressions.typed import Call, Concat, Const, Typed
from objectforge.values.kinds import BOOLEAN, TEXT
from objectforge.values.text import lower_simple, upper_simple

__all__ = ["DOTTED_LOCALES", "DOTTED_LOWER", "DOTTED_UPPER", "TEXTS"]

DOTTED_LOCALES = ("tr", "tr_", "tr-", "az", "az_", "az-")
"""How the locales begin in which i with and without its dot are two letters."""
DOTTED_UPPER: Mapping[str, str] = MappingProxyType({"i": "\u0130"})
"""What comes before other letters are changed, in these locales: i keeps its dot."""
DOTTED_LOWER: Mapping[str, str] = MappingProxyType({"I": "\u0131", "\u0130": "i"})
"""The same for small letters."""

_LENGTH = whole(6)


def _len(text: str | None) -> Decimal:
    return Decimal(len(text or ""))


def _trim(text: str) -> str:
    return text.strip(" \t\n\r")


def _reverse(text: str) -> str:
    return text[::-1]


def _left(text: str, count: Decimal) -> str:
    return text[: max(int(count), 0)]


def _right(text: str, count: Decimal) -> str:
    return text[-int(count) :] if count >= 1 else ""


def _mid(text: str, start: Decimal, count: Decimal) -> str:
    first = max(int(start), 1) - 1
    return text[first : first + max(int(count), 0)]


def _substr(text: str, start: Decimal, count: Decimal | None = None) -> str:
    """Like MID, but a negative start counts from the end, and the count may be left out."""
    first = int(start)
    if first < 0 and -first > len(text):
        return ""
    first = len(text) + first if first < 0 else max(first, 1) - 1
    return text[first:] if count is None else text[first : first + max(int(count), 0)]


def _padding(text: str, count: Decimal, pad: str) -> str:
    missing = int(count) - len(text) if text else 0
    if int(count) > LONGEST:
        raise EvaluationError("the text is too long")
    return (pad * (missing // len(pad) + 1))[:missing] if pad and missing > 0 else ""


def _lpad(text: str, count: Decimal, pad: str = " ") -> str:
    return _padding(text, count, pad) + _left(text, count)


def _rpad(text: str, count: Decimal, pad: str = " ") -> str:
    return _left(text, count) + _padding(text, count, pad)


def _find(part: str | None, text: str | None, start: Decimal | None = None) -> Decimal:
    if not part or not text:
        return Decimal(0)
    return Decimal(text.find(part, max(int(start or 1), 1) - 1) + 1)


def _contains(text: str | None, part: str | None) -> bool:
    return not part or part in (text or "")


def _begins(text: str | None, part: str | None) -> bool:
    return (text or "").startswith(part or "")


def _ends(text: str | None, part: str | None) -> bool:
    return (text or "").endswith(part or "")


def _substitute(text: str, old: str, new: str) -> str:
    if not old:
        return text
    grown = len(new) - len(old)
    if grown > 0 and len(text) + text.count(old) * grown > LONGEST:
        raise EvaluationError("the text is too long")
    return text.replace(old, new)


def _regex(text: str | None, pattern: str | None) -> bool:
    return has_form(text or "", pattern or "")


def _regex_rule(site: Site) -> Typed:
    pattern = site.args[1]
    if isinstance(pattern, Const) and isinstance(pattern.value, str):
        try:
            compiled(pattern.value)
        except PatternError as problem:
            site.report("OF337", str(problem), site.node(1), problem.hint)
    return Call("REGEX", site.args, BOOLEAN)


def _cased(change: Callable[[str], str], dotted: Mapping[str, str]) -> Callable[..., str]:
    def run(text: str | None, locale: str | None = None) -> str:
        if locale is not None and locale[:3].lower() in DOTTED_LOCALES:
            for letter, other in dotted.items():
                text = (text or "").replace(letter, other)
        return change(text or "")

    return run


def _ascii(text: str) -> Decimal | None:
    return Decimal(ord(text[0])) if text else None


def _chr(code: Decimal) -> str | None:
    point = int(code)
    known = 0 < point <= 0x10FFFF and not 0xD800 <= point <= 0xDFFF
    return chr(point) if known else None


def _initcap(text: str) -> str:
    def capital(match: re.Match[str]) -> str:
        return upper_simple(match[0][0]) + lower_simple(match[0][1:])

    return re.sub(r"[^\W_]+", capital, text)


def _address(url: str) -> str:
    """An address as it stands in quotes; the & between its parameters stays what it is."""
    return escape(url).replace("&amp;", "&")


def _hyperlink(url: str, label: str, target: str | None = None) -> str:
    shown = f' target="{escape(target)}"' if target else ""
    return f'<a href="{_address(url)}"{shown}>{escape(label, quote=False)}</a>'


def _hyperlink_rule(site: Site) -> Typed:
    """A link around an image: the label is HTML already, so that it goes in as it is."""
    url, label, *target = site.args
    if isinstance(label, Const) or not _is_html(label):
        return Call("HYPERLINK", site.args, TEXT)
    end, nothing = Const("</a>", TEXT), Const("", TEXT)
    opening = Call("SUBSTITUTE", (Call("HYPERLINK", (url, nothing, *target), TEXT), end, nothing), TEXT)
    return Concat((opening, label, end), TEXT)


def _is_html(tree: Typed) -> bool:
    """Whether a text is made of images, links and harmless constants, and of nothing else."""
    match tree:
        case Call(name="IMAGE" | "HYPERLINK"):
            return True
        case Const(value=value):
            return not set(str(value or "")) & set("<>&")
        case Call(name="IF", args=(_, *results)):
            return all(map(_is_html, results))
        case Call(name="CASE", args=args):
            return all(map(_is_html, (*args[2:-1:2], args[-1])))
        case Concat(items=items):
            return all(map(_is_html, items))
        case _:
            return False


def _image(url: str, alternative: str, height: Decimal | None = None, width: Decimal | None = None) -> str:
    sizes = (("height", height), ("width", width))
    size = "".join(f' {name}="{int(value)}"' for name, value in sizes if value is not None)
    return f'<img src="{_address(url)}" alt="{escape(alternative)}"{size}/>'


TEXTS = (
    Function("LEFT", "LEFT(text, count)", "The first characters.", (TEXT_ARG, NUMBER), TEXT, run=_left),
    Function("RIGHT", "RIGHT(text, count)", "The last characters.", (TEXT_ARG, NUMBER), TEXT, run=_right),
    Function("MID", "MID(text, start, count)", "Characters from a position.", (TEXT_ARG, NUMBER, NUMBER), TEXT,
             run=_mid),
    Function("SUBSTR", "SUBSTR(text, start, count)", "Characters from a position, or from one counted from the end.",
             (TEXT_ARG, NUMBER, NUMBER), TEXT, run=_substr, required=2),
    Function("LEN", "LEN(text)", "The number of characters.", (TEXT_ARG,), _LENGTH,
             run=_len, nulls=True),
    Function("LPAD", "LPAD(text, length, pad)", "Filled up on the left, or cut.", (TEXT_ARG, NUMBER, TEXT_ARG), TEXT,
             run=_lpad, required=2),
    Function("RPAD", "RPAD(text, length, pad)", "Filled up on the right, or cut.", (TEXT_ARG, NUMBER, TEXT_ARG), TEXT,
             run=_rpad, required=2),
    Function("UPPER", "UPPER(text, locale)", "In capitals; the locale 'tr' or 'az' keeps the dots of i.",
             (TEXT_ARG, TEXT_ARG), TEXT, run=_cased(upper_simple, DOTTED_UPPER), required=1, nulls=True),
    Function("LOWER", "LOWER(text, locale)", "In small letters; the locale 'tr' or 'az' keeps the dots of i.",
             (TEXT_ARG, TEXT_ARG), TEXT, run=_cased(lower_simple, DOTTED_LOWER), required=1, nulls=True),
    Function("INITCAP", "INITCAP(text)", "Each word with a capital.", (TEXT_ARG,), TEXT, run=_initcap),
    Function("TRIM", "TRIM(text)", "Without spaces at both ends.", (TEXT_ARG,), TEXT,
             run=_trim),
    Function("REVERSE", "REVERSE(text)", "Backwards.", (TEXT_ARG,), TEXT, run=_reverse),
    Function("SUBSTITUTE", "SUBSTITUTE(text, old, new)", "Every occurrence replaced.", (TEXT_ARG,) * 3, TEXT,
             run=_substitute),
    Function("FIND", "FIND(part, text, start)", "The position of a part, 0 if there is none.",
             (TEXT_ARG, TEXT_ARG, NUMBER), _LENGTH, run=_find, required=2, nulls=True),
    Function("CONTAINS", "CONTAINS(text, part)", "Whether a part occurs.", (TEXT_ARG, TEXT_ARG), BOOLEAN,
             run=_contains, nulls=True),
    Function("BEGINS", "BEGINS(text, part)", "Whether it begins with a part.", (TEXT_ARG, TEXT_ARG), BOOLEAN,
             run=_begins, nulls=True),
    Function("ENDS", "ENDS(text, part)", "Whether it ends with a part.", (TEXT_ARG, TEXT_ARG), BOOLEAN,
             run=_ends, nulls=True),
    Function("REGEX", "REGEX(text, 'pattern')", "Whether the whole text has the form of a regular expression.",
             (TEXT_ARG, TEXT_ARG), BOOLEAN, run=_regex, nulls=True, rule=_regex_rule),
    Function("ASCII", "ASCII(text)", "The code point of the first character.", (TEXT_ARG,), whole(7), run=_ascii),
    Function("CHR", "CHR(code)", "The character of a code point.", (NUMBER,), TEXT, run=_chr),
    Function("BR", "BR()", "A line break.", (), TEXT, run=lambda: "\n"),
    Function("HYPERLINK", "HYPERLINK(url, label, target)", "A link, as HTML.", (TEXT_ARG,) * 3, TEXT, run=_hyperlink,
             required=2, rule=_hyperlink_rule),
    Function("IMAGE", "IMAGE(url, text, height, width)", "An image, as HTML.", (TEXT_ARG, TEXT_ARG, NUMBER, NUMBER),
             TEXT, run=_image, required=2),
)  # fmt: skip
