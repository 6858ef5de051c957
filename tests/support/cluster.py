"""The PostgreSQL of a test session: templates made once, each worker and each journey gets a clone."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from treffpunkt.launch import fingerprint
from treffpunkt.launch.embedded import APP, OWNER, SUPERUSER, Server
from treffpunkt.launch.grants import grant

TEMPLATE = "treffpunkt_template"
PREFIX = "treffpunkt-tests-"


@dataclass(frozen=True)
class Cluster:
    """A server on which tests may make databases: URLs of who creates them, who owns them, who serves.

    `app` may lead through a pooler, `direct` is the same past it: what workers use.
    """

    admin: str
    owner: str
    app: str
    direct: str

    @classmethod
    def given(cls) -> Cluster:
        """Take the server of TREFFPUNKT_DATABASE_URL; its owner must be allowed to create databases."""
        try:
            app = os.environ["TREFFPUNKT_DATABASE_URL"]
        except KeyError:
            raise pytest.UsageError(
                "DATABASE=given needs TREFFPUNKT_DATABASE_URL, and behind a pooler TREFFPUNKT_DIRECT_DATABASE_URL too; "
                "see docs/operate.md. scripts/given.sh sets such a database up."
            ) from None
        direct = os.environ.get("TREFFPUNKT_DIRECT_DATABASE_URL") or app
        owner = os.environ.get("TREFFPUNKT_OWNER_DATABASE_URL") or direct
        return cls(admin=owner, owner=owner, app=app, direct=direct)

    @classmethod
    def embedded(cls, server: Server) -> Cluster:
        """Take an embedded server that runs."""
        return cls(
            admin=server.address.url(SUPERUSER, "postgres"),
            owner=server.address.url(OWNER),
            app=server.address.url(APP),
            direct=server.address.url(APP),
        )

    def dump(self) -> str:
        """Write the cluster down for another process."""
        return json.dumps([self.admin, self.owner, self.app, self.direct])

    @classmethod
    def load(cls, text: str) -> Cluster:
        """Read what `dump` wrote."""
        return cls(*json.loads(text))

    def connect(self) -> psycopg.Connection:
        """Open a connection that may create databases."""
        return psycopg.connect(self.admin, autocommit=True)

    def clone(self, name: str, template: str = TEMPLATE) -> None:
        """Make a database that equals a template, in place of an older one of that name."""
        self.drop(name)
        with self.connect() as connection:
            connection.execute(
                sql.SQL("create database {} template {} owner {} strategy file_copy").format(
                    sql.Identifier(name), sql.Identifier(template), sql.Identifier(user_of(self.owner))
                )
            )

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        with self.connect() as connection:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))

    def exists(self, name: str) -> bool:
        """Say whether a database is there."""
        with self.connect() as connection:
            return bool(connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone())

    @contextmanager
    def alone(self, name: str):
        """Hold a lock by name, so that of several workers one does the work."""
        with self.connect() as connection:
            connection.execute("select pg_advisory_lock(hashtext(%s))", [name])
            yield

    def make_template(self) -> None:
        """Migrate the template as owner, and let the serving role use it."""
        if self.exists(TEMPLATE) and not fingerprint.needed(named(self.owner, TEMPLATE)):
            return
        self.clone(TEMPLATE, "template1")
        url = named(self.owner, TEMPLATE)
        prepare(url, "database")
        grant(url, user_of(self.app))
        fingerprint.mark(url)


def prepare(url: str, *tasks: str, home: Path | None = None, **env: str) -> None:
    """Run the launcher's preparations in a process of their own; files they store lie in `home`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TREFFPUNKT_")}
    with tempfile.TemporaryDirectory(prefix="treffpunkt-home-") as nowhere:
        done = subprocess.run(
            [sys.executable, "-m", "treffpunkt.launch.prepare", *tasks],
            env=clean | {"TREFFPUNKT_DATABASE_URL": url, "TREFFPUNKT_HOME": str(home or nowhere)} | env,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"preparing {' '.join(tasks)} failed:\n{done.stdout}\n{done.stderr}")


def named(url: str, database: str) -> str:
    """Give the URL of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def user_of(url: str) -> str:
    """Give the role of a URL."""
    return urlsplit(url).username or ""


def start(cache: Path) -> Server:
    """Start a server that forgets everything at its end, from a copy of the last one where that still fits."""
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    server = Server(folder, unsafe=True)
    kept = cache / fingerprint.of_database()
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another session may be copying or keeping
        if kept.exists():
            subprocess.run(["cp", "-a", f"{kept}/.", str(folder)], check=True)
        else:
            server.start()
            Cluster.embedded(server).make_template()
            _keep(server, kept)
    server.start()
    return server


def stop(server: Server) -> None:
    """Stop the server and forget its data."""
    server.stop()
    if server.place != server.folder:
        shutil.rmtree(server.place, ignore_errors=True)
    shutil.rmtree(server.folder, ignore_errors=True)


def _keep(server: Server, kept: Path) -> None:
    """Stop the server and keep a copy of its migrated data for the next sessions; two are worth their space."""
    server.stop(10)
    if server.place != server.folder:
        return
    others = [path for path in kept.parent.iterdir() if path.is_dir()]
    for old in sorted(others, key=lambda path: path.stat().st_mtime)[:-1]:
        shutil.rmtree(old, ignore_errors=True)
    new = kept.with_name(f"{kept.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for name in ("data", "passwords.json"):
        subprocess.run(["cp", "-a", str(server.folder / name), str(new)], check=True)
    new.rename(kept)


def _sweep() -> None:
    """Remove what killed sessions left behind."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            if time.time() - folder.stat().st_mtime < 120:  # it may just be about to take its lock
                continue
            with (folder / "lock").open("a+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue
