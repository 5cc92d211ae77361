from __future__ import annotations

import pytest
from sqlalchemy.dialects.postgresql.base import RESERVED_WORDS

from objectforge.storage.names import MAX_LENGTH, column_name, foreign_key_name, index_name, table_name, unique_name


@pytest.mark.parametrize(
    ("expected", "api_name"),
    [
        pytest.param("opportunity_line_item", "OpportunityLineItem", id="words"),
        pytest.param("http_server", "HTTPServer", id="capitals"),
        pytest.param("pricebook2", "Pricebook2", id="digits"),
        pytest.param("open_amount_c", "Open_Amount__c", id="custom"),
        pytest.param("user_", "User", id="a word of SQL"),
        pytest.param("o_of_course", "OfCourse", id="the beginning of the org's own tables"),
        pytest.param("o_sqlite_file", "SqliteFile", id="the beginning of SQLite's tables"),
        pytest.param("a" * 40, "a" * 80, id="too long"),
    ],
)
def test_a_table_is_named_after_its_object(expected: str, api_name: str) -> None:
    assert table_name(api_name, ()) == expected


def test_names_that_are_taken_get_a_number_and_stay_short() -> None:
    taken = {"a" * 40, "a" * 38 + "_1"}
    assert table_name("a" * 80, taken) == "a" * 38 + "_2"
    assert column_name("Amount", {"amount"}) == "amount_1"


@pytest.mark.parametrize("word", ["ctid", "xmin", "tableoid", "rowid", "select", "order"])
def test_a_column_is_never_named_as_the_databases_own(word: str) -> None:
    assert column_name(word, ()) == word + "_"


def test_no_name_needs_quotes() -> None:
    assert all(table_name(word, ()) not in RESERVED_WORDS for word in RESERVED_WORDS)


def test_constraints_are_named_by_identity_and_fit_63_bytes() -> None:
    assert foreign_key_name(12) == "fk_f12"
    assert unique_name((3,)) == "uq_f3"
    assert index_name((3, 9), "ad") == "ix_f3_f9_ad"
    long = index_name(range(10_000_000, 10_000_032), "a" * 32)
    assert len(long) <= 63
    assert long != index_name(range(10_000_000, 10_000_032), "a" * 31 + "d")
    assert MAX_LENGTH == 40
