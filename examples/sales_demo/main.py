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

        best = org["Opportunity"].first(where="IsWon", sort="-Amount")
        for answer in (
            org.list_view("Opportunity.big_deals").page(size=8, least=100_000),
            org.report("revenue_by_tier_and_family").run(),
            org.report("won_by_region_and_quarter").run(),
            org.page("Opportunity", best.Id),
        ):
            print()
            print(answer.to_text())


if __name__ == "__main__":
    main()
