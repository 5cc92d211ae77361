"""A page for its callers: as plain data for programs that draw it, and as text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from objectforge.layouts.page_parts import PageData, PageField, PageList
from objectforge.layouts.page_text import page_text
from objectforge.query.render.csv_file import csv_text
from objectforge.query.render.record_table import value_text
from objectforge.query.render.screen import Screen
from objectforge.relations.view import Column
from objectforge.values.locales import pick_label

__all__ = ["Page"]


class Page(PageData):
    """The page of one record."""

    def to_dict(self) -> dict[str, Any]:
        """The page as plain data that JSON can hold: numbers as exact texts, dates in ISO form."""
        return {
            "title": self.title,
            "object": self.object,
            "label": self.label,
            "id": self.id,
            "layout": self.layout,
            "sections": [
                {"label": section.label, "columns": [[_field(each) for each in column] for column in section.columns]}
                for section in self.sections
            ],
            "related": [self._related(each) for each in self.related],
        }

    def to_text(self, screen: Screen | None = None) -> str:
        """The page as people read it in a terminal."""
        return page_text(self, screen or Screen.current())

    def __str__(self) -> str:
        return self.to_text()

    def _related(self, related: PageList) -> dict[str, Any]:
        return {
            "name": related.name,
            "label": related.label,
            "object": related.object,
            "columns": [
                {"key": column.key, "label": pick_label(column.label, self.locale)} for column in related.columns
            ],
            "rows": [
                {"id": record["Id"], "cells": [self._cell(column, record[column.key]) for column in related.columns]}
                for record in related.rows
            ],
            "more": related.more,
        }

    def _cell(self, column: Column, value: Any) -> dict[str, Any]:
        return {"value": _plain(value), "text": value_text(column.type, value, self.names, self.locale, self.region)}


def _field(shown: PageField) -> dict[str, Any]:
    return {
        "field": shown.field,
        "label": shown.label,
        "value": _plain(shown.value),
        "text": shown.text,
        "behavior": shown.behavior,
    }


def _plain(value: Any) -> Any:
    match value:
        case Decimal() | date() | time():
            return csv_text(value)
        case Mapping():
            return {key: _plain(item) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType]
        case _:
            return value
