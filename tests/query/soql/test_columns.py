from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from objectforge import Org

DEALS = """
settings: {org: {locale: LOCALE}}
objects:
  Deal:
    fields:
      Stage:
        type: picklist
        values: [{value: Open, label: {en: Still open, ja: 未決}}, {value: Won, label: {en: Won it, ja: 受注}}, Lost]
      Kinds: {type: multipicklist, values: [{value: a, label: {en: Ay, ja: あ}}, b]}
"""


@pytest.fixture(params=["en", "ja"])
def labels(request: pytest.FixtureRequest) -> tuple[str, str, str]:
    return ("Still open", "Won it", "Ay") if request.param == "en" else ("未決", "受注", "あ")


@pytest.fixture
def org(deploy: Callable[..., Org], labels: tuple[str, str, str]) -> Org:
    made = deploy(DEALS.replace("LOCALE", "en" if labels[0].isascii() else "ja"))
    rows = [{"Stage": "Open", "Kinds": "a;b"}, {"Stage": "Won"}, {"Stage": "Lost", "Kinds": "b"}, {}]
    made["Deal"].create_many({"Name": name, **row} for name, row in zip("abcd", rows, strict=True))
    return made


def rows(org: Org, text: str) -> list[list[Any]]:
    return [list(row.values()) for row in org.query(text)]


def test_labels_are_shown_in_the_language_of_the_org(org: Org, labels: tuple[str, str, str]) -> None:
    opened, won, ay = labels
    expected = [[opened, "Open", f"{ay};b"], [won, "Won", None], ["Lost", "Lost", "b"], [None, None, None]]
    assert expected == rows(org, "SELECT toLabel(Stage) shown, Stage, toLabel(Kinds) FROM Deal ORDER BY Name")


@pytest.mark.parametrize(
    ("expected", "where"),
    [
        pytest.param("b", "toLabel(Stage) = 'WON'", id="equal"),
        pytest.param("acd", "toLabel(Stage) != 'WON'", id="not equal"),
        pytest.param("bc", "toLabel(Stage) IN ('WON', 'lost')", id="in a list"),
        pytest.param("ad", "toLabel(Stage) NOT IN ('WON', 'lost')", id="not in a list"),
        pytest.param("a", "toLabel(Stage) LIKE 'OPEN%'", id="like"),
        pytest.param("d", "toLabel(Stage) = null", id="null"),
        pytest.param("", "toLabel(Stage) = 'Open'", id="a value that has a label is not found by itself"),
        pytest.param("c", "Name IN (SELECT Name FROM Deal WHERE toLabel(Stage) = 'Lost')", id="inside"),
    ],
)
def test_labels_are_compared(expected: str, where: str, org: Org, labels: tuple[str, str, str]) -> None:
    told = where.replace("WON", labels[1]).replace("OPEN", labels[0][:2])
    assert list(expected) == [row.Name for row in org.query(f"SELECT Name FROM Deal WHERE {told} ORDER BY Name")]


def test_labels_make_groups(org: Org, labels: tuple[str, str, str]) -> None:
    found = rows(org, "SELECT toLabel(Stage) s, COUNT(Id) FROM Deal GROUP BY toLabel(Stage) ORDER BY toLabel(Stage)")
    assert [[None, 1], *([label, 1] for label in sorted(("Lost", *labels[:2])))] == found
    shown = rows(org, "SELECT toLabel(Stage), COUNT(Id) FROM Deal GROUP BY Stage ORDER BY Stage DESC")
    assert [["Lost", 1], [labels[1], 1], [labels[0], 1], [None, 1]] == shown


def test_labels_are_explained(org: Org) -> None:
    assert "reads every record of Deal" in org.explain("SELECT toLabel(Stage) FROM Deal WHERE toLabel(Stage) = 'x'")


VISITS = """
objects:
  Station: {fields: {Size: number}}
  City: {fields: {Mayor: text}}
  Customer: {fields: {Email: email, City: {type: lookup, to: City}}}
  Visit: {fields: {Subject: {type: lookup, to: [Station, Customer], children: Visits}}}
"""


@pytest.mark.parametrize("path", [f"Subject.{name}" for name in ("Email", "City.Mayor", "Size", "Name", "Type")])
def test_a_column_has_the_name_of_the_field_whichever_parent_has_it(deploy: Callable[..., Org], path: str) -> None:
    org = deploy(VISITS)

    assert (path,) == org.query(f"SELECT {path.lower()} FROM Visit").columns
