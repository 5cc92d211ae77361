"""A page of a list view: its rows as values, its columns, the way to the pages beside it, and its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from objectforge.metadata.fields.base import Region
from objectforge.metadata.leaves import Label
from objectforge.query.context import Context
from objectforge.query.page import PageRows
from objectforge.query.record import Record
from objectforge.query.record_names import record_names
from objectforge.query.render.csv_file import write_csv
from objectforge.query.render.list_text import list_text
from objectforge.query.render.screen import Screen
from objectforge.relations.view import Column, ListView
from objectforge.values.locales import Locale, pick_label

__all__ = ["ListPage", "list_page"]


@dataclass(frozen=True)
class ListPage:
    """One page of a list view; iterate it for its rows.

    `next` and `previous` are the cursors of the pages beside it, None where there is none: what `page(after=...)`
    takes. `rows` hold values - ids in lookups -, `names` what the ids in them are called.
    """

    label: Label
    columns: tuple[Column, ...]
    rows: tuple[Record, ...]
    next: str | None
    previous: str | None
    names: Mapping[str, str] = field(repr=False)
    locale: Locale = field(repr=False)
    region: Region = field(repr=False)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def to_text(self, screen: Screen | None = None) -> str:
        """The page as people read it in a terminal."""
        return list_text(
            pick_label(self.label, self.locale),
            self.columns,
            self.rows,
            self.names,
            self.locale,
            self.region,
            before=self.previous is not None,
            after=self.next is not None,
            screen=screen,
        )

    def to_csv(self, path: str | Path) -> None:
        """Write the rows of this page as CSV (UTF-8 with a byte order mark, which spreadsheets want)."""
        write_csv(Path(path), self.rows, [column.key for column in self.columns])

    def __str__(self) -> str:
        return self.to_text()


def list_page(view: ListView, page: PageRows, context: Context) -> ListPage:
    """The page of a view's rows, with the names of the records their lookups point to (one statement per object)."""
    lookups = [column.key for column in view.columns if column.type.relation is not None]
    ids = (record[key] for record in page.rows for key in lookups)
    names = record_names(context, (text for text in ids if text is not None))
    return ListPage(
        view.label, view.columns, page.rows, page.next, page.previous, names, context.locale, context.region
    )
