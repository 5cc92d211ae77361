from __future__ import annotations

import pytest
from sqlalchemy.dialects import postgresql, sqlite
from storage_schemas import Thing, make_schema, with_views

from objectforge.change.identity.allocation import new_registry
from objectforge.change.plan import Plan
from objectforge.change.planning.facts import NoRecords
from objectforge.change.planning.make import make_plan
from objectforge.change.risk import Risk
from objectforge.change.steps import RenameField
from objectforge.metadata.models import ListView

DATE = {"type": "date"}
TO_USER = {"type": "lookup", "to": "User"}
PICKLIST = {"type": "picklist", "values": ["A", "B"]}


def plan_of(before: object, after: object) -> Plan:
    """The plan from one field F of an object to another; None: no such field."""
    current, target = (make_schema({"X": {} if field is None else {"F": field}}) for field in (before, after))
    return make_plan(new_registry(current), current, target)


@pytest.mark.parametrize(
    ("expected", "before", "after"),
    [
        pytest.param(["+ field X.F"], None, DATE, id="a new field"),
        pytest.param(
            ["+ field X.F, existing records get 'A'"],
            None,
            {**PICKLIST, "required": True, "default": "A"},
            id="a new required field",
        ),
        pytest.param(
            ["+ field X.F"],
            None,
            {**DATE, "required": True},
            id="a new required field without a default",
        ),
        pytest.param(["+ field X.F", "+ index X (F)"], None, TO_USER, id="a new lookup"),
        pytest.param(["~ field X.F: label, help"], DATE, {**DATE, "label": "L", "help": "H"}, id="label"),
        pytest.param(
            ["~ field X.F: new values C"], PICKLIST, {**PICKLIST, "values": ["C", "B", "A"]}, id="a picklist value"
        ),
        pytest.param(
            ["~ field X.F: values"],
            PICKLIST,
            {**PICKLIST, "values": ["A", {"value": "B", "label": "b", "active": False}]},
            id="a value's label",
        ),
        pytest.param(
            ["~ field X.F: length 9 -> 255"], {"type": "text", "length": 9}, {"type": "text"}, id="length raised"
        ),
        pytest.param(
            ["~ field X.F: precision 5 -> 18"],
            {"type": "number", "precision": 5},
            {"type": "number"},
            id="precision raised",
        ),
        pytest.param(["~ field X.F: no longer required"], {**DATE, "required": True}, DATE, id="required off"),
        pytest.param(
            ["~ field X.F: no longer restricted"], PICKLIST, {**PICKLIST, "restricted": False}, id="restricted off"
        ),
        pytest.param(
            ["~ field X.F: now unique", "+ unique X (F), checked against the records"],
            {"type": "text"},
            {"type": "text", "unique": True},
            id="unique on",
        ),
        pytest.param(
            ["- unique X (F)", "~ field X.F: no longer unique"],
            {"type": "text", "unique": True},
            {"type": "text"},
            id="unique off",
        ),
        pytest.param(
            ["- index X (F)", "~ field X.F: now case_sensitive", "+ index X (F)"],
            {"type": "text", "indexed": True},
            {"type": "text", "indexed": True, "case_sensitive": True},
            id="an index by another key",
        ),
        pytest.param(
            ["~ field X.F: formula"],
            {"type": "formula", "returns": "number", "formula": "1"},
            {"type": "formula", "returns": "number", "formula": "2"},
            id="a formula",
        ),
    ],
)
def test_an_additive_change_is_a_safe_or_checked_step(expected: list[str], before: object, after: object) -> None:
    plan = plan_of(before, after)
    assert str(plan).splitlines()[: len(expected)] == expected
    assert len(plan.steps) == len(expected)
    assert plan.refused == ()
    assert {step.risk for step in plan.steps} <= {Risk.SAFE, Risk.CHECKED}


@pytest.mark.parametrize(
    ("expected", "before", "after"),
    [
        pytest.param("- field X.F is held, empty", DATE, None, id="removed"),
        pytest.param("~ field X.F: date -> datetime, 0 values", DATE, {"type": "datetime"}, id="retyped"),
        pytest.param("~ field X.F: text -> text(9)", {"type": "text"}, {"type": "text", "length": 9}, id="shortened"),
        pytest.param("~ field X.F: number", {"type": "number"}, {"type": "number", "scale": 3}, id="scale"),
        pytest.param("~ field X.F: now required", DATE, {**DATE, "required": True}, id="required"),
        pytest.param("- value X.F 'B' is held", PICKLIST, {**PICKLIST, "values": ["A"]}, id="a value gone"),
        pytest.param(
            "~ field X.F: lookup(User) -> lookup(X), 0 values", TO_USER, {"type": "lookup", "to": "X"}, id="retargeted"
        ),
        pytest.param(
            "~ field X.F: date -> datetime, 0 values, midnight in UTC\n~ field X.F: label, now required",
            {**DATE, "default": "2026-01-01"},
            {"type": "datetime", "default": "2026-01-01", "label": "L", "required": True},
            id="retyped, and more",
        ),
        pytest.param("~ field X.F: filter", TO_USER, {**TO_USER, "filter": "IsActive"}, id="a filter"),
    ],
)
def test_every_other_change_is_a_step_too(expected: str, before: object, after: object) -> None:
    plan = plan_of(before, after)
    assert str(plan).startswith(expected)
    assert plan.refused == ()


def test_a_rename_touches_nothing_but_the_name() -> None:
    current = make_schema({"X": {"Old": DATE}})
    target = make_schema({"X": {"New": {**DATE, "was": "Old"}}})
    plan = make_plan(new_registry(current), current, target)
    assert (RenameField("X", "Old", "New"),) == plan.steps
    assert () == plan.sql(sqlite.dialect())
    assert "old_" == plan.after.names.objects["X"].columns["New"]


def test_a_prefix_that_another_object_has_is_refused() -> None:
    current = make_schema({"X": {}})
    target = make_schema({"X": {}, "Y": Thing({}, prefix="a00")})
    plan = make_plan(new_registry(current), current, target)
    assert [step.name for step in plan.refused] == ["Y"]


def test_an_object_with_too_many_fields_is_refused() -> None:
    target = make_schema({"X": {f"F{i}": DATE for i in range(1500)}})
    assert [step.change for step in make_plan(None, None, target).refused] == [
        "its table would have 1509 columns, dropped ones included, and has room for 1500"
    ]


class UsedUp(NoRecords):
    """A table that has had more columns than are allowed, most of them dropped since."""

    def columns_used(self, number: int) -> int:
        return 1510


@pytest.mark.parametrize(
    ("refused", "fields"),
    [
        pytest.param(["X"], {"Old": DATE, "New": DATE}, id="one more column"),
        pytest.param([], {"Old": {**DATE, "label": "Long ago"}}, id="another label"),
        pytest.param([], {}, id="one fewer in sight"),
    ],
)
def test_columns_that_were_dropped_count_where_another_is_added(refused: list[str], fields: dict[str, object]) -> None:
    current = make_schema({"X": {"Old": DATE}})
    plan = make_plan(new_registry(current), current, make_schema({"X": fields}), facts=UsedUp())
    assert refused == [step.name for step in plan.refused]


def test_a_plan_reads_well() -> None:
    current = make_schema({"Account": {"Fax": {"type": "text"}}})
    views = {f"Account.v{i}": ListView(object="Account", name=f"v{i}", columns=("Name",)) for i in range(6)}
    target = make_schema({"Account": {"City": {"type": "text", "indexed": True}}, "Site": {}}, name="Acme")
    plan = make_plan(new_registry(current), current, with_views(target, list_views=views))
    assert str(plan) == "\n".join(
        (
            "? is Account.City the field Account.Fax under a new name? "
            "If so, write `was: Fax` with it; if not, allow=['Account.Fax']",
            "+ object Site (9 fields, 1 index)",
            "- field Account.Fax is held, empty",
            "+ field Account.City",
            "+ index Account (City)",
            "~ settings: name",
            "+ 6 list views",
            "  20 fields unchanged",
            "9 to add, 1 to change, 1 to take away",
        )
    )


def test_many_new_fields_are_one_line() -> None:
    current = make_schema({"X": {}})
    target = make_schema({"X": {f"F{number}": DATE for number in range(30)}})
    plan = make_plan(new_registry(current), current, target)
    assert str(plan).splitlines()[0] == "+ 30 fields of X: F0, F1, F2, F3, F4, F5, ..."
    assert len(plan.steps) == 30


def test_the_sql_of_a_plan_is_shown_per_dialect() -> None:
    current = make_schema({"Order": {}})
    target = make_schema({"Order": {"To": TO_USER, "Code": {"type": "text", "unique": True}}})
    plan = make_plan(new_registry(current), current, target)
    assert plan.sql(sqlite.dialect()) == (
        "ALTER TABLE order_ ADD COLUMN to_ INTEGER CONSTRAINT fk_f21 REFERENCES user_ (id)",
        "ALTER TABLE order_ ADD COLUMN code TEXT",
        "CREATE INDEX ix_f21 ON order_ (to_)",
        'CREATE UNIQUE INDEX uq_f22 ON order_ (code COLLATE "NOCASE") WHERE is_deleted = 0',
    )
    assert plan.sql(postgresql.dialect()) == (
        "ALTER TABLE order_ ADD COLUMN to_ BIGINT CONSTRAINT fk_f21 REFERENCES user_ (id)",
        "ALTER TABLE order_ ADD COLUMN code TEXT",
        "CREATE INDEX ix_f21 ON order_ (to_ NULLS FIRST, id)",
        'CREATE UNIQUE INDEX uq_f22 ON order_ (lower(code COLLATE "C")) WHERE NOT is_deleted',
    )


def test_a_schema_without_a_registry_is_a_callers_mistake() -> None:
    schema = make_schema({})
    with pytest.raises(ValueError, match="both a registry and a schema"):
        make_plan(None, schema, schema)
