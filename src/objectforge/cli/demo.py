"""`objectforge demo`: a sales org built from YAML and CSV files, and a tour of what it answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from objectforge import Org

__all__ = ["demo"]


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("objectforge-demo"))
@click.option("--fresh", is_flag=True, help="Build it anew, where FOLDER holds a demo already.")
def demo(folder: Path, fresh: bool) -> None:
    """Build a sales org with a few thousand records in FOLDER/demo.db, and show a list view, reports and a page.

    The org is made of the package 'sales' and a few files of its own. Both the files and the records, as CSV, are
    left in FOLDER to look at and change. A demo that is there already is only shown.

    \b
    Examples:
      objectforge demo
      objectforge demo my-demo --fresh
    """
    from objectforge.cli.demo_org import DATABASE, build, check_folder, clear  # the engine: not for --help

    exists = check_folder(folder)
    if exists and fresh:
        clear(folder)
    if exists and not fresh:
        click.echo(f"{folder / DATABASE} is there already (--fresh builds it anew)")
    else:
        build(folder)
    import objectforge

    with objectforge.Org.open(f"sqlite:///{folder / DATABASE}") as org:
        account_id = _tour(org)
    _next_steps(folder, account_id)


def _tour(org: Org) -> str:
    """Show what the org answers, each under the command that shows it; the id of the account shown last."""
    _heading("A list view", "objectforge list Opportunity.big_deals --size 8")
    click.echo(org.list_view("Opportunity.big_deals").page(8).to_text())
    _heading("A report over four objects, with subtotals", "objectforge report revenue_by_tier_and_family")
    click.echo(org.report("revenue_by_tier_and_family").run().to_text())
    _heading("A matrix report", "objectforge report won_by_region_and_quarter")
    click.echo(org.report("won_by_region_and_quarter").run().to_text())
    account = org["Account"].first("Tier__c = 'Platinum'", sort=["-AnnualRevenue"])
    assert account is not None, "the demo's records have platinum accounts"
    _heading("A record on its page layout", f"objectforge page Account {account.Id}")
    click.echo(org.page("Account", account).to_text())
    return account.Id


def _heading(title: str, command: str) -> None:
    click.echo(f"\n{click.style(title, bold=True)}\n{click.style('$ ' + command, dim=True)}\n")


def _next_steps(folder: Path, account_id: str) -> None:
    click.echo(f"""
{click.style("What is where", bold=True)}
  {folder / "demo.db"}  the org: one SQLite file
  {folder / "crm"}  its metadata, as YAML, on top of the bundled package 'sales'
  {folder / "records"}  its records, as CSV

{click.style("What to try next", bold=True)}
  cd {folder}
  objectforge describe Account
  objectforge list Opportunity.big_deals --param least=200000 --where "StageName = 'Negotiation/Review'"
  objectforge report won_by_region_and_quarter --explain
  objectforge page Account {account_id}
  objectforge export Account platinum.csv --where "Tier__c = 'Platinum'"
Then add a field in crm/account.yaml, and:
  objectforge plan
  objectforge apply""")
