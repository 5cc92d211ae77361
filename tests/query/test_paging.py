"""Pages walked forward and back are the whole list in order, by every kind of key; other cursors are refused."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from objectforge import Metadata
from objectforge.errors.exceptions import QueryError
from objectforge.org.org import Org
from objectforge.testing import temp_org

METADATA = """
objects:
  Firm: {fields: {City: text}}
  Deal:
    fields:
      FirmId: lookup(Firm)
      Tag: text
      Code: {type: text, case_sensitive: true}
      Amount: currency
      Fine: {type: number, precision: 18, scale: 9}
      Units: integer
      Won: checkbox
      Closes: date
      Seen: datetime
      Hour: time
      Stage: [Zero, open, Won]
      Kinds: {type: multipicklist, values: [Red, Blue]}
      Product: {type: formula, returns: number, formula: "Amount * Fine * Units"}
      Late: {type: formula, returns: checkbox, blanks: "null", formula: "Amount > Fine"}
list_views:
  Deal.all:
    columns: [Name, Product, Firm.City, Id]
    params: {least: {type: currency, default: -100}}
    where: "Amount = null OR Amount >= :least"
    sort: [-Amount, Name]
  Deal.others: {columns: [Name]}
"""
KEYS = [
    "Tag", "Code", "Amount", "Fine", "Units", "Won", "Closes", "Seen", "Hour", "Stage", "Kinds", "Product", "Late",
    "Firm.City", "FirmId", "Id", "CreatedDate", "Name",
]  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def org(request: pytest.FixtureRequest) -> Iterator[Org]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with temp_org(Metadata.parse(METADATA), url=url) as made:
        firms = [made["Firm"].create(Name="F", City=city).Id for city in ("b", "B", "a", None)]
        made["Deal"].create_many([_deal(number, firms) for number in range(23)])
        yield made


def _deal(n: int, firms: list[str]) -> dict[str, Any]:
    def pick(*values: Any) -> Any:
        return values[(n * 7 + len(values)) % len(values)] if n % 5 else None

    return {
        "Name": f"Deal {n % 4}", "FirmId": pick(*firms), "Tag": pick("a", "A", "b", "É", "_"),
        "Code": pick("a", "A", "B"),
        "Amount": pick("1", "-1", "0.01", "9999999999999999.99"), "Fine": pick("1.000000001", "-3", "0"),
        "Units": pick(1, 2, 999999999999999999), "Won": n % 3 == 0, "Closes": pick("2024-02-29", "1999-01-01"),
        "Seen": pick("2024-02-29T10:00:00Z", "2024-02-29T10:00:00.000001Z"), "Hour": pick("10:00", "23:59:59"),
        "Stage": pick("Zero", "open", "Won"), "Kinds": pick("Red", "Red;Blue", "Blue"),
    }  # fmt: skip


@pytest.mark.parametrize("direction", ["", "-"], ids=["ascending", "descending"])
@pytest.mark.parametrize("key", KEYS)
def test_pages_are_the_list_both_ways(org: Org, key: str, direction: str) -> None:
    for sort in ([direction + key], ["Won", direction + key]):
        expected = [row["Id"] for row in org["Deal"].find("Amount = null OR Amount >= -100", sort=sort)]
        assert len(expected) == 23
        for size in (7, 23):
            assert expected == _walk(org, sort, size), (sort, size)


def test_nulls_come_first_ascending_and_last_descending(org: Org) -> None:
    for key in ("Tag", "Amount", "Closes", "Seen", "Hour", "Stage", "Firm.City"):
        for direction in ("", "-"):
            ids = [row["Id"] for row in org["Deal"].find(sort=[direction + key])]
            empty = {row["Id"] for row in org["Deal"].find(f"{key} = null")}
            assert empty
            edge = ids[: len(empty)] if not direction else ids[-len(empty) :]
            assert empty == set(edge), (key, direction)


def test_picklists_sort_as_declared_and_texts_by_key(org: Org) -> None:
    stages = [row["Stage"] for row in org["Deal"].find("Stage != null", sort="Stage")]
    assert list(dict.fromkeys(stages)) == ["Zero", "open", "Won"]
    tags = [row["Tag"] for row in org["Deal"].find("Tag != null", sort="Tag")]
    assert list(dict.fromkeys(tag.replace("A", "a") for tag in tags)) == ["_", "a", "b", "É"]
    codes = [row["Code"] for row in org["Deal"].find("Code != null", sort="Code")]
    assert sorted(codes) == codes


def test_rows_of_equal_keys_come_in_the_order_of_their_ids(org: Org) -> None:
    for sort in (["Won"], ["-Won"], ["-Stage", "Tag"]):
        rows = org["Deal"].find(sort=sort)
        keys = [key.lstrip("-") for key in sort]
        for first, second in pairwise(rows):
            if all(str(first[key]).lower() == str(second[key]).lower() for key in keys):
                assert first["Id"] < second["Id"]


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param({"sort": ["Name"]}, id="another sort"),
        pytest.param({"least": 5}, id="another parameter"),
        pytest.param({"where": "Won"}, id="another condition"),
    ],
)
def test_a_cursor_of_another_question_is_refused(org: Org, ask: dict[str, Any]) -> None:
    cursor = org.list_view("Deal.all").page(size=2).next
    with pytest.raises(QueryError) as refused:
        org.list_view("Deal.all").page(size=2, after=cursor, **ask)
    assert refused.value.issue.code == "OF802"
    with pytest.raises(QueryError):
        org.list_view("Deal.others").page(size=2, after=cursor)


def test_a_cursor_of_other_metadata_is_refused() -> None:
    with temp_org(Metadata.parse(METADATA)) as org:
        org["Deal"].create_many([{"Name": str(number)} for number in range(5)])
        cursor = org.list_view("Deal.all").page(size=2).next
        org.deploy(Metadata.parse(METADATA.replace("City: text", "City: text, Street: text")))
        with pytest.raises(QueryError) as refused:
            org.list_view("Deal.all").page(size=2, after=cursor)
        assert refused.value.issue.code == "OF802"


def _packed(data: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "", "x", "!!!!", "日本", "A" * 10_000, _packed(None), _packed([]), _packed([1, 2, 3, 4]), _packed({"a": 1}),
        _packed(["x", 10**30, [], 0]), _packed(["x", 0, [["n"]], 0]), _packed(["x", 0, [{"n": "junk"}], 0]),
        _packed(["x", 0, [{"n": "NaN"}], 0]), _packed(["x", 0, [3], 0]),
        base64.urlsafe_b64encode(b"[" * 100_000).decode(),
    ],
)  # fmt: skip
def test_junk_is_no_cursor(org: Org, cursor: str) -> None:
    with pytest.raises(QueryError) as refused:
        org.list_view("Deal.all").page(after=cursor)
    assert refused.value.issue.code in ("OF801", "OF802")


def test_values_of_another_kind_in_a_cursor_are_refused(org: Org) -> None:
    cursor = org.list_view("Deal.all").page(size=2).next
    assert cursor is not None
    data = json.loads(base64.urlsafe_b64decode(cursor + "==="))
    for value in ("text", {"d": "2024-01-01"}, {"b": 1}, {"n": "Infinity"}, {"n": "1E+999999"}, {"n": "0.001"}):
        with pytest.raises(QueryError) as refused:
            org.list_view("Deal.all").page(size=2, after=_packed([*data[:2], [value, *data[2][1:]], 0]))
        assert refused.value.issue.code == "OF801", value


def test_counts_stop_at_their_cap(org: Org) -> None:
    assert org["Deal"].count() == 23
    assert org["Deal"].count(cap=10) == 10
    assert org.list_view("Deal.all").count(cap=100) == 23
    assert org.list_view("Deal.all").count(cap=5) == 5


def test_a_record_is_found_by_any_spelling_of_its_keys(org: Org) -> None:
    row = org.list_view("Deal.all").page(size=1).rows[0]
    assert list(row) == ["Name", "Product", "Firm.City", "Id"]
    assert row["name"] == row.Name == row["NAME"]
    assert row["firm.city"] == row["Firm.City"]
    with pytest.raises(KeyError, match="Nmae"):
        row["Nmae"]
    with pytest.raises(AttributeError):
        row.Nmae  # noqa: B018


def _walk(org: Org, sort: list[str], size: int) -> list[str]:
    """The ids of all pages forward; going back from the end must give the same."""
    view = org.list_view("Deal.all")
    pages, after = [], None
    while True:
        page = view.page(size=size, after=after, sort=sort)
        pages.append(page)
        after = page.next
        if after is None:
            break
    back = [pages[-1]]
    while back[-1].previous is not None:
        back.append(view.page(size=size, after=back[-1].previous, sort=sort))
    forward = [dict(row) for page in pages for row in page]
    assert forward == [dict(row) for page in reversed(back) for row in page]
    return [row["Id"] for row in forward]
