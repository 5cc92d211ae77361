"""Generated people: contacts of the companies, and leads of companies we hardly know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from objectforge.demo.chance import Chance
from objectforge.demo.companies import SOURCES, Company
from objectforge.demo.sheets import Sheet
from objectforge.demo.staff import Member
from objectforge.demo.words import CULTURES, DEPARTMENTS, TITLES

__all__ = ["LEAD_SHEET", "PERSON_SHEET", "Lead", "Person", "leads", "people"]


@dataclass(frozen=True, slots=True)
class Person:
    """A contact."""

    code: str
    first: str
    last: str
    title: str
    department: str
    email: str
    mobile: str
    source: str
    company: Company
    boss: str | None


@dataclass(frozen=True, slots=True)
class Lead:
    """Someone who showed interest; a converted one has become a contact of a company."""

    code: str
    first: str
    last: str
    company: str
    title: str
    email: str
    status: str
    source: str
    rating: str
    industry: str
    revenue: Decimal
    city: str
    country: str
    owner: Member
    converted: Person | None
    converted_on: date | None


PERSON_SHEET: Sheet[Person] = Sheet(
    "Contact",
    {
        "Code__c": lambda it: it.code,
        "FirstName": lambda it: it.first,
        "LastName": lambda it: it.last,
        "Account.Code__c": lambda it: it.company.code,
        "Title": lambda it: it.title,
        "Department": lambda it: it.department,
        "Email": lambda it: it.email,
        "Phone": lambda it: it.company.phone,
        "MobilePhone": lambda it: it.mobile,
        "LeadSource": lambda it: it.source,
        "MailingStreet": lambda it: it.company.street,
        "MailingCity": lambda it: it.company.city[0],
        "MailingState": lambda it: it.company.city[1],
        "MailingPostalCode": lambda it: it.company.city[2],
        "MailingCountry": lambda it: it.company.country.name,
        "ReportsTo.Code__c": lambda it: it.boss,
        "Owner.Username": lambda it: it.company.owner.username,
    },
)
LEAD_SHEET: Sheet[Lead] = Sheet(
    "Lead",
    {
        "Code__c": lambda it: it.code,
        "FirstName": lambda it: it.first,
        "LastName": lambda it: it.last,
        "Company": lambda it: it.company,
        "Title": lambda it: it.title,
        "Email": lambda it: it.email,
        "Status": lambda it: it.status,
        "LeadSource": lambda it: it.source,
        "Rating": lambda it: it.rating,
        "Industry": lambda it: it.industry,
        "AnnualRevenue": lambda it: it.revenue,
        "City": lambda it: it.city,
        "Country": lambda it: it.country,
        "ConvertedDate": lambda it: it.converted_on,
        "ConvertedAccount.Code__c": lambda it: it.converted.company.code if it.converted else None,
        "ConvertedContact.Code__c": lambda it: it.converted.code if it.converted else None,
        "Owner.Username": lambda it: it.owner.username,
    },
)


def people(count: int, companies: Sequence[Company], seed: int) -> tuple[Person, ...]:
    """Contacts: one for every company, the rest spread unevenly, no two with the same address."""
    chance = Chance(seed, "people")
    homes = [*companies, *(chance.one(companies) for _ in range(count - len(companies)))][:count]
    made: list[Person] = []
    first_of: dict[str, Person] = {}
    taken: set[str] = set()
    for number, company in enumerate(homes, start=1):
        boss = first_of.get(company.code)
        person = _person(chance, number, company, boss, taken)
        taken.add(person.email)
        first_of.setdefault(company.code, person)
        made.append(person)
    return tuple(made)


def leads(
    count: int, companies: Sequence[Company], contacts: Sequence[Person], today: date, seed: int
) -> tuple[Lead, ...]:
    """Leads of the last year: half at work, the others closed, and a fifth of all turned into a contact we have."""
    chance = Chance(seed, "leads")
    statuses = {
        "Open - Not Contacted": 30,
        "Working - Contacted": 28,
        "Closed - Converted": 22,
        "Closed - Not Converted": 20,
    }
    converts = chance.some(contacts, count)
    return tuple(
        _lead(chance, number, chance.weighted(statuses), converts[number % len(converts)], chance.one(companies), today)
        for number in range(1, count + 1)
    )


def _person(chance: Chance, number: int, company: Company, boss: Person | None, taken: set[str]) -> Person:
    culture = CULTURES[chance.one(company.country.cultures)]
    (first, first_ascii), (last, last_ascii) = chance.one(culture.given), chance.one(culture.family)
    plain = f"{first_ascii}.{last_ascii}@{company.domain}"
    return Person(
        code=f"C{number:05d}",
        first=first,
        last=last,
        title=chance.weighted(TITLES),
        department=chance.one(DEPARTMENTS),
        email=plain if plain not in taken else f"{first_ascii}.{last_ascii}{number}@{company.domain}",
        mobile=f"+{company.country.dial} 555 01{chance.between(0, 99):02d} {chance.between(100, 999)}",
        source=chance.weighted(SOURCES),
        company=company,
        boss=boss.code if boss and chance.whether(0.5) else None,
    )


def _lead(chance: Chance, number: int, status: str, contact: Person, like: Company, today: date) -> Lead:
    """Make a lead: a converted one is the contact it became, any other works where nobody of ours does yet."""
    converted = contact if status == "Closed - Converted" else None
    culture = CULTURES[chance.one(like.country.cultures)]
    (first, first_ascii), (last, last_ascii) = chance.one(culture.given), chance.one(culture.family)
    return Lead(
        code=f"L{number:05d}",
        first=converted.first if converted else first,
        last=converted.last if converted else last,
        company=converted.company.name if converted else f"{last} {like.industry.split()[0]}",
        title=converted.title if converted else chance.weighted(TITLES),
        email=converted.email if converted else f"{first_ascii}.{last_ascii}{number}@lead.example",
        status=status,
        source=chance.weighted(SOURCES),
        rating=chance.weighted({"Hot": 2, "Warm": 4, "Cold": 4}),
        industry=converted.company.industry if converted else like.industry,
        revenue=chance.amount(3_000_000, 1.2, step=10_000),
        city=converted.company.city[0] if converted else like.city[0],
        country=converted.company.country.name if converted else like.country.name,
        owner=converted.company.owner if converted else like.owner,
        converted=converted,
        converted_on=chance.day(today - timedelta(days=360), today) if converted else None,
    )
