from __future__ import annotations

import pytest

from objectforge.metadata.metadata import collect_text

OBJECT = "objects:\n  Room:\n    "


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param("for example fields: {Code: text(20), Seats: integer}", OBJECT + "fields: [Code]", id="fields"),
        pytest.param("for example unique: {one_per_day: [Room, Day]}", OBJECT + "unique: [Code]", id="unique"),
        pytest.param(
            "for example measures: {records: count(), total: sum(Amount)}",
            "reports:\n  all: {from: Room, measures: [count()]}", id="measures",
        ),
        pytest.param(
            "for example joins: {Contacts: outer}", "reports:\n  all: {from: Room, joins: [Days]}", id="joins"
        ),
        pytest.param(
            "for example params: {at_least: {type: integer, default: 100}}",
            "reports:\n  all: {from: Room, params: [least]}", id="params",
        ),
        pytest.param(
            "for example when: {Red: [Light, Dark], Blue: [Dark]}",
            OBJECT + "fields:\n      Tone: {type: picklist, values: [a], controlled_by: Kind, when: [a]}", id="when",
        ),
        pytest.param(
            "for example sections: [{label: Details, fields: [Name]}]",
            "layouts:\n  Room.main: {sections: {Details: [Name]}}", id="sections",
        ),
        pytest.param(
            "one text holds the whole condition: where: \"Amount > 5 AND Stage = 'Won'\"",
            "list_views:\n  Room.all: {columns: [Name], where: [Name = null]}", id="where",
        ),
        pytest.param(
            'put the text in quotes: message: "# ..."',
            OBJECT + "validations:\n      named:\n        error_if: ISBLANK(Name)\n        message: #1 rule",
            id="a text that is a comment",
        ),
        pytest.param("write settings: {org: {locale: ...}}", "settings: {locale: en}", id="settings without org"),
        pytest.param("known keys: org", "settings: {lokale: en}", id="unknown settings"),
    ],
)  # fmt: skip
def test_what_is_of_the_wrong_shape_is_shown_the_right_one(expected: str, text: str) -> None:
    _, (issue,) = collect_text(text)

    assert expected == issue.hint
