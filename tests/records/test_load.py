from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from worlds import World

from objectforge.errors.exceptions import RecordInvalid
from objectforge.records import own_links
from objectforge.records.export import export, export_columns
from objectforge.records.load import LoadOptions, LoadResult, load
from objectforge.values.locales import Locale

YAML = """
objects:
  Company:
    name_field: {type: text, unique: true, required: true}
    fields:
      Code: {type: text, length: 10, unique: true, external_id: true}
      Revenue: number
      Founded: date
      Active: checkbox
      Seen: datetime
      Extra: json
      Kind: {type: picklist, label: {en: Sort of company}, values: [Small, Large]}
      ParentId: {type: lookup, to: Company, hierarchy: true}
  Deal:
    fields:
      CompanyId: {type: lookup, to: Company, required: true}
      Amount: currency
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def org(world: Callable[..., World]) -> World:
    return world(YAML, zone="Asia/Tokyo")


def run(org: World, name: str, source: Any, **options: Any) -> LoadResult:
    return load(org.write, org.forms.of(name), source, LoadOptions(**options), locale=Locale("en"))


def write(name: str, text: str | bytes) -> Path:
    path = Path(name)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def rejects(path: Path | None) -> list[dict[str, str]]:
    assert path is not None
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_good_row_is_written_and_the_others_are_rejected_with_their_reasons(org: World) -> None:
    write(
        "in.csv",
        "name,REVENUE,Founded,Active,Seen\n"
        "A,1.5,2020/4/1,yes,2026-04-01 09:00\n"
        'B,"1,000",2020-13-01,maybe,\n'
        "C,2,,no\n"
        'D,2,,no,,"x,y"\n'
        '"E\nE",1,,,\n'
        "\n"
        "A,3,,,\n"
        "F,,,,\n",
    )
    result = run(org, "Company", "in.csv")
    assert (result.created, result.updated, result.rejected) == (2, 0, 5)
    assert result.rejects_path == Path("in.rejects.csv").absolute()
    a, f = org.all("Company")
    assert (a.Name, str(a.Revenue), str(a.Founded), a.Active) == ("A", "1.50", "2020-04-01", True)
    assert a.Seen == datetime(2026, 4, 1, tzinfo=UTC)
    assert (f.Name, f.Active) == ("F", False)
    found = rejects(result.rejects_path)
    assert [(row["_line"], row["_field"]) for row in found] == [
        ("4", ""),
        ("5", ""),
        ("3", "Revenue; Founded; Active"),
        ("6", "Name"),
        ("9", "Name"),
    ]
    assert "thousands" in found[2]["_reason"]
    assert found[2]["REVENUE"] == "1,000"
    assert "the line has 4 cells, the header has 5" in found[0]["_reason"]
    assert "'x,y'" in found[1]["_reason"]
    assert found[4]["_code"] == "DUPLICATE_VALUE"


def test_a_corrected_rejects_file_is_loaded_as_it_is_and_never_overwritten(org: World) -> None:
    write("in.csv", "Name,Revenue\nA,x\nB,y\n")
    first = run(org, "Company", "in.csv")
    assert first.rejects_path is not None
    text = first.rejects_path.read_text(encoding="utf-8-sig").replace("A,x,", "A,1,")
    first.rejects_path.write_text(text, encoding="utf-8")
    second = run(org, "Company", first.rejects_path)
    assert (second.created, second.rejected) == (1, 1)
    assert second.rejects_path == Path("in.rejects-2.csv").absolute()
    (row,) = rejects(second.rejects_path)
    assert list(row) == ["Name", "Revenue", "_line", "_code", "_field", "_reason"]
    assert row["_line"] == "3"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param("Name\n株式会社\n".encode(), None, id="utf-8"),
        pytest.param("Name\n株式会社\n".encode("utf-8-sig"), None, id="utf-8 with a mark"),
        pytest.param("Name\n株式会社\n".encode("cp932"), None, id="cp932"),
        pytest.param("Name\r\n株式会社\r\n".encode("utf-16"), None, id="utf-16 with a mark"),
        pytest.param("Name\n株式会社\n".encode("euc-jp"), "euc-jp", id="what is said"),
    ],
)
def test_encodings(org: World, data: bytes, encoding: str | None) -> None:
    result = run(org, "Company", write("in.csv", data), encoding=encoding)
    assert (result.created, result.rejected, result.rejects_path) == (1, 0, None)
    assert [record.Name for record in org.all("Company")] == ["株式会社"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(b"", "in.csv is empty", id="empty"),
        pytest.param(b"Nme\nA\n", "did you mean 'Name'?", id="unknown header"),
        pytest.param(b"Sort of company\nA\n", "say columns={'Sort of company': 'Kind'}", id="a label"),
        pytest.param(b"Name,name\nA,B\n", "fills Name, which 'Name' fills already", id="a header twice"),
        pytest.param(b"Name,\nA,\n", "a column has no header", id="no header"),
        pytest.param(b"Name,CreatedDate\nA,\n", "'CreatedDate' cannot be written", id="system field"),
        pytest.param(
            b"Name,Parent.Revenue\nA,\n",
            "unique fields do: Parent.Id, Parent.Name, Parent.Code",
            id="path to no unique",
        ),
        pytest.param(b"Name,Paent.Code\nA,\n", "did you mean 'Parent'?", id="unknown path"),
        pytest.param(b'Name\nA\n"B\nC\nD\n', "line 3: a quote is opened", id="quote never closed"),
        pytest.param(b"Name\n\xff\xfe\x81\n", "neither UTF-8 nor cp932", id="no encoding"),
    ],
)
def test_a_file_that_cannot_be_loaded_says_why(org: World, text: bytes, words: str) -> None:
    write("in.csv", text)
    with pytest.raises(RecordInvalid) as caught:
        run(org, "Company", "in.csv")
    assert words in str(caught.value)
    assert org.all("Company") == []


def test_a_header_alone_is_no_record(org: World) -> None:
    assert run(org, "Company", write("in.csv", "Name")) == LoadResult(0, 0, 0, None)


def test_strange_cells_are_rejected_or_kept(org: World) -> None:
    big = "x" * 1_000_000
    write("in.csv", f'Name,Extra\nA\0B,\nB,"""{big}"""\nC"",\n"D"x,1\nE,{{\n')
    result = run(org, "Company", "in.csv")
    assert [record.Name for record in org.all("Company")] == ["B", 'C""']
    assert [(row["_line"], row["_code"]) for row in rejects(result.rejects_path)] == [
        ("5", "INVALID_INPUT"),
        ("2", "INVALID_TYPE_ON_FIELD_IN_RECORD"),
        ("6", "INVALID_TYPE_ON_FIELD_IN_RECORD"),
    ]


def test_columns_are_renamed_or_left_out(org: World) -> None:
    text = "company,junk,Code\nA,x,1\n"
    result = run(org, "Company", io.StringIO(text), columns={"Company": "Name", "junk": None})
    assert result.created == 1
    with pytest.raises(RecordInvalid, match="names a header that the file does not have"):
        run(org, "Company", io.StringIO(text), columns={"company": "Name", "junk": None, "absent": "Code"})


def test_links_by_unique_values_and_upsert(org: World) -> None:
    write("companies.csv", "Name,Code\nA,1\nB,2\n")
    run(org, "Company", "companies.csv", upsert="Code")
    write("deals.csv", "Name,Company.Code,Amount\nX,1,5\nY,3,6\nZ,,7\n")
    result = run(org, "Deal", "deals.csv")
    assert (result.created, result.rejected) == (1, 2)
    assert [row["_code"] for row in rejects(result.rejects_path)] == [
        "INVALID_CROSS_REFERENCE_KEY",
        "REQUIRED_FIELD_MISSING",
    ]
    write("companies.csv", "Name,Code\nA2,1\nC,3\n")
    result = run(org, "Company", "companies.csv", upsert="Code")
    assert (result.created, result.updated) == (1, 1)
    assert [record.Name for record in org.all("Company")] == ["A2", "B", "C"]


def test_links_within_the_file_do_not_care_about_order_nor_batches(org: World) -> None:
    write("in.csv", "Name,Parent.Name\nA,B\nB,C\nC,\nD,nobody\nE,F\nF,nobody\nG,E\nH,A\n")
    for batch in (None, 2):
        result = run(org, "Company", "in.csv", batch=batch)
        assert (result.created, result.rejected) == (4, 4)
        assert {row["Name"]: row["_field"] for row in rejects(result.rejects_path)} == dict.fromkeys("DFEG", "ParentId")
        names = {record.Id: record.Name for record in org.all("Company")}
        assert {record.Name: names.get(record.ParentId) for record in org.all("Company")} == {
            "A": "B",
            "B": "C",
            "C": None,
            "H": "A",
        }
        org.delete("Company", *names, hard=True)


def test_circles_within_a_file_are_rejected(org: World) -> None:
    result = run(org, "Company", write("in.csv", "Name,Parent.Name\nA,B\nB,A\nC,\nD,C\n"))
    assert (result.created, result.rejected) == (2, 2)
    assert {row["_code"] for row in rejects(result.rejects_path)} == {"CIRCULAR_DEPENDENCY"}
    assert [record.Name for record in org.all("Company")] == ["C", "D"]


def test_a_long_list_of_links_is_filled_in_parts(org: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_links, "_CHUNK", 3)
    lines = "".join(f"N{number},N{number + 1}\n" for number in range(10))
    result = run(org, "Company", write("in.csv", f"Name,Parent.Name\n{lines}N10,\n"))
    assert (result.created, result.rejected) == (11, 0)
    names = {record.Id: record.Name for record in org.all("Company")}
    assert all(names.get(record.ParentId) == f"N{int(record.Name[1:]) + 1}" for record in org.all("Company")[:-1])


def test_all_or_none_writes_nothing_when_one_row_is_bad(org: World) -> None:
    write("in.csv", "Name,Revenue\nA,1\nB,x\nC,2\n")
    with pytest.raises(RecordInvalid) as caught:
        run(org, "Company", "in.csv", all_or_none=True, rejects="bad.csv")
    assert [error.row for error in caught.value.errors] == [3]
    assert org.all("Company") == []
    assert len(rejects(Path("bad.csv"))) == 1
    with pytest.raises(FileExistsError):
        run(org, "Company", "in.csv", rejects="bad.csv")
    with pytest.raises(ValueError, match="choose one"):
        run(org, "Company", "in.csv", all_or_none=True, batch=5)


def test_batches_commit_as_they_go_and_tell_how_far_they_are(org: World) -> None:
    path = write("in.csv", "Name\n" + "".join(f"N{number}\n" for number in range(5)) + '"never closed\n')
    told: list[tuple[int, int | None, int | None]] = []
    with pytest.raises(RecordInvalid):
        run(org, "Company", path, batch=2, progress=lambda *now: told.append(now))
    assert [done for done, _, _ in told] == [2, 4]
    assert told[-1][2] == path.stat().st_size
    assert len(org.all("Company")) == 4


def test_what_is_exported_comes_back(org: World) -> None:
    run(
        org,
        "Company",
        write(
            "in.csv",
            "Name,Code,Revenue,Founded,Active,Seen,Extra,Kind\n"
            'A,1,1.5,2020-04-01,1,2026-04-01 09:00,"{""a"": [1]}",small\n',
        ),
    )
    before = org.all("Company")
    columns = export_columns(org.schema, org.schema.objects["Company"])
    assert export(before, "out.csv", columns) == 1
    org.delete("Company", before[0].Id, hard=True)
    leave = {name: None for name in columns if not org.schema.objects["Company"].fields[name].writable}
    assert run(org, "Company", "out.csv", columns=leave).created == 1
    (after,) = org.all("Company")
    for name in columns:
        if name not in leave:
            assert after[name] == before[0][name]
    names = ["parent.name", "revenue"]
    assert list(export_columns(org.schema, org.schema.objects["Company"], names)) == ["Parent.Name", "Revenue"]


CRM = """
objects:
  Firm:
    name_field: {type: text, unique: true, required: true}
    fields:
      Sector: text
      Year: integer
      Revenue: number
      Employees: integer
      Country: text
      ParentId: {type: lookup, to: Firm, hierarchy: true}
  Seller:
    name_field: {type: text, unique: true, required: true}
    fields: {Manager: text, Region: text}
  Article:
    name_field: {type: text, unique: true, required: true}
    fields: {Series: text, Price: currency}
  Sale:
    name_field: {type: text, unique: true, external_id: true, required: true}
    fields:
      SellerId: {type: lookup, to: Seller, required: true}
      ArticleId: {type: lookup, to: Article, required: true}
      FirmId: {type: lookup, to: Firm}
      Stage: [Prospecting, Engaging, Won, Lost]
      Engaged: date
      Closed: date
      Value: currency
"""


def test_public_sales_data_is_loaded_rejected_corrected_and_complete(world: Callable[..., World], crm: Path) -> None:
    org = world(CRM)
    firms = {
        "account": "Name", "year_established": "Year", "office_location": "Country", "subsidiary_of": "Parent.Name",
    }  # fmt: skip
    assert run(org, "Firm", crm / "accounts.csv", columns=firms).rejected == 0
    run(org, "Seller", crm / "sales_teams.csv", columns={"sales_agent": "Name", "regional_office": "Region"})
    run(org, "Article", crm / "products.csv", columns={"product": "Name", "sales_price": "Price"})
    sales = {
        "opportunity_id": "Name", "sales_agent": "Seller.Name", "product": "Article.Name", "account": "Firm.Name",
        "deal_stage": "Stage", "engage_date": "Engaged", "close_date": "Closed", "close_value": "Value",
    }  # fmt: skip
    result = run(org, "Sale", crm / "sales_pipeline.csv", columns=sales)
    assert (result.created, result.rejected) == (7_320, 1_480)
    path = result.rejects_path
    assert path is not None
    path.write_text(path.read_text(encoding="utf-8-sig").replace("GTXPro", "GTX Pro"), encoding="utf-8")
    assert run(org, "Sale", path, columns=sales, upsert="Name").created == 1_480
    assert len(org.all("Sale")) == 8_800
