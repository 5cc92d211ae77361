from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints
from typing import ClassVar

import pytest

from objectforge.metadata.fields import registry
from objectforge.metadata.fields.registry import BUILT_IN, field_type, field_types, register
from objectforge.metadata.fields.text import Text


class Colour(Text):
    type_name: ClassVar = "colour"
    summary: ClassVar = "A colour."


@pytest.fixture
def empty_shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The built-in types alone, and room for others that are gone after the test."""
    monkeypatch.setattr(registry, "_types", {cls.type_name: cls for cls in BUILT_IN})
    monkeypatch.setattr(registry, "_plugins_read", False)
    monkeypatch.setattr(registry, "entry_points", lambda group: EntryPoints())
    return


def test_every_type_of_the_contract_is_there() -> None:
    expected = (
        "text textarea long_text rich_text email phone url integer number currency percent checkbox date datetime time "
        "picklist multipicklist lookup master_detail autonumber formula rollup geolocation address person_name json"
    )
    assert expected.split() == [cls.type_name for cls in BUILT_IN]
    assert field_type("text") is Text
    assert field_type("curency") is None


@pytest.mark.usefixtures("empty_shelf")
def test_a_type_may_be_registered_and_registered_again() -> None:
    register(register(Colour))
    assert Colour is field_type("colour")


@pytest.mark.usefixtures("empty_shelf")
def test_a_second_type_of_a_name_is_refused() -> None:
    class Other(Text):
        type_name: ClassVar = "text"

    with pytest.raises(ValueError, match=r"'text' of .* is already registered by objectforge\.metadata\.fields\.text"):
        register(Other)


@pytest.mark.usefixtures("empty_shelf")
def test_installed_packages_add_types(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = EntryPoint("colour", f"{__name__}:Colour", registry.ENTRY_POINTS)
    monkeypatch.setattr(EntryPoint, "load", lambda self: Colour)
    monkeypatch.setattr(registry, "entry_points", lambda group: EntryPoints([entry]))
    assert Colour is field_types()["colour"]


@pytest.mark.usefixtures("empty_shelf")
def test_an_entry_point_that_is_no_field_type_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = EntryPoint("colour", "json:loads", registry.ENTRY_POINTS)
    monkeypatch.setattr(registry, "entry_points", lambda group: EntryPoints([entry]))
    with pytest.raises(TypeError, match=r"'colour' .* is no field type: json:loads"):
        field_types()
