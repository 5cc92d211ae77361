from __future__ import annotations

import re
from pathlib import Path

import objectforge
from objectforge.errors.codes import CODES

CODE = re.compile(r"\bOF[0-9]{3}\b")


def named_in(folder: Path) -> set[str]:
    files = (path for path in folder.rglob("*.py") if path.name != "codes.py")
    return {code for path in files for code in CODE.findall(path.read_text("utf-8"))}


def test_every_code_is_raised_somewhere_and_no_other() -> None:
    assert set(CODES) == named_in(Path(objectforge.__file__).parent)


def test_the_codes_stand_in_order() -> None:
    assert sorted(CODES) == list(CODES)
