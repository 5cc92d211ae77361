"""A picklist compared with a value that it does not declare is warned of at its place, and of nothing else."""

from __future__ import annotations

import pytest

from objectforge import Metadata
from objectforge.errors.issue import Severity
from objectforge.org.org import Org
from objectforge.relations.resolve import examine

METADATA = """\
value_sets: {Region: [East, West]}
objects:
  Account: {fields: {Region: {type: picklist, value_set: Region}}}
  Deal:
    fields:
      Account: {type: lookup, to: Account, children: Deals}
      Stage: [Open, {value: Closed Won, was: [Won]}, {value: Old, active: false}]
      Kinds: {type: multipicklist, values: [Red, Blue]}
      Free: {type: picklist, values: [P], restricted: false}
"""
VIEW = "list_views: {Deal.v: {columns: [Name], where: %s}}"


def formula(text: str) -> str:
    return f"      F: {{type: formula, returns: number, formula: {text}}}\n"


@pytest.mark.parametrize(
    ("more", "hint"),
    [
        pytest.param(VIEW % "\"Name = 'x' AND Stage = «'Closed Wonn'»\"", "did you mean 'Closed Won'?", id="equal"),
        pytest.param(VIEW % "\"«'Opn'» != stage\"", "did you mean 'Open'?", id="the other side"),
        pytest.param(VIEW % "\"Stage IN ('Old', «'Lost'»)\"", "values: Open, Closed Won", id="one of several"),
        pytest.param(VIEW % "\"Stage = «'Won'»\"", "it is 'Closed Won' now", id="a former name"),
        pytest.param(VIEW % "\"Kinds INCLUDES ('Red;Blue', «'Red;Rd'»)\"", "did you mean 'Red'?", id="includes"),
        pytest.param(VIEW % "\"Account.Region = «'North'»\"", "values: East, West", id="a parent's, of a value set"),
        pytest.param(
            VIEW % "\"Id IN (SELECT Id FROM Deal WHERE Stage = «'x'»)\"", "values: Open, Closed Won", id="in a query"
        ),
        pytest.param(formula("\"CASE(Stage, «'Opened'», 1, 0)\""), "did you mean 'Open'?", id="case"),
        pytest.param(formula("\"IF(ISPICKVAL(Stage, «'x'»), 1, 0)\""), "values: Open, Closed Won", id="ispickval"),
        pytest.param(formula("\"IF(EXCLUDES(Kinds, «'x'»), 1, 0)\""), "values: Red, Blue", id="excludes"),
        pytest.param(formula("\"IF(TEXT(Stage) = «'x'», 1, 0)\""), "values: Open, Closed Won", id="as a text"),
        pytest.param(
            "    validations: {v: {error_if: \"PRIORVALUE(Stage) = «'x'»\", message: No}}", "values: Open", id="a rule"
        ),
        pytest.param(
            "reports: {r: {from: Deal, measures: {n: {value: count(), where: \"Stage = «'x'»\"}}}}",
            "values: Open",
            id="report",
        ),
    ],
)
def test_a_value_that_is_not_declared_is_warned_of(more: str, hint: str) -> None:
    text = METADATA + more
    schema, (issue,) = examine(Metadata.parse(text.replace("«", "").replace("»", "")))
    assert schema is not None
    assert (issue.code, issue.severity) == ("OF250", Severity.WARNING)
    assert issue.span is not None
    source, start, end = issue.span.source.text, issue.span.start, issue.span.end
    assert f"{source[:start]}«{source[start:end]}»{source[end:]}" == text
    assert issue.hint is not None
    assert issue.hint.startswith(hint)


@pytest.mark.parametrize(
    "where",
    [
        pytest.param("Stage = 'closed WON'", id="another case"),
        pytest.param("Stage = 'Old' OR Stage = '' OR Stage = null", id="inactive and empty"),
        pytest.param("Free = 'any'", id="not restricted"),
        pytest.param("Kinds INCLUDES ('Red;Blue', 'blue')", id="several values"),
        pytest.param("Stage LIKE 'C%' OR Name = 'Lost'", id="patterns and texts"),
    ],
)
def test_what_may_be_is_not_warned_of(where: str) -> None:
    _, issues = examine(Metadata.parse(METADATA + VIEW % f'"{where}"'))
    assert issues == ()


def test_a_plan_tells_it_and_is_applied() -> None:
    org = Org.open("sqlite://")
    plan = org.plan(Metadata.parse(METADATA + VIEW % "\"Stage = 'Opn'\""))
    assert [issue.code for issue in plan.advice] == ["OF250"]
    org.apply(plan)
    assert org["Deal"].find("Stage = 'Opn'") == []
    assert org.list_view("Deal.v").page().rows == ()
