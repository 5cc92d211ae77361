from __future__ import annotations

import pytest

from objectforge.relations.naming import default_children, label_of, parent_path, plural


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("Account", "AccountId"),
        ("Region__r", "Region__c"),
        ("Account", "Account"),
        ("Paid", "Paid"),
        ("Id", "Id"),
        ("PAID", "PAID"),
    ],
)
def test_a_lookup_opens_the_path_of_its_name(path: str, field: str) -> None:
    assert path == parent_path(field)


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("Opportunities", "Opportunity"), ("Days", "Day"), ("Boxes", "Box"), ("Classes", "Class"), ("Quizes", "Quiz"),
        ("Branches", "Branch"), ("Wishes", "Wish"), ("Deals", "Deal"), ("Skies", "Sky"), ("Ys", "Y"),
    ],
)  # fmt: skip
def test_plurals_follow_the_rule(many: str, one: str) -> None:
    assert many == plural(one)


@pytest.mark.parametrize(
    ("name", "object_name", "object_plural", "field"),
    [
        pytest.param("Deals", "Deal", None, "AccountId", id="the usual plural"),
        pytest.param("Deals__r", "Deal", None, "Account__c", id="of a custom field"),
        pytest.param("Invoices__r", "Invoice__c", None, "Account__c", id="both custom"),
        pytest.param("People", "Person", "People", "AccountId", id="a plural of its own"),
    ],
)
def test_children_are_called_by_the_plural(name: str, object_name: str, object_plural: str | None, field: str) -> None:
    assert name == default_children(object_name, object_plural, field)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Open Amount", "Open_Amount__c"),
        ("Close Date", "CloseDate"),
        ("Closing soon".title(), "closing_soon"),
        ("VIP Name", "VIPName"),
    ],
)
def test_a_name_without_a_label_is_read_as_words(label: str, name: str) -> None:
    assert label == label_of(name)
