"""Records for a world of queries: values that its conditions ask for, others, nulls; in an org and as plain data."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from soql_plain import Plain, PlainObject
from soql_world import SYSTEM_PATHS, USER, Thing, World

from objectforge import Org

__all__ = ["NOW", "filled"]

NOW = datetime(2026, 5, 14, 19, 30, tzinfo=UTC)
ZONE = ZoneInfo("America/Los_Angeles")
RECORDS = 24


def filled(org: Org, world: World, seed: int) -> Plain:
    """Put records into the org; the same ones as plain data."""
    random = Random(seed)  # noqa: S311 - test data
    (system,) = org["User"].find()
    objects = {key: _plain(thing) for key, thing in world.things.items()}
    for key, thing in world.things.items():
        count = 3 if key == "user" else RECORDS
        rows = [_row(thing, objects[key], number, random) for number in range(count)]
        ids = [result.id for result in org[thing.name].create_many(rows)]
        for row, record_id in zip(rows, ids, strict=True):
            assert record_id
            own = {name.lower(): None if value == "" else value for name, value in row.items()}
            for name, value in row.items():
                if isinstance(value, dict) or value is None:
                    own |= {part.lower(): (value or {}).get(end) for part, end in _parts(thing, name)}
            own |= {"id": record_id, "ownerid": system.Id, "createdbyid": system.Id, "lastmodifiedbyid": system.Id}
            own |= dict.fromkeys(("createddate", "lastmodifieddate", "systemmodstamp"), NOW) | {"isdeleted": False}
            objects[key].records.append(own)
    users = objects.get("user")
    if users is not None:
        users.records.insert(0, {name.lower(): value for name, value in system.items()})
    for key, thing in world.things.items():
        _link(org, world, thing, objects, key, random)
    return Plain(objects, NOW, ZONE, system.Id)


def _plain(thing: Thing) -> PlainObject:
    found = PlainObject(thing.name)
    system = ("Id", "Name", "OwnerId", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById",
              "SystemModstamp", "IsDeleted")  # fmt: skip
    names = [*system, *(name for name, _ in thing.fields.values()), *(link for link, _ in thing.lookups.values())]
    names += [part for name in names for part, _ in _parts(thing, name)]
    found.names = {name.lower(): name for name in names}
    for name in system:
        found.names[name.lower()] = name
    if thing.name.lower() == "user":
        found.names |= {name.lower(): name for name in USER}
    found.kinds = {key: kind for key, (_, kind) in thing.fields.items()}
    for path, (link, targets) in thing.lookups.items():
        custom = link.endswith("__c")
        declared = f"{link[:-1]}r" if custom else link.removesuffix("Id")
        found.lookups[path] = (declared, link, targets)
    for path, target in SYSTEM_PATHS.items():
        spelled = {"owner": "Owner", "createdby": "CreatedBy", "lastmodifiedby": "LastModifiedBy"}[path]
        found.lookups[path] = (spelled, f"{spelled}Id", (target,))
    found.children = {key: (thing.children_names[key], child, link) for key, (child, link) in thing.children.items()}
    return found


def _parts(thing: Thing, name: str) -> list[tuple[str, str]]:
    """The fields that a place is made of, and what each is called in it."""
    if thing.fields.get(name.lower(), ("", ""))[1] != "geolocation":
        return []
    stem, custom = name.removesuffix("__c"), "__c" if name.endswith("__c") else ""
    return [(f"{stem}{end}{custom}", end) for end in ("Latitude", "Longitude")]


def _row(thing: Thing, plain: PlainObject, number: int, random: Random) -> dict[str, Any]:
    row: dict[str, Any] = {"Name": _text(thing, "name", random) or f"name {number}"}
    for key, (name, kind) in thing.fields.items():
        if key == "name" or name.lower() == "id":
            continue
        row[name] = f"u{number}" if key == "username" else _value(thing, key, kind, random)
    if thing.name.lower() == "user":
        row["Username"] = f"u{number}"
    return row


def _value(thing: Thing, key: str, kind: str, random: Random) -> Any:
    if kind == "checkbox":
        return random.random() < 0.5
    if random.random() < 0.2:
        return None
    known = sorted(thing.values.get(key, ()), key=str)
    told = random.choice(known) if known and random.random() < 0.6 else None
    match kind:
        case "number":
            return _number(told) if told is not None else Decimal(random.randint(-2000, 12000)) / 100
        case "date":
            day = told if isinstance(told, date) and not isinstance(told, datetime) else NOW.date()
            return day + timedelta(random.choice((-1, 0, 1, -30, 45, random.randint(-900, 900))))
        case "datetime":
            moment = told if isinstance(told, datetime) else NOW
            return moment + timedelta(days=random.randint(-500, 500) if random.random() < 0.6 else 0,
                                      hours=random.randint(-30, 30))  # fmt: skip
        case "time":
            return told if isinstance(told, time) else time(random.randint(0, 23), random.randint(0, 59))
        case "picklist" | "multipicklist":
            return told if told is not None else random.choice(known) if known else "A"
        case "email":
            return f"someone{random.randint(1, 9)}@example.com"
        case "geolocation":  # about San Francisco, and anywhere
            near = random.random() < 0.5
            latitude = 37775 + random.randint(-400, 400) if near else random.randint(-90_000, 90_000)
            longitude = -122_418 + random.randint(-400, 400) if near else random.randint(-180_000, 180_000)
            return {"Latitude": Decimal(latitude).scaleb(-3), "Longitude": Decimal(longitude).scaleb(-3)}
        case _:
            return _text(thing, key, random)


def _number(told: Any) -> Decimal:
    value = Decimal(str(told)) if not isinstance(told, Decimal) else told
    return value.quantize(Decimal("0.01")) if abs(value) < 10**15 else Decimal(7)


def _text(thing: Thing, key: str, random: Random) -> str:
    known = sorted(str(value) for value in thing.values.get(key, ()))
    if known and random.random() < 0.7:
        text = random.choice(known).replace("\\", "")
        text = "".join({"%": random.choice(("", "x", "Yz")), "_": random.choice("ab")}.get(c, c) for c in text)
        text = text.swapcase() if random.random() < 0.3 else text
    else:
        text = random.choice(("Alpha", "beta", "Gamma ray", "delta", "b", "Zeta 9", "alpha"))
    return " ".join(text.split())[:60] or "blank"


def _link(org: Org, world: World, thing: Thing, objects: dict[str, PlainObject], key: str, random: Random) -> None:
    links = {
        link: targets for link, targets in thing.lookups.values() if link.lower() not in ("ownerid", "createdbyid")
    }
    if not links:
        return
    changes: list[dict[str, Any]] = []
    for record in objects[key].records:
        if record.get("username") == "system":
            continue
        change: dict[str, Any] = {"Id": record["id"]}
        for link, targets in links.items():
            pool = objects[random.choice(targets).lower()].records
            change[link] = random.choice(pool)["id"] if random.random() < 0.8 else None
            record[link.lower()] = change[link]
        changes.append(change)
        record["systemmodstamp"] += timedelta(microseconds=1)  # it rises with each write
    org[thing.name].update_many(changes)
