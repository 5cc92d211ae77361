"""A folder to the demo org in it: metadata copied, records generated, all deployed and loaded."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

import objectforge
from objectforge import demo as demo_package
from objectforge.cli.progress import Show, progress
from objectforge.demo.records import write_records
from objectforge.metadata.files import CONFIG

__all__ = ["DATABASE", "build", "check_folder", "clear"]

DATABASE = "demo.db"
_UNFINISHED = ".unfinished.db"
_MARK = "# The ObjectForge demo."
_CONFIG = f"{_MARK} 'objectforge demo --fresh' makes this folder anew.\norg: sqlite:///{DATABASE}\nmetadata: [crm]\n"
_METADATA, _RECORDS, _REJECTS = "crm", "records", "rejects.csv"


def check_folder(folder: Path) -> bool:
    """Whether the folder holds a finished demo.

    Raises:
        click.ClickException: it holds something else, which is not overwritten.
    """
    if not folder.exists() or not any(folder.iterdir()):
        return False
    config = folder / CONFIG
    if not config.is_file() or not config.read_text("utf-8", "replace").startswith(_MARK):
        raise click.ClickException(f"{folder} holds other files, which are not overwritten; choose another folder")
    return (folder / DATABASE).exists()


def clear(folder: Path) -> None:
    """Remove what the demo has made, and nothing else."""
    (folder / _REJECTS).unlink(missing_ok=True)
    for name in (_METADATA, _RECORDS):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in (DATABASE, _UNFINISHED):
        for suffix in ("", "-wal", "-shm"):
            (folder / f"{name}{suffix}").unlink(missing_ok=True)


def build(folder: Path) -> None:
    """Build the demo; its database appears when it is complete."""
    clear(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CONFIG).write_text(_CONFIG, "utf-8")
    shutil.copytree(Path(demo_package.__file__).parent / "crm", folder / _METADATA)
    began = time.monotonic()
    files = write_records(folder / _RECORDS, date.today())
    records = sum(file.count for file in files)
    with objectforge.Org.open(f"sqlite:///{folder / _UNFINISHED}") as org:
        org.deploy(folder / _METADATA)
        click.echo(f"deployed {folder / _METADATA}: {len(org.schema.objects)} objects")
        with progress() as show:
            for place, file in enumerate(files):
                before = sum(earlier.count for earlier in files[:place])
                told = _shower(show, before, records, file.object)
                result = org[file.object].load(file.path, rejects=folder / _REJECTS, progress=told)
                assert not result.rejected, f"rows of {file.path} do not fit; see {result.rejects_path}"
    (folder / _UNFINISHED).replace(folder / DATABASE)
    click.echo(f"loaded {records:,} records from {len(files)} CSV files in {time.monotonic() - began:.1f} s")


def _shower(show: Show, before: int, total: int, what: str) -> Callable[[int, int | None, int | None], None]:
    """What a load calls with the rows it has done: they count towards those of all files."""
    return lambda rows, position, size: show(before + rows, total, what)
