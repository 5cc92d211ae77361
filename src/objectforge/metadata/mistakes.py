"""What libyaml cannot read to an issue in our words: what is wrong, where, and what to type instead."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from objectforge.errors.issue import Issue
from objectforge.errors.source import Source, Span

__all__ = ["explain"]

_QUOTE = "put the text in quotes"
_OTHERWISE = "indent with spaces, write 'key: value', and put text that holds special characters in quotes"


@dataclass(frozen=True, slots=True)
class _Mistake:
    """A common mistake, known by what the parser says and by the text around the place."""

    said: str  # searched in "context: problem"; the words of libyaml | those of the pure Python parser
    before: str  # must match the line up to the place, from its start
    after: str  # must match the text from the place on
    message: str
    hint: str
    code: str = "OF004"
    at_context: bool = False  # the place to show is where the parser began, not where it gave up


_ANY = ""
_MISTAKES = (
    _Mistake("tab", _ANY, _ANY, "a tab stands where the indentation belongs", "indent with spaces", "OF005"),
    _Mistake(
        "cannot start any token", r"[ \t]*$", r"\t", "a tab stands where the indentation belongs", "indent with spaces",
        "OF005",
    ),
    _Mistake(
        "cannot start any token", _ANY, r"\t", "a tab stands between the key and the value", "use a space", "OF005"
    ),
    _Mistake(
        "cannot start any token", r".*\{$", "%", "'{{%' begins a mapping", f'{_QUOTE}: "{{{{% ... %}}}}"'
    ),
    _Mistake("cannot start any token", _ANY, "[@`%]", "a value may not begin with {char}", f"{_QUOTE}: '{{word}}'"),
    _Mistake("scanning a directive", _ANY, _ANY, "a line may not begin with %", _QUOTE, at_context=True),
    _Mistake(
        "scanning an? (alias|anchor)", _ANY, _ANY, "{char} begins a reference to another part of the file",
        f"{_QUOTE}: '{{word}}'", at_context=True,
    ),
    _Mistake(
        "(tag|<block end>, but found '<tag)", _ANY, _ANY, "a value may not begin with {char}", f"{_QUOTE}: '{{word}}'",
        "OF013", at_context=True,
    ),
    _Mistake(
        "block scalar: (did not find expected comment|expected chomping)", _ANY, _ANY,
        "{char} begins a text on the lines below", f"{_QUOTE}: '{{word}}', or begin the text on the next line",
        at_context=True,
    ),
    _Mistake(
        "quoted scalar: found unexpected (end|document)", _ANY, _ANY, "this quote is never closed",
        "close it with {char}", "OF006", at_context=True,
    ),
    _Mistake(
        "quoted scalar: (found unknown escape|did not find expected hex|expected escape)", _ANY, _ANY,
        "unknown escape in double quotes", r"write \\ for a backslash, or use single quotes",
    ),
    _Mistake(
        "values are not allowed", r"[ \t]*(- +)*[^\s].*:(\s|$)", _ANY, "a second ': ' in the same line",
        "put text that holds ': ' in quotes",
    ),
    _Mistake(
        "values are not allowed", _ANY, _ANY, "a key is not expected here",
        "the line above is a value already: give it a ':' or align this line with the key it belongs beside; "
        "a key takes one line of at most 1,000 characters",
    ),
    _Mistake(
        "could not find expected ':'", _ANY, r"[^\s:]+:[^\s]", "a ':' needs a space behind it", "write '{spaced}'",
        at_context=True,
    ),
    _Mistake("could not find expected ':'", _ANY, _ANY, "a key without a ':'", "write 'key: value'", at_context=True),
    _Mistake("sequence entries are not allowed", _ANY, _ANY, "a list may not begin beside its key",
             "begin it on the next line, or write [a, b]"),
    _Mistake("keys are not allowed", _ANY, _ANY, "a value may not begin with '? '", _QUOTE),
    _Mistake(r"flow (sequence|mapping): .*(expected ',' or|\?)", _ANY, _ANY, "the {opening} is not closed",
             "expected ',' or {closing} here: close it, or put text that holds brackets, commas or quotes in quotes"),
    _Mistake("expected (the )?node content", _ANY, "[]},]", "a value may not begin with {char}",
             f"give a value, or {_QUOTE}: '{{char}}'"),
    _Mistake(
        "block (mapping|collection): ", r".*['\"][ \t]*$", _ANY, "text behind a closing quote",
        "inside single quotes write '' for a quote, inside double quotes \\\"; look at the quotes above, too",
    ),
    _Mistake("block (mapping|collection): ", r"[ \t]*(- +)*[^\s-].*$", _ANY, "'{word}' is not expected here",
             f"one value per key: remove it, or {_QUOTE}"),
    _Mistake("block mapping: .*(key|<block end>)", r"[ \t]*$", r":(\s|$)", "a key is missing",
             "write the key before the ':'", "OF011"),
    _Mistake("block mapping: .*(key|<block end>)", r"[ \t]*$", r"-(\s|$)", "a list item among the keys of a mapping",
             "indent the items under the key they belong to"),
    _Mistake("block mapping: .*(key|<block end>)", _ANY, _ANY, "this line is not aligned with the lines it belongs to",
             "indent the keys of one mapping by the same number of spaces"),
    _Mistake("block collection: ", _ANY, _ANY, "expected another '- ' item here",
             "indent the items of one list by the same number of spaces, keys less deep than their items"),
    _Mistake("<document start>", _ANY, _ANY, "text behind the end of the document", "a file holds one mapping of keys"),
    _Mistake("incompatible YAML|%YAML", _ANY, _ANY, "this YAML version is not known", "remove the %YAML line"),
)  # fmt: skip


def explain(error: yaml.YAMLError, source: Source, shift: int) -> Issue:
    """The issue for a parser's error; `shift` is added to its positions."""
    problem, context = getattr(error, "problem", None), getattr(error, "context", None)
    said = ": ".join(str(part) for part in (context, problem) if part) or type(error).__name__
    at = _offset(getattr(error, "problem_mark", None), source, shift)
    began = _offset(getattr(error, "context_mark", None), source, shift)
    start = at if at is not None else began if began is not None else 0
    mistake = next((each for each in _MISTAKES if _fits(each, said, source.text, start, began)), None)
    if mistake is None:
        return Issue("OF004", f"this is not YAML ({said})", _mark(source, start), _OTHERWISE)
    if mistake.at_context and began is not None:
        start = began
    opened = began is not None and "{opening}" in mistake.message
    words = _words(source.text, start, source.text[began : began + 1] if began is not None else "")
    return Issue(
        mistake.code,
        f"{mistake.message.format_map(words)} (YAML: {said})",
        _mark(source, start),
        mistake.hint.format_map(words),
        related=(("opened here", _mark(source, began)),) if opened and began is not None else (),
    )


def _fits(mistake: _Mistake, said: str, text: str, at: int, began: int | None) -> bool:
    place = began if mistake.at_context and began is not None else at
    line = text[text.rfind("\n", 0, place) + 1 : place][-1000:]
    return bool(
        re.search(mistake.said, said)
        and re.match(mistake.before, line)
        and re.match(mistake.after, text[place : place + 200])
    )


def _words(text: str, at: int, opening: str) -> dict[str, str]:
    """What a message may quote: the character and the word at the place, and the bracket that was opened."""
    word = re.match(r"[^\r\n]{0,40}", text[at : at + 40])
    shown = word[0].split(" #")[0].strip() if word else ""
    return {
        "char": text[at : at + 1] or "the end",
        "word": shown,
        "spaced": re.sub(r":(?=[^\s])", ": ", shown, count=1),
        "opening": f"'{opening}'",
        "closing": "']'" if opening == "[" else "'}'",
    }


def _offset(mark: object, source: Source, shift: int) -> int | None:
    index = getattr(mark, "index", None)
    return min(index + shift, len(source.text)) if isinstance(index, int) else None


def _mark(source: Source, at: int) -> Span:
    """One character; the end of the file is shown behind its last text."""
    if at >= len(source.text):
        at = len(source.text.rstrip())
    return Span(source, at, min(at + 1, len(source.text)))
