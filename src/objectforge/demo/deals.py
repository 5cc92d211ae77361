"""Generated deals: opportunities over two years with stages that fit their dates, their products and their people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from objectforge.demo.chance import Chance
from objectforge.demo.companies import SOURCES, Company
from objectforge.demo.marketing import Campaign
from objectforge.demo.people import Person
from objectforge.demo.products import PRICEBOOKS, Entry, Pricebook
from objectforge.demo.sheets import Sheet

__all__ = ["DEAL_SHEET", "LINE_SHEET", "ROLE_SHEET", "Deal", "Line", "Role", "deals", "lines", "roles"]

_EARLY = {"Prospecting": 5, "Qualification": 5, "Needs Analysis": 4, "Value Proposition": 2}
_MIDDLE = {
    "Needs Analysis": 2,
    "Value Proposition": 4,
    "Id. Decision Makers": 4,
    "Perception Analysis": 3,
    "Proposal/Price Quote": 2,
}
_LATE = {"Perception Analysis": 1, "Proposal/Price Quote": 5, "Negotiation/Review": 5}
_WIN_RATE = {"Platinum": 0.52, "Gold": 0.46, "Silver": 0.4, "Bronze": 0.34}
_THEMES = ("Inspection line", "Lab refresh", "Plant rollout", "Calibration program", "Pilot", "Expansion", "Renewal")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Line:
    """A product on a deal."""

    deal: str
    entry: Entry
    quantity: int
    discount: int
    service_date: date

    @property
    def total(self) -> Decimal:
        """What the line costs, its discount taken off."""
        full = self.entry.price * self.quantity
        return (full * (100 - self.discount) / 100).quantize(_CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Deal:
    """An opportunity with its lines; one without lines has an estimate for an amount."""

    code: str
    name: str
    company: Company
    contact: Person | None
    campaign: Campaign | None
    book: Pricebook
    stage: str
    close: date
    kind: str
    source: str
    next_step: str | None
    estimate: Decimal
    lines: tuple[Line, ...]

    @property
    def amount(self) -> Decimal:
        """The sum of the lines, or the estimate where there are none."""
        return sum((line.total for line in self.lines), Decimal(0)) if self.lines else self.estimate


@dataclass(frozen=True, slots=True)
class Role:
    """The part a contact plays in a deal."""

    deal: Deal
    person: Person
    role: str
    primary: bool


DEAL_SHEET: Sheet[Deal] = Sheet(
    "Opportunity",
    {
        "Code__c": lambda it: it.code,
        "Name": lambda it: it.name,
        "Account.Code__c": lambda it: it.company.code,
        "Contact.Code__c": lambda it: it.contact.code if it.contact else None,
        "Campaign.Code__c": lambda it: it.campaign.code if it.campaign else None,
        "Pricebook2.Code__c": lambda it: it.book.code,
        "StageName": lambda it: it.stage,
        "CloseDate": lambda it: it.close,
        "Amount": lambda it: it.amount,
        "TotalOpportunityQuantity": lambda it: sum(line.quantity for line in it.lines) or None,
        "Type": lambda it: it.kind,
        "LeadSource": lambda it: it.source,
        "NextStep": lambda it: it.next_step,
        "Owner.Username": lambda it: it.company.owner.username,
    },
)
LINE_SHEET: Sheet[Line] = Sheet(
    "OpportunityLineItem",
    {
        "Opportunity.Code__c": lambda it: it.deal,
        "PricebookEntry.Code__c": lambda it: it.entry.code,
        "Product2.Code__c": lambda it: it.entry.product.code,
        "Quantity": lambda it: it.quantity,
        "UnitPrice": lambda it: it.entry.price,
        "Discount": lambda it: it.discount,
        "TotalPrice": lambda it: it.total,
        "ServiceDate": lambda it: it.service_date,
    },
)
ROLE_SHEET: Sheet[Role] = Sheet(
    "OpportunityContactRole",
    {
        "Opportunity.Code__c": lambda it: it.deal.code,
        "Contact.Code__c": lambda it: it.person.code,
        "Role": lambda it: it.role,
        "IsPrimary": lambda it: it.primary,
    },
)


def deals(
    count: int, companies: Sequence[Company], people: Mapping[str, Sequence[Person]], campaigns: Sequence[Campaign],
    entries: Sequence[Entry], today: date, seed: int,
) -> tuple[Deal, ...]:  # fmt: skip
    """That many deals, closing from 18 months before today to 9 months after it; big companies have more of them."""
    chance = Chance(seed, "deals")
    buyers = {company: _appetite(company) for company in companies if company.kind != "Technology Partner"}
    return tuple(
        _deal(chance, number, chance.weighted(buyers), people, campaigns, entries, today)
        for number in range(1, count + 1)
    )


def lines(deals: Sequence[Deal]) -> tuple[Line, ...]:
    """The lines of all deals."""
    return tuple(line for deal in deals for line in deal.lines)


def roles(count: int, deals: Sequence[Deal], people: Mapping[str, Sequence[Person]], seed: int) -> tuple[Role, ...]:
    """Contacts on deals: one or two a deal, the first of them primary, until there are about `count`."""
    chance = Chance(seed, "roles")
    parts = ("Decision Maker", "Evaluator", "Economic Buyer", "Technical Buyer", "Influencer", "Business User")
    made: list[Role] = []
    for deal in chance.some(deals, len(deals)):
        if len(made) >= count:
            break
        present = chance.some(people.get(deal.company.code, ()), chance.between(1, 2))
        made += [Role(deal, person, chance.one(parts), place == 0) for place, person in enumerate(present)]
    return tuple(made)


def _deal(
    chance: Chance, number: int, company: Company, people: Mapping[str, Sequence[Person]],
    campaigns: Sequence[Campaign], entries: Sequence[Entry], today: date,
) -> Deal:  # fmt: skip
    close = chance.day(today - timedelta(days=548), today + timedelta(days=274))
    stage = _stage(chance, close, today, company)
    book = PRICEBOOKS[1] if company.kind == "Customer - Channel" else PRICEBOOKS[0]
    code = f"O{number:05d}"
    offered = [entry for entry in entries if entry.book == book]
    began = [campaign for campaign in campaigns if campaign.start < close - timedelta(days=30)]
    contacts = people.get(company.code, ())
    return Deal(
        code=code,
        name=f"{company.name} - {chance.one(_THEMES)} {close.year}",
        company=company,
        contact=chance.one(contacts) if contacts and chance.whether(0.7) else None,
        campaign=chance.one(began) if began and chance.whether(0.35) else None,
        book=book,
        stage=stage,
        close=close,
        kind=_kind(chance, company),
        source=chance.weighted(SOURCES),
        next_step=None
        if stage.startswith("Closed")
        else chance.one(("Call", "Demo", "Quote", "Site visit", "Contract")),
        estimate=chance.amount(22_000, 1.0, step=100),
        lines=_lines(chance, code, offered, close) if chance.whether(0.92) else (),
    )


def _appetite(company: Company) -> float:
    if company.kind == "Prospect":
        return 1.0
    return 4.0 if company.tier in ("Platinum", "Gold") else 2.0


def _stage(chance: Chance, close: date, today: date, company: Company) -> str:
    """A stage that fits the date: past deals are closed, but for a few that slip; the nearer, the further along.

    Who is still a prospect has not bought yet.
    """
    days = (close - today).days
    if days <= 0 and not (days > -60 and chance.whether(0.18)):
        won = company.kind != "Prospect" and chance.whether(_WIN_RATE[company.tier])
        return "Closed Won" if won else "Closed Lost"
    if days <= 45:
        return chance.weighted(_LATE)
    return chance.weighted(_MIDDLE if days <= 120 else _EARLY)


def _kind(chance: Chance, company: Company) -> str:
    if company.kind == "Prospect":
        return "New Customer"
    return chance.weighted({
        "New Customer": 30, "Existing Customer - Upgrade": 45, "Existing Customer - Replacement": 20,
        "Existing Customer - Downgrade": 5,
    })  # fmt: skip


def _lines(chance: Chance, deal: str, offered: Sequence[Entry], close: date) -> tuple[Line, ...]:
    wanted = chance.weighted({1: 30, 2: 34, 3: 22, 4: 14})
    weights = {entry: entry.product.popularity for entry in offered}
    chosen = dict.fromkeys(chance.weighted(weights) for _ in range(wanted))
    return tuple(
        Line(
            deal=deal,
            entry=entry,
            quantity=_quantity(chance, entry),
            discount=chance.weighted({0: 55, 5: 20, 10: 15, 15: 7, 20: 3}),
            service_date=close + timedelta(days=chance.between(7, 60)),
        )
        for entry in chosen
    )


def _quantity(chance: Chance, entry: Entry) -> int:
    """Many of what is cheap, one or two of what is dear."""
    price = float(entry.product.price)
    return int(chance.amount(max(1.0, min(16.0, 6_000 / price)), 0.7))
