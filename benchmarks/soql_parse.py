"""What reading and typing a SOQL query costs, against cutting it into tokens; and one that an org was asked before.

Queries of about 300 characters of several kinds.
"""

from __future__ import annotations

import argparse
import gc
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.machine import machine
from objectforge import Metadata, parse_soql
from objectforge.expressions.lexer import tokenize
from objectforge.relations.resolve import resolve
from objectforge.relations.soql.resolve import resolve_query
from objectforge.relations.soql.settings import Settings
from objectforge.testing import temp_org
from objectforge.values.locales import Locale

__all__ = ["main"]

QUERIES = {
    "a report of deals": (
        "SELECT Id, Name, Account.Name, Amount, StageName, CloseDate, Owner.Profile.Name, "
        "(SELECT Id, Quantity FROM LineItems) FROM Opportunity WHERE (StageName = 'Closed Won' OR Amount >= 10000.50) "
        "AND CloseDate = LAST_N_DAYS:30 AND Account.Industry IN ('Tech', 'Media') ORDER BY Amount DESC LIMIT 50"
    ),
    "many fields": (
        "SELECT Id, Name, Type, Phone, Fax, Website, Industry, Rating, Site, OwnerId, Owner.Name, Owner.Email, "
        "ParentId, Parent.Name, AnnualRevenue, NumberOfEmployees, Description, BillingCity, BillingCountry, "
        "ShippingCity, ShippingCountry, CreatedDate, CreatedById, LastModifiedDate FROM Account ORDER BY Name LIMIT 200"
    ),
    "many conditions": (
        "SELECT Id FROM Lead WHERE (Status = 'New' OR Status = 'Open' OR Rating = 'Hot') AND Score > 5 AND Score <= 90 "
        "AND City != null AND (NOT Name LIKE 'Test%') AND Email LIKE '%@example.com' AND Size IN (1, 2, 3, 5, 8) "
        "AND CreatedDate >= LAST_N_MONTHS:3 AND Due < 2026-12-31 AND Open = true AND Kind NOT IN ('x', 'y', 'z')"
    ),
    "groups": (
        "SELECT CALENDAR_YEAR(CloseDate) y, Account.Industry i, COUNT(Id) n, SUM(Amount) total, AVG(Amount) middle, "
        "MAX(CloseDate) last FROM Opportunity WHERE IsWon = true AND Amount > 0 GROUP BY CALENDAR_YEAR(CloseDate), "
        "Account.Industry HAVING COUNT(Id) > 5 AND SUM(Amount) > 1000 ORDER BY COUNT(Id) DESC, SUM(Amount) DESC LIMIT 9"
    ),
    "semi-joins": (
        "SELECT Id, Name, Owner.Name FROM Account WHERE Id IN (SELECT AccountId FROM Opportunity WHERE StageName = "
        "'Closed Lost' AND CloseDate = THIS_FISCAL_YEAR) AND Id NOT IN (SELECT AccountId FROM Contact WHERE Email = "
        "null AND LastName LIKE 'A%') AND Type IN ('Customer', 'Partner') ORDER BY Name NULLS LAST LIMIT 100"
    ),
}


METADATA = Metadata.parse("""
objects:
  User: {replaces: true, fields: {Username: text, Email: email, IsActive: checkbox, ProfileId: lookup(Profile)}}
  Profile: {}
  Account:
    fields:
      Type: text
      Phone: phone
      Fax: phone
      Website: url
      Industry: text
      Rating: text
      Site: text
      ParentId: {type: lookup, to: Account, children: ChildAccounts}
      AnnualRevenue: currency
      NumberOfEmployees: integer
      Description: textarea
      BillingCity: text
      BillingCountry: text
      ShippingCity: text
      ShippingCountry: text
  Contact: {fields: {AccountId: lookup(Account), LastName: text, Email: email}}
  Opportunity:
    fields: {AccountId: lookup(Account), Amount: currency, StageName: text, CloseDate: date, IsWon: checkbox}
  LineItem: {fields: {OpportunityId: lookup(Opportunity), Quantity: number}}
  Lead:
    fields:
      {Status: text, Rating: text, Score: number, City: text, Email: email, Size: number, Due: date, Open: checkbox,
       Kind: text}
""")


@dataclass(frozen=True)
class Measured:
    """Microseconds for cutting a query into tokens, reading it (the tokens included), typing it, and asking it again.

    It is typed by a schema whose paths were looked up before; asked of an empty org in memory.
    """

    kind: str
    characters: int
    tokens: float
    tree: float
    types: float
    again: float

    @property
    def ratio(self) -> float:
        """How often the query could be cut into tokens while it is read and typed once."""
        return (self.tree + self.types) / self.tokens


def measure(kind: str, text: str, rounds: int, calls: int) -> Measured:
    """The best of several rounds, in turns, so that a busy machine slows both alike."""
    schema, settings, query = resolve(METADATA), Settings(Locale.parse("en"), None, strict=False), parse_soql(text)
    with temp_org(METADATA) as org:
        works: Sequence[Callable[[], object]] = (
            lambda: tokenize(text),
            lambda: parse_soql(text),
            lambda: resolve_query(schema, query, text, {}, settings),
            lambda: list(org.query(text)),
        )
        turns = [[_microseconds(work, calls) for work in works] for _ in range(rounds)]
    tokens, tree, types, again = (min(column) for column in zip(*turns, strict=True))
    return Measured(kind, len(text), tokens, tree, types, again)


def _microseconds(work: Callable[[], object], calls: int) -> float:
    gc.collect()
    begin = time.process_time()
    for _ in range(calls):
        work()
    return (time.process_time() - begin) / calls * 1_000_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the table, write the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soql_parse", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="rounds, of which the best counts")
    parser.add_argument("--calls", type=int, default=500, help="calls per round")
    parser.add_argument("--out", type=Path, default=Path("soql_parse.json"), help="where the figures go")
    options = parser.parse_args(arguments)
    measured = [measure(kind, text, options.rounds, options.calls) for kind, text in QUERIES.items()]
    print("| query | characters | tokens, µs | tree, µs | types, µs | ratio | asked again, µs |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for each in measured:
        print(
            f"| {each.kind} | {each.characters} | {each.tokens:.0f} | {each.tree:.0f} | {each.types:.0f} "
            f"| {each.ratio:.2f} | {each.again:.0f} |"
        )
    figures = {"machine": machine(), "rounds": options.rounds, "queries": [asdict(each) for each in measured]}
    options.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(f"figures: {options.out}")


if __name__ == "__main__":
    main()
