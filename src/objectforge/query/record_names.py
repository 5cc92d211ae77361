"""The names of records by their ids, for showing what a lookup points to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from objectforge.expressions.typed import InList, Param, Ref
from objectforge.query.context import Context
from objectforge.query.ordering import id_key
from objectforge.query.select import Query, rows
from objectforge.values.kinds import ID

__all__ = ["record_names"]


def record_names(context: Context, ids: Iterable[str]) -> dict[str, str]:
    """The names of records, bin included, one statement per object; ids of nothing are left out."""
    by_object: defaultdict[str, list[str]] = defaultdict(list)
    for text in dict.fromkeys(ids):
        number = context.ids.parse_or_none(text)
        if number is not None:
            by_object[context.ids.object_of(number)].append(text)
    names: dict[str, str] = {}
    for name, wanted in by_object.items():
        obj = context.schema.objects[name]
        own = id_key(name)
        shown = obj.fields[obj.name_field]
        query = Query(
            name,
            (("Id", own), ("Name", Ref("", (), name, shown.name, shown.value_type))),
            where=InList(own, (Param("ids", ID, many=True),)),
            deleted=None,
        )
        names |= {row["Id"]: str(row["Name"] or "") for row in rows(query, context, {"ids": wanted})}
    return names
