"""`$User` is the user who asks or writes: in formulas, conditions, validations and defaults."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from objectforge import Metadata
from objectforge.errors.exceptions import MetadataError, RecordInvalid
from objectforge.org.org import Org
from objectforge.testing import temp_org

METADATA = """
extend:
  User:
    fields: {Limit__c: currency}
objects:
  Deal:
    fields:
      Amount: currency
      By: {type: text, default: "=$User.Name"}
      Mine: {type: formula, returns: checkbox, formula: "OwnerId = $User.Id"}
      Rest: {type: formula, returns: currency, formula: "$User.Limit__c - Amount"}
      Above: {type: formula, returns: text, formula: "$user.Manager.Name & '!'"}
    validations:
      limit: {error_if: "Amount > $User.Limit__c", message: Too much for you}
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def org(request: pytest.FixtureRequest) -> Iterator[Org]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with temp_org(Metadata.parse(METADATA), url=url) as opened:
        yield opened


def test_each_user_sees_the_own_values(org: Org) -> None:
    ada = org["User"].create({"Name": "Ada", "Username": "ada", "Limit__c": 100})
    bob = org["User"].create({"Name": "Bob", "Username": "bob", "Limit__c": 50, "ManagerId": ada.Id})
    org.as_user(bob)["Deal"].create({"Name": "Pump", "Amount": 40})
    (seen,) = org.as_user(bob)["Deal"].find()
    assert (seen.By, seen.Mine, seen.Rest, seen.Above) == ("Bob", True, Decimal(10), "Ada!")
    (seen,) = org.as_user(ada)["Deal"].find()
    assert (seen.By, seen.Mine, seen.Rest, seen.Above) == ("Bob", False, Decimal(60), "!")


def test_a_condition_chooses_by_the_user(org: Org) -> None:
    ada, bob = (org["User"].create({"Name": name, "Username": name, "Limit__c": 99}) for name in ("Ada", "Bob"))
    org.as_user(ada)["Deal"].create({"Name": "Pump"})
    assert [deal.Name for deal in org.as_user(ada)["Deal"].find("OwnerId = $User.Id")] == ["Pump"]
    assert org.as_user(bob)["Deal"].find("OwnerId = $User.Id") == []
    assert len(org.as_user(bob)["Deal"].find("Mine = FALSE AND $User.Limit__c > 98")) == 1


def test_a_validation_judges_by_the_user(org: Org) -> None:
    bob = org["User"].create({"Name": "Bob", "Username": "bob", "Limit__c": 50})
    org.as_user(bob)["Deal"].create({"Name": "Pump", "Amount": 50})
    with pytest.raises(RecordInvalid, match="Too much for you"):
        org.as_user(bob)["Deal"].create({"Name": "Pump", "Amount": 51})


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        pytest.param("$User", r"\$User is a record", id="no field"),
        pytest.param("$User.Nam", "Nam", id="no such field"),
        pytest.param("$Profile.Name", r"no global '\$Profile' here", id="another global"),
    ],
)
def test_a_global_that_is_none_is_refused(formula: str, message: str) -> None:
    text = f"objects: {{Deal: {{fields: {{X: {{type: formula, returns: text, formula: {formula}}}}}}}}}"
    with temp_org(Metadata.parse("objects: {Other: {}}")) as org, pytest.raises(MetadataError, match=message):
        org.deploy(Metadata.parse(text))
