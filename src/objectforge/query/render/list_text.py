"""A page of a list as people read it in a terminal: a heading, a table, how many rows there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from objectforge.metadata.fields.base import Region
from objectforge.query.record import Record
from objectforge.query.render.fitting import one_line, shorten
from objectforge.query.render.record_table import record_table
from objectforge.query.render.screen import Screen
from objectforge.query.render.table import draw_table
from objectforge.query.render.words import say
from objectforge.relations.view import Column
from objectforge.values.locales import Locale

__all__ = ["list_text", "rows_line"]


def list_text(
    title: str,
    columns: Sequence[Column],
    records: Sequence[Record],
    names: Mapping[str, str],
    locale: Locale,
    region: Region,
    *,
    before: bool = False,
    after: bool = False,
    screen: Screen | None = None,
) -> str:
    """The page as text, without a line break at the end.

    Args:
        title: The heading.
        columns: What is shown of each record.
        records: The rows.
        names: What to show for the ids in lookups.
        locale: The reader's locale.
        region: The time zone and the currency.
        before: Whether there are rows before these.
        after: Whether there are rows behind these.
        screen: Where the text is shown; standard output unless told otherwise.
    """
    at = screen or Screen.current()
    lines = [shorten(one_line(title), at.width, at.ellipsis)]
    if records:
        drawn, rows = record_table(columns, records, names, locale, region)
        lines += [draw_table(drawn, rows, at), rows_line(len(records), locale, before=before, after=after)]
    else:
        lines.append(say("nothing", locale))
    return "\n".join(lines)


def rows_line(count: int, locale: Locale, *, before: bool = False, after: bool = False) -> str:
    """How many rows are shown, and where there are more."""
    rows = say("one_row" if count == 1 else "rows", locale, count=count)
    match before, after:
        case True, True:
            return say("more_around", locale, rows=rows)
        case True, False:
            return say("more_before", locale, rows=rows)
        case False, True:
            return say("more", locale, rows=rows)
        case _:
            return rows
