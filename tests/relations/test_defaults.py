from __future__ import annotations

from decimal import Decimal

import pytest

from objectforge.errors.exceptions import MetadataError
from objectforge.expressions.typed import Const
from objectforge.metadata.metadata import Metadata
from objectforge.relations.defaults import default_order
from objectforge.relations.resolve import resolve


def _yaml(*fields: str) -> str:
    return "objects:\n  Deal:\n    fields:\n" + "".join(f"      {field}\n" for field in fields)


@pytest.mark.parametrize(
    ("expected", "fields"),
    [
        pytest.param(
            ["B", "A"],
            ['A: {type: number, default: "=B"}', 'B: {type: number, default: "=1 + 1"}'],
            id="another default",
        ),
        pytest.param(
            ["B", "A"],
            [
                'A: {type: number, default: "=F"}',
                "F: {type: formula, returns: number, formula: B * 2}",
                'B: {type: number, default: "=1 + 1"}',
            ],
            id="through a formula",
        ),
        pytest.param(
            ["Up", "A"],
            [
                'A: {type: text, default: "=Up.Name"}',
                "Up: {type: lookup, to: User, children: Deals, default: =$User.Id}",
            ],
            id="the way to a parent",
        ),
        pytest.param(
            ["Stage", "A"],
            [
                'A: {type: number, default: "=Chance"}',
                "Chance: number",
                "Stage: {type: picklist, values: [{value: New, sets: {Chance: 1}}], default: \"=LEFT('New', 3)\"}",
            ],
            id="what a picklist sets",
        ),
        pytest.param(
            ["Chance", "Stage"],
            [
                'Stage: {type: picklist, values: [{value: New, sets: {Chance: 1}}], default: "=LEFT(TEXT(Chance), 1)"}',
                'Chance: {type: number, default: "=1 + 1"}',
            ],
            id="what it sets decides on the picklist",
        ),
    ],
)
def test_a_default_comes_after_what_it_reads(expected: list[str], fields: list[str]) -> None:
    found = default_order(resolve(Metadata.parse(_yaml(*fields))).objects["Deal"])
    assert expected == list(found)


@pytest.mark.parametrize(
    ("message", "hint", "fields"),
    [
        pytest.param("A -> A", "cannot use its own field", ['A: {type: number, default: "=A + 1"}'], id="itself"),
        pytest.param(
            "A -> A",
            "cannot use its own field",
            ['A: {type: number, default: "=F"}', "F: {type: formula, returns: number, formula: A * 2}"],
            id="itself through a formula",
        ),
        pytest.param(
            "A -> B -> A",
            "must not use the next",
            ['A: {type: number, default: "=B"}', 'B: {type: number, default: "=A"}'],
            id="two of each other",
        ),
    ],
)
def test_defaults_in_a_circle_are_reported_at_the_default(message: str, hint: str, fields: list[str]) -> None:
    with pytest.raises(MetadataError) as caught:
        resolve(Metadata.parse(_yaml(*fields)))
    (issue,) = caught.value.issues
    assert ("OF235", 4) == (issue.code, issue.span.line if issue.span else 0)
    assert message in issue.message
    assert hint in (issue.hint or "")


@pytest.mark.parametrize(
    ("expected", "field"),
    [
        pytest.param("New", 'F: {type: picklist, values: [New, Old], default: ="new"}', id="a picklist's value"),
        pytest.param(Decimal("1.23"), 'F: {type: number, default: "=1.234"}', id="a number"),
    ],
)
def test_a_default_without_names_is_kept_as_its_field_keeps_it(expected: object, field: str) -> None:
    tree = resolve(Metadata.parse(_yaml(field))).objects["Deal"].fields["F"].default
    assert isinstance(tree, Const)
    assert expected == tree.value


@pytest.mark.parametrize(
    "field",
    [
        pytest.param('F: {type: picklist, values: [New, Old], default: ="Nwe"}', id="no value of the picklist"),
        pytest.param('F: {type: text, length: 2, default: ="abc"}', id="too long a text"),
    ],
)
def test_a_default_without_names_must_be_a_value_of_its_field(field: str) -> None:
    with pytest.raises(MetadataError) as caught:
        resolve(Metadata.parse(_yaml(field)))
    assert ["OF233"] == [issue.code for issue in caught.value.issues]


@pytest.mark.parametrize("text", ["ISNEW()", "ischanged(Name)", "PRIORVALUE(Name) = 'x'"])
@pytest.mark.parametrize(
    "field",
    [
        pytest.param('F: {{type: formula, returns: checkbox, formula: "{0}"}}', id="a formula field"),
        pytest.param('F: {{type: checkbox, default: "={0}"}}', id="a default"),
        pytest.param('F: {{type: lookup, to: Deal, filter: "{0}"}}', id="a filter"),
    ],
)
def test_what_looks_at_a_save_stands_in_validations_only(text: str, field: str) -> None:
    with pytest.raises(MetadataError) as caught:
        resolve(Metadata.parse(_yaml(field.format(text))))
    (issue,) = caught.value.issues
    assert ("OF246", 4) == (issue.code, issue.span.line if issue.span else 0)
