"""`objectforge demo`: a sales org built from YAML and CSV files, and a tour of what it answers."""

from __future__ import annotations

import shlex
import shutil
import sys
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

    command, where = _command(), f"--org {shlex.quote(str(folder / DATABASE))}"
    with objectforge.Org.open(f"sqlite:///{folder / DATABASE}") as org:
        _tour(org, command, where)
    _next_steps(folder, command, where)


def _tour(org: Org, command: str, where: str) -> None:
    """Show what the org answers, each under the command that shows it."""
    _heading("A list view", f"{command} list Opportunity.big_deals --size 8 {where}")
    click.echo(org.list_view("Opportunity.big_deals").page(8).to_text())
    _heading("A report over four objects, with subtotals", f"{command} report revenue_by_tier_and_family {where}")
    click.echo(org.report("revenue_by_tier_and_family").run().to_text())
    _heading("A matrix report", f"{command} report won_by_region_and_quarter {where}")
    click.echo(org.report("won_by_region_and_quarter").run().to_text())
    account_id = _busy_account(org)
    _heading("A record on its page layout", f"{command} page Account {account_id} {where}")
    click.echo(org.page("Account", account_id).to_text())


def _busy_account(org: Org) -> str:
    """The id of an account whose page has something to show in every list."""
    busy = org.report(
        {
            "from": "Account",
            "joins": dict.fromkeys(("Subscriptions", "ServiceVisits", "Cases"), "inner"),
            "where": "Tier__c IN ('Platinum', 'Gold') AND Subscriptions.IsActive",
            "columns": ["Id", "Name"],
            "sort": ["Name"],
            "limit": 1,
        }
    )
    found = busy.run().records() or org["Account"].find(limit=1)
    return found[0]["Id"]


def _heading(title: str, command: str) -> None:
    click.echo(f"\n{click.style(title, bold=True)}\n{click.style('$ ' + command, dim=True)}\n")


def _next_steps(folder: Path, command: str, where: str) -> None:
    metadata = shlex.quote(str(folder / "crm"))
    click.echo(f"""
{click.style("What is where", bold=True)}
  {folder / "demo.db"}  the org: one SQLite file
  {folder / "crm"}  its metadata, on top of the bundled package 'sales'
  {folder / "records"}  its records, as CSV

{click.style("What to try next", bold=True)}
  {command} describe Account {where}
  {command} list Opportunity.big_deals --param least=200000 --where "CloseDate = NEXT_N_DAYS:60" {where}
  {command} report won_by_region_and_quarter --explain {where}
  {command} export Account platinum.csv --where "Tier__c = 'Platinum'" {where}

Then add a field in {folder / "crm" / "account.yaml"}, and:
  {command} plan {metadata} {where}
  {command} apply {metadata} {where}""")


def _command() -> str:
    """How this program was called, as far as a shell needs to know."""
    called = Path(sys.argv[0])
    found = shutil.which("objectforge")
    on_path = found is not None and Path(found).resolve() == called.resolve()
    return "objectforge" if on_path or called.name != "objectforge" else shlex.quote(sys.argv[0])
