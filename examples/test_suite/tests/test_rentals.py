"""What the rental desk relies on."""

from decimal import Decimal

import pytest

from objectforge import RecordInvalid
from objectforge.testing import TempOrg


def test_a_retired_bike_is_not_rented(forge_org: TempOrg) -> None:
    with pytest.raises(RecordInvalid, match="That bike is retired"):
        forge_org["Rental"].make(Bike=forge_org.fixtures["rusty"])


def test_a_rental_does_not_end_before_it_starts(forge_org: TempOrg) -> None:
    with pytest.raises(RecordInvalid, match="ends after it starts"):
        forge_org["Rental"].make(Start="2026-06-02", End="2026-06-01")


def test_a_bike_with_rentals_stays(forge_org: TempOrg) -> None:
    with pytest.raises(RecordInvalid):
        forge_org["Bike"].delete(forge_org.fixtures["cargo"])


def test_open_rentals_are_those_without_an_end(forge_org: TempOrg) -> None:
    page = forge_org.list_view("Rental.open").page()

    assert [(row["Bike.Name"], row["Customer.Name"]) for row in page.rows] == [("Old Mule", "Ben Ito")]


@pytest.mark.parametrize("rentals", [0, 1, 25])
def test_income_is_summed_over_the_rentals_of_a_kind(forge_org: TempOrg, rentals: int) -> None:
    # Only what matters is said: customers and dates are made up, the same ones each time.
    forge_org["Rental"].make(n=rentals, Bike=forge_org.fixtures["racer"], Price="10.10")

    income = {row["Kind"]: row["income"] for row in forge_org.report("income_by_kind").run().records()}

    assert income["Cargo"] == Decimal("79.90")
    assert income["Racing"] == (rentals * Decimal("10.10") or None)
