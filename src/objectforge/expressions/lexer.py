"""Text to tokens: one compiled regular expression cuts an expression, or a SOQL query, into its smallest parts."""

from __future__ import annotations

import re
from typing import NamedTuple

from objectforge.expressions.lexer_errors import explain, too_long

__all__ = ["MOST_CHARACTERS", "Token", "tokenize"]

MOST_CHARACTERS = 100_000
"""The longest text that is read."""


class Token(NamedTuple):
    """A word, literal or sign, with its place in the text.

    `kind` is the shape of what has a value (`name`, `text`, `number`, `date`, `datetime`, `time`, `bind`, `counted`
    for `LAST_N_DAYS:30` and `LAST_N_DAYS : 30`), `end` after the last token, and for everything else its one canonical
    spelling: `=` also for `==`, `!=` also for `<>`, `AND` also for `&&`, `OR` also for `||`, keywords in capitals.
    `text` is as written.
    """

    kind: str
    text: str
    start: int
    end: int


# A colon after one of these words starts a bind (`Id IN:ids`), elsewhere it names a parent's object (`What:Account`).
_BEFORE_BIND = "".join(
    rf"(?<!\b{word}:)" for word in ("in", "like", "includes", "excludes", "and", "or", "not", "limit", "offset")
)
_WORD = r"[^\W\d]\w*"
_STEP = rf"{_WORD}(?::{_BEFORE_BIND}{_WORD})?"
_DAY = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"

# The last alternatives take what no rule above understands. Each takes all of the wrong text at once, so that the
# expression as a whole reads any text in linear time; `tokenize` then turns the first of them into an error.
_TOKEN = re.compile(
    rf"""
    (?: \s++ | /\*.*?\*/ )*+
    (?: (?P<counted>   {_WORD}:[0-9]\w* )
      | (?P<name>      \$?{_STEP}(?:\.{_STEP})* )
      | (?P<wrong>     =[<>] | ===+ | !==+ | &&&+ | \|\|\|+ | \*\*+ | \*/ | //+ | \|(?!\|) )
      | (?P<sign>      && | \|\| | [<>!=]= | <> | [-+^&<>=!(),*] | /(?!\*) )
      | (?P<text>      "[^"\\]*+(?:\\.[^"\\]*+)*+" | '[^'\\]*+(?:\\.[^'\\]*+)*+' )
      | (?P<datetime>  {_DAY}T[0-9:.]*(?:Z|[+-][0-9:]*)?\w* )
      | (?P<date>      {_DAY}(?![0-9])\w* | [0-9]{{4}}/[0-9]{{2}}/[0-9]{{2}}(?!\w) )
      | (?P<time>      [0-9]{{1,2}}:[0-9]{{2}}(?:[0-9:.]*)(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?\w* )
      | (?P<number>    (?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?![\w.]) )
      | (?P<bind>      :\s*+{_WORD}(?:\.{_WORD}|\[[^][]*\])* )
      | (?P<number_of> :\s*+[-+]?[0-9]\w* )
      | (?P<digits>    \.?[0-9](?:[eE][+-][0-9]|[\w.])* )
      | (?P<unclosed>  /\*.* | ["'].* )
      | (?P<character> . )
      | (?P<end>       \Z )
    )
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)

_SIGNS = {
    **{sign: sign for sign in ("!=", "<=", ">=", *"-+*/^&<>=!(),")},
    "==": "=",
    "<>": "!=",
    "&&": "AND",
    "||": "OR",
}

_KEYWORDS = {word: word for word in ("AND", "OR", "NOT", "IN", "LIKE", "INCLUDES", "EXCLUDES", "TRUE", "FALSE", "NULL")}

_MISTAKES = frozenset({"wrong", "digits", "unclosed", "character", "number_of"})


def tokenize(text: str) -> list[Token]:
    """Cut a text into tokens; white space and `/* comments */` fall away, the last token has kind `end`.

    Raises:
        ExpressionSyntaxError: at the first place that is no token.
    """
    if len(text) > MOST_CHARACTERS:
        raise too_long(text, MOST_CHARACTERS)
    tokens: list[Token] = []
    add = tokens.append
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        assert kind is not None
        start, end = match.span(kind)
        word = text[start:end]
        if kind == "name":
            kind = _KEYWORDS.get(word.upper(), kind)
        elif kind == "sign":
            kind = _SIGNS[word]
        elif kind in _MISTAKES:
            if kind != "number_of":
                raise explain(kind, text, start, end)
            if not tokens or tokens[-1].kind != "name" or "_" not in tokens[-1].text:
                raise explain("character", text, start, start + 1)
            kind, start = "counted", tokens.pop().start  # white space stands before the colon or behind it
            word = text[start:end]
        add(Token(kind, word, start, end))
        if kind == "end":  # after trailing white space the pattern would match once more
            break
    return tokens
