"""Functions that cut, search and change texts."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from objectforge.expressions import typed as t
from objectforge.expressions.functions.text import DOTTED_LOCALES, DOTTED_LOWER, DOTTED_UPPER
from objectforge.expressions.sql.engine.elements import Element
from objectforge.expressions.sql.functions.build import Build, guarded
from objectforge.expressions.sql.functions.called import called
from objectforge.expressions.sql.recursion import Recursion
from objectforge.values.kinds import BOOLEAN, TEXT, Kind, number

__all__ = ["TEXTS"]


def _blank(compiler: Recursion, tree: t.Typed) -> Element:
    """A text, the empty one for null."""
    return sa.func.coalesce(compiler.text(tree), compiler.backend.literal("", TEXT))


def _count(compiler: Recursion, tree: t.Typed) -> Element:
    """A number without its fraction, within what a text can be long."""
    shape = number(1, 0) if tree.type.kind is Kind.NULL else tree.type
    return compiler.backend.whole(compiler.number(tree, shape), shape)


def _flag(compiler: Recursion, truth: Element) -> Element:
    return sa.type_coerce(truth.self_group(), compiler.backend.raw_type(BOOLEAN))


def _length(compiler: Recursion, call: t.Call) -> Element:
    length = sa.func.length(_blank(compiler, call.args[0]))
    return compiler.backend.from_integer(sa.type_coerce(length, sa.BigInteger()), call.type)


def _trim(compiler: Recursion, call: t.Call) -> Element:
    return compiler.backend.trimmed(compiler.text(call.args[0]))


def _cased(dotted: Mapping[str, str], *, upper: bool) -> Build:
    def build(compiler: Recursion, call: t.Call) -> Element:
        backend = compiler.backend
        given, *locale = call.args
        text = _blank(compiler, given)
        if not locale:
            return backend.cased(text, upper=upper)
        kept = text
        for letters in dotted.items():
            kept = backend.replaced(kept, *(backend.literal(each, TEXT) for each in letters), grows=False)
        begins = backend.folded(backend.left(_blank(compiler, locale[0]), sa.literal(3, sa.BigInteger())))
        own = begins.in_([backend.literal(each, TEXT) for each in DOTTED_LOCALES])
        return backend.cased(sa.case((own, kept), else_=text), upper=upper)

    return build


def _left(compiler: Recursion, call: t.Call) -> Element:
    text, count = call.args
    return compiler.backend.left(compiler.text(text), _count(compiler, count))


def _right(compiler: Recursion, call: t.Call) -> Element:
    text, count = call.args
    return compiler.backend.right(compiler.text(text), _count(compiler, count))


def _mid(compiler: Recursion, call: t.Call) -> Element:
    text, start, count = call.args
    return compiler.backend.middle(compiler.text(text), _count(compiler, start), _count(compiler, count))


def _contains(compiler: Recursion, call: t.Call) -> Element:
    text, part = (_blank(compiler, each) for each in call.args)
    return _flag(compiler, compiler.backend.position(part, text) > 0)


def _begins(compiler: Recursion, call: t.Call) -> Element:
    text, part = (_blank(compiler, each) for each in call.args)
    return _flag(compiler, compiler.backend.begins(text, part))


def _ends(compiler: Recursion, call: t.Call) -> Element:
    backend = compiler.backend
    text, part = (_blank(compiler, each) for each in call.args)
    size = sa.type_coerce(sa.func.length(part), sa.BigInteger())
    return _flag(compiler, backend.text_exact(backend.right(text, size)) == backend.text_exact(part))


def _find(compiler: Recursion, call: t.Call) -> Element:
    part, text, *start = call.args
    if start:
        return called(compiler, call)
    found = sa.func.nullif(compiler.text(part), compiler.backend.literal("", TEXT))
    place = sa.func.coalesce(compiler.backend.position(found, compiler.text(text)), sa.literal(0, sa.Integer()))
    return compiler.backend.from_integer(sa.type_coerce(place, sa.BigInteger()), call.type)


def _substitute(compiler: Recursion, call: t.Call) -> Element:
    text, old, new = (compiler.text(each) for each in call.args)
    return compiler.backend.replaced(text, old, new, grows=compiler.overflows(call))


def _text(compiler: Recursion, call: t.Call) -> Element:
    (operand,) = call.args
    match operand.type.kind:
        case Kind.TEXT | Kind.MULTI | Kind.NULL | Kind.ID:
            return compiler.text(operand)
        case _:
            return compiler.backend.shown(compiler.value(operand), operand.type)


TEXTS: Mapping[str, Build] = {
    "BEGINS": _begins,
    "CONTAINS": _contains,
    "ENDS": guarded(_ends),
    "FIND": _find,
    "LEFT": guarded(_left),
    "LEN": _length,
    "LOWER": guarded(_cased(DOTTED_LOWER, upper=False)),
    "MID": guarded(_mid),
    "RIGHT": guarded(_right),
    "SUBSTITUTE": _substitute,
    "TEXT": _text,
    "TRIM": _trim,
    "UPPER": guarded(_cased(DOTTED_UPPER, upper=True)),
}
