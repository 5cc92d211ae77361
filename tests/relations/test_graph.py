from __future__ import annotations

from org_texts import schema_of

from objectforge.relations.graph import creation_order, join_tree
from objectforge.relations.schema import Schema
from objectforge.relations.uses import users


def test_every_lookup_is_an_edge_per_target(schema: Schema) -> None:
    assert schema.graph.has_edge("Deal", "Company", key="CompanyId")
    assert {target for _, target, key in schema.graph.out_edges("Note", keys=True) if key == "AboutId"} == {
        "Company",
        "Deal",
    }


def test_tables_are_made_after_those_they_point_at(schema: Schema) -> None:
    order = creation_order(schema.objects)
    place = {name: number for number, name in enumerate(order.objects)}

    assert place["User"] < place["Company"] < place["Deal"] < place["Line"]
    assert ("Company", "ParentId") in {(lookup.object, lookup.field) for lookup in order.later}
    assert ("Deal", "CompanyId") not in {(lookup.object, lookup.field) for lookup in order.later}


def test_a_circle_of_lookups_is_closed_later() -> None:
    schema = schema_of("objects: {A: {fields: {B: {type: lookup, to: B}}}, B: {fields: {A: {type: lookup, to: A}}}}")
    order = creation_order(schema.objects)
    later = {(lookup.object, lookup.field) for lookup in order.later}

    assert order.objects == ("User", "A", "B")
    assert ("A", "B") in later
    assert ("B", "A") not in later


def test_a_join_tree_leads_from_the_base_downwards(schema: Schema) -> None:
    nodes = schema.reports["by_industry"].nodes
    tree = join_tree({path: node.parent for path, node in nodes.items()})

    assert set(tree.successors("Deals")) == {"Deals.Lines", "Deals.Product__r"}


def test_what_uses_a_field_is_known(schema: Schema) -> None:
    assert users(schema.uses, "Deal.Amount") == (
        "Company.Won", "layout Company.main", "list_view Deal.open", "report by_industry", "report listed",
        "validation Deal.positive",
    )  # fmt: skip
    assert "Deal.CompanyId" in users(schema.uses, "Company.Industry")
    assert "Company.Twice" in users(schema.uses, "Company.Won")
    assert "Deal.Stage" in users(schema.uses, "Deal.Chance")
    assert users(schema.uses, "Nothing.Here") == ()
