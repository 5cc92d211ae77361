"""The process between a test suite and its PostgreSQL server: it makes the server, watches its parent, and clears up.

Run as a script, by path, with the standard library only. One argument, a JSON object, says which binaries to use; one
JSON line on stdout answers with the server's address or with what went wrong. From then on the keeper waits. When its
stdin closes or its parent dies, however abruptly, the server stops and its directory goes; when the keeper itself is
killed, Linux stops the server. A process rather than a hook in the child, because PR_SET_PDEATHSIG alone follows the
thread that started the child, leaves the directory behind, and exists on Linux only.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["main"]

WINDOWS = sys.platform == "win32"
START_SECONDS = 60.0
STOP_SECONDS = 10.0
PORT_ON_SOCKET = 5432
SOCKET_PATH_LIMIT = 100  # sun_path holds 104 bytes on macOS, 108 on Linux
UNSAFE_AND_FAST = ("fsync", "full_page_writes", "synchronous_commit")
UNPRIVILEGED = ("postgres", "nobody", "daemon")


class StartError(Exception):
    """The server cannot be started; the message says why, for the person who wanted it."""


@dataclass(frozen=True, slots=True)
class Account:
    """The unprivileged system account that PostgreSQL runs under when we are root."""

    name: str
    uid: int
    gid: int


def main(argument: str) -> int:
    """Start a server from the binaries in `argument`, answer with its address, keep it until the parent is gone."""
    request = json.loads(argument)
    parent = os.getppid()
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))
    directory: Path | None = None
    server: subprocess.Popen[bytes] | None = None
    try:
        account = choose_account()
        directory = make_directory(account)
        bin_directory = reachable(Path(request["bin"]), [Path(part) for part in request["parts"]], directory, account)
        initialise(bin_directory, directory, account)
        host, port = choose_address(directory)
        server = launch(bin_directory, directory, host, port, account)
        wait_until_ready(server, directory)
        answer({"host": host, "port": port})
        wait_for_the_end(server, parent)
    except StartError as problem:
        answer({"error": str(problem)})
        return 1
    finally:
        if server is not None:
            stop(server)
        if directory is not None:
            shutil.rmtree(directory, ignore_errors=True)
    return 0


def answer(reply: Mapping[str, str | int]) -> None:
    """Write the one line the parent waits for; a parent that is already gone does not hear it."""
    with contextlib.suppress(BrokenPipeError):
        print(json.dumps(reply), flush=True)


def choose_account() -> Account | None:
    """Return the account to change to: None unless we are root, for PostgreSQL refuses to run as root."""
    if WINDOWS or os.geteuid() != 0:
        return None
    import pwd  # exists on POSIX only

    everyone = {entry.pw_name: entry for entry in pwd.getpwall()}
    others = [name for name, entry in everyone.items() if entry.pw_uid != 0]
    for name in (*UNPRIVILEGED, *others):
        entry = everyone.get(name)
        if entry is not None and entry.pw_uid != 0:
            return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise StartError("PostgreSQL refuses to run as root, and this machine has no other user to run it as")


@contextlib.contextmanager
def acting_as(account: Account | None) -> Generator[None]:
    """See the file system with the account's eyes for the length of a block."""
    if account is None:
        yield
        return
    groups = os.getgroups()
    gid = os.getegid()
    os.setgroups([])
    os.setegid(account.gid)
    os.seteuid(account.uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(gid)
        os.setgroups(groups)


def make_directory(account: Account | None) -> Path:
    """Make a private directory that the account owns, under the first temporary directory it can reach."""
    candidates = [Path(tempfile.gettempdir()), *([] if WINDOWS else [Path("/tmp"), Path("/var/tmp")])]
    for candidate in candidates:
        try:
            directory = Path(tempfile.mkdtemp(prefix="objectforge-pg-", dir=candidate)).resolve()
        except OSError:
            continue
        if account is not None:
            os.chown(directory, account.uid, account.gid)
        with acting_as(account):
            usable = WINDOWS or os.access(directory, os.R_OK | os.W_OK | os.X_OK, effective_ids=True)
        if usable and (WINDOWS or len(os.fsencode(directory)) <= SOCKET_PATH_LIMIT - len("/.s.PGSQL.5432")):
            return directory
        shutil.rmtree(directory)
    name = "" if account is None else f" for the user {account.name}"
    raise StartError(f"no usable temporary directory{name}: tried {', '.join(map(str, candidates))}; set TMPDIR")


def reachable(bin_directory: Path, parts: Sequence[Path], directory: Path, account: Account | None) -> Path:
    """Return where the account can run the binaries: where they are, else a copy of `parts` (same relative places)."""
    wanted = samples(bin_directory, parts)
    with acting_as(account):
        if account is None or all(os.access(path, os.R_OK, effective_ids=True) for path in wanted):
            return bin_directory
    if not parts:
        raise StartError(
            f"the user {account.name}, who must run them as we are root, cannot reach them in {bin_directory}"
        )
    root = Path(os.path.commonpath([str(part) for part in parts]))
    for part in parts:
        shutil.copytree(part, directory / "copy" / part.relative_to(root), copy_function=copy_for_all)
    for folder, _, _ in os.walk(directory / "copy"):
        Path(folder).chmod(0o755)  # the copy is ours; the original may be closed to others on purpose
    return directory / "copy" / bin_directory.relative_to(root)


def samples(bin_directory: Path, parts: Sequence[Path]) -> list[Path]:
    """Pick the programs and one file of each directory beside them: what one installer wrote, it wrote alike."""
    programs = [bin_directory / program("initdb"), bin_directory / program("postgres")]
    files = [next((path for path in part.rglob("*") if path.is_file()), part) for part in parts]
    return [*programs, *files]


def copy_for_all(source: str, target: str) -> str:
    shutil.copyfile(source, target)
    Path(target).chmod(0o755)
    return target


def program(name: str) -> str:
    return f"{name}.exe" if WINDOWS else name


def initialise(bin_directory: Path, directory: Path, account: Account | None) -> None:
    """Make an empty database cluster in `directory`/data: locale C, UTF-8, trust."""
    command = [str(bin_directory / program("initdb")), "-D", str(directory / "data"), "-U", "postgres"]
    command += ["--auth=trust", "--locale=C", "--encoding=UTF8", "--no-sync"]
    with spawn(command, directory, account, stdout=subprocess.PIPE) as process:
        output, _ = process.communicate()
    if process.returncode != 0:
        raise StartError(f"{command[0]} failed:\n{output.decode(errors='replace').strip()}")


def choose_address(directory: Path) -> tuple[str, int]:
    """Return a private socket directory, which no other user and no other server can meet; on Windows a free port."""
    if not WINDOWS:
        return str(directory), PORT_ON_SOCKET
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return "127.0.0.1", int(probe.getsockname()[1])


def launch(
    bin_directory: Path, directory: Path, host: str, port: int, account: Account | None
) -> subprocess.Popen[bytes]:
    """Start the server itself, its output in `directory`/log."""
    listen, sockets = ("127.0.0.1", "") if WINDOWS else ("", host)
    settings = [f"listen_addresses={listen}", f"unix_socket_directories={sockets}", f"port={port}"]
    settings += [f"{name}=off" for name in UNSAFE_AND_FAST]
    command = [str(bin_directory / program("postgres")), "-D", str(directory / "data")]
    for setting in settings:
        command += ["-c", setting]
    with (directory / "log").open("wb") as log:
        return spawn(command, directory, account, stdout=log.fileno())


def spawn(command: Sequence[str], directory: Path, account: Account | None, stdout: int) -> subprocess.Popen[bytes]:
    """Run a program of PostgreSQL as the account, in a directory it can reach, bound to our life on Linux."""
    try:
        return subprocess.Popen(
            command,
            cwd=directory,
            env={name: value for name, value in os.environ.items() if not name.startswith("PG")},
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with(os.getpid()) if sys.platform == "linux" else None,  # we have one thread
            user=account and account.uid,
            group=account and account.gid,
            extra_groups=None if account is None else [],
        )
    except (OSError, subprocess.SubprocessError) as problem:
        name = "" if account is None else f" as the user {account.name}"
        raise StartError(f"cannot run {command[0]}{name}: {problem}") from problem


def die_with(parent: int) -> Callable[[], None]:
    """Return what the child runs between fork and exec, after setuid (which would clear the death signal again)."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    set_parent_death_signal = 1

    def bind() -> None:
        prctl(set_parent_death_signal, int(signal.SIGQUIT), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return bind


def wait_until_ready(server: subprocess.Popen[bytes], directory: Path) -> None:
    """Wait for the line by which the server tells pg_ctl that it takes connections."""
    status = directory / "data" / "postmaster.pid"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise StartError(f"PostgreSQL stopped while starting:\n{log_of(directory)}")
        with contextlib.suppress(OSError):
            lines = status.read_text(errors="replace").splitlines()
            if len(lines) > 7 and lines[7].strip() == "ready":
                return
        time.sleep(0.01)
    raise StartError(f"PostgreSQL did not start within {START_SECONDS:.0f} s:\n{log_of(directory)}")


def log_of(directory: Path) -> str:
    return (directory / "log").read_text(errors="replace").strip()[-4000:]


def wait_for_the_end(server: subprocess.Popen[bytes], parent: int) -> None:
    """Return when the parent closes our stdin or is gone, or the server has ended by itself."""
    if WINDOWS:
        sys.stdin.buffer.read()
        return
    # The parent's id is looked at too: a child it forked may keep the other end of our stdin open.
    while server.poll() is None and os.getppid() == parent:
        if select.select([sys.stdin], [], [], 0.5)[0]:
            return


def stop(server: subprocess.Popen[bytes]) -> None:
    """Stop the server at once: nobody wants its data."""
    if WINDOWS:
        server.terminate()
    else:
        server.send_signal(signal.SIGQUIT)
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
