"""An org of two objects with fields of every kind, and records that meet each other at every edge."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from objectforge import Metadata
from objectforge.expressions.evaluate import evaluate
from objectforge.expressions.moment import Moment
from objectforge.expressions.typed import Ref, Typed
from objectforge.org.org import Org
from objectforge.query.joins import Joins
from objectforge.relations.schema import FormulaValue
from objectforge.relations.scopes import ObjectScope
from objectforge.testing import temp_org
from objectforge.values.clock import FixedClock
from objectforge.values.kinds import Kind

__all__ = ["NOW", "World", "worlds"]

NOW = datetime(2023, 11, 5, 5, 30, tzinfo=UTC)
METADATA = """
settings:
  org: {name: Law, timezone: America/New_York, fiscal_year: {start: 4}, week_start: monday}
objects:
  Firm:
    fields:
      City: {type: text, length: 40}
      Size: {type: number, precision: 18, scale: 0}
      Rate: {type: percent, precision: 9, scale: 3}
      Since: date
      Open: checkbox
      Mother: {type: lookup, to: Firm, children: Daughters}
  Deal:
    fields:
      FirmId: lookup(Firm)
      Code: {type: text, case_sensitive: true}
      Amount: {type: currency}
      Fine: {type: number, precision: 18, scale: 9}
      Units: integer
      Share: percent
      Won: checkbox
      Closes: date
      Seen: datetime
      Stage: [Zero, open, Won, Lost]
      Tags: {type: multipicklist, values: [Red, green, Blue]}
      Net: {type: formula, returns: currency, formula: "Amount * (1 - Share) / 3"}
      Late: {type: formula, returns: checkbox, formula: "Closes < TODAY() && NOT(Won)"}
      Long: {type: formula, returns: number, scale: 4, formula: "Fine * Amount * Units"}
      Age: {type: formula, returns: integer, blanks: "null", formula: "TODAY() - Closes"}
      Label: {type: formula, returns: text, formula: "Code & ' ' & FirmId.City"}
""".replace("FirmId.City", "Firm.City")
TEXTS = ["acme", "Acme", "ACME", "b_c", "b%c", "B\\c", "É", "é", "straße", "日本", "😀", "it's", "A", "z", "a b", "0"]
AMOUNTS = ["0", "0.01", "-0.01", "1", "2.5", "-2.5", "99.99", "100", "9999999999999999.99", "-9999999999999999.99", "7"]
FINES = ["0", "0.000000001", "999999999.999999999", "-0.5", "1.005", "3", "-7.25"]
UNITS = ["0", "1", "-1", "3", "7", "999999999999999999", "30"]
SHARES = ["0", "20", "33.33", "100", "-5", "0.01"]
DAYS = ["1900-01-01", "2019-12-31", "2020-02-29", "2023-11-04", "2023-11-05", "2023-11-06", "2023-03-31", "2024-01-01"]


class World:
    """An org, its records in Python, and its deals in the order of their ids."""

    def __init__(self, org: Org, records: dict[str, dict[str, Any]], ids: tuple[str, ...]) -> None:
        self.org, self.records, self.ids = org, records, ids

    def __repr__(self) -> str:
        return "<world>"

    def scope(self, params: Any = None) -> ObjectScope:
        schema = self.org.schema
        return ObjectScope(schema, schema.objects["Deal"], params or {}, depth=10)

    @cached_property
    def moment(self) -> Moment:
        with self.org._core.reading() as context:
            return context.moment

    def values(self, deal: str) -> Callable[[Ref], Any]:
        """What references mean for a deal; a formula field's value is what its formula gives, not rounded."""

        def value(ref: Ref) -> Any:
            record: dict[str, Any] | None = self.records[deal]
            for step in ref.steps:
                link = record[step.field] if record else None
                record = self.records.get(link) if link else None
            if record is None:
                return None
            computed = self.org.schema.objects[ref.object].fields[ref.field].computed
            if isinstance(computed, FormulaValue):
                return evaluate(computed.value, self.values(record["Id"]), moment=self.moment)
            return record[ref.field]

        return value

    @property
    def name(self) -> str:
        """The database."""
        return self.org._core.engine.dialect.name

    def compiles(self, tree: Typed) -> None:
        """See whether a tree has a form in SQL; raises what says that it has none."""
        with self.org._core.reading() as context:
            joins = Joins(context.schema, context.tables)
            joins.base("Deal")
            context.compiler(joins, {}).value(tree)

    def in_python(self, tree: Typed) -> list[Any]:
        """The value of a formula for each deal."""
        return [evaluate(tree, self.values(deal), moment=self.moment) for deal in self.ids]

    def in_sql(self, *trees: Typed) -> list[Any]:
        """The same, computed by the database; of several formulas at once a row of values for each deal."""
        with self.org._core.reading() as context:
            joins = Joins(context.schema, context.tables)
            base = joins.base("Deal")
            compiler = context.compiler(joins, {})
            shown = [
                context.backend.decode(compiler.value(tree), tree.type).label(f"v{i}") for i, tree in enumerate(trees)
            ]
            id_column = base.c[context.tables.column_name("Deal", "Id")]
            select = sa.select(*shown).select_from(joins.clause).order_by(id_column)
            rows = [
                tuple(
                    context.ids.format(value) if tree.type.kind is Kind.ID and value is not None else value
                    for tree, value in zip(trees, row, strict=True)
                )
                for row in context.connection.execute(select)
            ]
            return [row[0] for row in rows] if len(trees) == 1 else rows


@contextmanager
def worlds(url: str | None = None, deals: int = 40) -> Iterator[World]:
    """An org with the same records each time."""
    chance = random.Random(7)  # noqa: S311 - the same records in every run

    def one_of(pool: list[Any]) -> Any:
        return chance.choice([*pool, None, None])

    def instant() -> datetime | None:
        around = one_of([NOW, datetime(2023, 3, 12, 7, tzinfo=UTC), datetime(2019, 12, 31, tzinfo=UTC)])
        return around and around + timedelta(hours=chance.randint(-30, 30), microseconds=chance.choice([0, -1, 500]))

    with temp_org(Metadata.parse(METADATA), url=url, clock=FixedClock(NOW)) as org:
        firms: list[str] = []
        for number in range(6):
            values = {
                "Name": f"Firm {number}", "City": one_of(TEXTS), "Size": one_of(UNITS), "Rate": one_of(SHARES),
                "Since": one_of(DAYS), "Open": chance.random() < 0.5, "Mother": one_of(firms),
            }  # fmt: skip
            firms.append(org["Firm"].create(values).Id)
        org["Deal"].create_many([
            {
                "Name": chance.choice(TEXTS), "FirmId": one_of(firms), "Code": one_of(TEXTS),
                "Amount": one_of(AMOUNTS), "Fine": one_of(FINES), "Units": one_of(UNITS), "Share": one_of(SHARES),
                "Won": chance.random() < 0.5, "Closes": one_of(DAYS), "Seen": instant(),
                "Stage": one_of(["Zero", "open", "Won", "Lost"]), "Tags": one_of(["Red", "Red;Blue", "green", "Blue"]),
            }
            for _ in range(deals)
        ])  # fmt: skip
        records = {row["Id"]: dict(row) for name in ("Firm", "Deal") for row in org[name].find()}
        yield World(org, records, tuple(row["Id"] for row in org["Deal"].find(sort=["Id"])))


assert all(Decimal(text) is not None for text in (*AMOUNTS, *FINES, *UNITS, *SHARES))
assert all(date.fromisoformat(text) for text in DAYS)
