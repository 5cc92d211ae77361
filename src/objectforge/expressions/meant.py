"""A name that leads nowhere to what its writer meant, told by what it is compared with."""

from __future__ import annotations

from objectforge.errors.issue import closest
from objectforge.expressions import syntax
from objectforge.expressions.near_words import near_date_word
from objectforge.expressions.scope import NameProblem, Scope
from objectforge.expressions.typed import Typed
from objectforge.values.kinds import Kind

__all__ = ["joins_conditions", "meant_by"]

_TRUTHS = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})


def meant_by(node: syntax.Expression, other: Typed, scope: Scope) -> str | None:
    """What to type for an unknown name beside a value: a parameter's bind, a text in quotes, a date word."""
    match node:
        case syntax.Path(parts=(syntax.Part(name=word),)):
            pass
        case _:
            return None
    try:
        scope.bind(syntax.Bind(word, node.start, node.end))
    except NameProblem:
        pass
    else:
        return f"a parameter is written with a colon: :{word}"
    if other.type.order:
        value = next((each for each in other.type.order if each.lower() == word.lower()), None)
        value = value or closest(word, other.type.order)
        return f"a value stands in quotes: '{value or word}'"
    match other.type.kind:
        case Kind.DATE | Kind.DATETIME if (found := near_date_word(word)) is not None:
            return f"write {found}"
        case Kind.BOOLEAN if (found := _TRUTHS.get(word.lower())) is not None:
            return f"write {found}"
        case _:
            return None


def joins_conditions(*nodes: syntax.Expression) -> bool:
    """Whether one side of a comparison is `5 & Price`, as it is read where AND was meant."""
    return any(_joined(node) for node in nodes)


def _joined(node: syntax.Expression) -> bool:
    match node:
        case syntax.Binary(op="&"):
            return True
        case syntax.Binary(op=op, left=left, right=right) if op in _COMPARISONS:
            return _joined(left) or _joined(right)
        case _:
            return False
