"""Whatever the size of a question, the answer is a result or a `QueryError`, and soon."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from objectforge import Metadata
from objectforge.errors.exceptions import QueryError
from objectforge.org.org import Org
from objectforge.testing import temp_org

METADATA = """
objects:
  Deal:
    fields:
      Amount: currency
      Fine: {type: number, precision: 18, scale: 9}
      Closes: date
      Seen: datetime
      Stage: [Zero, open]
      Mother: {type: lookup, to: Deal, children: Daughters}
"""


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def org(request: pytest.FixtureRequest) -> Iterator[Org]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with temp_org(Metadata.parse(METADATA), url=url) as made:
        made["Deal"].create_many(
            [{"Name": f"d{n}", "Amount": n, "Fine": "0.5", "Closes": "2024-01-01", "Stage": "open"} for n in range(5)]
        )
        yield made


def test_five_thousand_conditions_have_an_answer(org: Org) -> None:
    either = " OR ".join(f"Amount = {n}" for n in range(5000))
    assert len(org["Deal"].find(either)) == 5
    both = " AND ".join(f"(Name != 'x{n}' OR Closes = null)" for n in range(5000))
    assert len(org["Deal"].find(both)) == 5
    assert len(org["Deal"].find(f"NOT ({both})")) == 0


@pytest.mark.parametrize(
    ("expected", "where", "values"),
    [
        pytest.param(5, "Name IN :many", [f"D{n}" for n in range(70_000)], id="texts"),
        pytest.param(4, "Amount IN :many", list(range(1, 70_000)), id="numbers"),
        pytest.param(0, "Amount NOT IN :many", list(range(70_000)), id="not in"),
        pytest.param(5, "Fine * Amount * Amount * Fine >= 0 AND Name IN :many", [f"d{n}" for n in range(30)], id="few"),
        pytest.param(2, "Fine * Amount IN :many", [0, 1, *range(100, 200)], id="long numbers"),
        pytest.param(0, "Id IN :many", [f"junk{n}" for n in range(70_000)], id="ids that are none"),
    ],
)
def test_seventy_thousand_binds_have_an_answer(org: Org, expected: int, where: str, values: list[object]) -> None:
    assert org["Deal"].count(where, many=values) == expected


def test_seventy_thousand_literals_have_an_answer(org: Org) -> None:
    assert org["Deal"].count(f"Amount IN ({', '.join(map(str, range(70_000)))})") == 5


@pytest.mark.parametrize(
    "where",
    [
        pytest.param(" + ".join(["Amount"] * 150) + " > 0", id="a long sum"),
        pytest.param(" + ".join(["Amount * Fine"] * 90) + " > 0", id="a long sum of long numbers"),
        pytest.param(" & ".join(["Name"] * 190) + " = 'x'", id="many texts joined"),
        pytest.param("Amount" + " / 3" * 150 + " >= 0", id="a chain of divisions"),
        pytest.param("Closes" + " + 1" * 150 + " = 2024-05-30", id="a day moved many times"),
        pytest.param("Seen" + " + 1" * 150 + " = TODAY", id="an instant moved many times"),
        pytest.param("ABS(" * 150 + "Amount" + ")" * 150 + " >= 0", id="a function within itself"),
        pytest.param("CEILING(" * 150 + "Amount" + ")" * 150 + " >= 0", id="a function that copies its argument"),
        pytest.param("IF(" * 60 + "Amount > 0" + ", true, false)" * 60, id="choices within choices"),
        pytest.param("NOT (" * 150 + "Amount > 0" + ")" * 150, id="a negation of negations"),
        pytest.param("CASE(" * 60 + "Amount" + ", 1, 2, 3)" * 60 + " > 0", id="cases within cases"),
    ],
)
def test_deep_expressions_have_an_answer_or_are_refused(org: Org, where: str) -> None:
    try:
        found = org["Deal"].count(where)
    except QueryError:
        return
    assert 0 <= found <= 5


def test_seventy_parents_are_refused_with_a_place(org: Org) -> None:
    with pytest.raises(QueryError) as refused:
        org["Deal"].find(".".join(["Mother"] * 70) + ".Name = 'x'")
    assert refused.value.issue.span is not None
