"""Generated campaigns and the people who were reached by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from objectforge.demo.chance import Chance
from objectforge.demo.people import Lead, Person
from objectforge.demo.sheets import Sheet
from objectforge.demo.staff import STAFF, Member

__all__ = ["CAMPAIGN_SHEET", "MEMBER_SHEET", "Campaign", "Reached", "campaigns", "reached"]

_KINDS = (
    ("Metrology Days", "Conference", 45_000), ("Factory Floor Expo", "Trade Show", 60_000),
    ("Calibration Basics", "Webinar", 4_000), ("Gaugeboard Launch", "Email", 7_000),
    ("Partner Forum", "Partners", 18_000), ("Refer a Lab", "Referral Program", 9_000),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign."""

    code: str
    name: str
    kind: str
    status: str
    start: date
    end: date
    budget: Decimal
    cost: Decimal | None
    sent: int
    owner: Member


@dataclass(frozen=True, slots=True)
class Reached:
    """A lead or a contact (one of them) in a campaign."""

    campaign: Campaign
    lead: Lead | None
    contact: Person | None
    responded: date | None


CAMPAIGN_SHEET: Sheet[Campaign] = Sheet(
    "Campaign",
    {
        "Code__c": lambda it: it.code,
        "Name": lambda it: it.name,
        "Type": lambda it: it.kind,
        "Status": lambda it: it.status,
        "IsActive": lambda it: it.status == "In Progress",
        "StartDate": lambda it: it.start,
        "EndDate": lambda it: it.end,
        "BudgetedCost": lambda it: it.budget,
        "ActualCost": lambda it: it.cost,
        "NumberSent": lambda it: it.sent,
        "Owner.Username": lambda it: it.owner.username,
    },
)
MEMBER_SHEET: Sheet[Reached] = Sheet(
    "CampaignMember",
    {
        "Campaign.Code__c": lambda it: it.campaign.code,
        "Lead.Code__c": lambda it: it.lead.code if it.lead else None,
        "Contact.Code__c": lambda it: it.contact.code if it.contact else None,
        "Status": lambda it: "Responded" if it.responded else "Sent",
        "FirstRespondedDate": lambda it: it.responded,
    },
)


def campaigns(count: int, today: date, seed: int) -> tuple[Campaign, ...]:
    """Campaigns evenly spread from 18 months before today to 2 months after it."""
    chance = Chance(seed, "campaigns")
    first = today - timedelta(days=548)
    apart = 608 // count
    return tuple(_campaign(chance, number, first + timedelta(days=apart * number), today) for number in range(count))


def reached(
    count: int, campaigns: Sequence[Campaign], leads: Sequence[Lead], contacts: Sequence[Person], today: date, seed: int
) -> tuple[Reached, ...]:
    """People in the campaigns that have begun, nobody twice in one; a quarter of them answered."""
    chance = Chance(seed, "members")
    begun = [campaign for campaign in campaigns if campaign.start <= today]
    made: list[Reached] = []
    for campaign in begun:
        share = count // len(begun)
        made += [_reached(chance, campaign, lead, None, today) for lead in chance.some(leads, share // 2)]
        made += [
            _reached(chance, campaign, None, person, today) for person in chance.some(contacts, share - share // 2)
        ]
    return tuple(made)


def _campaign(chance: Chance, number: int, start: date, today: date) -> Campaign:
    name, kind, budget = _KINDS[number % len(_KINDS)]
    end = start + timedelta(days=chance.between(2, 60))
    status = "Planned" if start > today else "In Progress" if end >= today else "Completed"
    planned = chance.amount(budget, 0.3, step=500)
    return Campaign(
        code=f"M{number + 1:03d}",
        name=f"{name} {start:%Y-%m}",
        kind=kind,
        status=status,
        start=start,
        end=end,
        budget=planned,
        cost=None if status == "Planned" else (planned * chance.between(80, 125) / 100).quantize(Decimal("0.01")),
        sent=chance.between(200, 5_000),
        owner=STAFF[0],
    )


def _reached(chance: Chance, campaign: Campaign, lead: Lead | None, contact: Person | None, today: date) -> Reached:
    answered = chance.day(campaign.start, min(campaign.end, today)) if chance.whether(0.25) else None
    return Reached(campaign, lead, contact, answered)
