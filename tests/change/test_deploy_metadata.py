"""Storage under the schemas of real metadata, from YAML."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from storage_orgs import Deployed

from objectforge.change.planning.make import make_plan
from objectforge.errors.exceptions import PlanRefused
from objectforge.metadata.metadata import Metadata
from objectforge.relations.resolve import resolve
from objectforge.relations.schema import Schema
from objectforge.storage.history import load_metadata
from objectforge.storage.registry_store import load_registry
from objectforge.storage.snapshot import restore

INVOICE = """
objects:
  Account: {fields: {Tier: [Gold]}}
  Invoice:
    fields:
      Account: {type: lookup, to: Account}
      Issued: date
      Total: currency
      Twice: {type: formula, returns: currency, formula: Total * 2}
"""


def schema_of(text: str, *more: str) -> Schema:
    return resolve(Metadata.parse(text + "".join(f"      {line}\n" for line in more)))


def test_the_sales_package_is_deployed_and_comes_back_as_it_was(org: Deployed) -> None:
    schema = schema_of("uses: [sales]\nextend: {Account: {fields: {Site__c: geolocation, Home__c: address}}}\n")
    org.deploy(schema)
    with org.engine.connect() as connection:
        registry = load_registry(connection)
        current = resolve(restore(load_metadata(connection, 1)))
    assert make_plan(registry, current, schema).is_empty
    assert current.metadata == schema.metadata
    for name in schema.objects:
        assert len(org.rows(name, *(field.name for field in schema.objects[name].stored_fields))) == (name == "User")


@pytest.mark.parametrize(
    ("expected", "line"),
    [
        pytest.param(date(2026, 5, 1), 'Due: {type: date, required: true, default: "=TODAY() + 30"}', id="a date"),
        pytest.param(Decimal(11), 'F: {type: number, scale: 3, required: true, default: "=Total + 1"}', id="a sum"),
        pytest.param(Decimal("3.33"), 'F: {type: currency, required: true, default: "=Total / 3"}', id="rounded"),
        pytest.param(Decimal("20.00"), 'F: {type: currency, required: true, default: "=Twice"}', id="a formula"),
        pytest.param(True, 'F: {type: checkbox, default: "=Total > 5"}', id="a condition"),
        pytest.param(None, 'F: {type: date, default: "=TODAY()"}', id="not required"),
    ],
)
def test_a_default_by_expression_fills_the_records_that_are_there(expected: object, line: str, org: Deployed) -> None:
    org.deploy(schema_of(INVOICE))
    org.insert("Invoice", {"Id": 1, "Total": Decimal(10), "Issued": date(2026, 4, 1)})
    org.deploy(schema_of(INVOICE, line))
    assert org.rows("Invoice", line.partition(":")[0]) == [(expected,)]


def test_a_default_that_only_python_computes_is_refused(org: Deployed) -> None:
    org.deploy(schema_of(INVOICE))
    with pytest.raises(PlanRefused, match="cannot be computed by the database"):
        org.deploy(schema_of(INVOICE, """F: {type: checkbox, default: '=REGEX(Name, "a.*")'}"""))
    with org.engine.connect() as connection:
        assert load_registry(connection) == org.registry


def test_an_object_does_not_take_the_name_of_a_table_of_the_callers() -> None:
    plan = make_plan(None, None, schema_of(INVOICE), taken={"Invoice"})
    assert plan.after.by_name["Invoice"].storage_name == "invoice_1"
    assert {"invoice_1", "account", "user_"} == set(plan.tables.metadata.tables)
