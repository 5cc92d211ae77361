"""Public CSV files load as they come: good rows in, bad rows out with their reasons, nothing lost."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from loading import COMPANIES, DEALS, PRODUCTS, SELLERS, correct
from plain import Plain

from objectforge.errors.exceptions import RecordInvalid


@pytest.fixture
def people_and_things(empty_org: Any, crm: Path) -> Any:
    empty_org["Company"].load(crm / "accounts.csv", columns=COMPANIES)
    empty_org["Product"].load(crm / "products.csv", columns=PRODUCTS)
    empty_org["Agent"].load(crm / "sales_teams.csv", columns=SELLERS)
    return empty_org


def test_links_within_a_file_are_filled_whatever_the_order(empty_org: Any, crm: Path, plain: Plain) -> None:
    result = empty_org["Company"].load(crm / "accounts.csv", columns=COMPANIES)
    assert (result.created, result.updated, result.rejected) == (85, 0, 0)
    companies = {row["Name"]: row for row in empty_org["Company"].find()}
    names = {row["Id"]: row["Name"] for row in companies.values()}
    expected = {row["account"]: row["subsidiary_of"] or None for row in plain.companies}
    assert expected == {name: names.get(row["ParentId"]) for name, row in companies.items()}
    values = {
        row["account"]: (row["sector"], int(row["year_established"]), row["revenue"], row["employees"])
        for row in plain.companies
    }
    assert values == {
        name: (row["Sector"], row["Founded"], row["Revenue"], row["Employees"]) for name, row in companies.items()
    }


def test_deals_of_an_unknown_product_are_rejected_and_load_once_corrected(
    people_and_things: Any, crm: Path, plain: Plain, tmp_path: Path
) -> None:
    deals, rejects, corrected = people_and_things["Deal"], tmp_path / "rejects.csv", tmp_path / "corrected.csv"
    result = deals.load(crm / "sales_pipeline.csv", columns=DEALS, rejects=rejects)
    assert (result.created, result.updated, result.rejected) == (7320, 0, 1480)
    assert rejects == Path(result.rejects_path)
    assert deals.count() == 7320

    with (crm / "sales_pipeline.csv").open(encoding="utf-8", newline="") as file:
        given = dict(enumerate(csv.DictReader(file), 2))
    with rejects.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rejected = list(reader)
    assert [*given[2], "_line", "_code", "_field", "_reason"] == reader.fieldnames
    assert {"GTXPro"} == {row["product"] for row in rejected}
    assert all(given[int(row["_line"])].items() <= row.items() for row in rejected)
    assert all("GTXPro" in row["_reason"] and row["_code"] for row in rejected)
    assert Counter({rejected[0]["_field"]: 1480}) == Counter(row["_field"] for row in rejected)

    correct(rejects, corrected)
    again = deals.load(corrected, columns=DEALS, rejects=tmp_path / "second.csv")
    assert (again.created, again.updated, again.rejected) == (1480, 0, 0)
    assert not (tmp_path / "second.csv").exists()
    found = people_and_things["Deal"].find()
    assert {row["opportunity_id"] for row in plain.deals} == {row["Code"] for row in found}
    assert (
        len(found),
        sum(row["CompanyId"] is None for row in found),
        sum(row["Engaged"] is None for row in found),
    ) == (8800, 1425, 500)


def test_the_whole_file_loads_again_by_external_id(people_and_things: Any, crm: Path, tmp_path: Path) -> None:
    deals = people_and_things["Deal"]
    first = deals.load(crm / "sales_pipeline.csv", columns=DEALS, upsert="Code", rejects=tmp_path / "one.csv")
    again = deals.load(crm / "sales_pipeline.csv", columns=DEALS, upsert="Code", rejects=tmp_path / "two.csv")
    assert (first.created, first.updated, first.rejected) == (7320, 0, 1480)
    assert (again.created, again.updated, again.rejected) == (0, 7320, 1480)
    assert deals.count() == 7320


def test_all_or_none_writes_nothing_when_a_row_is_bad(people_and_things: Any, crm: Path, tmp_path: Path) -> None:
    deals = people_and_things["Deal"]
    with pytest.raises(RecordInvalid, match="GTXPro"):
        deals.load(crm / "sales_pipeline.csv", columns=DEALS, all_or_none=True, rejects=tmp_path / "rejects.csv")
    assert deals.count() == 0


def test_every_value_comes_out_as_it_went_in(org: Any, plain: Plain) -> None:
    names = {row["Id"]: row["Name"] for name in ("Agent", "Product", "Company") for row in org[name].find()}
    expected = {
        row["opportunity_id"]: (
            row["sales_agent"], row["product"]["product"], row["account"] or None, row["stage"], row["engaged"],
            row["closed"], row["value"],
        )
        for row in plain.deals
    }  # fmt: skip
    assert expected == {
        row["Code"]: (
            names[row["AgentId"]], names[row["ProductId"]], names.get(row["CompanyId"]), row["Stage"], row["Engaged"],
            row["Closed"], row["Value"],
        )
        for row in org["Deal"].find()
    }  # fmt: skip
