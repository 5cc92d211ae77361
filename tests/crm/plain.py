"""The four CSV files as a plain script reads them: dictionaries that point at each other, and grouping by hand."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from pathlib import Path
from typing import Any

__all__ = ["Plain", "Table", "average", "grouped", "nulls_first", "places", "read", "share", "sum_of", "unique"]

Table = list[dict[str, Any]]


@dataclass(frozen=True, repr=False)  # its rows hold each other: written out they would fill the memory
class Plain:
    """Rows of each file, in order, with `company`, `agent` and `product` in place of names (hence no repr: circles)."""

    companies: Table
    products: Table
    agents: Table
    deals: Table


def read(folder: Path) -> Plain:
    """The files, with the product's name corrected that stands wrong in the deals."""
    companies, products, agents, deals = (
        _rows(folder / f"{name}.csv") for name in ("accounts", "products", "sales_teams", "sales_pipeline")
    )
    by_name = {row["account"]: row for row in companies}
    products_by_name = {row["product"]: row for row in products}
    agents_by_name = {row["sales_agent"]: row for row in agents}
    for row in companies:
        row |= {"revenue": Decimal(row["revenue"]), "employees": int(row["employees"])}
        row |= {"parent": by_name.get(row["subsidiary_of"]), "subsidiaries": [], "deals": []}
    for row in companies:
        if row["parent"]:
            row["parent"]["subsidiaries"].append(row)
    for row in products:
        row |= {"sales_price": Decimal(row["sales_price"]), "deals": []}
    for row in agents:
        row["deals"] = []
    for row in deals:
        name = "GTX Pro" if row["product"] == "GTXPro" else row["product"]
        row |= {"agent": agents_by_name[row["sales_agent"]], "product": products_by_name[name]}
        row |= {"company": by_name.get(row["account"])}
        row["value"] = Decimal(row["close_value"]) if row["close_value"] else None
        row |= {"engaged": _day(row["engage_date"]), "closed": _day(row["close_date"]), "stage": row["deal_stage"]}
        row["agent"]["deals"].append(row)
        row["product"]["deals"].append(row)
        if row["company"]:
            row["company"]["deals"].append(row)
    return Plain(companies, products, agents, deals)


def grouped(rows: Iterable[Any], key: Callable[[Any], Any]) -> Mapping[Any, list[Any]]:
    """Rows by key, in the order in which the keys come first."""
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def unique(rows: Iterable[Any]) -> list[Any]:
    """Distinct records, without missing ones."""
    return list({id(row): row for row in rows if row is not None}.values())


def sum_of(values: Iterable[Decimal | int | None]) -> Decimal | None:
    """The sum; null over nothing."""
    found = [value for value in values if value is not None]
    return sum(found, Decimal(0)) if found else None


def average(values: Iterable[Decimal | None]) -> Decimal | None:
    """The exact mean at 18 places; null over nothing."""
    found = [value for value in values if value is not None]
    return places(sum(found, Decimal(0)), len(found), 18) if found else None


def share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Percents at 18 places; null where either is null, or the whole is 0."""
    return None if part is None or not whole else places(part * 100, whole, 18)


def places(above: Decimal | int, below: Decimal | int, scale: int) -> Decimal:
    """A quotient, rounded half away from zero."""
    with localcontext() as exact:
        exact.prec = 60
        return (Decimal(above) / Decimal(below)).quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP)


def nulls_first(value: Any) -> tuple[Any, ...]:
    """A sort key: nulls first, text without regard to case."""
    return (0,) if value is None else (1, value.lower() if isinstance(value, str) else value)


def _rows(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
