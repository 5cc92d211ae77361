from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from objectforge.query.render.fitting import width_of
from objectforge.query.render.screen import Screen
from objectforge.query.render.table import TableColumn, TableRow, draw_table

NAME, AMOUNT = TableColumn(("Name",)), TableColumn(("Amount",), right=True)


def drawn(*lines: str) -> str:
    return "\n".join(lines)


def test_texts_stand_left_and_numbers_right() -> None:
    rows = [TableRow(("Acme", "1,000")), TableRow(("日本", "7")), TableRow(("Total", "1,007"), ruled=True)]
    expected = drawn(
        "┌───────┬────────┐",
        "│ Name  │ Amount │",
        "├───────┼────────┤",
        "│ Acme  │  1,000 │",
        "│ 日本  │      7 │",
        "├───────┼────────┤",
        "│ Total │  1,007 │",
        "└───────┴────────┘",
    )
    assert expected == draw_table([NAME, AMOUNT], rows, Screen())


def test_without_box_characters_lines_are_ascii() -> None:
    expected = drawn(
        "+------+--------+", "| Name | Amount |", "+------+--------+", "| Acme |      7 |", "+------+--------+"
    )
    assert expected == draw_table([NAME, AMOUNT], [TableRow(("Acme", "7"))], Screen(ascii=True))


def test_no_rows_leave_the_header() -> None:
    expected = drawn("┌──────┬────────┐", "│ Name │ Amount │", "└──────┴────────┘")
    assert expected == draw_table([NAME, AMOUNT], [], Screen())


def test_the_longest_text_gives_way_first() -> None:
    rows = [TableRow(("Acme", "A very long description of something", "1,234,567"))]
    text = draw_table([NAME, TableColumn(("Description",)), AMOUNT], rows, Screen(40))
    assert "│ Acme │ A very long desc… │ 1,234,567 │" in text


def test_texts_that_are_equally_long_give_way_together() -> None:
    rows = [TableRow(("a" * 26, "b" * 27, "c" * 200))]
    columns = [NAME, TableColumn(("Created",)), TableColumn(("Description",))]
    expected = f"│ {'a' * 15}… │ {'b' * 16}… │ {'c' * 16}… │"
    assert expected == draw_table(columns, rows, Screen(60)).split("\n")[3]


def test_a_heading_spans_columns_and_is_written_again_after_a_break() -> None:
    columns = [
        TableColumn(("", "Industry")),
        TableColumn(("Q1", "Won"), right=True),
        TableColumn((None, "Lost"), right=True),
        TableColumn(("Q2", "Won"), right=True),
    ]
    rows = [TableRow(("Tech", "1,000", "200", "3"))]
    expected = drawn(
        "┌──────────┬──────────────┬─────┐",
        "│          │ Q1           │  Q2 │",
        "│ Industry │   Won │ Lost │ Won │",
        "├──────────┼───────┼──────┼─────┤",
        "│ Tech     │ 1,000 │  200 │   3 │",
        "└──────────┴───────┴──────┴─────┘",
    )
    assert expected == draw_table(columns, rows, Screen())
    narrow = draw_table(columns, rows, Screen(30)).split("\n")
    assert [line for line in narrow if "Q" in line] == ["│          │ Q1           │", "│          │  Q2 │"]
    tight = draw_table(columns, rows, Screen(24)).split("\n")
    assert [line for line in tight if "Q" in line] == [
        "│          │    Q1 │",
        "│          │   Q1 │",
        "│          │  Q2 │",
    ]


def test_a_heading_wider_than_its_columns_widens_the_last() -> None:
    columns = [TableColumn(("A long quarter", "a")), TableColumn((None, "b"))]
    assert "│ A long quarter │" in draw_table(columns, [TableRow(("1", "2"))], Screen())


cells = st.text(alphabet=st.characters(codec="utf-8"), max_size=30)


@given(st.lists(st.tuples(cells, cells, cells), max_size=5), st.integers(40, 120))
def test_every_line_of_a_block_is_as_wide_as_the_others_and_fits(rows: list[tuple[str, ...]], width: int) -> None:
    columns = [NAME, TableColumn(("名前",)), TableColumn(("Other",))]
    text = draw_table(columns, [TableRow(row) for row in rows], Screen(width))
    for block in text.removeprefix("┌").split("\n┌"):
        first, *others = [width_of(line) for line in ("┌" + block).split("\n")]
        assert [first] * len(others) == others
        assert width >= first
