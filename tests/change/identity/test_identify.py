from __future__ import annotations

import pytest

from objectforge import Metadata, MetadataError
from objectforge.change.identity.allocation import new_registry
from objectforge.change.identity.identify import identify, identify_version
from objectforge.change.planning.make import make_plan
from objectforge.relations.resolve import resolve
from objectforge.relations.schema import Schema
from objectforge.storage.registry import Registry


def schema(text: str) -> Schema:
    return resolve(Metadata.parse(text, "org.yaml"))


def known(text: str) -> Registry:
    return new_registry(schema(text))


SHOP = "objects: {Shop: {fields: {Fax: phone, Kind: [A, B], Home: address}}}"


def test_what_is_renamed_keeps_its_identity() -> None:
    registry = known(SHOP)
    renamed = schema(
        "objects: {Store: {was: Shop, fields: {Telefax: {type: phone, was: Fax}, Kind: [{value: First, was: A}, B], "
        "Office: {type: address, was: Home}}}}"
    )

    found = identify(registry, renamed)

    before = registry.identities
    assert before.objects["Shop"] == found.objects["Store"]
    assert before.fields["Shop", "Fax"] == found.fields["Store", "Telefax"]
    assert before.fields["Shop", "HomeStreet"] == found.fields["Store", "OfficeStreet"]
    kind = before.fields["Shop", "Kind"]
    assert before.values[kind, "A"] == found.values["Store", "Kind", "First"]


@pytest.mark.parametrize(
    ("told", "text"),
    [
        pytest.param(
            [
                "org.yaml:1:61: OF701 'Dial' and 'Telefax' both say that they were Shop.Fax",
                "remove Fax from the `was:` of one of them",
            ],
            "objects: {Shop: {fields: {Telefax: {type: phone, was: Fax}, Dial: {type: phone, was: Fax}}}}",
            id="two fields",
        ),
        pytest.param(
            ["OF701 'Y' and 'X' both say that they were Shop"],
            "objects: {X: {was: Shop}, Y: {was: Shop}}",
            id="two objects",
        ),
        pytest.param(
            ["OF701 'Z' and 'Y' both say that they were Shop.Kind.A"],
            "objects: {Shop: {fields: {Kind: [{value: Y, was: A}, {value: Z, was: A}]}}}",
            id="two values",
        ),
        pytest.param(
            ["OF702 the history of the field 'Fax' does not fit the org, which has Shop.Fax", "write no `was:`"],
            "objects: {Shop: {fields: {Fax: {type: phone, was: Dial}}}}",
            id="a history that the org does not know",
        ),
    ],
)
def test_contradicting_histories_are_issues_with_their_places(told: list[str], text: str) -> None:
    with pytest.raises(MetadataError) as wrong:
        identify(known(SHOP), schema(text))

    for each in told:
        assert each in str(wrong.value)


def test_a_shortened_history_is_given_whole() -> None:
    first = schema("objects: {A: {}}")
    second = schema("objects: {B: {was: A}}")
    registry = make_plan(new_registry(first), first, second).after

    with pytest.raises(MetadataError, match=r"write `was: \[B, A\]`"):
        identify(registry, schema("objects: {C: {was: B}}"))


def test_what_is_computed_is_never_what_has_values() -> None:
    registry = known("objects: {Shop: {fields: {Total: currency}}}")
    formula = schema("objects: {Shop: {fields: {Total: {type: formula, returns: currency, formula: '1'}}}}")

    assert ("Shop", "Total") not in identify(registry, formula).fields


def test_a_version_is_known_by_the_identities_that_its_names_had() -> None:
    first = schema(SHOP)
    registry = new_registry(first)
    renamed = schema(
        "objects: {Store: {was: Shop, fields: {Fax: phone, Kind: [B, {value: C, was: A}], Home: address}}}"
    )
    later = make_plan(registry, first, renamed).after

    found = identify_version(later, first, registry.identities)

    assert later.identities.objects["Store"] == found.objects["Shop"]
    kind = later.identities.fields["Store", "Kind"]
    assert later.identities.values[kind, "C"] == found.values["Shop", "Kind", "A"]
