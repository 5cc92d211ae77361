"""Records created, changed, deleted and restored, in the model: what the contract says happens to links and batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from living_model import LINKS, Field, Model, Row

__all__ = ["Refused", "clashes", "delete", "empty_bin", "erase", "restore"]


class Refused(Exception):
    """The org must refuse this."""


def delete(model: Model, root: str, *, hard: bool = False) -> None:
    """Delete a record with all that goes with it.

    Raises:
        Refused: a record that stays needs it.
    """
    gone, emptied = _closure(model, [root], hard=hard)
    if hard:
        _forget(model, gone, emptied)
        return
    for row, each, parent in emptied:
        row.cells[each.key] = None
        model.bin.links[row.id, each.key] = (root, parent)
    for id_ in gone:
        model.rows[id_].batch = root


def empty_bin(model: Model) -> int:
    """Delete for good what is in the bin, but for the records of held objects; how many."""
    roots = [row.id for row in model.rows.values() if row.batch and not model.objects[row.object].held]
    gone, emptied = _closure(model, roots, hard=True)
    _forget(model, gone, emptied)
    return len(gone)


def erase(model: Model, ids: Iterable[str]) -> None:
    """Forget records; nothing keeps a link to them, whatever is held."""
    ids = set(ids)
    for id_ in ids:
        del model.rows[id_]
    for row in model.rows.values():
        for key, cell in row.cells.items():
            if cell in ids and model.field(key).kind in LINKS:
                row.cells[key] = None
    model.bin.links = {
        place: link for place, link in model.bin.links.items() if place[0] not in ids and link[1] not in ids
    }


def restore(model: Model, id_: str) -> None:
    """Bring a record back with its batch, but for records of objects that are held.

    Raises:
        Refused: a record that it needs is in the bin, or a unique value is taken.
    """
    batch = model.rows[id_].batch
    assert batch is not None, "it is in the bin"
    back = [row for row in model.rows.values() if row.batch == batch and not model.objects[row.object].held]
    returning = {row.id for row in back}
    for row in back:
        for each in model.objects[row.object].seen:
            target = model.rows.get(row.cells.get(each.key)) if each.kind in LINKS else None
            if target is not None and target.batch is not None and target.id not in returning:
                if each.kind == "master_detail" or each.on("required"):
                    raise Refused
                row.cells[each.key] = None
                model.bin.links[row.id, each.key] = (target.batch, target.id)
    for row in back:
        row.batch = None
    _link_again(model, batch)
    if next(clashes(model), None):
        raise Refused


def clashes(model: Model) -> Iterator[Field]:
    """The unique fields in sight of which two living records share a value."""
    for one, each in model.fields():
        if each.on("unique"):
            keys = [each.key_of(row.cells.get(each.key)) for row in model.rows_of(one.key, living=True)]
            given = [key for key in keys if key is not None]
            if len(given) > len(set(given)):
                yield each


def _link_again(model: Model, batch: str) -> None:
    for (id_, key), (of, target) in list(model.bin.links.items()):
        if of == batch and model.rows[target].batch is None:  # else it belongs to an object that is held
            del model.bin.links[id_, key]
            if _may(model, model.field(key), target) and model.rows[id_].cells.get(key) is None:
                model.rows[id_].cells[key] = target


def _may(model: Model, each: Field, target: str) -> bool:
    return each.kind in LINKS and model.rows[target].object in each.targets


def _closure(model: Model, roots: list[str], *, hard: bool) -> tuple[set[str], list[tuple[Row, Field, str]]]:
    gone, level = set(roots), list(roots)
    emptied: list[tuple[Row, Field, str]] = []
    blocking: list[str] = []
    while level:
        below: list[str] = []
        for row, each, parent in _ties(model, set(level), hard=hard):
            rule = _on_delete(each)
            if rule == "cascade" or (row.batch is not None and each.on("required")):
                if row.id not in gone:
                    gone.add(row.id)
                    below.append(row.id)
            elif rule == "set_null" or row.batch is not None:
                emptied.append((row, each, parent))
            else:
                blocking.append(row.id)
        level = below
    if set(blocking) - gone:
        raise Refused
    return gone, [tie for tie in emptied if tie[0].id not in gone]


def _ties(model: Model, parents: set[str], *, hard: bool) -> Iterator[tuple[Row, Field, str]]:
    for one, each in model.fields():
        if each.kind in LINKS:
            for row in model.rows_of(one.key, living=None if hard else True):
                if row.cells.get(each.key) in parents:
                    yield row, each, row.cells[each.key]


def _on_delete(each: Field) -> str:
    if each.kind == "master_detail":
        return "cascade"
    return str(each.options.get("on_delete") or ("restrict" if each.on("required") else "set_null"))


def _forget(model: Model, gone: set[str], emptied: list[tuple[Row, Field, str]]) -> None:
    for row, each, _ in emptied:
        row.cells[each.key] = None
    erase(model, gone)
