"""Generated life after the sale: subscriptions, visits, cases, tasks and events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from objectforge.demo.chance import Chance
from objectforge.demo.companies import Company
from objectforge.demo.people import Person
from objectforge.demo.products import Product
from objectforge.demo.sheets import Sheet
from objectforge.demo.staff import ENGINEERS, Member
from objectforge.demo.words import CASE_SUBJECTS

__all__ = [
    "CASE_SHEET", "SUBSCRIPTION_SHEET", "VISIT_SHEET", "Case", "Subscription", "Visit", "cases", "subscriptions",
    "visits",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subscription:
    """Software or support that a company pays for by the month."""

    company: Company
    product: Product
    status: str
    start: date
    end: date
    seats: int

    @property
    def fee(self) -> Decimal:
        """The monthly fee: a twelfth of the list price per seat, or the monthly price itself."""
        months = 1 if self.product.unit == "Month" else 12
        return (self.product.price * self.seats / months).quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class Visit:
    """An engineer at a company."""

    company: Company
    person: Person | None
    engineer: Member
    day: date
    kind: str
    parts: str | None
    hours: Decimal | None
    satisfaction: int | None


@dataclass(frozen=True, slots=True)
class Case:
    """Something a company needs help with."""

    company: Company
    person: Person | None
    subject: str
    kind: str
    status: str
    priority: str
    origin: str
    reason: str
    closed: datetime | None


SUBSCRIPTION_SHEET: Sheet[Subscription] = Sheet(
    "Subscription",
    {
        "Account.Code__c": lambda it: it.company.code,
        "Product.Code__c": lambda it: it.product.code,
        "Status": lambda it: it.status,
        "StartDate": lambda it: it.start,
        "EndDate": lambda it: it.end,
        "Seats": lambda it: it.seats,
        "MonthlyFee": lambda it: it.fee,
        "Owner.Username": lambda it: it.company.owner.username,
    },
)
VISIT_SHEET: Sheet[Visit] = Sheet(
    "ServiceVisit",
    {
        "Account.Code__c": lambda it: it.company.code,
        "Contact.Code__c": lambda it: it.person.code if it.person else None,
        "Engineer.Username": lambda it: it.engineer.username,
        "VisitDate": lambda it: it.day,
        "Kind": lambda it: it.kind,
        "Parts": lambda it: it.parts,
        "Hours": lambda it: it.hours,
        "Satisfaction": lambda it: it.satisfaction,
    },
)
CASE_SHEET: Sheet[Case] = Sheet(
    "Case",
    {
        "Account.Code__c": lambda it: it.company.code,
        "Contact.Code__c": lambda it: it.person.code if it.person else None,
        "Subject": lambda it: it.subject,
        "Type": lambda it: it.kind,
        "Status": lambda it: it.status,
        "Priority": lambda it: it.priority,
        "Origin": lambda it: it.origin,
        "Reason": lambda it: it.reason,
        "ClosedDate": lambda it: it.closed,
        "Owner.Username": lambda it: it.company.owner.username,
    },
)


def subscriptions(
    count: int, customers: Sequence[Company], products: Sequence[Product], today: date, seed: int
) -> tuple[Subscription, ...]:
    """Yearly subscriptions of software and support; what ended before today has ended."""
    chance = Chance(seed, "subscriptions")
    offered = [product for product in products if product.unit == "Month" or product.family == "Software"]
    return tuple(_subscription(chance, chance.one(customers), chance.one(offered), today) for _ in range(count))


def visits(
    count: int, customers: Sequence[Company], people: Mapping[str, Sequence[Person]], today: date, seed: int
) -> tuple[Visit, ...]:
    """Visits from a year before today to two months after it; those to come have no outcome."""
    chance = Chance(seed, "visits")
    return tuple(_visit(chance, chance.one(customers), people, today) for _ in range(count))


def cases(
    count: int, customers: Sequence[Company], people: Mapping[str, Sequence[Person]], today: date, seed: int
) -> tuple[Case, ...]:
    """Cases: two thirds closed within the last year, the others open."""
    chance = Chance(seed, "cases")
    return tuple(_case(chance, chance.one(customers), people, today) for _ in range(count))


def _subscription(chance: Chance, company: Company, product: Product, today: date) -> Subscription:
    start = chance.day(today - timedelta(days=500), today - timedelta(days=1))
    end = start + timedelta(days=365)
    left = (end - today).days
    status = "Ended" if left < 0 else "Renewing" if left < 60 else "Trial" if left > 335 else "Active"
    seats = 1 if product.unit == "Month" else int(chance.amount(9, 0.8))
    return Subscription(company, product, status, start, end, seats)


def _visit(chance: Chance, company: Company, people: Mapping[str, Sequence[Person]], today: date) -> Visit:
    day = chance.day(today - timedelta(days=365), today + timedelta(days=60))
    kind = chance.weighted({"Calibration": 45, "Repair": 25, "Installation": 20, "Training": 10})
    parts = ("Sensor", "Cable", "Display", "Battery", "Housing")
    used = set(chance.some(parts, chance.between(1, 2))) if kind == "Repair" and day < today else set[str]()
    done = day < today
    return Visit(
        company=company,
        person=_someone(chance, company, people),
        engineer=chance.one(ENGINEERS),
        day=day,
        kind=kind,
        parts=";".join(part for part in parts if part in used) or None,
        hours=Decimal(chance.between(2, 16)) / 2 if done else None,
        satisfaction=chance.weighted({5: 45, 4: 32, 3: 14, 2: 6, 1: 3}) if done and chance.whether(0.7) else None,
    )


def _case(chance: Chance, company: Company, people: Mapping[str, Sequence[Person]], today: date) -> Case:
    subject, kind = chance.one(CASE_SUBJECTS)
    status = chance.weighted({"Closed": 66, "Working": 18, "New": 11, "Escalated": 5})
    day = chance.day(today - timedelta(days=365), today - timedelta(days=1))
    return Case(
        company=company,
        person=_someone(chance, company, people),
        subject=subject,
        kind=kind,
        status=status,
        priority=chance.weighted({"High": 20, "Medium": 55, "Low": 25}),
        origin=chance.weighted({"Email": 45, "Phone": 30, "Web": 25}),
        reason=chance.weighted(
            {"Performance": 30, "Breakdown": 25, "Installation": 20, "Equipment Complexity": 15, "Other": 10}
        ),
        closed=datetime.combine(day, time(chance.between(8, 17), chance.between(0, 59)), UTC)
        if status == "Closed"
        else None,
    )


def _someone(chance: Chance, company: Company, people: Mapping[str, Sequence[Person]]) -> Person | None:
    there = people.get(company.code, ())
    return chance.one(there) if there else None
