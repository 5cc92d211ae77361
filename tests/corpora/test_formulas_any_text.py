"""Public formulas with pieces taken out, put in and exchanged: the answer is a value, or an error with a place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

from formula_rows import FormulaRow, read_rows
from mutations import PIECE, changed

from objectforge import Metadata, MetadataError, QueryError, evaluate
from objectforge.testing import temp_org

FIELDS = {
    "Note": "text(255)", "Body": "long_text", "Amount": "currency", "Chance": "percent", "Size": "number",
    "Fine": {"type": "number", "precision": 18, "scale": 9}, "Closes": "date", "Seen": "datetime", "At": "time",
    "Open": "checkbox", "Stage": ["Zero", "open"], "Tags": {"type": "multipicklist", "values": ["a", "b"]},
}  # fmt: skip
RECORD = {
    "Name": "Acme",
    "Note": "a-1",
    "Amount": 5,
    "Fine": Decimal("0.5"),
    "Chance": 50,
    "Closes": date(2024, 2, 29),
    "Open": True,
}
KINDS = {
    "text": "Note", "long_text": "Body", "currency": "Amount", "percent": "Chance", "number": "Fine", "date": "Closes",
    "datetime": "Seen", "time": "At", "checkbox": "Open", "picklist": "Stage", "multipicklist": "Tags",
}  # fmt: skip
MORE = (
    *FIELDS,
    "Name",
    "$User.Name",
    "NOW()",
    "TODAY()",
    "NULL",
    "TRUE",
    "'a'",
    "0",
    "1.5",
    "-1",
    "IF(",
    "CASE(",
    "&",
    "^",
)
CHANGED = 1200


def formulas(rows: Sequence[FormulaRow]) -> list[str]:
    """The formulas over fields that there are."""
    return [re.sub(r"[A-Za-z_]\w*(?:\.\w+)*(?!\w*\s*\()", renamed(row), row.expression) for row in rows]


def renamed(row: FormulaRow) -> Callable[[re.Match[str]], str]:
    kinds = {name.lower(): raw if isinstance(raw, str) else "" for name, raw in row.types.items()}
    return lambda found: KINDS.get(kinds[found[0].lower()], "Amount") if found[0].lower() in kinds else found[0]


def texts(rows: Sequence[FormulaRow], random: Random, count: int) -> Iterator[str]:
    """Formulas nobody has written."""
    known = formulas(rows)
    pieces = [piece for text in known for piece in PIECE.findall(text)] + list(MORE) * 40
    for _ in range(count):
        yield changed(random.choice(known), pieces, random)


def deal(fields: Mapping[str, object]) -> str:
    """The metadata of an object, each field on a line of its own."""
    return "objects:\n  Deal:\n    fields:\n" + "".join(
        f"      {name}: {json.dumps(field, ensure_ascii=False)}\n" for name, field in fields.items()
    )


def guilty_of(fields: Mapping[str, object]) -> set[str]:
    """The fields with a problem, each of which has a place."""
    try:
        with temp_org(Metadata.parse(deal(fields))):
            return set()
    except MetadataError as error:
        spans = [issue.span for issue in error.issues]
        return {span.source.line(span.line).partition(":")[0].strip() if span else "nowhere" for span in spans}


def test_whatever_the_formula_the_answer_is_a_value_or_an_error_with_a_place(corpora: Path) -> None:
    random = Random(5)  # noqa: S311 - test data
    nowhere, good = list[str](), list[str]()
    with temp_org(Metadata.parse(deal(FIELDS))) as org:
        org["Deal"].create(RECORD)
        asks: list[Callable[[str], object]] = [
            lambda text: evaluate(text, RECORD, fields={"Name": "text", **FIELDS}),
            lambda text: list(org.query(f"SELECT {text} FROM Deal")),
            org["Deal"].find,
        ]
        for text in texts(read_rows(corpora / "formulas.jsonl"), random, CHANGED):
            for number, ask in enumerate(asks):
                try:
                    ask(text)
                    good += [text] if number == 0 else []
                except QueryError as error:
                    if error.issue.span is None:
                        nowhere.append(text)
    assert [] == nowhere
    assert len(good) > CHANGED / 50


def test_whatever_the_formula_field_it_is_deployed_or_refused_with_a_place(corpora: Path) -> None:
    random = Random(7)  # noqa: S311 - test data
    some = [text for text in texts(read_rows(corpora / "formulas.jsonl"), random, 400) if text.isprintable()]
    kinds = ("text", "number", "checkbox", "date", "datetime")
    fields = {
        f"F{at}": {"type": "formula", "returns": kinds[at % len(kinds)], "formula": text}
        for at, text in enumerate(some)
    }
    guilty = guilty_of({**FIELDS, **fields})
    assert guilty
    assert guilty <= fields.keys()
    left = {name: field for name, field in fields.items() if name not in guilty}
    with temp_org(Metadata.parse(deal({**FIELDS, **left}))) as org:
        made = org["Deal"].create(RECORD)
        assert org["Deal"].get(made.Id).Name == "Acme"
