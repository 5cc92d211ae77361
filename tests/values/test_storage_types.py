from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from objectforge.values.storage_types import (
    Day,
    Flag,
    Instant,
    JsonText,
    PlainText,
    RecordId,
    ScaledDecimal,
    TimeOfDay,
)

MONEY = ScaledDecimal(18, 2)

TABLE = sa.Table(
    "kept",
    sa.MetaData(),
    sa.Column("id", RecordId(), primary_key=True, autoincrement=False),
    sa.Column("money", MONEY),
    sa.Column("wide", ScaledDecimal(40, 20)),
    sa.Column("instant", Instant()),
    sa.Column("day", Day()),
    sa.Column("moment", TimeOfDay()),
    sa.Column("flag", Flag()),
    sa.Column("text", PlainText()),
    sa.Column("json", JsonText()),
    prefixes=["TEMPORARY"],
)

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
JSON = st.recursive(
    st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner | st.none(), max_size=3) | st.dictionaries(TEXT, inner | st.none(), max_size=3),
    max_leaves=5,
)
ROWS = st.fixed_dictionaries(
    {
        "id": st.integers(0, 2**63 - 1),
        "money": st.none() | st.integers(-(10**18) + 1, 10**18 - 1).map(lambda n: Decimal(n).scaleb(-2)),
        "wide": st.none() | st.decimals(-(10**7), 10**7, places=20, allow_nan=False),
        "instant": st.none() | st.datetimes(datetime(1700, 1, 1), datetime(4000, 12, 31), timezones=st.just(UTC)),
        "day": st.none() | st.dates(date(1700, 1, 1), date(4000, 12, 31)),
        "moment": st.none() | st.times(),
        "flag": st.none() | st.booleans(),
        "text": st.none() | TEXT,
        "json": st.none() | JSON,
    }
)
EARLY = {
    "id": 1, "money": Decimal("-9999999999999999.99"), "wide": Decimal("-0.01"), "day": date(1700, 1, 1), "flag": False,
    "instant": datetime(1700, 1, 1, tzinfo=UTC), "moment": time(0), "text": "A", "json": {"a": [1, None]},
}  # fmt: skip
LATE = {
    "id": 2**63 - 1, "money": Decimal("9999999999999999.99"), "wide": Decimal("0.01"), "day": date(4000, 12, 31),
    "flag": True, "instant": datetime(4000, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), "moment": time(23, 59, 59, 999999),
    "text": "a", "json": "x",
}  # fmt: skip
ORDERED = ["id", "money", "instant", "day", "moment", "flag", "text"]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def connection(request: pytest.FixtureRequest) -> Iterator[sa.Connection]:
    url = "sqlite://" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        # A session's zone must not change what is read.
        if request.param == "postgresql":
            connection.execute(sa.text("SET TIME ZONE 'Asia/Tokyo'"))
        TABLE.create(connection)
        connection.commit()
        yield connection
    engine.dispose()


def stored(connection, *rows):
    connection.rollback()  # ends what an earlier test began
    connection.execute(TABLE.insert(), list(rows))


@given(row=ROWS)
def test_what_is_stored_reads_back(connection, row):
    stored(connection, row)
    read = connection.execute(sa.select(TABLE)).one()._asdict()
    assert row == read
    assert {name: type(value) for name, value in row.items()} == {name: type(value) for name, value in read.items()}


@pytest.mark.parametrize("name", ORDERED)
def test_values_compare_and_sort_in_the_database(connection, name):
    stored(connection, LATE, EARLY)
    column = TABLE.c[name]
    early = sa.literal(EARLY[name], column.type)
    assert [EARLY[name], LATE[name]] == list(connection.scalars(sa.select(column).order_by(column)))
    assert [LATE["id"]] == list(connection.scalars(sa.select(TABLE.c.id).where(column > early)))
    assert [EARLY["id"]] == list(connection.scalars(sa.select(TABLE.c.id).where(column == early)))


@pytest.mark.parametrize("name", [name for name in ORDERED if name != "id"])
def test_values_can_be_written_as_literals(connection, name):
    stored(connection, EARLY)
    literal = sa.literal(LATE[name], TABLE.c[name].type)
    statement = sa.select(literal).compile(connection, compile_kwargs={"literal_binds": True})
    assert "?" not in str(statement)
    assert LATE[name] == connection.scalar(sa.select(sa.literal(LATE[name], TABLE.c[name].type)))
    decoded = connection.execute(sa.text(str(statement).replace(":", r"\:"))).scalar()
    assert decoded is not None


def test_numbers_have_their_scale_whatever_was_written(connection):
    stored(connection, {**EARLY, "money": Decimal(5), "wide": Decimal("1E+3")})
    assert tuple(map(str, connection.execute(sa.select(TABLE.c.money, TABLE.c.wide)).one())) == (
        "5.00",
        "1000." + "0" * 20,
    )


def test_a_sum_of_numbers_is_exact(connection):
    rows = [{**EARLY, "id": number, "money": Decimal("1234567890123.45")} for number in range(1000)]
    stored(connection, *rows)
    assert Decimal("1234567890123450.00") == connection.scalar(sa.select(sa.func.sum(TABLE.c.money)))


def test_a_flag_is_a_condition(connection):
    stored(connection, EARLY, LATE)
    assert [LATE["id"]] == list(connection.scalars(sa.select(TABLE.c.id).where(TABLE.c.flag)))
    assert [EARLY["id"]] == list(connection.scalars(sa.select(TABLE.c.id).where(~TABLE.c.flag)))
    assert [EARLY["id"]] == list(connection.scalars(sa.select(TABLE.c.id).where(TABLE.c.flag.is_(False))))
    assert [EARLY["id"]] == list(connection.scalars(sa.select(TABLE.c.id).where(TABLE.c.flag == False)))  # noqa: E712
    assert [LATE["id"]] == list(
        connection.scalars(sa.select(TABLE.c.id).where(TABLE.c.flag == sa.bindparam("f", True)))
    )
    assert list(connection.scalars(sa.select(TABLE.c.id).where(TABLE.c.flag.is_(None)))) == []


def test_an_instant_of_another_zone_is_read_in_utc(connection):
    tokyo = timezone(timedelta(hours=9))
    stored(connection, {**EARLY, "instant": datetime(2026, 4, 1, 9, tzinfo=tokyo)})
    read = connection.scalar(sa.select(TABLE.c.instant))
    assert datetime(2026, 4, 1, tzinfo=UTC) == read
    assert UTC is read.tzinfo


@pytest.mark.parametrize(
    ("error", "column_type", "value"),
    [
        pytest.param(ValueError, MONEY, Decimal("0.001"), id="a place too many"),
        pytest.param(ValueError, MONEY, Decimal("1E+16"), id="a digit too many"),
        pytest.param(ValueError, Instant(), datetime(2026, 4, 1), id="a naive datetime"),
        pytest.param(TypeError, Day(), datetime(2026, 4, 1), id="a datetime for a date"),
        pytest.param(ValueError, TimeOfDay(), time(9, tzinfo=UTC), id="a time with a zone"),
        pytest.param(ValueError, JsonText(), float("nan"), id="not a number in JSON"),
    ],
)
@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "postgresql"])
def test_what_could_not_be_kept_exactly_is_refused(error, column_type, value, dialect):
    with pytest.raises(error):
        column_type.process_bind_param(value, dialect)


@pytest.mark.parametrize(
    ("on_sqlite", "on_postgresql", "name"),
    [
        ("INTEGER", "BIGINT", "id"),
        ("INTEGER", "NUMERIC", "money"),
        ("TEXT", "NUMERIC", "wide"),
        ("INTEGER", "TIMESTAMP WITH TIME ZONE", "instant"),
        ("TEXT", "DATE", "day"),
        ("INTEGER", "TIME WITHOUT TIME ZONE", "moment"),
        ("INTEGER", "BOOLEAN", "flag"),
        ("TEXT", "TEXT", "text"),
        ("TEXT", "TEXT", "json"),
    ],
)
def test_each_engine_has_its_type(on_sqlite, on_postgresql, name):
    column_type = TABLE.c[name].type
    assert on_sqlite == column_type.compile(dialect=sqlite.dialect())
    assert on_postgresql == column_type.compile(dialect=postgresql.dialect())
