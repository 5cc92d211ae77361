"""Documents that run: the fenced blocks of a Markdown file, one after the other, in a folder of their own.

A comment before a block says what becomes of it: `file: NAME` writes it there, `exit: N` is the exit code of its last
command, `output` is what the block before printed, `not run` passes it over. Without one, YAML is validated, Python is
executed, and lines of shell that begin with `objectforge`, `pytest` or `cd` are run.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from objectforge.cli.main import run
from objectforge.metadata.metadata import Metadata
from objectforge.relations.resolve import resolve

BLOCK = re.compile(r"(?:<!-- (?P<note>[^>]*?) -->\n)?```(?P<language>\w+)\n(?P<text>.*?)```\n", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block; `start` and `end` are the place of its text in the document."""

    note: str
    language: str
    text: str
    start: int
    end: int


def blocks(document: str) -> Iterator[Block]:
    for found in BLOCK.finditer(document):
        yield Block(found["note"] or "", found["language"], found["text"], found.start("text"), found.end("text"))


def run_document(path: Path, folder: Path) -> str:
    """Run a document in a folder; the document with the outputs as they are now."""
    document = path.read_text("utf-8")
    parts: list[str] = []
    done = 0
    printed = ""
    names: dict[str, Any] = {"__name__": path.stem}
    with contextlib.chdir(folder):
        for block in blocks(document):
            if block.note == "output":
                parts += [document[done : block.start], printed.replace(str(folder) + os.sep, "")]
                done = block.end
            else:
                printed = _run(block, names)
    return "".join((*parts, document[done:]))


def _run(block: Block, names: dict[str, Any]) -> str:
    kind, _, value = block.note.partition(": ")
    match kind, block.language:
        case "file", _:
            Path(value).parent.mkdir(parents=True, exist_ok=True)
            Path(value).write_text(block.text, "utf-8")
        case "not run", _:
            pass
        case _, "python":
            with contextlib.redirect_stdout(io.StringIO()) as out:
                exec(compile(block.text, "<document>", "exec"), names)  # noqa: S102
            return out.getvalue()
        case _, "yaml":
            resolve(Metadata.parse(block.text))
        case _, "bash":
            return _shell(block.text, int(value) if kind == "exit" else 0)
        case _:
            pass
    return ""


def _shell(text: str, expected: int) -> str:
    code = 0
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
        for line in text.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["cd"]:
                os.chdir(words[1])
            elif words[:1] == ["objectforge"] and not any("://" in word for word in words):
                assert code == 0, f"a command before {line!r} failed:\n{out.getvalue()}"
                code = run(words[1:])
            elif words[:1] == ["pytest"]:
                command = [sys.executable, "-m", *words, "-q", "-p", "no:cacheprovider", "-p", "no:randomly"]
                done = subprocess.run(command, capture_output=True, text=True, check=False)
                assert done.returncode == 0, done.stdout
    assert expected == code, out.getvalue()
    return out.getvalue()
