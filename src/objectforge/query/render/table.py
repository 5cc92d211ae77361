"""A grid of texts to lines: a box whose columns fit the screen, in several blocks where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from objectforge.query.render.fitting import one_line, pad, shorten, width_of
from objectforge.query.render.screen import Screen

__all__ = ["TableColumn", "TableRow", "draw_table"]

_READABLE = 12
"""A column of texts is never made narrower than this."""
_CELL_FRAME = 3
"""Columns taken by a cell besides its text: a line and two spaces."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its heading, a text per header line, where None continues the text of the column to the left.

    `right` aligns to the right, and such a column is never shortened: half a number is a wrong number.
    """

    heading: tuple[str | None, ...]
    right: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of texts; `ruled` draws a line above it."""

    cells: tuple[str, ...]
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class _Lines:
    """The characters of a box; `joints` by whether a line goes up and down from there."""

    across: str
    down: str
    joints: dict[tuple[bool, bool], str]
    left: tuple[str, str, str]
    right: tuple[str, str, str]


_BOX = _Lines(
    "─",
    "│",
    {(True, True): "┼", (True, False): "┴", (False, True): "┬", (False, False): "─"},
    ("┌", "├", "└"),
    ("┐", "┤", "┘"),
)
_ASCII = _Lines(
    "-",
    "|",
    {(True, True): "+", (True, False): "+", (False, True): "+", (False, False): "-"},
    ("+", "+", "+"),
    ("+", "+", "+"),
)


def draw_table(columns: Sequence[TableColumn], rows: Sequence[TableRow], screen: Screen, *, frozen: int = 1) -> str:
    """The table as text, without a line break at the end.

    Long texts are shortened. Where even so not all columns fit, the table is drawn in blocks below each other, the
    first `frozen` columns in each.
    """
    columns = [TableColumn(tuple(_cleaned(text) for text in each.heading), each.right) for each in columns]
    rows = [TableRow(tuple(map(one_line, row.cells)), row.ruled) for row in rows]
    natural = [_natural(place, column, rows) for place, column in enumerate(columns)]
    _widen_spans(columns, natural)
    drawn: list[str] = []
    for block in _blocks(columns, natural, screen.width, frozen):
        headings = _block_headings(columns, block)
        widths = _fit([columns[place] for place in block], [natural[place] for place in block], screen.width)
        kept = [TableRow(tuple(row.cells[place] for place in block), row.ruled) for row in rows]
        drawing = _Drawing(headings, [columns[place].right for place in block], widths, screen)
        drawn.append("\n".join(drawing.lines(kept)))
    return "\n".join(drawn)


def _cleaned(text: str | None) -> str | None:
    return None if text is None else one_line(text)


def _natural(place: int, column: TableColumn, rows: Sequence[TableRow]) -> int:
    own = column.heading[-1:]
    return max((width_of(text) for text in (*own, *(row.cells[place] for row in rows)) if text), default=0)


def _widen_spans(columns: Sequence[TableColumn], natural: list[int]) -> None:
    """Make room for headings over several columns: what they lack goes to the last column they cover."""
    for line in range(len(columns[0].heading) - 1 if columns else 0):
        for start, end in _spans([column.heading[line] for column in columns]):
            text = columns[start].heading[line] or ""
            room = sum(natural[start:end]) + _CELL_FRAME * (end - start - 1)
            natural[end - 1] += max(width_of(text) - room, 0)


def _spans(texts: Sequence[str | None]) -> list[tuple[int, int]]:
    """The ranges of columns that share a heading."""
    starts = [place for place, text in enumerate(texts) if text is not None or place == 0]
    return list(zip(starts, [*starts[1:], len(texts)], strict=True))


def _least(column: TableColumn, width: int) -> int:
    return width if column.right else min(width, _READABLE)


def _blocks(columns: Sequence[TableColumn], natural: Sequence[int], width: int, frozen: int) -> list[list[int]]:
    """The columns of each block, by place: as many as fit when texts are shortened.

    What stands under one heading of the last header line but one stays together, where a block has room for it.
    """
    least = [_least(column, size) + _CELL_FRAME for column, size in zip(columns, natural, strict=True)]
    first = list(range(min(frozen, len(columns))))
    room = width - 1 - sum(least[place] for place in first)
    blocks: list[list[int]] = [[]]
    used = 0
    for unit in _units(columns, len(first)):
        whole = sum(least[place] for place in unit)
        for part in [unit] if whole <= room else [[place] for place in unit]:
            size = sum(least[place] for place in part)
            if used + size > room and blocks[-1]:
                blocks.append([])
                used = 0
            blocks[-1] += part
            used += size
    return [[*first, *block] for block in blocks]


def _units(columns: Sequence[TableColumn], start: int) -> list[list[int]]:
    units: list[list[int]] = []
    for place in range(start, len(columns)):
        heading = columns[place].heading
        if len(heading) > 1 and heading[-2] is None and units:
            units[-1].append(place)
        else:
            units.append([place])
    return units


def _block_headings(columns: Sequence[TableColumn], block: Sequence[int]) -> list[list[str | None]]:
    """The header lines of a block; a heading that the break has cut in two is written in both."""
    lines: list[list[str | None]] = []
    for line in range(len(columns[0].heading) if columns else 0):
        texts: list[str | None] = []
        for number, place in enumerate(block):
            text = columns[place].heading[line]
            if text is None and (number == 0 or block[number - 1] != place - 1):
                origin = next(left for left in range(place, -1, -1) if columns[left].heading[line] is not None)
                text = columns[origin].heading[line]
            texts.append(text)
        lines.append(texts)
    return lines


def _fit(columns: Sequence[TableColumn], natural: Sequence[int], width: int) -> list[int]:
    """The widths of a block's columns: the widest texts give way first."""
    widths = list(natural)
    least = [_least(column, size) for column, size in zip(columns, natural, strict=True)]
    excess = sum(widths) + _CELL_FRAME * len(widths) + 1 - width
    while excess > 0:
        flexible = [place for place, size in enumerate(widths) if size > least[place]]
        if not flexible:
            break
        most = max(widths[place] for place in flexible)
        widest = [place for place in flexible if widths[place] == most]
        below = max((widths[place] for place in flexible if widths[place] < most), default=0)
        gap = most - max(below, *(least[place] for place in widest))
        step = min(gap, max(excess // len(widest), 1))
        for place in widest[:excess]:  # those that are equally wide give way together
            widths[place] -= step
            excess -= step
    return widths


class _Drawing:
    """One block of a table."""

    def __init__(
        self, headings: Sequence[Sequence[str | None]], right: Sequence[bool], widths: Sequence[int], screen: Screen
    ) -> None:
        self.headings = headings
        self.right = right
        self.widths = widths
        self.ellipsis = screen.ellipsis
        self.box = _ASCII if screen.ascii else _BOX
        self.whole = [True] * (len(widths) - 1)

    def lines(self, rows: Sequence[TableRow]) -> Iterator[str]:
        """The lines from the top of the box to its bottom."""
        above = [False] * len(self.whole)
        for number, texts in enumerate(self.headings):
            separate = [text is not None for text in texts[1:]]
            if number == 0:
                yield self.rule(0, above, separate)
            yield self.heading(texts)
            above = separate
        yield self.rule(1 if rows else 2, above, self.whole if rows else [False] * len(self.whole))
        for number, row in enumerate(rows):
            if row.ruled and number:
                yield self.rule(1, self.whole, self.whole)
            yield self.row(row)
        if rows:
            yield self.rule(2, self.whole, [False] * len(self.whole))

    def rule(self, place: int, above: Sequence[bool], below: Sequence[bool]) -> str:
        """A line across; it meets the lines above and below it."""
        box = self.box
        drawn = box.left[place] + box.across * (self.widths[0] + 2)
        for width, up, down in zip(self.widths[1:], above, below, strict=True):
            drawn += box.joints[up, down] + box.across * (width + 2)
        return drawn + box.right[place]

    def heading(self, texts: Sequence[str | None]) -> str:
        """A header line, its texts over all the columns they stand for."""
        cells: list[str] = []
        for start, end in _spans(texts):
            width = sum(self.widths[start:end]) + _CELL_FRAME * (end - start - 1)
            right = self.right[start] and end - start == 1
            cells.append(pad(shorten(texts[start] or "", width, self.ellipsis), width, right=right))
        return self._framed(cells)

    def row(self, row: TableRow) -> str:
        """The line of a row."""
        return self._framed(
            [
                pad(shorten(text, width, self.ellipsis), width, right=right)
                for text, width, right in zip(row.cells, self.widths, self.right, strict=True)
            ]
        )

    def _framed(self, cells: Sequence[str]) -> str:
        down = self.box.down
        return f"{down} " + f" {down} ".join(cells) + f" {down}"
