"""Whatever the size of a question, the answer is a result or a `QueryError`, and soon."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from objectforge import Metadata, evaluate
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
      Tags: {type: multipicklist, values: [a, b]}
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


def test_five_thousand_conditions_on_one_field_are_a_list(org: Org) -> None:
    either = " OR ".join(f"Amount = {n}" for n in range(5000))
    assert len(org["Deal"].find(either)) == 5
    neither = " AND ".join(f"Name != 'd{n}'" for n in range(3, 5000))
    assert sorted(deal.Name for deal in org["Deal"].find(neither)) == ["d0", "d1", "d2"]
    assert len(org["Deal"].find(f"NOT ({neither})")) == 2


def test_hundreds_of_conditions_have_an_answer(org: Org) -> None:
    both = " AND ".join(f"(Name != 'x{n}' OR Closes = null)" for n in range(600))
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


def test_thousands_of_literals_have_an_answer(org: Org) -> None:
    assert org["Deal"].count(f"Amount IN ({', '.join(map(str, range(14_000)))})") == 5


def fields(count: int) -> str:
    return ", ".join(f"Amount a{n}" for n in range(count))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        pytest.param("OF317", f"WHERE Amount IN ({', '.join(map(str, range(70_000)))})", id="70,000 literals"),
        pytest.param("OF317", f"WHERE Name = '{'x' * 1_000_000}'", id="a million characters"),
        pytest.param("OF339", "WHERE " + " AND ".join(f"(Name != 'x{n}' OR Closes = null)" for n in range(2500)),
                     id="thousands of conditions"),
        pytest.param("OF339", "WHERE " + " OR ".join(f"Closes = LAST_N_DAYS:{n + 1}" for n in range(2500)),
                     id="thousands of periods"),
        pytest.param("OF339", f"WHERE Tags INCLUDES ('{';'.join(f'v{n}' for n in range(5000))}')", id="many choices"),
        pytest.param("OF339", f"ORDER BY MAX({', '.join(['Fine'] * 6000)})", id="a large order"),
        pytest.param("OF944", f"ORDER BY {', '.join(['Name'] * 101)}", id="keys of an order"),
        pytest.param("OF944", f", {', '.join(f'Deal.Mother m{n}' for n in range(101))}", id="objects after FROM"),
        pytest.param("OF339", f"WHERE {' AND '.join(['Id IN (SELECT Mother FROM Deal)'] * 21)}", id="queries after IN"),
    ],
)  # fmt: skip
def test_what_passes_a_limit_is_refused_with_its_place(code: str, text: str, org: Org) -> None:
    with pytest.raises(QueryError) as refused:
        list(org.query(f"SELECT Id FROM Deal {text}"))
    assert refused.value.issue.code == code
    assert refused.value.issue.span is not None
    assert refused.value.issue.hint is not None
    assert len(str(refused.value)) < 1000


@pytest.mark.parametrize(
    ("code", "text"),
    [
        pytest.param("OF944", f"SELECT {fields(1501)} FROM Deal", id="columns"),
        pytest.param("OF339", f"SELECT {', '.join(f'Amount * 2 + {n} a{n}' for n in range(1300))} FROM Deal", id="sum"),
        pytest.param("OF339", f"SELECT {', '.join(f'SUM(Amount + {n}) a{n}' for n in range(300))} FROM Deal",
                     id="aggregates"),
        pytest.param("OF944", f"SELECT COUNT(Id) FROM Deal GROUP BY {', '.join(['Name'] * 101)}", id="keys"),
        pytest.param("OF943", f"SELECT COUNT(Id) FROM Deal GROUP BY ROLLUP({'Name, ' * 10}Name)", id="ROLLUP"),
        pytest.param("OF944", f"SELECT Id{', (SELECT Id FROM Daughters)' * 101} FROM Deal", id="child queries"),
    ],
)  # fmt: skip
def test_a_query_of_too_many_parts_is_refused_with_its_place(code: str, text: str, org: Org) -> None:
    for ask in (org.query, org.explain):
        with pytest.raises(QueryError) as refused:
            ask(text)
        assert refused.value.issue.code == code
        assert refused.value.issue.span is not None


def test_a_thousand_columns_are_shown(org: Org) -> None:
    assert len(next(iter(org.query(f"SELECT {fields(1000)} FROM Deal LIMIT 1")))) == 1000


def test_what_the_engine_refuses_points_at_the_text(org: Org) -> None:
    with pytest.raises(QueryError) as refused:
        org["Deal"].find("REGEX(Name, 'a')")
    assert refused.value.issue.span is not None


def test_the_largest_of_thousands_has_an_answer(org: Org) -> None:
    assert org["Deal"].count(f"MAX({', '.join(['Amount'] * 500)}, 7) = 7") == 5
    assert org["Deal"].count(f"MIN({', '.join(['Amount * Fine'] * 300)}, 0) < 1") == 5


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        pytest.param(0, "LEN(SUBSTITUTE(LPAD(Name, 131072, 'x'), 'x', LPAD(Name, 131072, 'y'))) > 0", id="a product"),
        pytest.param(5, "LEN(SUBSTITUTE(LPAD(Name, 1000, 'x'), 'x', 'yyyyyyyyyy')) > 9000", id="a short one"),
        pytest.param(0, f"LEN({' & '.join(['LPAD(Name, 131072)'] * 100)}) > 0", id="texts joined"),
        pytest.param(0, "LEN(LPAD(Name, 1000000000)) > 0", id="padding"),
        pytest.param(0, "LEN(HYPERLINK(LPAD(Name, 131072), 'x')) > 0", id="a link"),
        pytest.param(5, "IFERROR(SUBSTITUTE(LPAD(Name, 99999), 'd', LPAD(Name, 99999)), 'x') = 'x'", id="IFERROR"),
    ],
)
def test_a_text_that_would_be_too_long_is_null(expected: int, text: str, org: Org) -> None:
    assert org["Deal"].count(text) == expected
    shown = evaluate(f"IF({text}, 1, 0)", {"Name": "d1"}, fields={"Name": "text"})
    assert shown == (1 if expected else 0)


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


@pytest.mark.parametrize("sign", ["+", "-"])
def test_a_sum_of_a_hundred_amounts_has_an_answer(org: Org, sign: str) -> None:
    terms = [f"(Amount + {n}.5)" for n in range(100)]
    text = f" {sign} ".join(terms)
    for deal in org["Deal"].find("Amount != null"):
        expected = evaluate(text, {"Amount": deal.Amount}, fields={"Amount": "currency"})
        assert [deal.Id] == [
            each.Id for each in org["Deal"].find(f"Id = :id AND {text} = :sum", id=deal.Id, sum=expected)
        ]


def test_seventy_parents_are_refused_with_a_place(org: Org) -> None:
    with pytest.raises(QueryError) as refused:
        org["Deal"].find(".".join(["Mother"] * 70) + ".Name = 'x'")
    assert refused.value.issue.span is not None


def test_a_formula_field_may_choose_a_hundred_times_in_a_row() -> None:
    choices = "".join(f"IF(N = {n}, 'is {n}', " for n in range(100)) + "'other'" + ")" * 100
    text = f'objects: {{A: {{fields: {{N: number, F: {{type: formula, returns: text, formula: "{choices}"}}}}}}}}'
    with temp_org(Metadata.parse(text)) as made:
        assert [made["A"].create({"Name": "a", "N": n}).F for n in (0, 99, 100)] == ["is 0", "is 99", "other"]
