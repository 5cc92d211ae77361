from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import pytest
import sqlalchemy as sa

from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.registry import field_types
from objectforge.testing.contract import FIELD_CHECKS, check_storage, sample_field

TYPES = tuple(field_types().values())
EVERY_TYPE = pytest.mark.parametrize("cls", [pytest.param(cls, id=cls.type_name) for cls in TYPES])


@EVERY_TYPE
@pytest.mark.parametrize("check", [pytest.param(check, id=words) for check, words in FIELD_CHECKS.items()])
def test_every_type_keeps_the_contract(cls: type[FieldType], check: Callable[[FieldType], None]) -> None:
    check(sample_field(cls))


@pytest.fixture(scope="module")
def sqlite() -> Iterator[sa.Connection]:
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@EVERY_TYPE
def test_every_type_is_stored_exactly_on_sqlite(cls: type[FieldType], sqlite: sa.Connection) -> None:
    check_storage(sample_field(cls), sqlite)


@pytest.fixture(scope="module")
def postgres(postgres_url: str) -> Iterator[sa.Connection]:
    engine = sa.create_engine(postgres_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.mark.postgres
@EVERY_TYPE
def test_every_type_is_stored_exactly_on_postgresql(cls: type[FieldType], postgres: sa.Connection) -> None:
    check_storage(sample_field(cls), postgres)


@EVERY_TYPE
def test_parts_of_a_type_are_fields_with_valid_test_values(cls: type[FieldType]) -> None:
    whole = sample_field(cls)
    parts = whole.parts("Thing__c")
    assert list(parts) == list(whole.part_keys("Thing__c").values())
    random = Random(3)  # noqa: S311
    for part in parts.values():
        part.check()
        assert part.stored
        values = [part.example(random, number) for number in range(50)]
        assert values == [part.coerce(value) for value in values]
