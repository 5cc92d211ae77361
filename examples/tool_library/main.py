"""A lending library of tools: deployed from YAML, filled, and asked."""

from datetime import date

from objectforge import Org, RecordInvalid

CATEGORIES = [{"Name": "Drilling", "Needs_Briefing": True}, {"Name": "Garden"}, {"Name": "Ladders"}]
# A lookup takes an id, or any unique field of the record it points at.
TOOLS = [
    {"Code": "DR-1", "Name": "Hammer drill", "Category.Name": "Drilling", "Deposit": 50, "Bought": date(2023, 5, 2)},
    {"Code": "DR-2", "Name": "Core drill", "Category.Name": "Drilling", "Deposit": 120, "Bought": date(2025, 2, 11)},
    {"Code": "GA-1", "Name": "Hedge trimmer", "Category.Name": "Garden", "Condition": "Worn"},
    {"Code": "GA-2", "Name": "Chipper", "Category.Name": "Garden", "Condition": "Broken", "Deposit": 80},
    {"Code": "LA-1", "Name": "Extension ladder", "Category.Name": "Ladders"},
]
MEMBERS = [
    {"Name": "Jonas Vogel", "Email": "jonas@example.com", "Kind": "Household"},
    {"Name": "Priya Kim", "Email": "priya@example.com", "Kind": "Business"},
]
LOANS = [
    {"Tool.Code": "DR-1", "Member.Email": "jonas@example.com", "Fee": 8},
    {"Tool.Code": "DR-1", "Member.Email": "priya@example.com", "Fee": "12.50"},
    {"Tool.Code": "DR-2", "Member.Email": "priya@example.com", "Fee": 20},
    {"Tool.Code": "GA-1", "Member.Email": "jonas@example.com", "Fee": 6},
]


def main() -> None:
    with Org.open("sqlite://") as org:
        plan = org.deploy("metadata")
        print(f"{len(plan.steps)} steps made the org\n")

        with org.transaction():
            org["Category"].create_many(CATEGORIES)
            org["Tool"].create_many(TOOLS)
            org["Member"].create_many(MEMBERS)
            org["Loan"].create_many(LOANS)

        try:
            org["Loan"].create({"Tool.Code": "GA-2", "Member.Email": "jonas@example.com"}, Fee="6.005")
        except RecordInvalid as refused:
            print("Refused, with everything that is wrong:")
            print(refused, end="\n\n")

        print(org.list_view("Loan.out").page().to_text())
        print(org.list_view("Tool.worth_replacing").page(before=date(2024, 6, 1)).to_text())
        print(org.report("use_of_tools").run().to_text())

        jonas = org["Member"].first(where="Email = :email", email="jonas@example.com")
        print(org.page("Member", jonas.Id).to_text())


if __name__ == "__main__":
    main()
