"""A file of records takes its name only when it is complete."""

from __future__ import annotations

import io
from collections.abc import Generator
from pathlib import Path

import pytest

from objectforge import Metadata, ObjectForgeError
from objectforge.metadata.fields.text import Text
from objectforge.records.export import export
from objectforge.testing import temp_org

METADATA = Metadata.parse("objects: {Company: {fields: {Motto: text}}}")


def test_a_character_that_the_encoding_lacks_is_named_and_the_old_file_stays(tmp_path: Path) -> None:
    target = tmp_path / "companies.csv"
    target.write_text("before")
    with temp_org(METADATA) as org:
        org["Company"].create(Name="Ac🎉me")
        with pytest.raises(ObjectForgeError, match=r"cp932 has no character '🎉' \(U\+1F389\)"):
            org["Company"].export(target, encoding="cp932")
    assert [target] == list(tmp_path.iterdir())
    assert target.read_text() == "before"


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    with temp_org(METADATA) as org, pytest.raises(ObjectForgeError, match="there is no encoding 'klingon'"):
        org["Company"].export(tmp_path / "companies.csv", encoding="klingon")
    assert not list(tmp_path.iterdir())


def test_an_export_replaces_the_file_that_was_there(tmp_path: Path) -> None:
    target = tmp_path / "companies.csv"
    target.write_text("before")
    with temp_org(METADATA) as org:
        org["Company"].create(Name="Acme", Motto="a, b")
        assert org["Company"].export(target, columns=["Name", "Motto"]) == 1
    assert target.read_text(encoding="utf-8") == 'Name,Motto\nAcme,"a, b"\n'


def test_where_nobody_reads_any_more_the_records_are_let_go() -> None:
    closed: list[bool] = []

    def records() -> Generator[dict[str, str]]:
        try:
            while True:
                yield {"Motto": "Higher"}
        finally:
            closed.append(True)

    class Pipe(io.StringIO):
        def write(self, text: str) -> int:
            if "Higher" in text:
                raise BrokenPipeError
            return len(text)

    with pytest.raises(BrokenPipeError):
        export(records(), Pipe(), {"Motto": Text()})
    assert closed == [True]


def test_a_place_that_cannot_be_written_is_named_as_it_was_given(tmp_path: Path) -> None:
    with temp_org(METADATA) as org, pytest.raises(FileNotFoundError) as refused:
        org["Company"].export(tmp_path / "nowhere" / "out.csv")
    assert refused.value.filename == str(tmp_path / "nowhere" / "out.csv")
