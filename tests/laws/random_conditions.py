"""Random conditions over the paths of a scope, and the paths that lead upwards from an object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st
from random_orgs import Draw, texts_of

from oracle.conditions import All, Any_, Compare, Comparison, Condition, In, Like, Not, True_
from oracle.operands import Arithmetic, Literal, Path
from oracle.world import NUMERIC, Field, Value, World

__all__ = ["Found", "conditions", "paths_from"]

PATTERNS = ("a%", "%e", "A_me", "%", "_", "b\\_c", "%\\%c", "É%", "%日%", "___", "it's%", "z", "%B%")
EQUALITY: tuple[Comparison, ...] = ("=", "!=")
ORDER: tuple[Comparison, ...] = (*EQUALITY, "<", "<=", ">", ">=")
FINE = (Decimal("1.0049"), Decimal("0.5"), Decimal("-2.255"), Decimal("12345678901234567890.5"))


@dataclass(frozen=True)
class Found:
    """A path, with the field it ends in."""

    path: str
    field: Field


def paths_from(world: World, name: str, prefix: str = "", *, depth: int = 2) -> list[Found]:
    """The fields of an object and of its parents, `depth` levels up."""
    start = f"{prefix}." if prefix else ""
    found = [Found(start + field.name, field) for field in world.objects[name].values()]
    if depth:
        for link in world.relationships:
            if link.child == name:
                found += paths_from(world, link.parent, start + link.path, depth=depth - 1)
    return found


@st.composite
def conditions(draw: Draw, paths: Sequence[Found], *, deep: int = 2) -> Condition:
    """A condition over some of the paths, with NOT, AND and OR nested at most `deep` levels."""
    shape = draw(st.sampled_from(["plain", "plain", "not", "all", "any"])) if deep else "plain"
    inner = conditions(paths, deep=deep - 1)
    style = st.sampled_from(["word", "word", "symbol", "call"])
    match shape:
        case "not":
            return Not(draw(inner))
        case "all":
            return All(tuple(draw(st.lists(inner, min_size=2, max_size=3))), draw(style))
        case "any":
            return Any_(tuple(draw(st.lists(inner, min_size=2, max_size=3))), draw(style))
        case _:
            return draw(_plain(draw(st.sampled_from(paths)), paths))


@st.composite
def _plain(draw: Draw, at: Found, paths: Sequence[Found]) -> Condition:
    field, kind = at.field, at.field.kind
    if kind == "checkbox":
        return draw(st.sampled_from([True_(at.path), *_equalities(at.path, (True, False))]))
    if kind == "id":
        return draw(st.sampled_from(_equalities(at.path, (None,))))
    values = texts_of(field)
    if kind in {"text", "picklist"}:
        values = [value for one in values for value in (one, str(one).upper(), str(one).lower())]
    if kind in NUMERIC:
        values = [*values, *FINE]
    choices = [
        st.sampled_from(_equalities(at.path, (None,))),
        st.builds(In, st.just(at.path), _several(values), st.booleans()),
        st.builds(Compare, st.just(Path(at.path)), _operators(field), st.sampled_from(values).map(Literal)),
    ]
    if kind == "text":
        choices.append(st.builds(Like, st.just(at.path), st.sampled_from(PATTERNS)))
        choices.append(st.sampled_from(_equalities(at.path, ("",))))
    if kind in NUMERIC:
        choices.append(_arithmetic(at, [one for one in paths if one.field.kind in NUMERIC]))
    alike = [one for one in paths if _comparable(one.field, field) and one.path != at.path]
    if alike:
        other = st.sampled_from(alike).map(lambda one: Path(one.path))
        choices.append(st.builds(Compare, st.just(Path(at.path)), _operators(field), other))
    return draw(st.one_of(choices))


def _arithmetic(at: Found, others: Sequence[Found]) -> st.SearchStrategy[Condition]:
    """A comparison of a sum, difference, product or quotient with a number."""
    side = st.sampled_from(others).map(lambda one: Path(one.path)) | st.sampled_from(FINE).map(Literal)
    left = st.builds(Arithmetic, st.sampled_from("+-*/"), st.just(Path(at.path)), side)
    return st.builds(Compare, left, st.sampled_from(ORDER), st.sampled_from([Literal(Decimal(0)), *map(Literal, FINE)]))


def _equalities(path: str, values: Sequence[Value]) -> list[Condition]:
    return [Compare(Path(path), operator, Literal(value)) for value in values for operator in EQUALITY]


def _operators(field: Field) -> st.SearchStrategy[Comparison]:
    return st.sampled_from(EQUALITY if field.kind == "picklist" else ORDER)


def _several(values: Sequence[Value]) -> st.SearchStrategy[tuple[Value, ...]]:
    return st.lists(st.sampled_from([*values, None]), min_size=1, max_size=4).map(tuple)


def _comparable(one: Field, other: Field) -> bool:
    if one.kind in NUMERIC:
        return other.kind in NUMERIC
    return one.kind in {"text", "date", "datetime"} and (one.kind, one.exactly) == (other.kind, other.exactly)
