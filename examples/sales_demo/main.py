"""A sales org from the bundled metadata and generated CSV files, and what it answers."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from objectforge import Org, demo
from objectforge.demo.records import write_records

METADATA = Path(demo.__file__).parent / "crm"


def main() -> None:
    with TemporaryDirectory() as folder, Org.open("sqlite://") as org:
        org.deploy(METADATA)
        for file in write_records(Path(folder), today=date.today()):
            result = org[file.object].load(file.path)
            print(f"{file.object:25} {result.created:6,} records")

        print("\nBig deals in play")
        print(org.list_view("Opportunity.big_deals").page(size=8, least=100_000).to_text())

        print("\nRevenue by tier and product family: accounts, deals, lines and products")
        print(org.report("revenue_by_tier_and_family").run().to_text())

        print("\nWon by region and quarter")
        print(org.report("won_by_region_and_quarter").run().to_text())

        best = org["Opportunity"].first(where="IsWon", sort="-Amount")
        print("\nThe page of the largest deal won")
        print(org.page("Opportunity", best.Id).to_text())


if __name__ == "__main__":
    main()
