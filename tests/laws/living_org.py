"""A real org beside its model: what is done to one is done to the other, and then both are compared."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from decimal import Decimal
from functools import partial
from typing import Any

from living_changes import change, first_objects
from living_draft import Draft
from living_model import LINKS, Field, Model, Object, Row
from living_values import Chooser, default_of, sample
from living_writes import Refused, clashes, delete, empty_bin, restore

from objectforge import Conflict, Metadata, MetadataError, PlanRefused, RecordInvalid
from objectforge.errors.issue import Severity

__all__ = ["NAME", "Living"]

NAME = 0
"""The key of every record's name, beside those of fields."""


class Living:
    """One org and its model."""

    def __init__(self, org: Any, chooser: Chooser) -> None:
        self.org, self.chooser = org, chooser
        self.model = Model()
        self.counts: Counter[str] = Counter()
        self.told: list[str] = []
        self._given: set[str] = set()
        self._numbers: dict[int, set[str]] = {}
        self._names = 0
        draft = Draft(self.model, chooser)
        while not draft.model.seen:
            first_objects(draft)
        self.model = draft.model
        org.deploy(self._metadata(self.model))

    # -- changes --------------------------------------------------------------------------------------------------
    def deploy(self) -> None:
        """A plan of up to four changes: refused and nothing changed, or applied and empty from then on."""
        draft = Draft(self.model, self.chooser)
        for _ in range(self.chooser.number(1, 4)):
            change(draft)
        draft.finish()
        if not draft.same:
            self.counts["unclear"] += 1
            return
        if draft.told:
            self.carry_out(draft)

    def carry_out(self, draft: Draft) -> None:
        """Apply a draft, and judge whether the org does what it must."""
        said = "; ".join(draft.told)
        self.told.append(said)
        metadata = self._metadata(draft.model)
        try:
            plan = self.org.plan(metadata)
        except MetadataError as wrong:
            # What is held would come back under a name that vanishes with it: that might be a shortened history.
            if {issue.code for issue in wrong.issues} != {"OF702"}:
                raise
            self.counts["unclear"] += 1
            return
        if draft.blocked:
            self._refused(plan, ["*"], f"{said}\nmust be refused: {draft.blocked}")
            self.told.append(f"... refused: {draft.blocked}")
            self.counts["refused"] += 1
            return
        if draft.lossy or plan.questions:
            self._refused(plan, [], f"{said}\nloses {draft.lossy}")
            self.org.apply(plan, allow=["*"])
            self.counts["lossy"] += 1
        else:
            self.org.apply(plan)
        self.counts["applied"] += 1
        self.counts.update(type(step).__name__ for step in plan.steps)
        self.model = draft.model
        again = self.org.plan(metadata)
        assert again.is_empty, f"{said}\nonce more:\n{again}"
        self.check()

    def _refused(self, plan: Any, allow: list[str], said: str) -> None:
        before = self.org.state.registry, self.org.metadata
        try:
            self.org.apply(plan, allow=allow)
        except PlanRefused:
            assert before == (self.org.state.registry, self.org.metadata), said
            self.check()
            return
        raise AssertionError(f"{said}\n{plan}")

    def _metadata(self, model: Model) -> Metadata:
        written = model.written()
        try:
            return Metadata.from_dict(written)
        except MetadataError as wrong:
            raise AssertionError(f"{written}\n{wrong}") from wrong

    # -- records --------------------------------------------------------------------------------------------------
    def write(self) -> None:
        """One thing done to records."""
        self.chooser.pick(_WRITES)(self)

    def create(self) -> None:
        """A record or a few."""
        one = self.chooser.pick(self.model.seen)
        for _ in range(self.chooser.number(1, 4)):
            cells = self._cells(one, [each for each in one.seen if each.on("required") or self.chooser.number(0, 3)])
            self._names += 1
            given = {"Name": f"r{self._names}", **self._named(cells)}
            row = Row("", one.key, {each.key: default_of(each) for each in one.seen} | cells | {NAME: given["Name"]})
            trial = deepcopy(self.model)
            trial.rows[""] = row
            if next(clashes(trial), None) or self._lacks(one, row):
                self._invalid("create", partial(self.org[one.name].create, given))
                continue
            record = self.org[one.name].create(given)
            assert record.Id not in self._given, "an id is given twice"
            self._given.add(record.Id)
            row.id = record.Id
            for each in one.seen:
                if each.kind == "autonumber":
                    row.cells[each.key] = number = record[each.name]
                    assert number not in self._numbers.setdefault(each.key, set()), "a number is given twice"
                    self._numbers[each.key].add(number)
            self.model.rows[row.id] = row
            self.counts["create"] += 1

    def update(self) -> None:
        """A record's values changed."""
        row = self._row(living=True)
        if row is None:
            return
        one = self.model.objects[row.object]
        lacking = [each for each in one.seen if each.on("required") and row.cells.get(each.key) is None]
        cells = self._cells(one, [*lacking, *(each for each in one.seen if not self.chooser.number(0, 2))])
        cells = {key: cell for key, cell in cells.items() if self.model.field(key).kind != "master_detail"}
        trial = deepcopy(self.model)
        trial.rows[row.id].cells |= cells
        write = partial(self.org[one.name].update, row.id, self._named(cells))
        if next(clashes(trial), None) or self._lacks(one, trial.rows[row.id]):
            self._invalid("update", write)
            return
        write()
        row.cells |= cells
        self.counts["update"] += 1

    def delete(self) -> None:
        """A record to the bin, or away for good."""
        row = self._row(living=True if self.chooser.number(0, 3) else None)
        if row is None:
            return
        hard = row.batch is not None or self.chooser.number(0, 4) == 0
        trial = deepcopy(self.model)
        records = self.org[self.model.objects[row.object].name]
        try:
            delete(trial, row.id, hard=hard)
        except Refused:
            self._invalid("delete", lambda: records.delete(row.id, hard=hard))
            return
        records.delete(row.id, hard=hard)
        self.told.append(f"delete {row.id} {hard}")
        self.model = trial
        self.counts["hard delete" if hard else "delete"] += 1

    def restore(self) -> None:
        """A record back from the bin."""
        row = self._row(living=False)
        if row is None:
            return
        trial = deepcopy(self.model)
        records = self.org[self.model.objects[row.object].name]
        try:
            restore(trial, row.id)
        except Refused:
            self._invalid("restore", lambda: records.restore(row.id))
            return
        records.restore(row.id)
        self.told.append(f"restore {row.id}")
        self.model = trial
        self.counts["restore"] += 1

    def empty_bin(self) -> None:
        """The bin emptied, now and then."""
        if self.chooser.number(0, 3):
            return
        trial = deepcopy(self.model)
        assert empty_bin(trial) == self.org.empty_bin()
        self.told.append("empty bin")
        self.model = trial
        self.counts["empty bin"] += 1

    def _invalid(self, what: str, write: Any) -> None:
        try:
            write()
        except (RecordInvalid, Conflict):
            self.counts[f"{what} refused"] += 1
            return
        raise AssertionError(f"{what} had to be refused")

    def _row(self, *, living: bool | None) -> Row | None:
        found = [row for one in self.model.seen for row in self.model.rows_of(one.key, living=living)]
        return self.chooser.pick(found) if found else None

    def _cells(self, one: Object, chosen: list[Field]) -> dict[int, Any]:
        found: dict[int, Any] = {}
        for each in one.seen:
            if each in chosen and each.kind not in ("formula", "autonumber"):
                cell = sample(self.model, each, self.chooser)
                if cell is not None or each.kind in LINKS:
                    found[each.key] = cell
            elif each.kind == "master_detail":
                found[each.key] = sample(self.model, each, self.chooser)
        return found

    def _named(self, cells: dict[int, Any]) -> dict[str, Any]:
        return {self.model.field(key).name: cell for key, cell in cells.items()}

    def _lacks(self, one: Object, row: Row) -> bool:
        needed = [each for each in one.seen if each.on("required") or each.kind == "master_detail"]
        return any(row.cells.get(each.key) is None for each in needed)

    # -- what must be true ----------------------------------------------------------------------------------------
    def check(self) -> None:
        """Every record in sight has the values that the model has."""
        assert {one.name for one in self.model.seen} == set(self.org.schema.objects) - {"User"}
        for one in self.model.seen:
            found = {record["Id"]: record for record in self.org[one.name].find()}
            rows = self.model.rows_of(one.key, living=True)
            assert [row.id for row in rows] == sorted(found), f"{one.name}: {self._story()}"
            for row in rows:
                self._check_row(one, row, found[row.id])
            for section in one.views:
                self._check_view(one, section, len(rows))

    def close(self, elsewhere: Any) -> None:
        """At the end: the doctor finds no error, nothing drifted, and what is pulled deploys to an equal org."""
        drifted = [str(each) for each in self.org.drift()]
        assert not drifted, "\n".join([*drifted, self._story()])
        errors = [str(each) for each in self.org.doctor() if each.severity is Severity.ERROR]
        assert not errors, "\n".join([*errors, self._story()])
        pulled = Metadata.parse(self.org.pull())
        assert self.org.plan(pulled).is_empty
        elsewhere.deploy(pulled)
        assert elsewhere.plan(self._metadata(self.model)).is_empty

    def _check_row(self, one: Object, row: Row, record: Any) -> None:
        assert record["Name"] == row.cells[NAME]
        for each in one.seen:
            expected = row.cells.get(each.key) if each.kept else _doubled(row.cells.get(each.reads or 0))
            found = record[each.name]
            if each.kind == "multipicklist" and expected is not None and found is not None:
                expected, found = sorted(expected.split(";")), sorted(found.split(";"))
            assert expected == found, (
                f"{one.name}.{each.name} ({each.kind}) of {row.id}: {expected!r} expected, {found!r} found\n"
                f"{self._story()}"
            )

    def _check_view(self, one: Object, section: str, rows: int) -> None:
        match section:
            case "list_views":
                assert rows == self.org.list_view(f"{one.name}.all").count()
            case "reports":
                assert rows == len(self.org.report(f"count_of_{one.name}").run().records())
            case _:
                assert f"{one.name}.main" in self.org.schema.layouts

    def _story(self) -> str:
        return "\n".join(self.told)


def _doubled(cell: Any) -> Decimal:
    return Decimal(2) * (cell or 0)


_WRITES = (
    Living.create, Living.create, Living.create, Living.create, Living.update, Living.update, Living.delete,
    Living.delete, Living.restore, Living.restore, Living.empty_bin,
)  # fmt: skip
