from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite
from storage_schemas import make_schema

from objectforge.change.planning.make import make_plan

CIRCLE = {
    "A": {"B": {"type": "lookup", "to": "B", "children": "As"}},
    "B": {"A": {"type": "lookup", "to": "A", "children": "Bs"}},
}


def test_a_circle_of_new_objects_is_made_without_altering_tables_on_sqlite() -> None:
    statements = make_plan(None, None, make_schema(CIRCLE)).sql(sqlite.dialect())
    assert [one for one in statements if one.startswith("ALTER")] == []
    assert sum("REFERENCES a (id)" in one or "REFERENCES b (id)" in one for one in statements) == 2


def test_a_circle_of_new_objects_is_closed_by_a_late_column_on_postgresql() -> None:
    statements = make_plan(None, None, make_schema(CIRCLE)).sql(postgresql.dialect())
    assert [one.split(" CONSTRAINT")[0] for one in statements if one.startswith("ALTER")] == [
        "ALTER TABLE b ADD COLUMN a BIGINT"
    ]


def test_both_engines_make_the_same_indexes() -> None:
    plan = make_plan(None, None, make_schema(CIRCLE))
    made = [
        {one.split()[2] for one in plan.sql(dialect) if one.startswith("CREATE INDEX")}
        for dialect in (sqlite.dialect(), postgresql.dialect())
    ]
    assert made[0] == made[1]
