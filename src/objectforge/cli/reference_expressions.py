"""The functions, operators and date words to the page that explains the expression language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from objectforge.cli.expressions_text import AFTER_FUNCTIONS, BEFORE_FUNCTIONS, DATE_WORDS_INTRO, FUNCTIONS_INTRO
from objectforge.expressions.functions.clock import CLOCK
from objectforge.expressions.functions.days import DAYS
from objectforge.expressions.functions.double import DOUBLE
from objectforge.expressions.functions.function import Function
from objectforge.expressions.functions.ids import IDS
from objectforge.expressions.functions.logic import LOGIC
from objectforge.expressions.functions.number import NUMBERS
from objectforge.expressions.functions.picklist import PICKLISTS
from objectforge.expressions.functions.place import PLACES
from objectforge.expressions.functions.text import TEXTS
from objectforge.expressions.functions.text_values import TEXT_VALUES
from objectforge.expressions.sql.functions.registry import FUNCTIONS as IN_SQL
from objectforge.values.date_words import DATE_WORDS, resolve
from objectforge.values.periods import Calendar

__all__ = ["REWRITTEN", "expressions_page"]

REWRITTEN = frozenset({"ISNULL", "IFS", "IN", "ISPICKVAL", "INCLUDES", "EXCLUDES"})
"""Functions that are others, or operators, by another name: typed as those, they have their SQL."""

_GROUPS: dict[str, tuple[tuple[Function, ...], ...]] = {
    "Logic": (LOGIC,),
    "Text": (TEXTS, TEXT_VALUES),
    "Numbers": (NUMBERS, DOUBLE),
    "Dates and times": (DAYS, CLOCK),
    "Picklists": (PICKLISTS,),
    "Places": (PLACES,),
    "Ids": (IDS,),
}
_TODAY = date(2026, 5, 13)
_N = 2


def expressions_page() -> str:
    """The page, without the line that says it is generated."""
    parts = [BEFORE_FUNCTIONS, DATE_WORDS_INTRO, _table(("word", "days it means"), _date_words())]
    parts.append(FUNCTIONS_INTRO)
    for title, groups in _GROUPS.items():
        rows = [_function(each) for group in groups for each in group]
        parts.append(f"### {title}\n\n{_table(('function', 'gives', 'in queries'), rows)}")
    return "\n".join((*parts, AFTER_FUNCTIONS))


def _date_words() -> Iterator[tuple[str, str]]:
    calendar = Calendar(ZoneInfo("UTC"), fiscal_start=4)
    for word, rule in DATE_WORDS.items():
        n = _N if rule.takes_number else None
        days = resolve(word, n, _TODAY, calendar)
        last = days.end - timedelta(days=1)
        shown = f"{days.start}" if days.start == last else f"{days.start} to {last}"
        yield f"`{word}{'' if n is None else f':{n}'}`", shown


def _function(function: Function) -> tuple[str, str, str]:
    queried = function.name in IN_SQL or function.name in REWRITTEN
    return f"`{function.usage}`", function.summary, "yes" if queried else "no"


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(headings)
    return "\n".join((_line(heads), "|---" * len(heads) + "|", *map(_line, rows))) + "\n"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
