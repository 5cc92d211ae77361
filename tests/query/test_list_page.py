from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from objectforge.metadata.metadata import Metadata
from objectforge.org.org import Org
from objectforge.query.render.screen import Screen
from objectforge.testing.temp import temp_org

BOOKS = """
settings: {org: {name: Library, currency: JPY, locale: en}}
objects:
  Author: {}
  Book:
    fields:
      Writer: {type: lookup, to: Author, children: Books}
      Price: currency
      Office: address
    list_views:
      all: {label: {en: All Books, ja: すべての本}, columns: [Name, Writer, Price, Office], sort: [Name]}
"""


@pytest.fixture
def library() -> Iterator[Org]:
    with temp_org(Metadata.parse(BOOKS)) as org:
        writer = org["Author"].create(Name="夏目 漱石")
        org["Book"].create(Name="坊っちゃん", Writer=writer.Id, Price=1500, OfficeStreet="1 Main St", OfficeCity="Kobe")
        org["Book"].create(Name="No author", Price=None)
        yield org


def test_a_lookup_shows_the_name_and_keeps_the_id(library: Org) -> None:
    page = library.list_view("Book.all").page()
    assert library["Author"].first().Id == page.rows[1]["Writer"]  # pyright: ignore[reportOptionalMemberAccess]
    assert page.to_text(Screen()).split("\n") == [
        "All Books",
        "┌────────────┬───────────┬────────┬────────────────┐",
        "│ Name       │ Writer    │  Price │ Office         │",
        "├────────────┼───────────┼────────┼────────────────┤",
        "│ No author  │           │        │                │",
        "│ 坊っちゃん │ 夏目 漱石 │ ¥1,500 │ 1 Main St Kobe │",
        "└────────────┴───────────┴────────┴────────────────┘",
        "2 rows",
    ]


def test_a_page_tells_whether_there_are_more_on_either_side(library: Org) -> None:
    first = library.list_view("Book.all").page(size=1)
    second = library.list_view("Book.all").page(size=1, after=first.next)
    assert [page.to_text(Screen()).split("\n")[-1] for page in (first, second)] == [
        "1 row, more to come",
        "1 row, more before",
    ]


def test_a_page_without_rows_says_so(library: Org) -> None:
    page = library.list_view("Book.all").page(where="Name = 'none'")
    assert page.to_text(Screen()) == "All Books\nNothing to show: no records meet the conditions."
    assert (len(page), list(page)) == (0, [])


def test_a_page_as_csv_has_the_columns_and_the_ids(library: Org, tmp_path: Path) -> None:
    path = tmp_path / "books.csv"
    page = library.list_view("Book.all").page()
    page.to_csv(path)
    header, first, *_ = path.read_text(encoding="utf-8-sig").splitlines()
    assert (header, first) == ("Name,Writer,Price,Office", "No author,,,")
    assert page.rows[1].Writer in path.read_text(encoding="utf-8-sig")


def test_a_parameter_behind_in_is_a_list_of_itself() -> None:
    metadata = Metadata.parse(
        """
        objects: {Deal: {fields: {Tags: {type: multipicklist, values: [New, Old]}}}}
        list_views:
          Deal.named: {columns: [Name], params: {name: text}, where: "Name IN :name"}
          Deal.tagged: {columns: [Name], params: {tag: text}, where: "Tags INCLUDES (:tag)"}
        """
    )
    with temp_org(metadata) as org:
        org["Deal"].create(Name="One", Tags="New")
        org["Deal"].create(Name="Two", Tags="Old")
        assert [row["Name"] for row in org.list_view("Deal.named").page(name="One").rows] == ["One"]
        assert [row["Name"] for row in org.list_view("Deal.tagged").page(tag="Old").rows] == ["Two"]
        assert [row["Name"] for row in org.list_view("Deal.named").page(name=None).rows] == []
