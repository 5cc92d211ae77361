"""A number given out names a record as well as a unique field does."""

from __future__ import annotations

from pathlib import Path

import pytest

from objectforge import HookFailed, Metadata, QueryError
from objectforge.testing import temp_org

METADATA = Metadata.parse("""
objects:
  Screening: {name_field: {type: autonumber, format: "S-{000}"}}
  Ticket:
    fields: {Screening: lookup(Screening), Seat: integer}
list_views:
  Ticket.seat: {columns: [Name], params: {seat: integer}, where: "Seat = :seat"}
""")


def test_a_file_names_parents_by_their_numbers(tmp_path: Path) -> None:
    file = tmp_path / "tickets.csv"
    file.write_text("Name,Screening.Name\nA,S-002\n")
    with temp_org(METADATA) as org:
        _, second = org["Screening"].create(), org["Screening"].create()
        assert org["Ticket"].load(file).created == 1
        assert org["Ticket"].first().Screening == second.Id


def test_a_parameter_without_a_default_must_be_given() -> None:
    with temp_org(METADATA) as org:
        org["Ticket"].create(Name="A")
        with pytest.raises(QueryError, match=r"OF809 the list view Ticket.seat needs a value for seat"):
            org.list_view("Ticket.seat").page()
        assert len(org.list_view("Ticket.seat").page(seat=None).rows) == 1


def test_a_record_read_does_not_change() -> None:
    with temp_org(METADATA) as org:
        ticket = org["Ticket"].create(Name="A")
        with pytest.raises(AttributeError, match=r"write org\['Ticket'\].update\(record, Seat=...\)"):
            ticket.Seat = 5


def test_what_a_hook_raised_can_be_caught() -> None:
    with temp_org(METADATA) as org:

        @org.before("Ticket", "create")
        def refuse(row: object) -> None:
            raise RuntimeError("no seats left")

        with pytest.raises(HookFailed, match="no seats left"):
            org["Ticket"].create(Name="A")
