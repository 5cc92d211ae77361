"""Public queries with pieces taken out, put in and exchanged: the answer is records, or an error with a place."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

from mutations import PIECE, changed
from soql_records import NOW
from soql_world import worlds

from objectforge import Metadata, QueryError, parse_soql
from objectforge.testing import temp_org

MORE = (
    "COUNT(Id)", "SUM(Amount)", "GROUP BY ROLLUP(Name)", "TYPEOF What WHEN Account THEN Name END", "FIELDS(ALL)",
    "toLabel(Name)", "FORMAT(Id)", "convertTimezone(CreatedDate)", "CALENDAR_YEAR(CreatedDate)", "LIMIT 5", "OFFSET 3",
    "ALL ROWS", "FOR UPDATE", "IN (SELECT Id FROM Account)", "NOT", "(", ")", ",", "=", "null", "TRUE", "1e5",
    "(SELECT Id FROM Contacts)", "GROUPING(Name)", "$User.Name", "Owner.Type", "CreatedDate+1", "'x'&Name", "/",
    "99999999999999999999999999", "MIN(Name)", "COUNT_DISTINCT(CreatedDate)", "USING SCOPE mine",
)  # fmt: skip
CHANGED = 1500


def test_whatever_is_asked_the_answer_is_records_or_an_error_with_a_place(corpora: Path) -> None:
    random = Random(11)  # noqa: S311 - test data
    rows = [json.loads(line) for line in (corpora / "soql_valid.jsonl").read_text("utf-8").splitlines()]
    texts = [row["soql"] for row in rows if row["profile"] == "api" and row["status"] == "agreed"]
    world, taken = next(worlds([parse_soql(text) for text in texts]))
    pieces = [piece for query in taken for piece in PIECE.findall(str(query))] + list(MORE) * 20
    answered, nowhere = 0, list[str]()
    with temp_org(Metadata.from_dict(world.metadata()), clock=lambda: NOW) as org:
        for _ in range(CHANGED):
            text = changed(str(random.choice(taken)), pieces, random)
            try:
                list(org.query(text))
                answered += 1
            except QueryError as error:
                if error.issue.span is None:
                    nowhere.append(text)
    assert [] == nowhere
    assert answered > CHANGED / 50
