"""Generated customers: companies with an industry, a size, an address, a territory and an owner."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from objectforge.demo.chance import Chance
from objectforge.demo.sheets import Sheet
from objectforge.demo.staff import Member, sellers
from objectforge.demo.words import (
    COMPANY_TAILS,
    COUNTRIES,
    HEADS,
    INDUSTRIES,
    JAPANESE_HEADS,
    JAPANESE_TAILS,
    STREETS,
    Country,
    Industry,
)

__all__ = ["COMPANY_SHEET", "SOURCES", "Company", "companies"]

SOURCES = {"Web": 30, "Phone Inquiry": 12, "Partner Referral": 26, "Purchased List": 8, "Other": 10}
_PER_HEAD = 160_000


@dataclass(frozen=True, slots=True)
class Company:
    """An account."""

    code: str
    name: str
    domain: str
    kind: str
    industry: str
    tier: str
    rating: str
    source: str
    revenue: Decimal
    employees: int
    country: Country
    city: tuple[str, str, str]
    street: str
    phone: str
    owner: Member
    parent: str | None


COMPANY_SHEET: Sheet[Company] = Sheet(
    "Account",
    {
        "Code__c": lambda it: it.code,
        "Name": lambda it: it.name,
        "Type": lambda it: it.kind,
        "Industry": lambda it: it.industry,
        "Tier__c": lambda it: it.tier,
        "Rating": lambda it: it.rating,
        "AccountSource": lambda it: it.source,
        "AnnualRevenue": lambda it: it.revenue,
        "NumberOfEmployees": lambda it: it.employees,
        "BillingStreet": lambda it: it.street,
        "BillingCity": lambda it: it.city[0],
        "BillingState": lambda it: it.city[1],
        "BillingPostalCode": lambda it: it.city[2],
        "BillingCountry": lambda it: it.country.name,
        "Phone": lambda it: it.phone,
        "Website": lambda it: f"https://www.{it.domain}",
        "Territory__r.Code": lambda it: it.country.territory,
        "Owner.Username": lambda it: it.owner.username,
        "Parent.Code__c": lambda it: it.parent,
    },
)


def companies(count: int, seed: int) -> tuple[Company, ...]:
    """That many companies, no two of one name; a few are branches of an earlier one."""
    chance = Chance(seed, "companies")
    made: list[Company] = []
    taken: set[str] = set()
    while len(made) < count:
        country = chance.weighted({country: country.weight for country in COUNTRIES})
        industry = chance.weighted({industry: industry.weight for industry in INDUSTRIES})
        name, domain = _name(chance, country, industry)
        if name in taken or domain in taken:
            continue
        taken |= {name, domain}
        made.append(_company(chance, len(made) + 1, name, domain, country, industry, made))
    return tuple(made)


def _name(chance: Chance, country: Country, industry: Industry) -> tuple[str, str]:
    if country.name == "Japan":
        (head, head_ascii), (tail, tail_ascii) = chance.one(JAPANESE_HEADS), chance.one(JAPANESE_TAILS)
        name = f"{head}{tail}株式会社" if chance.whether(0.7) else f"株式会社{head}{tail}"
        return name, f"{head_ascii}-{tail_ascii}.example"
    head, noun, tail = chance.one(HEADS), chance.one(industry.nouns), chance.one(COMPANY_TAILS)
    words = [word for word in (head, noun, tail, chance.one(country.legal)) if word]
    return " ".join(words), "-".join([head, *noun.split()]).lower() + ".example"


def _company(
    chance: Chance, number: int, name: str, domain: str, country: Country, industry: Industry, earlier: list[Company]
) -> Company:  # fmt: skip
    revenue = chance.amount(9_000_000, 1.5, step=10_000)
    kind = chance.weighted({"Customer - Direct": 58, "Customer - Channel": 16, "Prospect": 22, "Technology Partner": 4})
    siblings = [company for company in earlier if company.country.territory == country.territory]
    return Company(
        code=f"A{number:05d}",
        name=name,
        domain=domain,
        kind=kind,
        industry=industry.value,
        tier=_tier(revenue),
        rating=chance.weighted({"Hot": 2, "Warm": 5, "Cold": 3}),
        source=chance.weighted(SOURCES),
        revenue=revenue,
        employees=max(3, int(revenue / _PER_HEAD * chance.between(60, 150) / 100)),
        country=country,
        city=chance.one(country.cities),
        street=f"{chance.between(1, 180)} {chance.one(STREETS)}",
        phone=f"+{country.dial} 555 01{chance.between(0, 99):02d} {chance.between(100, 999)}",
        owner=chance.one(sellers(country.territory)),
        parent=chance.one(siblings).code if siblings and chance.whether(0.06) else None,
    )


def _tier(revenue: Decimal) -> str:
    if revenue >= 60_000_000:
        return "Platinum"
    if revenue >= 20_000_000:
        return "Gold"
    return "Silver" if revenue >= 5_000_000 else "Bronze"
