"""Generated activities: tasks on deals and events with companies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from objectforge.demo.chance import Chance
from objectforge.demo.companies import Company
from objectforge.demo.deals import Deal
from objectforge.demo.people import Person
from objectforge.demo.sheets import Sheet
from objectforge.demo.words import EVENT_SUBJECTS, TASK_SUBJECTS

__all__ = ["EVENT_SHEET", "TASK_SHEET", "Event", "Task", "events", "tasks"]


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do for a deal."""

    subject: str
    deal: Deal
    person: Person | None
    due: date
    status: str
    priority: str


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting with a company."""

    subject: str
    company: Company
    start: datetime
    end: datetime


TASK_SHEET: Sheet[Task] = Sheet(
    "Task",
    {
        "Subject": lambda it: it.subject,
        "What:Opportunity.Code__c": lambda it: it.deal.code,
        "Who:Contact.Code__c": lambda it: it.person.code if it.person else None,
        "ActivityDate": lambda it: it.due,
        "Status": lambda it: it.status,
        "Priority": lambda it: it.priority,
        "Owner.Username": lambda it: it.deal.company.owner.username,
    },
)
EVENT_SHEET: Sheet[Event] = Sheet(
    "Event",
    {
        "Subject": lambda it: it.subject,
        "What:Account.Code__c": lambda it: it.company.code,
        "StartDateTime": lambda it: it.start,
        "EndDateTime": lambda it: it.end,
        "Location": lambda it: it.company.city[0],
        "Owner.Username": lambda it: it.company.owner.username,
    },
)


def tasks(count: int, deals: Sequence[Deal], today: date, seed: int) -> tuple[Task, ...]:
    """Tasks, mostly on open deals; past ones are mostly done."""
    chance = Chance(seed, "tasks")
    weights = {deal: 1.0 if deal.stage.startswith("Closed") else 4.0 for deal in deals}
    return tuple(_task(chance, chance.weighted(weights), today) for _ in range(count))


def events(count: int, companies: Sequence[Company], today: date, seed: int) -> tuple[Event, ...]:
    """Meetings of an hour or more, from half a year before today to a month after it."""
    chance = Chance(seed, "events")
    return tuple(_event(chance, chance.one(companies), today) for _ in range(count))


def _task(chance: Chance, deal: Deal, today: date) -> Task:
    last = min(deal.close, today + timedelta(days=45))
    due = chance.day(last - timedelta(days=90), last)
    done = due < today and chance.whether(0.88)
    open_states = {"Not Started": 5, "In Progress": 3, "Waiting on someone else": 1, "Deferred": 1}
    return Task(
        subject=chance.one(TASK_SUBJECTS),
        deal=deal,
        person=deal.contact,
        due=due,
        status="Completed" if done else chance.weighted(open_states),
        priority=chance.weighted({"High": 2, "Normal": 7, "Low": 1}),
    )


def _event(chance: Chance, company: Company, today: date) -> Event:
    day = chance.day(today - timedelta(days=180), today + timedelta(days=30))
    start = datetime.combine(day, time(chance.between(8, 16), chance.one((0, 30))), UTC)
    return Event(chance.one(EVENT_SUBJECTS), company, start, start + timedelta(minutes=30 * chance.between(2, 6)))
