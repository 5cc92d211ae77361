from __future__ import annotations

from storage_schemas import Thing, make_schema

from objectforge.change.identity.allocation import extend_registry, new_registry
from objectforge.values.ids import STANDARD_PREFIXES


def prefixes(*things: tuple[str, str | None]) -> dict[str, str]:
    schema = make_schema({name: Thing({}, prefix=prefix) for name, prefix in things})
    return {name: prefix for name, (_, prefix) in new_registry(schema).ids.objects.items()}


def test_standard_objects_have_their_numbers_and_prefixes_whatever_the_order() -> None:
    one = new_registry(make_schema({"Account": {}, "Mine": {}, "Contact": {}}))
    other = new_registry(make_schema({"Contact": {}, "Account": {}}))
    assert one.ids.number("Contact") == other.ids.number("Contact")
    assert one.ids.objects["Contact"] == (other.ids.number("Contact"), STANDARD_PREFIXES["Contact"])


def test_custom_objects_get_the_next_number_and_prefix() -> None:
    assert prefixes(("A", None), ("B", None)) == {"User": "005", "A": "a00", "B": "a01"}


def test_a_prefix_that_is_asked_for_goes_to_who_asks() -> None:
    assert prefixes(("A", None), ("B", "a00"), ("Account", None), ("C", "001")) == {
        "User": "005", "A": "a01", "B": "a00", "Account": "a02", "C": "001",
    }  # fmt: skip


def test_names_are_kept_and_new_ones_avoid_what_is_there() -> None:
    first = make_schema({"FooBar": {"CreatedOn": {"type": "date"}}})
    registry = new_registry(first)
    second = make_schema({"FooBar": {"CreatedOn": {"type": "date"}, "Created_On": {"type": "date"}}, "Foo_Bar": {}})
    extended = extend_registry(registry, second, taken={"Foo_Bar_1"})
    columns = extended.names.objects["FooBar"].columns
    assert (columns["CreatedOn"], columns["Created_On"]) == ("created_on", "created_on_1")
    assert extended.names.objects["FooBar"].table == "foo_bar"
    assert extended.names.objects["Foo_Bar"].table == "foo_bar_2"
    assert extended.fields[: len(registry.fields)] == registry.fields


def test_no_field_takes_a_system_fields_column() -> None:
    columns = new_registry(make_schema({"A": {"Is_Deleted": {"type": "date"}}})).names.objects["A"].columns
    assert (columns["IsDeleted"], columns["Is_Deleted"]) == ("is_deleted", "is_deleted_1")


def test_eighty_characters_become_forty() -> None:
    fields = {"x" * 79 + end: {"type": "text", "unique": True} for end in "abc"}
    names = new_registry(make_schema({"y" * 80: fields})).names.objects["y" * 80]
    assert len(set(names.columns.values())) == len(names.columns)
    assert max(map(len, [names.table, *names.columns.values()])) == 40
