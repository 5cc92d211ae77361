"""Random SOQL over deals and firms: conditions of every kind of value, child queries, groups with subtotals."""

from __future__ import annotations

from random import Random

__all__ = ["EXAMPLES", "random_query"]

EXAMPLES = (
    """SELECT Id, Ok FROM Deal WHERE Note = 'Alpha' AND Note = 'b_t%' AND Amount = 12.50 AND Due = 2026-05-14
       AND At = 2026-05-14T19:30:00Z AND Clock = 12:30:00Z AND Ok = true AND Tags INCLUDES ('a;b', 'c')
       AND Firm.City = 'beta' AND Firm.Rank = 3 AND Firm.Ok = true AND Firm.Since = 2026-05-01""",
    "SELECT Id, (SELECT Id FROM Deals) FROM Firm WHERE City = 'Alpha'",
)
"""Queries that name all that the random ones do, with some of their values."""

_TEXTS = ("'Alpha'", "'alpha'", "'b'", "'Gamma ray'", "'delta'", "'Zeta 9'", "'none'", "''")
_PATTERNS = ("'a%'", "'%a'", "'_e%'", "'%A R%'", "'b'", "'%'", r"'b\_t%'", r"'\%%'", "''")
_NUMBERS = ("12.50", "3", "0", "-7.25", "100", "40")
_DAYS = ("2026-05-14", "2026-05-13", "2024-02-29", "2027-01-01")
_INSTANTS = ("2026-05-14T19:30:00Z", "2026-05-14T00:00:00-07:00", "2025-12-31T23:59:59+09:00")
_CLOCKS = ("12:30:00Z", "00:00:00Z", "18:05:00Z")
_TAGS = ("'a;b'", "'c'", "'a'", "'b;c'", "'c', 'a;b'")
_WORDS = (
    "TODAY", "YESTERDAY", "TOMORROW", "THIS_WEEK", "LAST_MONTH", "THIS_QUARTER", "NEXT_YEAR", "LAST_N_DAYS:400",
    "NEXT_N_DAYS : 45", "N_DAYS_AGO:1", "LAST_N_MONTHS:2", "N_YEARS_AGO:1", "NEXT_90_DAYS", "LAST_90_DAYS",
    "THIS_FISCAL_QUARTER", "LAST_FISCAL_YEAR", "NEXT_N_WEEKS:0",
)  # fmt: skip
_PARTS = ("CALENDAR_MONTH", "CALENDAR_YEAR", "DAY_IN_WEEK", "DAY_IN_YEAR", "WEEK_IN_YEAR", "FISCAL_QUARTER")
_ORDERED = ("=", "!=", "<", "<=", ">", ">=")
_FIELDS = {
    "Deal": {"text": ("Note", "Firm.City"), "number": ("Amount", "Firm.Rank"), "date": ("Due", "Firm.Since"),
             "datetime": ("At",), "time": ("Clock",), "checkbox": ("Ok", "Firm.Ok"), "tags": ("Tags",)},
    "Firm": {"text": ("City",), "number": ("Rank",), "date": ("Since",), "checkbox": ("Ok",)},
}  # fmt: skip
_LITERALS = {"text": _TEXTS, "number": _NUMBERS, "date": _DAYS, "datetime": _INSTANTS, "time": _CLOCKS}
_JOINS = {
    "Deal": ("FirmId {n}IN (SELECT Id FROM Firm{w})", "Id {n}IN (SELECT Id FROM Deal{w})",
             "Note {n}IN (SELECT City FROM Firm{w})", "Amount {n}IN (SELECT Rank FROM Firm{w})"),
    "Firm": ("Id {n}IN (SELECT FirmId FROM Deal{w})", "City {n}IN (SELECT Note FROM Deal{w})"),
}  # fmt: skip


def random_query(random: Random) -> str:
    """A query, most of them over deals."""
    match random.randrange(8):
        case 0:
            return f"SELECT COUNT() FROM Deal{_where('Deal', random)}{_cut(random)}"
        case 1 | 2 | 3:
            return _groups(random)
        case 4:
            inner = _rows("Deal", "Deals", random)
            return f"SELECT City, Rank, ({inner}) FROM Firm{_where('Firm', random)}{_order('Firm', random)}"
        case _:
            return _rows("Deal", "Deal", random)


def _rows(thing: str, source: str, random: Random) -> str:
    paths = [path for kind in _FIELDS[thing].values() for path in kind]
    shown = ", ".join(random.sample(paths, random.randint(1, 4)))
    return f"SELECT {shown} FROM {source}{_where(thing, random)}{_order(thing, random)}{_cut(random)}"


def _groups(random: Random) -> str:
    keys = random.sample(("Note", "Amount", "Firm.City", "Ok", "CALENDAR_MONTH(Due)", "DAY_IN_WEEK(At)", "Firm.Rank"),
                         random.randint(0, 3))  # fmt: skip
    totals = random.sample(
        ("COUNT(Id)", "COUNT(Note)", "SUM(Amount)", "AVG(Amount)", "MIN(Due)", "MAX(Note)", "COUNT_DISTINCT(Note)",
         "MIN(Firm.Rank)", "MAX(At)", "SUM(Firm.Rank)"), random.randint(1, 3),
    )  # fmt: skip
    items = [*(f"{key} k{number}" for number, key in enumerate(keys)), *totals]
    text = f"SELECT {', '.join(items)} FROM Deal{_where('Deal', random)}"
    if not keys:
        return text
    listed = ", ".join(keys)
    text += f" GROUP BY {random.choice((listed, f'ROLLUP({listed})', f'CUBE({listed})'))}"
    if random.random() < 0.4:
        text += f" HAVING COUNT(Id) {random.choice(_ORDERED)} {random.randint(0, 4)}"
        text += random.choice(("", " OR SUM(Amount) > 10", " AND MIN(Due) != null", " AND NOT (MAX(Note) = null)"))
    if random.random() < 0.5:
        by = random.choice((*keys, *totals))
        text += f" ORDER BY {by}{random.choice(('', ' DESC', ' NULLS LAST', ' DESC NULLS FIRST'))}"
    return text + _cut(random)


def _where(thing: str, random: Random, depth: int = 0) -> str:
    return f" WHERE {_condition(thing, random, depth)}" if random.random() < 0.8 else ""


def _condition(thing: str, random: Random, depth: int) -> str:
    choice = random.random()
    if depth < 3 and choice < 0.4:
        word = random.choice((" AND ", " OR "))
        return word.join(f"({_condition(thing, random, depth + 1)})" for _ in range(random.randint(2, 3)))
    if depth < 3 and choice < 0.5:
        return f"NOT ({_condition(thing, random, depth + 1)})"
    if depth < 3 and choice < 0.6:
        form = random.choice(_JOINS[thing])
        inner = "Firm" if "FROM Firm" in form else "Deal"
        return form.format(n=random.choice(("", "NOT ")), w=_where(inner, random, depth + 2))
    kind = random.choice(list(_FIELDS[thing]))
    return _leaf(kind, random.choice(_FIELDS[thing][kind]), random)


def _leaf(kind: str, path: str, random: Random) -> str:
    if kind == "checkbox":
        return random.choice((f"{path} = true", f"{path} != true", f"{path} = false", path, f"{path} = null"))
    if kind == "tags":
        told = f"{random.choice(('INCLUDES', 'EXCLUDES'))} ({random.choice(_TAGS)})"
        return random.choice((f"{path} {told}", f"{path} != null", f"{path} = null"))
    values = _LITERALS[kind]
    match random.randrange(6):
        case 0:
            return f"{path} {random.choice(('=', '!='))} null"
        case 1:
            listed = ", ".join((*random.sample(values, 2), *random.choice(((), ("null",)))))
            return f"{path} {random.choice(('', 'NOT '))}IN ({listed})"
        case 2 if kind == "text":
            return f"{path} {random.choice(('', 'NOT '))}LIKE {random.choice(_PATTERNS)}"
        case 2 | 3 if kind in ("date", "datetime"):
            return f"{path} {random.choice(_ORDERED)} {random.choice(_WORDS)}"
        case 4 if kind in ("date", "datetime"):
            at = f"convertTimezone({path})" if kind == "datetime" and random.random() < 0.5 else path
            return f"{random.choice(_PARTS)}({at}) {random.choice(_ORDERED)} {random.choice((1, 2, 5, 20, 134, 2026))}"
        case _:
            op = random.choice(_ORDERED)
            value = random.choice(values)
            return f"{path} {'!=' if value == repr('') and op not in ('=', '!=') else op} {value}"


def _order(thing: str, random: Random) -> str:
    kinds = {kind: paths for kind, paths in _FIELDS[thing].items() if kind != "tags"}
    paths = [path for paths in kinds.values() for path in paths]
    if random.random() < 0.4:
        return ""
    ends = ("", " ASC", " DESC", " NULLS LAST", " DESC NULLS FIRST", " DESC NULLS LAST")
    by = ", ".join(f"{path}{random.choice(ends)}" for path in random.sample(paths, random.randint(1, 2)))
    return f" ORDER BY {by}"


def _cut(random: Random) -> str:
    limit = f" LIMIT {random.randint(0, 9)}" if random.random() < 0.3 else ""
    return limit + (f" OFFSET {random.randint(0, 5)}" if random.random() < 0.2 else "")
