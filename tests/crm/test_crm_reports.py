"""Four-object reports over public data, each equal to what a plain script over the CSV files computes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import product as combinations
from typing import Any

import pytest
from plain import Plain, Table, average, grouped, nulls_first, places, share, sum_of, unique

Expected = Mapping[tuple[Any, ...], dict[str, Any]]
REGIONS, SERIES = ("West", "East", "Central"), ("GTX", "MG", "GTK")
STAGES = ("Prospecting", "Engaging", "Won", "Lost")


def subtotals(groups: Iterable[Any]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """The measures of every row group of every level, in the order shown."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for group in groups:
        found[tuple(group.key)] = dict(group.measures)
        found |= subtotals(group.groups)
    return found


def levels(rows: Table, *keys: Callable[[Any], Any]) -> dict[tuple[Any, ...], Table]:
    """Rows by every prefix of the keys."""
    return {
        key: found
        for count in range(1, len(keys) + 1)
        for key, found in grouped(rows, lambda row, count=count: tuple(key(row) for key in keys[:count])).items()
    }


def flat(names: tuple[str, ...], expected: Expected) -> list[dict[str, Any]]:
    """The finest groups as flat records."""
    return [
        {**dict(zip(names, key, strict=True)), **found} for key, found in expected.items() if len(key) == len(names)
    ]


def value_of(rows: Table) -> Decimal | None:
    return sum_of(row["value"] for row in rows)


def prices_of(rows: Table) -> Decimal | None:
    return sum_of(row["sales_price"] for row in unique(row["product"] for row in rows))


def revenue_of(rows: Table) -> Decimal | None:
    return sum_of(row["revenue"] for row in unique(row["company"] for row in rows))


def companies_of(rows: Table) -> int:
    return len(unique(row["company"] for row in rows))


def test_a_summary_counts_every_record_once_on_each_level(org: Any, plain: Plain) -> None:
    def measures(rows: Table) -> dict[str, Any]:
        won, listed = value_of(rows), sum_of(row["product"]["sales_price"] for row in rows)
        return {
            "deals": len(rows),
            "won": won,
            "products": prices_of(rows),
            "listed": listed,
            "companies": companies_of(rows),
            "revenue": revenue_of(rows),
            "sellers": len(unique(row["agent"] for row in rows)),
            "of_list": places(won * 100, listed, 2) if won is not None and listed else None,
        }

    won = [row for row in plain.deals if row["stage"] == "Won"]
    found = levels(won, lambda row: row["agent"]["regional_office"], lambda row: row["agent"]["manager"])
    computed = {key: measures(rows) for key, rows in found.items()}
    order = sorted(computed, key=lambda key: (-computed[key[:1]]["won"], len(key), -computed[key]["won"]))
    ordered = {key: computed[key] for key in order}
    result = org.report("won_by_manager").run()
    assert ordered == subtotals(result.groups)
    assert list(ordered) == list(subtotals(result.groups))
    assert flat(("Region", "Manager"), ordered) == result.records()
    assert measures(won) == result.totals


def test_a_matrix_has_a_cell_for_every_prefix_of_its_keys(org: Any, plain: Plain) -> None:
    def measures(rows: Table) -> dict[str, Any]:
        return {
            "deals": len(rows),
            "value": value_of(rows),
            "mean": average(row["value"] for row in rows),
            "sellers": len(unique(row["agent"] for row in rows)),
            "prices": prices_of(rows),
            "buyers": revenue_of(rows),
        }

    def quarter(row: dict[str, Any]) -> date:
        return date(row["closed"].year, (row["closed"].month - 1) // 3 * 3 + 1, 1)

    closed = [row for row in plain.deals if row["closed"] and row["company"]]
    downs = levels(closed, lambda row: row["company"]["sector"], lambda row: row["product"]["series"])
    downs = {key: downs[key] for key in sorted(downs, key=lambda key: (key[0], *map(SERIES.index, key[1:])))}
    result = org.report("sectors_by_quarter").run()
    assert {key: measures(rows) for key, rows in downs.items()} == subtotals(result.groups)
    assert measures(closed) == result.totals
    cells = {
        (key, across): measures(found)
        for key, rows in downs.items()
        for across, found in levels(rows, quarter, lambda row: row["stage"]).items()
    }
    assert cells == {
        (tuple(group.key), tuple(across)): dict(measures)
        for sector in result.groups
        for group in (sector, *sector.groups)
        for across, measures in group.across.items()
        if across
    }
    finest = sorted(
        ((key, across) for key, across in cells if (len(key), len(across)) == (2, 2)),
        key=lambda cell: (list(downs).index(cell[0]), cell[1][0], STAGES.index(cell[1][1])),
    )
    names = ("Sector", "Deals.Product.Series", "quarter", "Deals.Stage")
    flat_cells = {(*key, *across): cells[key, across] for key, across in finest}
    assert flat(names, flat_cells) == result.records()


def test_a_join_without_keeps_the_deals_that_have_no_company(org: Any, plain: Plain) -> None:
    def measures(rows: Table) -> dict[str, Any]:
        engaged = [row["engaged"] for row in rows if row["engaged"]]
        return {"deals": len(rows), "engaged": len(engaged), "first": min(engaged, default=None)}

    orphans = [row for row in plain.deals if not row["company"]]
    found = levels(orphans, lambda row: row["agent"]["regional_office"], lambda row: row["product"]["product"])
    computed = {key: measures(rows) for key, rows in found.items()}

    def order(key: tuple[str, ...]) -> tuple[Any, ...]:
        region = (-computed[key[:1]]["deals"], REGIONS.index(key[0]))
        return (*region, len(key), -computed[key]["deals"], nulls_first(key[-1]))

    ordered = {key: computed[key] for key in sorted(computed, key=order)}
    result = org.report("deals_of_nobody").run()
    assert ordered == subtotals(result.groups)
    assert flat(("Region", "Deals.Product.Name"), ordered) == result.records()
    assert result.totals["deals"] == 1425
    assert measures(orphans) == result.totals


def test_a_join_without_sees_its_own_condition_only(org: Any, plain: Plain) -> None:
    def is_won(deal: dict[str, Any]) -> bool:
        return deal["stage"] == "Won"

    def excluded(deal: dict[str, Any]) -> bool:
        return is_won(deal) and deal["product"]["series"] == "GTX" and deal["agent"]["regional_office"] == "East"

    def measures(rows: Table) -> dict[str, Any]:
        below = unique(row["below"] for row in rows)
        return {
            "subsidiaries": len(below),
            "own": revenue_of(rows),
            "theirs": sum_of(row["revenue"] for row in below),
            "won": sum_of(row["value"] for row in unique(row["deal"] for row in rows)),
            "rows": len(rows),
        }

    joined: Table = [
        {"company": company, "below": below, "deal": deal}
        for company in plain.companies
        if not any(excluded(deal) for deal in company["deals"])
        for below in company["subsidiaries"] or [None]
        for deal in ([deal for deal in below["deals"] if is_won(deal)] if below else []) or [None]
    ]
    found = levels(joined, lambda row: row["company"]["sector"], lambda row: row["company"]["account"])
    computed = {key: measures(found[key]) for key in sorted(found, key=lambda key: tuple(map(nulls_first, key)))}
    result = org.report("never_won").run()
    assert joined, "the condition leaves no company: the report shows nothing"
    assert computed == subtotals(result.groups)
    assert flat(("Sector", "Name"), computed) == result.records()
    assert measures(joined) == result.totals


def test_outer_joins_keep_agents_who_sold_nothing(org: Any, plain: Plain) -> None:
    def measures(rows: Table) -> dict[str, Any]:
        deals: Table = [row["deal"] for row in rows if row["deal"]]
        bought = [row for row in deals if row["company"] and row["company"]["sector"] in ("retail", "medical")]
        return {
            "deals": len(deals),
            "won": value_of([row for row in deals if row["stage"] == "Won"]),
            "dearest": max((row["product"]["sales_price"] for row in deals), default=None),
            "sectors": companies_of(bought),
            "rows": len(rows),
        }

    joined: Table = [
        {"agent": agent, "deal": deal}
        for agent in plain.agents
        for deal in [row for row in agent["deals"] if row["closed"] and row["closed"] >= date(2017, 10, 1)] or [None]
    ]
    found = levels(joined, lambda row: row["agent"]["regional_office"], lambda row: row["agent"]["sales_agent"])
    order = sorted(found, key=lambda key: (REGIONS.index(key[0]), *map(nulls_first, key[1:])))
    computed = {key: measures(found[key]) for key in order}
    result = org.report("every_agent").run()
    assert computed == subtotals(result.groups)
    assert flat(("Region", "Name"), computed) == result.records()
    assert len(result.records()) == 35
    assert measures(joined) == result.totals


def test_having_leaves_groups_out_of_totals_and_limit_does_not(org: Any, plain: Plain) -> None:
    def measures(rows: Table) -> dict[str, Any]:
        won = sum(row["stage"] == "Won" for row in rows)
        rate = places(won, len(rows), 18) * 100
        return {"deals": len(rows), "won": won, "value": value_of(rows) or Decimal(0), "rate": places(rate, 1, 4)}

    def passes(rows: Table) -> bool:
        found = measures(rows)
        return found["won"] >= 50 and Decimal(found["won"]) / len(rows) > Decimal("0.45") and found["value"] > 50000

    sold = [row for row in plain.deals if row["company"]]
    kept = [row for rows in grouped(sold, lambda row: row["account"]).values() if passes(rows) for row in rows]
    found = levels(kept, lambda row: row["company"]["office_location"], lambda row: row["account"])
    whole = value_of(kept)
    computed: dict[tuple[Any, ...], dict[str, Any]] = {}
    for key, rows in found.items():
        part, parent = value_of(rows), value_of(found[key[:-1]]) if key[:-1] else whole
        computed[key] = {**measures(rows), "share": share(part, whole), "part": share(part, parent)}
    order = sorted(computed, key=lambda key: (-computed[key[:1]]["value"], key[0], len(key), -computed[key]["value"]))
    shown = list(dict.fromkeys(key[0] for key in order))[:3]
    ordered = {key: computed[key] for key in order if key[0] in shown}
    result = org.report("good_customers").run()
    assert ordered == subtotals(result.groups)
    assert flat(("Country", "Name"), ordered) == result.records()
    assert (len({key[0] for key in order}) > 3) == result.limited
    assert measures(kept)["value"] == result.totals["value"]
    assert len(kept) == result.totals["deals"]


def test_buckets_gather_ranges_and_values(org: Any, plain: Plain) -> None:
    def size(row: dict[str, Any]) -> str:
        revenue = row["company"]["revenue"]
        return (
            "Small"
            if revenue <= 500
            else "Middle"
            if revenue <= Decimal("1000.5")
            else "Large"
            if revenue <= 4000
            else "Huge"
        )

    def trade(row: dict[str, Any]) -> str:
        trades = {"Tech": ("software", "technolgy", "telecommunications"), "Money": ("finance",)}
        return next((name for name, sectors in trades.items() if row["company"]["sector"] in sectors), "Others")

    def measures(rows: Table) -> dict[str, Any]:
        deals: Table = [row["deal"] for row in rows if row["deal"]]
        return {
            "companies": companies_of(rows),
            "revenue": revenue_of(rows),
            "deals": len(deals),
            "value": value_of(deals),
            "prices": average(row["sales_price"] for row in unique(row["product"] for row in deals)),
        }

    joined: Table = [
        {"company": company, "deal": deal} for company in plain.companies for deal in company["deals"] or [None]
    ]
    found = levels(joined, size, trade)
    sizes, trades = ("Small", "Middle", "Large", "Huge"), ("Tech", "Money", "Others")
    order = sorted(found, key=lambda key: (sizes.index(key[0]), *map(trades.index, key[1:])))
    result = org.report("sizes").run()
    assert {key: measures(found[key]) for key in order} == subtotals(result.groups)
    assert order == list(subtotals(result.groups))
    assert measures(joined) == result.totals
    cells = [
        {"size": key[0], "trade": key[1], "Deals.Agent.Region": region, **measures(rows)}
        for key in order
        if len(key) == 2
        for region in REGIONS
        if (rows := [row for row in found[key] if row["deal"] and row["deal"]["agent"]["regional_office"] == region])
    ]
    assert cells == result.records()


def test_dates_group_by_fiscal_year_month_and_day_of_the_week(org: Any, plain: Plain) -> None:
    def fiscal_year(row: dict[str, Any]) -> date:
        return date(row["engaged"].year - (row["engaged"].month < 4), 4, 1)

    def measures(rows: Table) -> dict[str, Any]:
        return {
            "deals": len(rows),
            "engaged": len(rows),
            "value": value_of(rows),
            "prices": prices_of(rows),
            "revenue": revenue_of(rows),
        }

    engaged = [row for row in plain.deals if row["engaged"]]
    found = levels(
        engaged, fiscal_year, lambda row: row["engaged"].replace(day=1), lambda row: row["engaged"].isoweekday() % 7 + 1
    )
    computed = {key: measures(found[key]) for key in sorted(found)}
    result = org.report("months").run()
    assert result.totals["deals"] == 8300
    assert computed == subtotals(result.groups)
    assert flat(("fy", "month", "weekday"), computed) == result.records()
    assert measures(engaged) == result.totals
    assert timedelta(0) < max(row["month"] for row in result.records()) - min(row["fy"] for row in result.records())


def test_two_branches_multiply_rows_and_no_sum(org: Any, plain: Plain) -> None:
    def measures(rows: Table) -> dict[str, Any]:
        deals, below = unique(row["deal"] for row in rows), unique(row["below"] for row in rows)
        return {
            "rows": len(rows),
            "companies": companies_of(rows),
            "revenue": revenue_of(rows),
            "deals": len(deals),
            "value": value_of(deals),
            "prices": prices_of(deals),
            "subsidiaries": len(below),
            "staff": sum_of(row["employees"] for row in below),
        }

    joined: Table = [
        {"company": company, "deal": deal, "below": below}
        for company in plain.companies
        for deal, below in combinations(
            [row for row in company["deals"] if row["stage"] == "Won" and row["value"] > 1000] or [None],
            company["subsidiaries"] or [None],
        )
    ]
    found = levels(joined, lambda row: row["company"]["office_location"])
    computed = {key: measures(found[key]) for key in sorted(found, key=lambda key: nulls_first(key[0]))}
    result = org.report("two_branches").run()
    assert flat(("Country",), computed) == result.records()
    assert measures(joined) == result.totals
    assert result.totals["rows"] > result.totals["deals"] + result.totals["companies"], "the branches never multiply"


def test_a_tabular_report_shows_the_first_and_totals_all(org: Any, plain: Plain) -> None:
    won = [row for row in plain.deals if row["stage"] == "Won" and row["agent"]["regional_office"] != "West"]

    def name(row: dict[str, Any]) -> str | None:
        return row["company"] and row["company"]["account"]

    order = sorted(won, key=lambda row: (-row["value"], nulls_first(name(row))))
    result = org.report("largest").run()
    assert [
        {
            "Code": row["opportunity_id"],
            "Agent.Name": row["sales_agent"],
            "Product.Name": row["product"]["product"],
            "Company.Name": name(row),
            "Company.Sector": row["company"] and row["company"]["sector"],
            "Value": row["value"],
        }
        for row in order[:40]
    ] == result.records()
    assert result.limited
    assert {
        "value": value_of(won),
        "products": prices_of(won),
        "companies": companies_of(won),
        "revenue": revenue_of(won),
    } == result.totals


def test_the_open_deals_are_walked_page_by_page(org: Any, plain: Plain) -> None:
    chosen = [row for row in plain.deals if row["stage"] in ("Prospecting", "Engaging")]
    chosen = [row for row in chosen if not (row["company"] and row["company"]["sector"] == "retail")]
    expected = sorted(chosen, key=lambda row: (nulls_first(row["engaged"]), nulls_first(row["sales_agent"])))
    view, walked, after = org.list_view("Deal.open"), [], None
    while True:
        page = view.page(size=300, after=after)
        walked += [row["Code"] for row in page.rows]
        if page.next is None:
            break
        after = page.next
    assert len(expected) == len(walked) == view.count()
    keys = {row["opportunity_id"]: (row["engaged"], row["sales_agent"]) for row in plain.deals}
    assert [keys[row["opportunity_id"]] for row in expected] == [keys[code] for code in walked]
    assert {row["opportunity_id"] for row in expected} == set(walked)


@pytest.mark.parametrize("name", ["won_by_manager", "sectors_by_quarter", "two_branches", "largest"])
def test_every_report_explains_itself_and_prints(org: Any, name: str) -> None:
    result = org.report(name).run()
    assert "SELECT" in result.explain()
    assert result.to_text().strip()
