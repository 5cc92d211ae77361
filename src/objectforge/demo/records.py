"""Turns a seed and a day into the demo org's records: a folder of CSV files in the order they are loaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from objectforge.demo.activities import EVENT_SHEET, TASK_SHEET, events, tasks
from objectforge.demo.companies import COMPANY_SHEET, companies
from objectforge.demo.deals import DEAL_SHEET, LINE_SHEET, ROLE_SHEET, deals, lines, roles
from objectforge.demo.marketing import CAMPAIGN_SHEET, MEMBER_SHEET, campaigns, reached
from objectforge.demo.people import LEAD_SHEET, PERSON_SHEET, Person, leads, people
from objectforge.demo.products import ENTRY_SHEET, PRICEBOOK_SHEET, PRICEBOOKS, PRODUCT_SHEET, PRODUCTS, entries
from objectforge.demo.service import CASE_SHEET, SUBSCRIPTION_SHEET, VISIT_SHEET, cases, subscriptions, visits
from objectforge.demo.sheets import DemoFile, write_sheet
from objectforge.demo.staff import STAFF, STAFF_SHEET, TERRITORIES, TERRITORY_SHEET

__all__ = ["write_records"]


def write_records(folder: Path, today: date, seed: int = 7) -> tuple[DemoFile, ...]:
    """Write the files of the demo org into `folder`, the same ones for the same day and seed.

    Headers are API names, lookups are written as the external id of the record they point at (`Account.Code__c`).

    Args:
        folder: Where the files go; made if it is not there.
        today: The day around which deals, visits and tasks lie.
        seed: Another seed gives other records of the same kind.

    Returns:
        The files in load order: every record stands after those it points at, but for parents within its own file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_write(folder, today, seed))


def _write(folder: Path, today: date, seed: int) -> Iterator[DemoFile]:
    accounts = companies(400, seed)
    contacts = people(900, accounts, seed)
    team = _by_company(contacts)
    customers = tuple(company for company in accounts if company.kind.startswith("Customer"))
    offers = campaigns(12, today, seed)
    prospects = leads(200, accounts, contacts, today, seed)
    sold = deals(1500, accounts, team, offers, entries(), today, seed)

    yield write_sheet(STAFF_SHEET, STAFF, folder, 1)
    yield write_sheet(TERRITORY_SHEET, TERRITORIES, folder, 2)
    yield write_sheet(COMPANY_SHEET, accounts, folder, 3)
    yield write_sheet(PERSON_SHEET, contacts, folder, 4)
    yield write_sheet(LEAD_SHEET, prospects, folder, 5)
    yield write_sheet(PRODUCT_SHEET, PRODUCTS, folder, 6)
    yield write_sheet(PRICEBOOK_SHEET, PRICEBOOKS, folder, 7)
    yield write_sheet(ENTRY_SHEET, entries(), folder, 8)
    yield write_sheet(CAMPAIGN_SHEET, offers, folder, 9)
    yield write_sheet(MEMBER_SHEET, reached(300, offers, prospects, contacts, today, seed), folder, 10)
    yield write_sheet(DEAL_SHEET, sold, folder, 11)
    yield write_sheet(ROLE_SHEET, roles(500, sold, team, seed), folder, 12)
    yield write_sheet(LINE_SHEET, lines(sold), folder, 13)
    yield write_sheet(SUBSCRIPTION_SHEET, subscriptions(250, customers, PRODUCTS, today, seed), folder, 14)
    yield write_sheet(VISIT_SHEET, visits(250, customers, team, today, seed), folder, 15)
    yield write_sheet(CASE_SHEET, cases(300, customers, team, today, seed), folder, 16)
    yield write_sheet(TASK_SHEET, tasks(350, sold, today, seed), folder, 17)
    yield write_sheet(EVENT_SHEET, events(150, accounts, today, seed), folder, 18)


def _by_company(contacts: Sequence[Person]) -> dict[str, list[Person]]:
    """Group the contacts by the code of their company."""
    team: defaultdict[str, list[Person]] = defaultdict(list)
    for person in contacts:
        team[person.company.code].append(person)
    return team
