"""Whether a whole text has the form of a regular expression, in time that grows with the text alone.

Python's own engine may try exponentially many ways; the one used here reads the text once, and so knows neither
look-around nor references to groups. What a pattern looks ahead to at its start is a pattern of its own, tested beside
the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from pydantic_core import SchemaError, SchemaValidator, ValidationError, core_schema

from objectforge.expressions.functions.function import EvaluationError
from objectforge.expressions.patterns.problem import PatternError, not_linear
from objectforge.expressions.patterns.tokens import Token, tokens, weight

__all__ = ["compiled", "has_form"]

_Test = Callable[[str], bool]

_HEAVIEST = 20_000
"""States of a pattern."""
_MOST_STEPS = 100_000_000
"""States of a pattern times characters of a text."""
_DEEPEST = 50
_LOOKS = frozenset({"ahead", "not_ahead"})
_OPENS = frozenset({"open", *_LOOKS})
_SMALLER = "repeat less: {1,100}, not {1,10000}"


def has_form(text: str, pattern: str) -> bool:
    """Whether the whole text has the form.

    Raises:
        PatternError: the pattern is no regular expression that can be tested.
        EvaluationError: it is too large for so long a text.
    """
    test, states = compiled(pattern)
    if states * len(text) > _MOST_STEPS:
        raise EvaluationError("the regular expression is too large for so long a text")
    return test(text)


@lru_cache(maxsize=256)
def compiled(pattern: str) -> tuple[_Test, int]:
    """The test of a pattern, and about how many states it has.

    Raises:
        PatternError: it is no regular expression that can be tested.
    """
    found = tokens(pattern)
    states = weight(found)
    if states > _HEAVIEST:
        raise PatternError("the regular expression is too large", _SMALLER)
    return _either(found, 0, whole=True), states


def _either(found: Sequence[Token], depth: int, *, whole: bool) -> _Test:
    """The test of tokens from the start of a text on, of its whole or not."""
    if depth > _DEEPEST:
        raise PatternError("the regular expression is too deep")
    if not _looks(found):
        return _linear(found, whole=whole)
    tests = [_branch(branch, depth + 1, whole=whole) for branch in _branches(found)]
    return tests[0] if len(tests) == 1 else lambda text: any(test(text) for test in tests)


def _branch(found: Sequence[Token], depth: int, *, whole: bool) -> _Test:
    tests, at = list[_Test](), 0
    while at < len(found) and (found[at].kind in ("start", "flags") or found[at].kind in _LOOKS):
        look = found[at]
        if look.kind in _LOOKS:
            end = _closing(found, at)
            inside = _either(found[at + 1 : end], depth, whole=False)
            tests.append(inside if look.kind == "ahead" else _not(inside))
            at = end
        at += 1
    rest = found[at:]
    if not _looks(rest):
        tests.append(_linear(rest, whole=whole))
    else:
        tests.append(_unwrapped(rest, depth, whole=whole))
    return lambda text: all(test(text) for test in tests)


def _unwrapped(found: Sequence[Token], depth: int, *, whole: bool) -> _Test:
    """The test of one group that is all there is, and looks ahead at its own start."""
    last = len(found)
    while last and found[last - 1].kind == "end" and "m" not in found[last - 1].flags:
        last -= 1
    if found[0].kind != "open" or _closing(found, 0) != last - 1:
        raise not_linear("a look ahead but at its start")
    return _either(found[1 : last - 1], depth, whole=whole or last < len(found))


def _not(test: _Test) -> _Test:
    return lambda text: not test(text)


def _looks(found: Sequence[Token]) -> bool:
    return any(token.kind in _LOOKS for token in found)


def _branches(found: Sequence[Token]) -> Iterator[Sequence[Token]]:
    depth, start = 0, 0
    for at, token in enumerate(found):
        depth += (token.kind in _OPENS) - (token.kind == "close")
        if token.kind == "bar" and depth == 0:
            yield found[start:at]
            start = at + 1
    yield found[start:]


def _closing(found: Sequence[Token], at: int) -> int:
    depth = 0
    for place in range(at, len(found)):
        depth += (found[place].kind in _OPENS) - (found[place].kind == "close")
        if depth == 0:
            return place
    raise PatternError("not a regular expression: unclosed group")


def _linear(found: Sequence[Token], *, whole: bool) -> _Test:
    flags = "".join(sorted(found[0].flags & {"i", "m"})) if found else ""
    inside = "".join(token.text for token in found)
    form = rf"\A(?{flags}:{inside})" + (r"\z" if whole else "")
    try:
        engine = SchemaValidator(core_schema.str_schema(pattern=form, regex_engine="rust-regex"))
    except SchemaError as problem:
        message = str(problem).rpartition("error: ")[2] if "error: " in str(problem) else "too large"
        raise PatternError(f"not a regular expression: {message.strip()}") from problem

    def test(text: str) -> bool:
        try:
            engine.validate_python(text)
        except ValidationError:
            return False
        return True

    return test
