from __future__ import annotations

import pytest

from objectforge.layouts.generated import generated_layout
from objectforge.metadata.metadata import Metadata
from objectforge.relations.layout import Layout
from objectforge.relations.resolve import resolve
from objectforge.relations.schema import Schema

SCHEMA = """
objects:
  Shop:
    fields:
      Code: text(5)
      Site: address
      Notes: long_text
      Opened: date
  Sale:
    fields:
      Shop: {type: lookup, to: Shop, children: Sales}
      Memo: long_text
      Note: text
      Buyer: {type: lookup, to: Shop, children: Purchases}
      Day: date
      Small: number
      Amount: {type: currency, required: true}
      Stage: [Open, Closed]
"""


@pytest.fixture(scope="module")
def schema() -> Schema:
    return resolve(Metadata.parse(SCHEMA))


@pytest.fixture
def shop(schema: Schema) -> Layout:
    return generated_layout(schema, schema.objects["Shop"])


def test_the_name_comes_first_compounds_are_whole_and_long_texts_stand_below(shop: Layout) -> None:
    assert [[[item.field for item in column] for column in section.columns] for section in shop.sections] == [
        [["Name", "Code"], ["Site", "Opened"]],
        [["Notes"]],
        [["OwnerId", "CreatedById", "CreatedDate"], ["Id", "LastModifiedById", "LastModifiedDate"]],
    ]


def test_every_child_relationship_has_a_list_of_its_telling_fields(shop: Layout) -> None:
    assert {related.name: [column.key for column in related.columns] for related in shop.related} == {
        "Sales": ["Name", "Stage", "Amount", "Day"],
        "Purchases": ["Name", "Stage", "Amount", "Day"],
    }
    assert {related.name: related.field for related in shop.related} == {"Sales": "Shop", "Purchases": "Buyer"}


def test_every_object_of_the_sales_package_has_one() -> None:
    schema = resolve(Metadata.parse("uses: [sales]"))
    layouts = [generated_layout(schema, obj) for obj in schema]
    assert list(schema.objects) == [layout.object for layout in layouts]
    assert all(3 >= len(section.columns) >= 1 for layout in layouts for section in layout.sections)
