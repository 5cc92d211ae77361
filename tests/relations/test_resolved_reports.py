from __future__ import annotations

import pytest
from org_texts import ORG, schema_of

from objectforge.errors.exceptions import MetadataError, QueryError
from objectforge.expressions.typed import Aggregate, Ref, Step
from objectforge.expressions.walk import walk
from objectforge.metadata.metadata import Metadata
from objectforge.metadata.models import Report as ReportModel
from objectforge.relations.conditions import resolve_columns, resolve_condition, resolve_sort
from objectforge.relations.report import Report, ReportSort
from objectforge.relations.reports import resolve_report
from objectforge.relations.schema import Schema
from objectforge.values.kinds import NULL


def test_columns_are_keyed_by_their_path_in_declared_spelling(schema: Schema) -> None:
    view = schema.list_views["Deal.open"]

    assert [column.key for column in view.columns] == ["Name", "Company.Name", "Company.Parent.Name", "Company.Revenue"]
    assert view.columns[2].ref.steps == (Step("CompanyId", "Company"), Step("ParentId", "Company"))
    assert [column.label for column in view.columns] == ["Name", "Company", "Parent", "Revenue"]


def test_columns_with_the_same_heading_are_told_apart_by_their_object(schema: Schema) -> None:
    report = _ad_hoc(schema, {"from": "Company", "joins": {"Deals": "inner"}, "columns": ["Name", "Deals.Name"]})

    assert [column.label for column in report.columns] == ["Name", {"en": "Deal: Name"}]


def test_a_view_has_its_order_defaults_and_board(schema: Schema) -> None:
    view = schema.list_views["Deal.open"]

    assert [(key.ref.field, key.descending) for key in view.sort] == [("Amount", True), ("Name", False)]
    assert set(view.defaults) == {"least"}
    assert view.kanban is not None
    assert isinstance(view.kanban.value, Aggregate)


def test_parents_come_before_their_children_in_the_tree(schema: Schema) -> None:
    nodes = schema.reports["by_industry"].nodes

    assert [(node.path, node.object, node.up) for node in nodes.values()] == [
        ("", "Company", False), ("Deals", "Deal", False), ("Deals.Lines", "Line", False),
        ("Deals.Product__r", "Product", True),
    ]  # fmt: skip


def test_measures_keep_their_order_whatever_they_name(schema: Schema) -> None:
    measures = schema.reports["by_industry"].measures

    assert list(measures) == ["share", "average", "amount", "deals", "companies", "prices"]
    assert measures["average"].type.percent
    assert measures["average"].type.scale == 2
    assert measures["average"].value.type.scale == 18


@pytest.mark.parametrize(
    ("grain", "measure"),
    [
        pytest.param(("Deals", (), "Deal"), "amount", id="the owner of the field"),
        pytest.param(("Deals", (), "Deal"), "deals", id="a join path"),
        pytest.param(("", (), "Company"), "companies", id="the base's name"),
        pytest.param(("Deals.Product__r", (), "Product"), "prices", id="an upward join"),
    ],
)
def test_every_aggregate_has_its_grain(schema: Schema, grain: tuple[object, ...], measure: str) -> None:
    assert grain == _grain(schema, schema.reports["by_industry"].measures[measure].value)


@pytest.mark.parametrize(
    ("grain", "value"),
    [
        pytest.param(
            ("Deals", (Step("Product__c", "Product"),), "Product"),
            "sum(Deals.Product__r.Price)",
            id="a parent on a path",
        ),
        pytest.param(("Deals", (), "Deal"), "sum(Deals.Product__r.Price, Deals)", id="named by a second argument"),
        pytest.param(("Deals", (), "Deal"), "sum(Deals.Amount * Revenue)", id="what reaches the other upwards"),
        pytest.param(
            ("Deals.Lines", (), "Line"), "sum(Deals.Amount * Deals.Lines.Quantity)", id="the deepest on a branch"
        ),
        pytest.param(("", (Step("ParentId", "Company"),), "Company"), "count(Parent)", id="a path upwards is counted"),
    ],
)
def test_grains_follow_from_paths(schema: Schema, grain: tuple[object, ...], value: str) -> None:
    report = _ad_hoc(
        schema, {"from": "Company", "joins": {"Deals": "inner", "Deals.Lines": "outer"}, "measures": {"m": value}}
    )

    assert grain == _grain(schema, report.measures["m"].value)


def _grain(schema: Schema, tree: object) -> tuple[object, ...]:
    found = next(node for node in walk(tree) if isinstance(node, Aggregate))  # type: ignore[arg-type]
    assert isinstance(found.grain, Ref)
    assert found.grain.field == "Id"
    return found.grain.node, found.grain.steps, found.grain.object


def _ad_hoc(schema: Schema, given: dict[str, object]) -> Report:
    return resolve_report(schema, ReportModel.model_validate({"name": "adhoc", **given}))


def test_sorting_names_keys_and_measures_in_any_case(schema: Schema) -> None:
    assert schema.reports["by_industry"].sort == (ReportSort("amount", True), ReportSort("Industry"))


def test_rows_of_a_tabular_report_are_sorted_by_fields(schema: Schema) -> None:
    (entry,) = schema.reports["listed"].sort

    assert (entry.name, entry.descending) == ("Amount", True)
    assert entry.ref is not None
    assert entry.ref.object == "Deal"


def test_a_report_given_at_run_time_raises_what_is_wrong(schema: Schema) -> None:
    with pytest.raises(MetadataError, match="OF240"):
        _ad_hoc(schema, {"from": "Deal", "columns": ["Nam"]})


def test_the_places_of_a_report_given_as_data_are_shown(schema: Schema) -> None:
    metadata = Metadata.from_dict({"reports": {"adhoc": {"from": "Deal", "columns": ["Nam"]}}})

    with pytest.raises(MetadataError, match="did you mean 'Name'"):
        resolve_report(schema, metadata.reports["adhoc"], metadata.places)


@pytest.mark.parametrize(
    ("objects", "fits"), [pytest.param(6, True, id="six are allowed"), pytest.param(4, False, id="four are allowed")]
)
def test_settings_say_how_many_objects_a_report_joins(objects: int, fits: bool) -> None:
    settings = f"settings: {{org: {{report_objects: {objects}}}}}\n"
    joins = "{Deals: inner, Deals.Lines: inner, Branches: inner, Parent: inner}"
    text = settings + ORG.replace("{Deals.Lines: outer, deals: outer, Deals.Product__r: outer}", joins)
    text = text.replace("      prices: sum(Deals.Product__r.Price)\n", "")
    if fits:
        assert len(schema_of(text).reports["by_industry"].nodes) == 5
    else:
        with pytest.raises(MetadataError, match="OF503"):
            schema_of(text)


def test_two_upward_joins_are_one_branch(schema: Schema) -> None:
    joins = {"Company": "inner", "Product__r": "inner", "Lines": "inner"}
    columns = ["Company.Name", "Product__r.Name", "Lines.Quantity"]

    assert len(_ad_hoc(schema, {"from": "Deal", "joins": joins, "columns": columns}).columns) == 3


def test_conditions_given_at_run_time_are_typed(schema: Schema) -> None:
    deal = schema.objects["Deal"]

    assert resolve_condition(schema, deal, "Company.Industry = :i", {"i": NULL}) is not None
    assert [key.descending for key in resolve_sort(schema, deal, ["-Amount", "Name"])] == [True, False]
    assert [column.key for column in resolve_columns(schema, schema.objects["Note"], ["about:deal.amount"])] == [
        "About:Deal.Amount"
    ]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        pytest.param("Amount > 1 AND Nam = 'x'", 16, id="an unknown field"),
        pytest.param("Amount > :least", 10, id="a bind that is not given"),
        pytest.param("Amount >", 9, id="no expression"),
    ],
)
def test_a_wrong_condition_at_run_time_points_into_its_text(schema: Schema, text: str, column: int) -> None:
    with pytest.raises(QueryError) as caught:
        resolve_condition(schema, schema.objects["Deal"], text)

    assert caught.value.issue.span is not None
    assert caught.value.issue.span.column == column


def test_layouts_name_fields_and_lists_in_declared_spelling(schema: Schema) -> None:
    layout = schema.layouts["Company.main"]

    assert [[item.field for item in column] for column in layout.sections[0].columns] == [
        ["Name", "Address"],
        ["Revenue"],
    ]
    assert [(each.name, each.child, each.field) for each in layout.related] == [
        ("Deals", "Deal", "CompanyId"), ("Branches", "Company", "ParentId"),
    ]  # fmt: skip
    assert [column.key for column in layout.related[1].columns] == ["Name"]
