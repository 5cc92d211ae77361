"""The four CSV files into an org as they come, and the rejected deals once more with the product's name corrected."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

__all__ = ["COMPANIES", "DEALS", "PRODUCTS", "SELLERS", "correct", "load_all"]

COMPANIES = {
    "account": "Name",
    "sector": "Sector",
    "year_established": "Founded",
    "revenue": "Revenue",
    "employees": "Employees",
    "office_location": "Country",
    "subsidiary_of": "Parent.Name",
}
PRODUCTS = {"product": "Name", "series": "Series", "sales_price": "Price"}
SELLERS = {"sales_agent": "Name", "manager": "Manager", "regional_office": "Region"}
DEALS = {
    "opportunity_id": "Code",
    "sales_agent": "Agent.Name",
    "product": "Product.Name",
    "account": "Company.Name",
    "deal_stage": "Stage",
    "engage_date": "Engaged",
    "close_date": "Closed",
    "close_value": "Value",
}


def load_all(org: Any, crm: Path, folder: Path) -> None:
    """Load every file, then the corrected rejects."""
    org["Company"].load(crm / "accounts.csv", columns=COMPANIES)
    org["Product"].load(crm / "products.csv", columns=PRODUCTS)
    org["Agent"].load(crm / "sales_teams.csv", columns=SELLERS)
    org["Deal"].load(crm / "sales_pipeline.csv", columns=DEALS, rejects=folder / "rejects.csv")
    correct(folder / "rejects.csv", folder / "corrected.csv")
    org["Deal"].load(folder / "corrected.csv", columns=DEALS)


def correct(rejects: Path, corrected: Path) -> None:
    """Write the rejected rows again, with the product called by its name; nothing else is touched."""
    with rejects.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = [{**row, "product": row["product"].replace("GTXPro", "GTX Pro")} for row in reader]
        names = list(reader.fieldnames or ())
    with corrected.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
