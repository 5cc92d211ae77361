from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from objectforge.demo.records import write_records
from objectforge.demo.sheets import DemoFile

TODAY = date(2026, 11, 20)

# Which object, and which of its columns, a lookup's column points at.
TARGETS = {
    "Account.Code__c": ("Account", "Code__c"),
    "Campaign.Code__c": ("Campaign", "Code__c"),
    "Contact.Code__c": ("Contact", "Code__c"),
    "ConvertedAccount.Code__c": ("Account", "Code__c"),
    "ConvertedContact.Code__c": ("Contact", "Code__c"),
    "Engineer.Username": ("User", "Username"),
    "Lead.Code__c": ("Lead", "Code__c"),
    "Manager.Username": ("User", "Username"),
    "Opportunity.Code__c": ("Opportunity", "Code__c"),
    "Owner.Username": ("User", "Username"),
    "Parent.Code__c": ("Account", "Code__c"),
    "Pricebook2.Code__c": ("Pricebook2", "Code__c"),
    "PricebookEntry.Code__c": ("PricebookEntry", "Code__c"),
    "Product.Code__c": ("Product2", "Code__c"),
    "Product2.Code__c": ("Product2", "Code__c"),
    "ReportsTo.Code__c": ("Contact", "Code__c"),
    "Territory__r.Code": ("Territory", "Code"),
    "What:Account.Code__c": ("Account", "Code__c"),
    "What:Opportunity.Code__c": ("Opportunity", "Code__c"),
    "Who:Contact.Code__c": ("Contact", "Code__c"),
}
KEYS = ("Code__c", "Code", "Username")

Table = list[dict[str, str]]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[DemoFile, ...]:
    return write_records(tmp_path_factory.mktemp("demo"), TODAY)


@pytest.fixture(scope="module")
def tables(written: tuple[DemoFile, ...]) -> dict[str, Table]:
    return {file.object: _read(file.path) for file in written}


def _read(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_same_day_and_seed_give_the_same_files(written: tuple[DemoFile, ...], tmp_path: Path) -> None:
    again = write_records(tmp_path, TODAY)
    assert [file.path.read_bytes() for file in written] == [file.path.read_bytes() for file in again]


def test_another_seed_gives_other_records(written: tuple[DemoFile, ...], tmp_path: Path) -> None:
    other = {file.object: file.path.read_bytes() for file in write_records(tmp_path, TODAY, seed=8)}
    assert all(other[file.object] != file.path.read_bytes() for file in written if file.object == "Opportunity")


def test_any_day_gives_records_even_the_leap_day(tmp_path: Path) -> None:
    assert all(file.count for file in write_records(tmp_path, date(2028, 2, 29)))


def test_the_counts_are_those_of_the_files_and_a_few_thousand_in_all(
    written: tuple[DemoFile, ...], tables: dict[str, Table]
) -> None:
    assert {name: len(rows) for name, rows in tables.items()} == {file.object: file.count for file in written}
    assert 7_000 < sum(file.count for file in written) < 10_000


def test_ids_are_unique(tables: dict[str, Table]) -> None:
    for name, rows in tables.items():
        for key in (key for key in KEYS if key in rows[0]):
            assert len(rows) == len({row[key].lower() for row in rows}), f"{name}.{key}"


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        pytest.param(
            "CampaignMember", ("Campaign.Code__c", "Lead.Code__c", "Contact.Code__c"), id="once in a campaign"
        ),
        pytest.param(
            "OpportunityContactRole", ("Opportunity.Code__c", "Contact.Code__c"), id="one role in a deal each"
        ),
        pytest.param("PricebookEntry", ("Pricebook2.Code__c", "Product2.Code__c"), id="one price in a book"),
    ],
)
def test_pairs_that_must_be_unique_are(tables: dict[str, Table], name: str, columns: tuple[str, ...]) -> None:
    seen = Counter(tuple(row[column] for column in columns) for row in tables[name])
    assert not [pair for pair, count in seen.items() if count > 1]


def test_every_reference_points_at_a_record_of_an_earlier_file_or_its_own(
    written: tuple[DemoFile, ...], tables: dict[str, Table]
) -> None:
    loaded: set[str] = set()
    for file in written:
        loaded.add(file.object)
        for column in (column for column in tables[file.object][0] if "." in column):
            target, key = TARGETS[column]
            assert target in loaded, f"{file.object}.{column} is loaded before {target}"
            known = {row[key] for row in tables[target]} | {""}
            assert not [row[column] for row in tables[file.object] if row[column] not in known]


def test_a_campaign_member_is_a_lead_or_a_contact(tables: dict[str, Table]) -> None:
    assert all(bool(row["Lead.Code__c"]) != bool(row["Contact.Code__c"]) for row in tables["CampaignMember"])


@pytest.mark.parametrize(
    ("name", "column"),
    [
        pytest.param("Account", "AnnualRevenue", id="revenue of accounts"),
        pytest.param("PricebookEntry", "UnitPrice", id="prices"),
        pytest.param("Opportunity", "Amount", id="amounts of deals"),
        pytest.param("OpportunityLineItem", "TotalPrice", id="totals of lines"),
        pytest.param("OpportunityLineItem", "Quantity", id="quantities"),
        pytest.param("Subscription", "MonthlyFee", id="monthly fees"),
    ],
)
def test_amounts_are_positive_and_have_at_most_two_places(tables: dict[str, Table], name: str, column: str) -> None:
    amounts = [Decimal(row[column]) for row in tables[name]]
    assert min(amounts) > 0
    assert all(amount == amount.quantize(Decimal("0.01")) for amount in amounts)


def test_amounts_are_skewed_as_in_life(tables: dict[str, Table]) -> None:
    amounts = sorted(Decimal(row["Amount"]) for row in tables["Opportunity"])
    median, mean = amounts[len(amounts) // 2], sum(amounts) / len(amounts)
    assert mean > median * Decimal("1.3")
    assert amounts[-1] > median * 15


def test_the_amount_of_a_deal_is_the_sum_of_its_lines(tables: dict[str, Table]) -> None:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in tables["OpportunityLineItem"]:
        sums[row["Opportunity.Code__c"]] += Decimal(row["TotalPrice"])
    amounts = {row["Code__c"]: Decimal(row["Amount"]) for row in tables["Opportunity"]}
    assert {code: amounts[code] for code in sums} == dict(sums)


def test_close_dates_run_from_eighteen_months_back_to_nine_ahead(tables: dict[str, Table]) -> None:
    days = [date.fromisoformat(row["CloseDate"]) for row in tables["Opportunity"]]
    assert TODAY - timedelta(days=548) <= min(days) < TODAY - timedelta(days=500)
    assert TODAY + timedelta(days=240) < max(days) <= TODAY + timedelta(days=274)


def test_what_closes_later_is_open_and_what_closed_is_past(tables: dict[str, Table]) -> None:
    for row in tables["Opportunity"]:
        closed, day = row["StageName"].startswith("Closed"), date.fromisoformat(row["CloseDate"])
        assert not (closed and day > TODAY)
        assert closed or day > TODAY - timedelta(days=60)


def test_a_plausible_share_of_deals_is_won(tables: dict[str, Table]) -> None:
    stages = Counter(row["StageName"] for row in tables["Opportunity"])
    assert 0.3 < stages["Closed Won"] / (stages["Closed Won"] + stages["Closed Lost"]) < 0.5
    assert len(stages) == 10


def test_prospects_have_not_bought_yet(tables: dict[str, Table]) -> None:
    prospects = {row["Code__c"] for row in tables["Account"] if row["Type"] == "Prospect"}
    won = {row["Account.Code__c"] for row in tables["Opportunity"] if row["StageName"] == "Closed Won"}
    assert not prospects & won


def test_a_contact_of_a_deal_works_at_its_account(tables: dict[str, Table]) -> None:
    home = {row["Code__c"]: row["Account.Code__c"] for row in tables["Contact"]}
    for row in tables["Opportunity"]:
        assert row["Contact.Code__c"] == "" or row["Account.Code__c"] == home[row["Contact.Code__c"]]


def test_events_end_after_they_start(tables: dict[str, Table]) -> None:
    for row in tables["Event"]:
        assert datetime.fromisoformat(row["StartDateTime"]) < datetime.fromisoformat(row["EndDateTime"])


def test_names_come_from_several_cultures(tables: dict[str, Table]) -> None:
    assert any("株式会社" in row["Name"] for row in tables["Account"])
    countries = Counter(row["BillingCountry"] for row in tables["Account"])
    assert len(countries) >= 10
    assert all(row["Email"].isascii() for row in tables["Contact"])
