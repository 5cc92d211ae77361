"""What is held is out of sight and out of the way: records come and go as if it were not there, and lose nothing."""

from __future__ import annotations

from typing import Any

import pytest
from living_orgs import Living

from objectforge import Metadata, PlanRefused

FIRM = "  Firm: {}\n"
DEAL = "  Deal: {fields: {Firm: {type: lookup, to: Firm}, Any: {type: lookup, to: [Firm, Deal], children: Anys}}}\n"
BOTH = f"objects:\n{FIRM}{DEAL}"
WITHOUT_LOOKUPS = f"objects:\n{FIRM}  Deal: {{}}\n"
WITHOUT_DEALS = f"objects:\n{FIRM}"
SIGHTS = [
    pytest.param(WITHOUT_LOOKUPS, id="the lookups are held"),
    pytest.param(WITHOUT_DEALS, id="the object is held"),
]


def deploy(org: Any, text: str) -> None:
    plan = org.plan(Metadata.parse(text))
    org.apply(plan, allow=["*"] if any(step.risk == "lossy" for step in plan.steps) else [])
    assert org.plan(Metadata.parse(text)).is_empty


def in_order(org: Any) -> bool:
    return not org.doctor() and not org.drift()


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("way", ["hard", "emptied"])
def test_a_record_goes_for_good_though_held_links_lead_to_it(way: str, sight: str, living: Living) -> None:
    org = living(BOTH)
    firm, other = org["Firm"].create(Name="f"), org["Firm"].create(Name="g")
    deal = org["Deal"].create(Name="d", Firm=firm.Id, Any=firm.Id)
    kept = org["Deal"].create(Name="e", Firm=other.Id, Any=other.Id)
    deploy(org, sight)
    org["Firm"].delete(firm.Id, hard=way == "hard")
    if way == "emptied":
        assert 1 == org.empty_bin()
    deploy(org, BOTH)
    found = {row.Id: (row.Firm, row.Any) for row in org["Deal"].find()}
    assert {deal.Id: (None, None), kept.Id: (other.Id, other.Id)} == found
    assert in_order(org)


@pytest.mark.parametrize("sight", SIGHTS)
def test_deleting_and_restoring_a_parent_touches_no_held_link(sight: str, living: Living) -> None:
    org = living(BOTH)
    firm = org["Firm"].create(Name="f")
    deal = org["Deal"].create(Name="d", Firm=firm.Id, Any=firm.Id)
    deploy(org, sight)
    org["Firm"].delete(firm.Id)
    org["Firm"].restore(firm.Id)
    deploy(org, BOTH)
    found = org["Deal"].get(deal.Id)
    assert (firm.Id, firm.Id, deal.SystemModstamp) == (found.Firm, found.Any, found.SystemModstamp)


@pytest.mark.parametrize("sight", SIGHTS)
def test_a_link_emptied_before_it_was_held_leads_back_when_its_record_is_restored(sight: str, living: Living) -> None:
    org = living(BOTH)
    firm = org["Firm"].create(Name="f")
    deal = org["Deal"].create(Name="d", Firm=firm.Id, Any=firm.Id)
    org["Firm"].delete(firm.Id)
    deploy(org, sight)
    org["Firm"].restore(firm.Id)
    deploy(org, BOTH)
    found = org["Deal"].get(deal.Id)
    assert (firm.Id, firm.Id) == (found.Firm, found.Any)


@pytest.mark.parametrize("sight", SIGHTS)
def test_a_link_that_returns_waits_for_its_record_in_the_bin(sight: str, living: Living) -> None:
    org = living(BOTH)
    firm = org["Firm"].create(Name="f")
    deal = org["Deal"].create(Name="d", Firm=firm.Id)
    deploy(org, sight)
    org["Firm"].delete(firm.Id)
    deploy(org, BOTH)
    assert org["Deal"].get(deal.Id).Firm is None
    assert in_order(org)
    org["Firm"].restore(firm.Id)
    assert firm.Id == org["Deal"].get(deal.Id).Firm


def test_the_latest_memory_of_a_link_counts(living: Living) -> None:
    org = living(BOTH)
    first, second = org["Firm"].create(Name="f"), org["Firm"].create(Name="g")
    deal = org["Deal"].create(Name="d", Firm=first.Id)
    org["Firm"].delete(first.Id)
    org["Deal"].update(deal.Id, Firm=second.Id)
    deploy(org, WITHOUT_LOOKUPS)
    org["Firm"].delete(second.Id)
    deploy(org, BOTH)
    org["Firm"].restore(first.Id)
    assert org["Deal"].get(deal.Id).Firm is None
    org["Firm"].restore(second.Id)
    assert second.Id == org["Deal"].get(deal.Id).Firm


@pytest.mark.parametrize(
    "bound",
    [
        pytest.param("{type: lookup, to: Firm, required: true, on_delete: cascade}", id="required"),
        pytest.param("{type: master_detail, to: Firm}", id="a master"),
    ],
)
@pytest.mark.parametrize("hard", [pytest.param(False, id="in the bin"), pytest.param(True, id="gone for good")])
@pytest.mark.parametrize("sight", SIGHTS)
def test_what_must_have_its_record_does_not_return_without_it(
    sight: str, hard: bool, bound: str, living: Living
) -> None:
    whole = f"objects:\n{FIRM}  Deal: {{fields: {{Firm: {bound}}}}}\n"
    org = living(whole)
    firm = org["Firm"].create(Name="f")
    deal = org["Deal"].create(Name="d", Firm=firm.Id)
    deploy(org, sight)
    org["Firm"].delete(firm.Id, hard=hard)
    plan = org.plan(Metadata.parse(whole))
    assert [deal.Id] == [obstacle.id for obstacle in org.failures(plan)]
    with pytest.raises(PlanRefused, match="Deal"):
        org.apply(plan)
    assert org.schema.objects.keys() == {*Metadata.parse(sight).objects} | {"User"}
    if not hard:
        org["Firm"].restore(firm.Id)
        deploy(org, whole)
        assert firm.Id == org["Deal"].get(deal.Id).Firm
    else:
        deploy(org, f"objects:\n{FIRM}  Deal: {{fields: {{Firm: {{type: lookup, to: Firm}}}}}}\n")
        assert org["Deal"].get(deal.Id).Firm is None


def test_records_of_a_held_object_stay_in_the_bin_until_it_returns(living: Living) -> None:
    whole = f"objects:\n{FIRM}  Deal: {{fields: {{Firm: {{type: master_detail, to: Firm}}}}}}\n"
    org = living(whole)
    firm = org["Firm"].create(Name="f")
    deal = org["Deal"].create(Name="d", Firm=firm.Id)
    org["Firm"].delete(firm.Id)
    deploy(org, WITHOUT_DEALS)
    org["Firm"].restore(firm.Id)
    assert 0 == org.empty_bin()
    deploy(org, whole)
    assert [] == list(org["Deal"].find())
    org["Deal"].restore(deal.Id)
    assert firm.Id == org["Deal"].get(deal.Id).Firm
    assert in_order(org)


def test_a_link_whose_field_is_a_text_by_now_is_not_put_back(living: Living) -> None:
    org = living(BOTH)
    firm = org["Firm"].create(Name="f")
    deal = org["Deal"].create(Name="d", Firm=firm.Id)
    org["Firm"].delete(firm.Id)
    deploy(org, f"objects:\n{FIRM}  Deal: {{fields: {{Firm: text}}}}\n")
    org["Firm"].restore(firm.Id)
    assert org["Deal"].get(deal.Id).Firm is None


@pytest.mark.parametrize(
    ("expected", "field"),
    [
        pytest.param(None, "{type: text, length: 9}", id="a text"),
        pytest.param("b", "{type: text, required: true, default: b}", id="a required text with a default"),
        pytest.param(False, "checkbox", id="a checkbox"),
        pytest.param(True, '{type: checkbox, default: "true"}', id="a checkbox that is true by default"),
    ],
)
def test_a_record_made_meanwhile_has_what_a_new_field_would_give_it(
    expected: object, field: str, living: Living
) -> None:
    org = living("objects: {Deal: {}}")
    org["Deal"].create(Name="before")
    deploy(org, "{objects: {Deal: {fields: {F: {type: text, required: true, default: a}}}}}")
    deploy(org, "objects: {Deal: {}}")
    org["Deal"].create(Name="meanwhile")
    if "checkbox" in field:
        deploy(org, f"{{objects: {{Deal: {{fields: {{G: {field}}}}}}}}}")
        deploy(org, "objects: {Deal: {}}")
        org["Deal"].create(Name="later")
        deploy(org, f"{{objects: {{Deal: {{fields: {{G: {field}}}}}}}}}")
        assert [expected] * 3 == [row.G for row in org["Deal"].find()]
        return
    deploy(org, f"{{objects: {{Deal: {{fields: {{F: {field}}}}}}}}}")
    assert ["a", expected] == [row.F for row in org["Deal"].find()]


def test_a_required_field_does_not_return_over_records_that_lack_it(living: Living) -> None:
    whole = "{objects: {Deal: {fields: {F: {type: text, required: true}}}}}"
    org = living(whole)
    org["Deal"].create(Name="a", F="x")
    deploy(org, "objects: {Deal: {}}")
    lacking = org["Deal"].create(Name="b")
    plan = org.plan(Metadata.parse(whole))
    assert [lacking.Id] == [obstacle.id for obstacle in org.failures(plan)]
    with pytest.raises(PlanRefused, match=r"Deal\.F"):
        org.apply(plan)


def test_a_default_that_would_break_uniqueness_refuses_the_plan(living: Living) -> None:
    org = living("{objects: {Deal: {fields: {F: {type: text, unique: true}}}}}")
    org["Deal"].create_many([{"Name": "a"}, {"Name": "b"}])
    with pytest.raises(PlanRefused, match="unique"):
        org.deploy(
            Metadata.parse("{objects: {Deal: {fields: {F: {type: text, unique: true, required: true, default: x}}}}}")
        )
    assert [None, None] == [row.F for row in org["Deal"].find()]


def test_a_value_is_not_renamed_to_one_that_is_held_by_records(living: Living) -> None:
    org = living("{objects: {Deal: {fields: {Tier: [Gold, Tin]}}}}")
    org["Deal"].create_many([{"Name": "a", "Tier": "Gold"}, {"Name": "b", "Tier": "Tin"}])
    with pytest.raises(PlanRefused, match="a value of that name, which is held"):
        org.deploy(
            Metadata.parse("{objects: {Deal: {fields: {Tier: {type: picklist, values: [{value: Tin, was: Gold}]}}}}}"),
            allow=["*"],
        )
    assert ["Gold", "Tin"] == [row.Tier for row in org["Deal"].find()]


def test_a_retype_that_loses_something_is_safe_where_there_is_nothing(living: Living) -> None:
    org = living("{objects: {Deal: {fields: {At: datetime}}}}")
    org["Deal"].create(Name="a")
    org.deploy(Metadata.parse("{objects: {Deal: {fields: {At: date}}}}"))
    assert "date" == org.schema.objects["Deal"].fields["At"].type.type_name
    assert [None] == [row.At for row in org["Deal"].find()]


def test_a_held_object_whose_name_another_has_taken_is_none_of_its_own(living: Living) -> None:
    org = living(BOTH)
    deal = org["Deal"].create(Name="d")
    deploy(org, WITHOUT_DEALS)
    deploy(org, "objects: {Deal: {was: Firm}}")
    assert in_order(org)
    deploy(org, "objects: {Third: {was: [Deal, Firm]}, Deal: {}}")
    assert [deal.Id] == [row.Id for row in org["Deal"].find()]


def test_a_value_that_is_held_counts_when_a_picklist_becomes_a_short_text(living: Living) -> None:
    org = living("{objects: {Deal: {fields: {Tier: [Gold, Platinum]}}}}")
    kept = org["Deal"].create(Name="a", Tier="Platinum")
    deploy(org, "{objects: {Deal: {fields: {Tier: [Gold]}}}}")
    plan = org.plan(Metadata.parse("{objects: {Deal: {fields: {Tier: text(5)}}}}"))
    assert [kept.Id] == [obstacle.id for obstacle in org.failures(plan)]
