from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from storage_orgs import MOMENT, Deployed
from storage_schemas import Thing, make_schema, with_views

from objectforge.change.applying import apply
from objectforge.change.applying.apply import apply_plan
from objectforge.change.planning.make import make_plan
from objectforge.errors.exceptions import Conflict, OrgLocked, PlanRefused
from objectforge.expressions.typed import Arithmetic, Call, Compare, Const, Fill, Ref
from objectforge.metadata.models import ListView
from objectforge.storage import counters, history
from objectforge.storage.engines import WRITES, schema_of
from objectforge.storage.history import load_history, load_metadata
from objectforge.storage.registry_store import load_registry
from objectforge.storage.snapshot import restore
from objectforge.storage.system_user import system_user_id
from objectforge.values.kinds import BOOLEAN, DATE, number

ACCOUNT = {"Code": {"type": "text", "unique": True}, "Parent": {"type": "lookup", "to": "Account"}}
CONTACT = {
    "AccountId": {"type": "lookup", "to": "Account"},
    "No": {"type": "autonumber", "format": "{000}", "start": 7},
}
SMALL = {"Account": ACCOUNT, "Contact": CONTACT}
FIRST = 1 << 40


def with_fields(**fields: dict) -> dict:
    return {"Account": {**ACCOUNT, **fields}, "Contact": CONTACT}


def test_the_first_deploy_makes_tables_registry_and_the_system_user(org: Deployed) -> None:
    schema = make_schema(SMALL)
    org.deploy(schema)
    assert {"account", "contact", "user_", "of_org", "of_history"} <= org.names_in_database()
    with org.engine.connect() as connection:
        assert org.registry == load_registry(connection)
        assert schema.metadata == restore(load_metadata(connection, 1))
        assert [one.version for one in load_history(connection)] == [1]
    id_ = system_user_id(org.registry)
    fields = ("Id", "Username", "Name", "IsActive", "OwnerId", "CreatedDate", "IsDeleted")
    assert [(id_, "system", "System", True, id_, MOMENT.now, False)] == org.rows("User", *fields)
    assert org.registry.ids.format(id_).startswith("005")


def test_a_plan_after_apply_is_empty(org: Deployed) -> None:
    schema = make_schema(SMALL)
    org.deploy(schema)
    again = make_plan(org.registry, org.schema, make_schema(SMALL))
    assert again.is_empty
    assert str(again) == "nothing to do: the org is as described"
    org.deploy(make_schema(SMALL))
    assert org.registry.version == 1


def test_objects_that_point_at_each_other_can_be_created(org: Deployed) -> None:
    org.deploy(make_schema(with_fields(Main={"type": "lookup", "to": "Contact"})))
    org.insert("Account", {"Id": FIRST + 1})
    with pytest.raises(IntegrityError):
        org.insert("Account", {"Id": FIRST + 2, "Main": 5})
    with pytest.raises(IntegrityError):
        org.insert("Contact", {"Id": 3, "AccountId": 5})


def test_a_polymorphic_lookup_has_no_foreign_key(org: Deployed) -> None:
    org.deploy(make_schema(with_fields(What={"type": "lookup", "to": ["Contact", "Account"]})))
    org.insert("Account", {"Id": FIRST + 1, "What": 5})
    assert org.rows("Account", "What") == [(5,)]


def test_unique_values_are_compared_by_key_among_living_records(org: Deployed) -> None:
    org.deploy(make_schema(SMALL))
    org.insert("Account", {"Id": 1, "Code": "abc", "IsDeleted": False}, {"Id": 2, "Code": "É", "IsDeleted": False})
    org.insert("Account", {"Id": 3, "Code": "é", "IsDeleted": False}, {"Id": 4, "Code": "ABC", "IsDeleted": True})
    with pytest.raises(IntegrityError):
        org.insert("Account", {"Id": 5, "Code": "ABC", "IsDeleted": False})


def test_unique_values_that_are_case_sensitive_differ_in_case(org: Deployed) -> None:
    org.deploy(make_schema({"A": {"Code": {"type": "text", "unique": True, "case_sensitive": True}}}))
    org.insert("A", {"Id": 1, "Code": "abc", "IsDeleted": False}, {"Id": 2, "Code": "ABC", "IsDeleted": False})
    with pytest.raises(IntegrityError):
        org.insert("A", {"Id": 3, "Code": "abc", "IsDeleted": False})


def test_a_checkbox_is_false_where_nothing_is_said(org: Deployed) -> None:
    org.deploy(make_schema({"A": {"On": {"type": "checkbox", "default": "true"}}}))
    org.insert("A", {"Id": 1})
    assert org.rows("A", "On", "IsDeleted") == [(False, False)]


@pytest.mark.parametrize(
    ("expected", "field"),
    [
        pytest.param(None, {"type": "text", "default": "x"}, id="not required: null"),
        pytest.param("it's % :x", {"type": "text", "default": "it's % :x", "required": True}, id="text"),
        pytest.param(True, {"type": "checkbox", "default": "true"}, id="checkbox"),
        pytest.param(False, {"type": "checkbox"}, id="checkbox without a default"),
        pytest.param(Decimal("-1.50"), {"type": "currency", "default": "-1.5", "required": True}, id="currency"),
        pytest.param(
            Decimal("9999999999999999.99"),
            {"type": "currency", "default": "9999999999999999.99", "required": True},
            id="eighteen digits",
        ),
        pytest.param(MOMENT.today, {"type": "date", "default": "2026-04-01", "required": True}, id="date"),
        pytest.param(
            MOMENT.now, {"type": "datetime", "default": "2026-04-01T12:00:00Z", "required": True}, id="datetime"
        ),
        pytest.param("A", {"type": "picklist", "values": ["A", "B"], "default": "A", "required": True}, id="picklist"),
    ],
)
def test_a_new_field_gets_its_literal_default_where_there_must_be_a_value(
    expected: object, field: dict, org: Deployed
) -> None:
    org.deploy(make_schema(SMALL))
    org.insert("Account", {"Id": 1})
    org.deploy(make_schema(with_fields(New=field)))
    assert [(expected,)] == org.rows("Account", "New")
    assert make_plan(org.registry, org.schema, org.schema).is_empty


def computed(org: Deployed, name: str, field: dict, tree: object) -> None:
    schema = make_schema(with_fields(Amount={"type": "currency"}, **{name: field}))
    made = schema.objects["Account"].fields[name]
    object.__setattr__(made, "default", tree)
    org.deploy(schema)


AMOUNT = Ref("", (), "Account", "Amount", number(18, 2))


@pytest.mark.parametrize(
    ("expected", "field", "tree"),
    [
        pytest.param([MOMENT.today] * 2, {"type": "date"}, Call("TODAY", (), DATE), id="today"),
        pytest.param(
            [True, False],
            {"type": "checkbox"},
            Compare(">", AMOUNT, Const(Decimal(5), number(1, 0)), type=BOOLEAN),
            id="a condition",
        ),
        pytest.param(
            [Decimal("20.50"), Decimal("1.00")],
            {"type": "currency"},
            Arithmetic("+", Fill(AMOUNT, AMOUNT.type), Const(Decimal(1), number(1, 0)), number(19, 2)),
            id="arithmetic",
        ),
    ],
)
def test_a_default_by_expression_is_computed_for_each_record(
    expected: list, field: dict, tree: object, org: Deployed
) -> None:
    org.deploy(make_schema(with_fields(Amount={"type": "currency"})))
    org.insert("Account", {"Id": 1, "Amount": Decimal("19.5")}, {"Id": 2})
    computed(org, "New", {**field, **({} if field["type"] == "checkbox" else {"required": True})}, tree)
    assert [(value,) for value in expected] == org.rows("Account", "New")


def test_a_new_object_field_index_and_value_are_added(org: Deployed) -> None:
    org.deploy(make_schema(with_fields(Status={"type": "picklist", "values": ["A"]})))
    before = org.registry
    wider = with_fields(
        Status={"type": "picklist", "values": ["A", "B"]},
        Site={"type": "lookup", "to": "Site"},
        Parent={"type": "lookup", "to": "Account", "label": "Above"},
    )
    org.deploy(make_schema({**wider, "Site": Thing({}, indexes=(("-Name",),))}, name="Acme"))
    org.insert("Site", {"Id": 9})
    org.insert("Account", {"Id": 1, "Site": 9})
    assert {one.identity for one in before.fields} < {one.identity for one in org.registry.fields}
    assert org.registry.version == 2
    assert org.registry.by_name["Site"].prefix == "a00"
    with org.engine.connect() as connection:
        assert org.registry == load_registry(connection)
        assert restore(load_metadata(connection, 2)).settings.name == "Acme"


def test_uniqueness_over_records_that_clash_refuses_the_plan_and_names_them(org: Deployed) -> None:
    org.deploy(make_schema(with_fields(City={"type": "text"}, Tax={"type": "text"})))
    org.insert(
        "Account", *({"Id": i, "City": city, "IsDeleted": False} for i, city in enumerate(("Bern", "BERN", None)))
    )
    tables = org.names_in_database()
    plan = make_plan(
        org.registry,
        org.schema,
        make_schema({**with_fields(City={"type": "text", "unique": True}, Tax={"type": "text"}), "New": {}}),
    )
    with org.engine.connect() as connection, pytest.raises(PlanRefused, match="cannot be unique") as refused:
        apply_plan(connection, plan, moment=MOMENT, who="test")
    assert "2 records" in str(refused.value)
    assert tables == org.names_in_database()
    with org.engine.connect() as connection:
        assert org.registry == load_registry(connection)


def test_uniqueness_over_records_that_do_not_clash_is_enforced_from_then_on(org: Deployed) -> None:
    org.deploy(make_schema(with_fields(City={"type": "text"})))
    org.insert("Account", {"Id": 1, "City": "Bern", "IsDeleted": False}, {"Id": 2, "City": "Bern", "IsDeleted": True})
    org.deploy(make_schema(with_fields(City={"type": "text", "unique": True})))
    with pytest.raises(IntegrityError):
        org.insert("Account", {"Id": 3, "City": "BERN", "IsDeleted": False})
    org.deploy(make_schema(with_fields(City={"type": "text"})))
    org.insert("Account", {"Id": 3, "City": "BERN", "IsDeleted": False})


def test_what_cannot_be_done_is_refused_whole_and_named(org: Deployed) -> None:
    org.deploy(make_schema(SMALL))
    changed = {"Account": {"Code": {"type": "autonumber", "format": "A-{0}"}}}
    plan = make_plan(org.registry, org.schema, make_schema(changed))
    with org.engine.connect() as connection, pytest.raises(PlanRefused) as refused:
        apply_plan(connection, plan, moment=MOMENT, who="test")
    assert [step.name for step in refused.value.steps] == ["Account.Code"]
    assert "nothing was changed" in str(refused.value)
    with org.engine.connect() as connection:
        assert org.registry == load_registry(connection)


def test_an_org_that_moved_on_refuses_an_older_plan(org: Deployed) -> None:
    org.deploy(make_schema(SMALL))
    stale = make_plan(org.registry, org.schema, make_schema(with_fields(New={"type": "date"})))
    org.deploy(make_schema(with_fields(Other={"type": "date"})))
    with org.engine.connect() as connection, pytest.raises(Conflict, match="make the plan again"):
        apply_plan(connection, stale, moment=MOMENT, who="test")


def test_a_first_plan_is_refused_where_somebody_deployed_first(org: Deployed) -> None:
    first = make_plan(None, None, make_schema(SMALL))
    org.deploy(make_schema({}))
    with org.engine.connect() as connection, pytest.raises(Conflict):
        apply_plan(connection, first, moment=MOMENT, who="test")


def test_a_plan_is_not_applied_inside_a_transaction(org: Deployed) -> None:
    plan = make_plan(None, None, make_schema(SMALL))
    with org.engine.begin() as connection:
        connection.execute(sa.select(1))
        with pytest.raises(ValueError, match="transaction of its own"):
            apply_plan(connection, plan, moment=MOMENT, who="test")


class Crash(Exception):
    """Stands for a process that ends."""


@pytest.mark.parametrize("point", ["start_counters", "create_system_user", "save_deployment"])
def test_a_crash_in_the_first_deploy_leaves_an_empty_database(
    point: str, org: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise Crash

    monkeypatch.setattr(apply, point, crash)
    with pytest.raises(Crash):
        org.deploy(make_schema(SMALL))
    assert set() == org.names_in_database()
    monkeypatch.undo()
    org.deploy(make_schema(SMALL))


def test_a_crash_in_a_later_deploy_leaves_the_old_org(org: Deployed, monkeypatch: pytest.MonkeyPatch) -> None:
    org.deploy(make_schema(SMALL))
    org.insert("Account", {"Id": 1, "Code": "a"})
    before = org.names_in_database()

    def crash(*_: object) -> None:
        raise Crash

    monkeypatch.setattr(apply, "save_deployment", crash)
    wider = make_schema({**with_fields(New={"type": "checkbox"}), "Site": {}})
    with pytest.raises(Crash):
        org.deploy(wider)
    assert before == org.names_in_database()
    assert org.rows("Account", "Id", "Code") == [(1, "a")]
    with org.engine.connect() as connection:
        assert org.registry == load_registry(connection)
        columns = {
            column["name"] for column in sa.inspect(connection).get_columns("account", schema=schema_of(connection))
        }
    assert "new" not in columns
    monkeypatch.undo()
    org.deploy(wider)
    assert org.rows("Account", "New") == [(False,)]


def test_an_org_in_use_by_another_writer_is_locked(org: Deployed, open_database: Callable[[], sa.Engine]) -> None:
    org.deploy(make_schema(SMALL))
    other = open_database()
    if other is org.engine:
        pytest.skip("an org in memory has one connection")
    plan = make_plan(org.registry, org.schema, make_schema(with_fields(New={"type": "date"})))
    with other.execution_options(**WRITES).begin() as writer:
        writer.execute(sa.insert(org.tables.table("Account")), {"id": 1})
        with org.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.connection.driver_connection.execute("PRAGMA busy_timeout=50")
            with pytest.raises(OrgLocked, match="try again"):
                apply_plan(connection, plan, moment=MOMENT, who="test", lock_seconds=0.05)


def test_numbers_are_handed_out_in_blocks_and_never_twice(org: Deployed) -> None:
    org.deploy(make_schema(SMALL))
    names = org.registry.names.objects["Contact"]
    with org.engine.execution_options(**WRITES).begin() as connection:
        first = counters.allocate_ids(connection, names.number, 3)
        second = counters.allocate_ids(connection, names.number, 1)
        assert list(counters.allocate_numbers(connection, names.identities["No"], 2)) == [7, 8]
    assert [(names.number << 40) + n for n in (1, 2, 3)] == list(first)
    assert first.stop == second.start
    user = org.registry.by_name["User"].number
    with org.engine.execution_options(**WRITES).begin() as connection:
        assert (user << 40) + 2 == counters.allocate_ids(connection, user, 1).start
        with pytest.raises(ValueError, match="at least one"):
            counters.allocate_ids(connection, user, 0)


def test_views_and_settings_are_changed_without_touching_tables(org: Deployed) -> None:
    view = ListView(object="Account", name="all", columns=("Name",))
    schema = make_schema(SMALL)
    org.deploy(schema)
    changed = with_views(make_schema(SMALL, locale="ja"), list_views={"Account.all": view})
    plan = make_plan(org.registry, org.schema, changed)
    assert str(plan).splitlines()[:2] == ["~ settings: locale", "+ list view Account.all"]
    assert plan.sql(org.engine.dialect) == ()
    org.deploy(changed)
    with org.engine.connect() as connection:
        assert changed.metadata == restore(load_metadata(connection, 2))


def test_the_snapshot_is_plain_json(org: Deployed) -> None:
    org.deploy(make_schema(SMALL))
    with org.engine.connect() as connection:
        assert {"settings", "packages", "objects"} <= json.loads(history.load_metadata(connection, 1)).keys()
