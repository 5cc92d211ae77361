"""What reading a SOQL query costs, against cutting it into tokens: queries of about 300 characters of several kinds."""

from __future__ import annotations

import argparse
import gc
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.machine import machine
from objectforge import parse_soql
from objectforge.expressions.lexer import tokenize

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


@dataclass(frozen=True)
class Measured:
    """Microseconds for cutting a query into tokens and for reading it, the tokens included."""

    kind: str
    characters: int
    tokens: float
    tree: float

    @property
    def ratio(self) -> float:
        """How often the query could be cut into tokens while it is read once."""
        return self.tree / self.tokens


def measure(kind: str, text: str, rounds: int, calls: int) -> Measured:
    """The best of several rounds, in turns, so that a busy machine slows both alike."""
    tokens: list[float] = []
    tree: list[float] = []
    for _ in range(rounds):
        tokens.append(_microseconds(lambda: tokenize(text), calls))
        tree.append(_microseconds(lambda: parse_soql(text), calls))
    return Measured(kind, len(text), min(tokens), min(tree))


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
    print("| query | characters | tokens, µs | tree, µs | ratio |\n|---|--:|--:|--:|--:|")
    for each in measured:
        print(f"| {each.kind} | {each.characters} | {each.tokens:.0f} | {each.tree:.0f} | {each.ratio:.2f} |")
    figures = {"machine": machine(), "rounds": options.rounds, "queries": [asdict(each) for each in measured]}
    options.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(f"figures: {options.out}")


if __name__ == "__main__":
    main()
