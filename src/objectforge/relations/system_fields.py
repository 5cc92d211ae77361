"""The fields every object has: the record's id, its owner, who made and changed it and when, and the recycle bin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from objectforge.metadata.fields.base import FieldType
from objectforge.metadata.fields.checkbox import Checkbox
from objectforge.metadata.fields.datetime import DateTime
from objectforge.metadata.fields.lookup import Lookup
from objectforge.metadata.fields.relational import Relational

__all__ = ["RecordKey", "first_fields", "last_fields"]

_PEOPLE = ("User",)


class RecordKey(Relational):
    """The record's own id: held like a link, but to itself, so no relationship. No file can declare one."""

    type_name: ClassVar = "id"
    summary: ClassVar = "The id of the record itself."


def first_fields(object_name: str) -> Mapping[str, FieldType]:
    """The system field that stands before the declared ones."""
    return {"Id": RecordKey(to=(object_name,), label={"en": "Record ID", "ja": "レコード ID"}, unique=True)}


def last_fields() -> Mapping[str, FieldType]:
    """The system fields that stand after the declared ones. What they point at cannot be deleted."""
    return _LAST


_LAST: Mapping[str, FieldType] = {
    "OwnerId": Lookup(to=_PEOPLE, on_delete="restrict", label={"en": "Owner", "ja": "所有者"}),
    "CreatedDate": DateTime(label={"en": "Created Date", "ja": "作成日時"}),
    "CreatedById": Lookup(to=_PEOPLE, on_delete="restrict", label={"en": "Created By", "ja": "作成者"}),
    "LastModifiedDate": DateTime(label={"en": "Last Modified Date", "ja": "最終更新日時"}),
    "LastModifiedById": Lookup(to=_PEOPLE, on_delete="restrict", label={"en": "Last Modified By", "ja": "最終更新者"}),
    "SystemModstamp": DateTime(label={"en": "System Modstamp", "ja": "システム更新日時"}),
    "IsDeleted": Checkbox(label={"en": "Deleted", "ja": "削除"}),
}
