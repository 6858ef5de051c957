"""Speaking with a database through the programs of PostgreSQL: dumping a snapshot, playing a dump back."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO

import psycopg
from psycopg import sql

from treffpunkt.launch import binaries
from treffpunkt.launch.binaries import Programs
from treffpunkt.launch.problems import Problem

# What ends with the installation that is backed up: who is signed in where, and counts against guessing.
PASSING = ("django_session", "people_session", "people_tally")
_VARIABLES = {
    "host": "PGHOST", "hostaddr": "PGHOSTADDR", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD",
    "dbname": "PGDATABASE", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY", "channel_binding": "PGCHANNELBINDING", "target_session_attrs": "PGTARGETSESSIONATTRS",
}  # fmt: skip


@dataclass(frozen=True)
class Snapshot:
    """One moment of a database that stays readable while it is open."""

    name: str
    postgres: int
    tables: dict[str, int] = field(default_factory=dict)
    migrations: dict[str, list[str]] = field(default_factory=dict)


@contextmanager
def snapshot(url: str) -> Iterator[Snapshot]:
    """Hold a moment of the database and count the rows it has."""
    with psycopg.connect(url) as connection:
        connection.execute("set transaction isolation level repeatable read, read only")
        row = connection.execute("select pg_export_snapshot(), current_setting('server_version_num')::int").fetchone()
        assert row is not None
        tables = {name: _count(connection, name) for name in table_names(connection) if name not in PASSING}
        migrations: dict[str, list[str]] = {}
        if "django_migrations" in tables:
            for app, name in connection.execute("select app, name from django_migrations order by id").fetchall():
                migrations.setdefault(app, []).append(name)
        yield Snapshot(row[0], row[1] // 10000, tables, migrations)


def table_names(connection: psycopg.Connection) -> list[str]:
    """List the tables of the installation."""
    found = connection.execute(
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') "
        "and not exists (select 1 from pg_depend where objid = pg_class.oid and deptype = 'e') order by 1"
    )
    return [name for (name,) in found.fetchall()]


def _count(connection: psycopg.Connection, table: str) -> int:
    row = connection.execute(sql.SQL("select count(*) from public.{}").format(sql.Identifier(table))).fetchone()
    return row[0] if row else 0


@contextmanager
def dump(url: str, moment: Snapshot) -> Iterator[IO[bytes]]:
    """Give the dump of a snapshot as a stream; a Problem at its end where pg_dump did not come through."""
    programs = binaries.speaking(moment.postgres)
    command = [programs.path("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", "--schema=public",
               f"--snapshot={moment.name}", *(f"--exclude-table-data=public.{table}" for table in PASSING)]  # fmt: skip
    with TemporaryFile() as said:
        process = subprocess.Popen(
            command, env=environment(url), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said
        )
        assert process.stdout is not None
        try:
            yield process.stdout
            if process.wait():
                raise Problem(f"The database could not be dumped: {_first_line(said)}")
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            process.stdout.close()


class Playback:
    """Plays a dump back in one transaction: `write` the dump, `run` more statements, `commit`; else nothing happened."""

    def __init__(self, url: str, server: int) -> None:
        programs = binaries.speaking(server)
        self._said = TemporaryFile()  # noqa: SIM115
        self._psql = subprocess.Popen(
            [programs.path("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=terse", "-f", "-"],
            env=environment(url), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=self._said,
        )  # fmt: skip
        self._restore = self._translating(programs)
        self._copying = threading.Thread(target=self._copy, args=(server,))
        self.run("begin;")

    def _translating(self, programs: Programs) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [programs.path("pg_restore"), "--no-owner", "--no-privileges", "--file=-"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said,
        )  # fmt: skip

    def run(self, statements: str) -> None:
        """Send statements of our own, before or after the dump."""
        assert self._psql.stdin is not None
        try:
            self._psql.stdin.write(statements.encode() + b"\n")
            self._psql.stdin.flush()
        except BrokenPipeError:
            raise self._problem() from None

    def begin_dump(self) -> None:
        """Let the dump come."""
        self._copying.start()

    def write(self, piece: bytes) -> None:
        """Send a piece of the dump."""
        assert self._restore.stdin is not None
        try:
            self._restore.stdin.write(piece)
        except BrokenPipeError:
            raise self._problem() from None

    def end_dump(self) -> None:
        """Wait until the whole dump was played back."""
        assert self._restore.stdin is not None
        self._restore.stdin.close()
        self._copying.join()
        if self._restore.wait():
            raise self._problem()

    def commit(self) -> None:
        """Make it so."""
        self.run("commit;")
        assert self._psql.stdin is not None
        self._psql.stdin.close()
        if self._psql.wait():
            raise self._problem()

    def close(self) -> None:
        """Let go; what was not committed never happened."""
        for process in (self._restore, self._psql):
            if process.poll() is None:
                process.kill()
                process.wait()
        if self._copying.is_alive():
            self._copying.join()
        for stream in (self._restore.stdin, self._restore.stdout, self._psql.stdin, self._said):
            try:
                if stream is not None:
                    stream.close()
            except BrokenPipeError:
                continue

    def _copy(self, server: int) -> None:
        source, target = self._restore.stdout, self._psql.stdin
        assert source is not None
        assert target is not None
        try:
            for line in source:  # the head of the dump, up to the first thing it makes
                if line == b"SET transaction_timeout = 0;\n" and server < 17:  # older servers do not know it
                    continue
                if line.startswith((b"CREATE SCHEMA public;", b"COMMENT ON SCHEMA public ")):  # it is there
                    continue
                target.write(line)
                if line.startswith(b"CREATE "):
                    break
            while piece := source.read(2**16):
                target.write(piece)
            target.flush()
        except (BrokenPipeError, ValueError):
            self._restore.kill()  # psql has ended and said why

    def _problem(self) -> Problem:
        try:
            self._psql.wait(5)
        except subprocess.TimeoutExpired:
            self._psql.kill()
        return Problem(f"The backup could not be played back, nothing was changed: {_first_line(self._said)}")


def environment(url: str) -> Mapping[str, str]:
    """Give a program of PostgreSQL its way to the database; a password in its arguments everybody could read."""
    parts = psycopg.conninfo.conninfo_to_dict(url)
    found = {_VARIABLES[name]: str(value) for name, value in parts.items() if name in _VARIABLES and value is not None}
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "PGAPPNAME": "treffpunkt", **found}


def _first_line(said: IO[bytes]) -> str:
    said.seek(0)
    lines = [line for line in said.read().decode(errors="replace").splitlines() if "error" in line.lower()]
    return lines[0][-300:] if lines else "PostgreSQL did not say why."
