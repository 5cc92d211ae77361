from __future__ import annotations

from objectforge.relations.graph import join_tree
from objectforge.relations.schema import Schema
from objectforge.relations.uses import users


def test_every_lookup_is_an_edge_per_target(schema: Schema) -> None:
    assert schema.graph.has_edge("Deal", "Company", key="CompanyId")
    assert {target for _, target, key in schema.graph.out_edges("Note", keys=True) if key == "AboutId"} == {
        "Company",
        "Deal",
    }


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
