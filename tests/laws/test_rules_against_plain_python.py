"""Law: on every write path a record is refused by the rules that plain Python says it breaks, and by no others."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_rules import FILTER_MESSAGE, Rule, Save, World, rules_of, written

from objectforge import Metadata, RecordInvalid
from objectforge.testing import temp_org

_FEW = max(settings().max_examples // 10, 1)
_SETS = {"A": Decimal(10), "B": Decimal(90)}
_NUMBERS = [None, Decimal(0), Decimal(3), Decimal(12), Decimal(40), Decimal(150)]
_VALUES: Mapping[str, list[Any]] = {
    "Amount": _NUMBERS,
    "Extra": _NUMBERS,
    "Floor": [None, Decimal(0), Decimal(20)],
    "Note": [None, "x", "X"],
    "Stage": [None, "A", "B", "C"],
    "Chance": [None, Decimal(10), Decimal(60)],
}
_FIELDS = ("Code", "Firm", "Extra", "Base", *(name for name in _VALUES if name != "Extra"))
Row = dict[str, Any]


@settings(max_examples=_FEW, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_rules_on_sqlite_refuse_what_python_says(data: st.DataObject) -> None:
    _judge(data, None)


@pytest.mark.postgres
@settings(max_examples=_FEW, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_rules_on_postgresql_refuse_what_python_says(data: st.DataObject, postgres_url: str) -> None:
    _judge(data, postgres_url)


def _judge(data: st.DataObject, url: str | None) -> None:
    rules = data.draw(rules_of(), "rules")
    with temp_org(Metadata.from_dict(written(rules)), url=url) as org:
        world = World()
        for _ in range(data.draw(st.integers(1, 3), "firms")):
            _firm(data, org, world)
        writer = _Writer(org, world, rules)
        for _ in range(data.draw(st.integers(1, 6), "writes")):
            write = data.draw(st.sampled_from([_create, _update, _upsert, _load, _limit, _bin]), "write")
            write(data, writer)
            writer.compare()


class _Writer:
    def __init__(self, org: Any, world: World, rules: list[Rule]) -> None:
        self.org = org
        self.world = world
        self.rules = rules
        self.codes = 0

    def code(self) -> str:
        self.codes += 1
        return f"c{self.codes}"

    def new(self, row: Row) -> Row:
        """The deal that a row makes."""
        now: Row = {**dict.fromkeys(_FIELDS), "Floor": Decimal(0), **row}
        if "Chance" not in row and now["Stage"] in _SETS:
            now["Chance"] = _SETS[now["Stage"]]
        if "Base" not in row:
            now["Base"] = (now["Amount"] or Decimal(0)) + 1
        if "Extra" not in row:
            now["Extra"] = now["Base"] * 2 + (self.world.firm(now["Firm"]).get("Limit") or Decimal(0))
        return now

    def changed(self, old: Row, row: Row) -> Row:
        """The deal that a row makes of one that is there."""
        now = {**old, **row}
        if "Chance" not in row and now["Stage"] != old["Stage"] and now["Stage"] in _SETS:
            now["Chance"] = _SETS[now["Stage"]]
        return now

    def wrong(self, now: Row, old: Row | None) -> list[str]:
        """The messages that refuse the deal."""
        save = Save(now, old, self.world)
        found = [f"r{number}" for number, rule in enumerate(self.rules) if rule.holds(save)]
        asked = now["Firm"] is not None and (old is None or now["Firm"] != old["Firm"] or now["Floor"] != old["Floor"])
        limit = save.firm.get("Limit")
        if asked and (limit is None or now["Floor"] is None or limit <= now["Floor"]):
            found.append(FILTER_MESSAGE)
        return sorted(found)

    def judge(self, rows: list[tuple[str | None, Row]]) -> list[tuple[Row, list[str]]]:
        """What each row makes of the deal it is about, None being a new one, and what refuses it."""
        deals = self.world.deals
        found: list[tuple[Row, list[str]]] = []
        for id_, row in rows:
            old = None if id_ is None else deals[id_]
            now = self.new(row) if old is None else self.changed(old, row)
            found.append((now, self.wrong(now, old)))
        return found

    def many(self, rows: list[tuple[str | None, Row]], call: Any, *, partial: bool) -> None:
        """Write rows by a call that gives results, and hold what comes of it against what should."""
        judged = self.judge(rows)
        refused = [(row, message) for row, (_, messages) in enumerate(judged) for message in messages]
        if refused and not partial:
            with pytest.raises(RecordInvalid) as caught:
                call()
            assert refused == sorted((each.row, each.message) for each in caught.value.errors)
            return
        results = call()
        said = [sorted(each.message for each in result.errors) for result in results]
        assert [messages for _, messages in judged] == said
        for (id_, _), (now, messages), result in zip(rows, judged, results, strict=True):
            if not messages:
                assert id_ in (None, result.id)
                self.world.deals[result.id] = now

    def compare(self) -> None:
        """Hold what is stored against the model."""
        stored = {each["Id"]: {name: each[name] for name in _FIELDS} for each in self.org["Deal"].find()}
        assert self.world.deals == stored


def _firm(data: st.DataObject, org: Any, world: World) -> None:
    row = {
        "Name": data.draw(st.sampled_from(["acme", "other"]), "name"),
        "Limit": data.draw(st.sampled_from(_NUMBERS), "limit"),
        "Up": data.draw(st.sampled_from([None, *world.firms]), "up"),
    }
    world.firms[org["Firm"].create(row)["Id"]] = row


def _row(data: st.DataObject, writer: _Writer) -> Row:
    names = data.draw(st.sets(st.sampled_from([*_VALUES, "Firm"])), "fields")
    firms = [None, *writer.world.firms]
    return {name: data.draw(st.sampled_from(_VALUES.get(name, firms)), name) for name in sorted(names)}


def _new(data: st.DataObject, writer: _Writer) -> Row:
    return {"Code": writer.code(), **_row(data, writer)}


def _some(data: st.DataObject, writer: _Writer) -> list[str]:
    deals = sorted(writer.world.deals)
    return data.draw(st.lists(st.sampled_from(deals), unique=True, max_size=4), "deals") if deals else []


def _create(data: st.DataObject, writer: _Writer) -> None:
    rows = [_new(data, writer) for _ in range(data.draw(st.integers(1, 4), "many"))]
    partial = data.draw(st.booleans(), "partial")
    named = [{"Name": "d", **row} for row in rows]
    deals = writer.org["Deal"]
    writer.many([(None, row) for row in rows], lambda: deals.create_many(named, partial=partial), partial=partial)


def _update(data: st.DataObject, writer: _Writer) -> None:
    rows = [(id_, _row(data, writer)) for id_ in _some(data, writer)]
    partial = data.draw(st.booleans(), "partial")
    given = [{"Id": id_, **row} for id_, row in rows]
    deals = writer.org["Deal"]
    writer.many(list(rows), lambda: deals.update_many(given, partial=partial), partial=partial)


def _mixed(data: st.DataObject, writer: _Writer) -> list[tuple[str | None, Row]]:
    old = [(id_, {"Code": writer.world.deals[id_]["Code"], **_row(data, writer)}) for id_ in _some(data, writer)]
    return data.draw(st.permutations([*old, (None, _new(data, writer))]), "order")


def _upsert(data: st.DataObject, writer: _Writer) -> None:
    rows = _mixed(data, writer)
    partial = data.draw(st.booleans(), "partial")
    given = [{"Name": "d", **row} for _, row in rows]
    deals = writer.org["Deal"]
    writer.many(rows, lambda: deals.upsert_many(given, by="code", partial=partial), partial=partial)


def _load(data: st.DataObject, writer: _Writer) -> None:
    """A file has the same columns in every row."""
    rows = _mixed(data, writer)
    names = sorted({name for _, row in rows for name in row})
    rows = [(id_, {name: row.get(name) for name in names}) for id_, row in rows]
    judged = writer.judge(rows)
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["Name", *names])
    table.writerows([["d", *("" if row[name] is None else row[name] for name in names)] for _, row in rows])
    with TemporaryDirectory() as folder:
        path = Path(folder, "rejects.csv")
        result = writer.org["Deal"].load(io.StringIO(text.getvalue()), upsert="Code", rejects=path)
        refused = [(row["Code"], "; ".join(messages)) for (_, row), (_, messages) in zip(rows, judged, strict=True)]
        refused = [(code, messages) for code, messages in refused if messages]
        assert len(refused) == result.rejected
        if refused:
            with path.open(newline="") as file:
                said = [(each["Code"], "; ".join(sorted(each["_reason"].split("; ")))) for each in csv.DictReader(file)]
            assert refused == said
    ids = {each["Code"]: each["Id"] for each in writer.org["Deal"].find()}
    for (_, row), (now, messages) in zip(rows, judged, strict=True):
        if not messages:
            writer.world.deals[ids[row["Code"]]] = now


def _limit(data: st.DataObject, writer: _Writer) -> None:
    """What changes of a parent refuses no child."""
    firm = data.draw(st.sampled_from(sorted(writer.world.firms)), "firm")
    limit = data.draw(st.sampled_from(_NUMBERS), "limit")
    writer.org["Firm"].update(firm, Limit=limit)
    writer.world.firms[firm]["Limit"] = limit


def _bin(data: st.DataObject, writer: _Writer) -> None:
    """The bin takes links with it and gives them back, whatever the rules say."""
    firm = data.draw(st.sampled_from(sorted(writer.world.firms)), "firm")
    writer.org["Firm"].delete(firm)
    emptied = [id_ for id_, deal in writer.world.deals.items() if deal["Firm"] == firm]
    stored = {each["Id"]: each["Firm"] for each in writer.org["Deal"].find()}
    assert not any(stored[id_] for id_ in emptied)
    writer.org["Firm"].restore(firm)
