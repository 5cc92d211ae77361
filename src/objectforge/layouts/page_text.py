"""A page as a card in the terminal: sections with their columns side by side, related lists as small tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from objectforge.layouts.page_parts import PageData, PageField, PageList, PageSection
from objectforge.query.render.fitting import one_line, pad, shorten, width_of, wrap
from objectforge.query.render.list_text import rows_line
from objectforge.query.render.record_table import record_table
from objectforge.query.render.screen import Screen
from objectforge.query.render.table import draw_table
from objectforge.query.render.words import say

__all__ = ["page_text"]

_GAP = 3
_LABEL_GAP = 2
_LONGEST_LABEL = 26
_NARROWEST_COLUMN = 32
_MOST_LINES = 12
"""A long text is cut after so many lines."""


def page_text(page: PageData, screen: Screen) -> str:
    """The page as text, without a line break at the end."""
    blocks = ["\n".join(_heading(page, screen))]
    blocks += ["\n".join(_section(section, screen)) for section in page.sections]
    # Lists without records take a line each, together.
    blocks += ["\n".join(_related(page, related, screen)) for related in page.related if related.rows]
    if empty := [_empty(page, related, screen) for related in page.related if not related.rows]:
        blocks.append("\n".join(empty))
    return "\n\n".join(blocks)


def _heading(page: PageData, screen: Screen) -> Iterator[str]:
    title = shorten(one_line(f"{page.label}: {page.title}"), screen.width, screen.ellipsis)
    yield title
    yield ("=" if screen.ascii else "═") * width_of(title)


def _section(section: PageSection, screen: Screen) -> Iterator[str]:
    yield _rule(section.label, screen)
    columns = [column for column in section.columns if column]
    count = min(len(columns), max(screen.width // _NARROWEST_COLUMN, 1))
    width = (screen.width - _GAP * (count - 1)) // count
    # Where there is no room side by side, columns follow each other.
    for start in range(0, len(columns), count):
        yield from _side_by_side(columns[start : start + count], width, screen)


def _rule(label: str, screen: Screen) -> str:
    line = "-" if screen.ascii else "─"
    if not label:
        return line * screen.width
    shown = shorten(one_line(label), screen.width - 4, screen.ellipsis)
    return f"{line} {shown} " + line * (screen.width - width_of(shown) - 3)


def _side_by_side(columns: Sequence[Sequence[PageField]], width: int, screen: Screen) -> Iterator[str]:
    labels = [min(max(width_of(one_line(each.label)) for each in column), _LONGEST_LABEL) for column in columns]
    for row in zip_longest(*columns):
        cells = [
            [] if item is None else _field(item, label, width, screen) for item, label in zip(row, labels, strict=True)
        ]
        for lines in zip_longest(*cells, fillvalue=""):
            yield (" " * _GAP).join(pad(line, width) for line in lines).rstrip()


def _field(item: PageField, label_width: int, width: int, screen: Screen) -> list[str]:
    """The lines of a label and its value, the value's further lines below its first."""
    label = pad(shorten(one_line(item.label), label_width, screen.ellipsis), label_width + _LABEL_GAP)
    lines = wrap(item.text, width - label_width - _LABEL_GAP)
    if len(lines) > _MOST_LINES:
        lines = [*lines[:_MOST_LINES], screen.ellipsis]
    first, *others = lines or [""]
    return [label + first, *(" " * width_of(label) + line for line in others)]


def _related(page: PageData, related: PageList, screen: Screen) -> Iterator[str]:
    yield _rule(f"{related.label}: {rows_line(len(related.rows), page.locale, after=related.more)}", screen)
    if related.columns:
        columns, rows = record_table(related.columns, related.rows, page.names, page.locale, page.region)
        yield draw_table(columns, rows, screen)


def _empty(page: PageData, related: PageList, screen: Screen) -> str:
    return _rule(f"{related.label}: {say('none', page.locale)}", screen)
