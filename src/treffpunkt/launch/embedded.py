"""The embedded PostgreSQL: one server for one data folder, reached by a socket file, gone when we are gone."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlencode

import psycopg

from treffpunkt.launch import binaries, children
from treffpunkt.launch.places import write_private
from treffpunkt.launch.problems import Problem
from treffpunkt.launch.users import User, may_pass, server_user

DATABASE = "treffpunkt"
SUPERUSER, OWNER, APP = "postgres", "treffpunkt_owner", "treffpunkt_app"
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET = 90  # the kernel takes 107 bytes, macOS 103
# A killed server's own children may be at their last statement still; nothing else may touch the data until then.
STILL_USED = "is still in use"
START_SECONDS = 60  # after a crash the server first replays its log
ORPHAN_SECONDS = 60

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "shared_buffers": "128MB",
    "max_connections": "80",
    "jit": "off",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "0",
    "max_wal_size": "512MB",
    # After an import of a hundred thousand rows the planner knows them soon, not only after a minute.
    "autovacuum_naptime": "10s",
    # Values of rows are personal data: no statement, no parameter, no "Key (email)=..." in a log.
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
UNSAFE = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_connections": "120",
    "lock_timeout": "2min",  # whatever waits for a lock that long waits for ever: better that it says so
}


class Busy(Problem):
    """Another process runs the server of this data folder."""


@dataclass(frozen=True)
class Address:
    """Where the server listens and with which passwords."""

    socket: Path
    passwords: dict[str, str]

    def url(self, role: str, database: str = DATABASE) -> str:
        """Give the address as a URL for one role."""
        query = urlencode({"host": str(self.socket)}, quote_via=quote, safe="/")
        return f"postgresql://{role}:{self.passwords[role]}@/{database}?{query}"

    def connect(self, role: str, database: str) -> psycopg.Connection:
        """Open a connection that commits each statement."""
        return psycopg.connect(
            host=str(self.socket), user=role, password=self.passwords[role], dbname=database, autocommit=True
        )


@dataclass
class Server:
    """The server of one folder: `start`, use `address`, `stop`.

    `unsafe` gives up all safety against power cuts for speed: for tests only.
    """

    folder: Path
    unsafe: bool = False
    place: Path = field(init=False)
    user: User | None = field(init=False, default=None)
    process: subprocess.Popen[bytes] | None = field(init=False, default=None)
    _lock: IO[str] | None = field(init=False, default=None)
    _log: IO[bytes] | None = field(init=False, default=None)
    _address: Address | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.place = self.folder

    @property
    def data(self) -> Path:
        """Give PostgreSQL's own folder."""
        return self.place / "data"

    @property
    def address(self) -> Address:
        """Say where the running server listens."""
        if self._address is None:
            raise RuntimeError("the server is not running")
        return self._address

    def start(self) -> Address:
        """Start the server, on data made when there are none; raises Busy where another process runs it."""
        self._settle()
        self._take_lock()
        try:
            programs = self._programs()
            passwords = self._passwords()
            if not (self.data / "PG_VERSION").exists():
                self._initialise(programs, passwords)
            self._wait_for_orphan()
            socket = self._socket_folder()
            self._run(programs, socket)
            self._address = Address(socket, passwords)
            self._wait_until_ready()
            try:
                _make_roles(self._address)
            except psycopg.OperationalError as error:
                raise Problem(
                    f"The database does not know the passwords in {self.place / 'passwords.json'}. Bring back the "
                    "file that belongs to these data, or choose another folder: TREFFPUNKT_HOME=/another/folder"
                ) from error
        except BaseException:
            self.stop()
            raise
        return self._address

    def start_again(self) -> subprocess.Popen[bytes]:
        """Start the server once more after it ended by itself, at the same address; does not wait until it is ready."""
        self._run(self._programs(), self.address.socket)
        assert self.process is not None
        return self.process

    def attach(self, seconds: float = START_SECONDS) -> Address:
        """Give the address of the server that another process runs on this folder."""
        self._settle()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            running = _postmaster(self.data)
            if running and running.ready and children.is_alive(running.pid):
                return Address(running.socket, self._passwords())
            time.sleep(0.1)
        raise Problem(f"The database in {self.folder} is not ready. Look into {self.place / 'log'} for the reason.")

    def stop(self, seconds: float = 1.5) -> None:
        """Stop the server: at once and in order, and where that takes longer than `seconds`, hard."""
        if self.process is not None:
            for number, patience in ((signal.SIGINT, seconds), (signal.SIGQUIT, 0.7), (signal.SIGKILL, 0.5)):
                try:
                    self.process.send_signal(number)
                    self.process.wait(patience)
                    break
                except subprocess.TimeoutExpired:
                    continue
            self.process = None
        if self._address is not None:
            _forget_socket(self._address.socket)
            self._address = None
        if self._log is not None:
            self._log.close()
            self._log = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _settle(self) -> None:
        """Choose where the data lie: in `folder`, or where the server's user may go."""
        moved = self.folder / "elsewhere"
        if moved.is_symlink():
            self.place = moved.resolve()
            self.user = server_user(self.data)
            return
        self.folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        self.place = self.folder
        self.user = server_user(self.data)
        if self.user is not None and not may_pass(self.user, self.folder):
            # Another's folders are not ours to open: the database moves, and a link remembers where.
            parent = Path("/var/lib/treffpunkt-database")
            parent.mkdir(mode=0o711, parents=True, exist_ok=True)
            self.place = Path(tempfile.mkdtemp(prefix="database-", dir=parent))
            self.place.chmod(0o711)
            moved.symlink_to(self.place)

    def _take_lock(self) -> None:
        lock = (self.place / "lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            holder = lock.read().strip()
            lock.close()
            raise Busy(
                f"The database in {self.folder} is in use{f' by process {holder}' if holder else ''}."
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock

    def _programs(self) -> binaries.Programs:
        version = self.data / "PG_VERSION"
        wanted = int(version.read_text()) if version.exists() else None
        return binaries.readable(binaries.find(wanted=wanted), self.user, self.place)

    def _passwords(self) -> dict[str, str]:
        path = self.place / "passwords.json"
        if not path.exists():
            write_private(path, json.dumps({role: secrets.token_hex(24) for role in (SUPERUSER, OWNER, APP)}))
        passwords: dict[str, str] = json.loads(path.read_text())
        return passwords

    def _initialise(self, programs: binaries.Programs, passwords: dict[str, str]) -> None:
        """Make the data folder beside its place and move it there when it is whole."""
        with tempfile.TemporaryDirectory(prefix="new-", dir=self.place, ignore_cleanup_errors=True) as name:
            new = Path(name)
            secret = new / "password"
            write_private(secret, passwords[SUPERUSER])
            if self.user:
                os.chown(new, self.user.uid, self.user.gid)
                os.chown(secret, self.user.uid, self.user.gid)
            locale = ["--locale-provider=builtin"] if programs.version >= 17 else []
            safety = ["--no-sync", "--no-data-checksums"] if self.unsafe and programs.version >= 18 else []
            if not self.unsafe:
                safety = ["--data-checksums"]
            done = subprocess.run(
                [programs.path("initdb"), "--pgdata", str(new / "data"), "--username", SUPERUSER,
                 "--auth=scram-sha-256", "--pwfile", str(secret), "--encoding=UTF8", *locale,
                 "--locale=C.UTF-8", "--text-search-config=simple", *safety],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
                env=_environment(), cwd=new,
                user=self.user.uid if self.user else None,
                group=self.user.gid if self.user else None,
                extra_groups=[] if self.user else None,
            )  # fmt: skip
            if done.returncode != 0:
                raise Problem(f"The database could not be made in {self.place}: {done.stdout.strip()[-400:]}")
            if self.data.exists():  # an empty or half-made folder; rename replaces only an empty one
                self.data.rmdir()
            (new / "data").rename(self.data)

    def _wait_for_orphan(self) -> None:
        """Let a server that lost its parent finish, and clear away what a dead one left behind."""
        until = time.monotonic() + ORPHAN_SECONDS
        told = False
        while running := _postmaster(self.data):
            if not children.is_alive(running.pid) or not _serves(running.pid, self.data):
                # In a container process numbers come round quickly: this one is somebody else by now.
                _forget_socket(running.socket)
                (self.data / "postmaster.pid").unlink(missing_ok=True)
                return
            if not told and time.monotonic() > until - ORPHAN_SECONDS + 3:
                os.kill(running.pid, signal.SIGINT)
                told = True
            if time.monotonic() > until:
                raise Problem(
                    f"An older database server still runs on {self.data}. Stop it (kill {running.pid}) and start again."
                )
            time.sleep(0.05)

    def _socket_folder(self) -> Path:
        folder = self.place / "socket"
        if len(os.fsencode(folder / SOCKET)) >= LONGEST_SOCKET:
            runtime = Path(f"/run/user/{os.geteuid()}")
            parent = runtime if self.user is None and os.access(runtime, os.W_OK) else Path("/tmp")
            folder = Path(tempfile.mkdtemp(prefix="treffpunkt-", dir=parent))
        else:
            folder.mkdir(mode=0o700, exist_ok=True)
        if self.user:
            os.chown(folder, self.user.uid, self.user.gid)
        folder.chmod(0o700)
        return folder

    def _run(self, programs: binaries.Programs, socket: Path) -> None:
        settings = SETTINGS | (UNSAFE if self.unsafe else {}) | {"unix_socket_directories": f'"{socket}"'}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        log = self.place / "log"
        if log.exists() and log.stat().st_size > 5 * 2**20:
            log.replace(log.with_suffix(".old"))
        if self._log is not None:
            self._log.close()
        self._log = log.open("ab")
        os.chmod(log, 0o600)
        self.process = children.start(
            [programs.path("postgres"), "-D", str(self.data), *options],
            when_orphaned=signal.SIGINT,
            user=self.user,
            env=_environment(),
            cwd=self.data,
            output=self._log,
        )

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            assert self.process is not None
            if self.process.poll() is not None:
                last = (self.place / "log").read_text(errors="replace").strip().splitlines()[-3:]
                if any(STILL_USED in line for line in last):
                    time.sleep(0.2)
                    self.start_again()
                    continue
                raise Problem(f"The database did not start: {' '.join(last)} (all in {self.place / 'log'})")
            running = _postmaster(self.data)
            if running and running.ready and running.pid == self.process.pid:
                return
            time.sleep(0.02)
        raise Problem(f"The database did not start within {START_SECONDS} seconds; see {self.place / 'log'}.")


@dataclass(frozen=True)
class _Running:
    pid: int
    socket: Path
    ready: bool


def _postmaster(data: Path) -> _Running | None:
    """Read what a running server writes down about itself."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        return _Running(
            pid=int(lines[0]),
            socket=Path(lines[4]) if len(lines) > 4 else Path(),
            ready=len(lines) > 7 and lines[7].strip() == "ready",
        )
    except (OSError, ValueError, IndexError):
        return None


def _serves(pid: int, data: Path) -> bool:
    """Say whether this process is the database server of this folder; where it cannot be seen, believe it."""
    try:
        return Path(f"/proc/{pid}/cwd").resolve(strict=True) == data.resolve()
    except PermissionError:
        return True
    except OSError:
        return not Path("/proc/self/cwd").exists()


def _forget_socket(folder: Path) -> None:
    if folder.name.startswith("treffpunkt-"):  # one of the short ones we made
        shutil.rmtree(folder, ignore_errors=True)


def _environment() -> dict[str, str]:
    """Give the server a plain environment: nothing of ours, no secrets."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _make_roles(address: Address) -> None:
    """Make the two roles and the database when they are missing."""
    with address.connect(SUPERUSER, "postgres") as connection:
        there = {name for (name,) in connection.execute("select rolname from pg_roles").fetchall()}
        for role in {OWNER, APP} - there:
            connection.execute(
                psycopg.sql.SQL(
                    "create role {} login nosuperuser nocreatedb nocreaterole nobypassrls password {}"
                ).format(psycopg.sql.Identifier(role), psycopg.sql.Literal(address.passwords[role]))
            )
        if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            connection.execute(
                psycopg.sql.SQL("create database {} owner {}").format(
                    psycopg.sql.Identifier(DATABASE), psycopg.sql.Identifier(OWNER)
                )
            )
