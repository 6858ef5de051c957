"""One installation at work: its data folder, its secret, its database, and the environment of its processes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from treffpunkt.launch import fingerprint, places
from treffpunkt.launch.embedded import APP, OWNER, Busy, Server
from treffpunkt.launch.grants import grant
from treffpunkt.launch.problems import Problem

_TRY = "select pg_try_advisory_lock(hashtext('treffpunkt.migrate'))"
PATIENCE = 0.2  # seconds between two tries to become the one machine that migrates


@dataclass(frozen=True)
class Installation:
    """What a process of this installation must know."""

    home: Path
    secret_key: str = field(repr=False)
    app_url: str = field(repr=False)  # of pages; it may lead through a pooler
    owner_url: str = field(repr=False)
    direct_url: str = field(repr=False)  # of everything else, which holds locks and listens longer than a transaction
    # The embedded database, where this process runs it.
    server: Server | None = field(default=None, repr=False)

    def environment(self, *, as_owner: bool = False, pages: bool = False) -> dict[str, str]:
        """Give the environment of a process; only one that migrates gets the owner's password."""
        own = {
            "TREFFPUNKT_HOME": str(self.home),
            "TREFFPUNKT_SECRET_KEY": self.secret_key,
            "TREFFPUNKT_DATABASE_URL": self.owner_url if as_owner else self.app_url if pages else self.direct_url,
            "DJANGO_SETTINGS_MODULE": "treffpunkt.site.settings",
            "PYTHONUNBUFFERED": "1",
        }
        rest = {name: value for name, value in os.environ.items() if name != "TREFFPUNKT_OWNER_DATABASE_URL"}
        return rest | own

    def needs_migrating(self) -> bool:
        """Say whether the database lacks a migration or reference data; a Problem where it cannot be reached."""
        try:
            return fingerprint.needed(self.owner_url)
        except psycopg.OperationalError as error:
            reason = str(error).strip().splitlines()[0]
            raise Problem(
                f"The database cannot be reached ({reason}). Look at TREFFPUNKT_DATABASE_URL, or leave it "
                "out to use the embedded database."
            ) from error

    @contextmanager
    def migrating(self) -> Iterator[bool]:
        """Hold the right to migrate, since several machines may start at once; says whether it is still needed.

        It is asked for again and again: a statement that waits would hold up an index that is built meanwhile.
        """
        with psycopg.connect(self.owner_url, autocommit=True) as connection:
            while connection.execute(_TRY).fetchone() != (True,):
                time.sleep(PATIENCE)
            yield fingerprint.needed(self.owner_url)

    def was_restored(self) -> bool:
        """Say whether a restore has yet to be finished: messages held back, erasures replayed."""
        return fingerprint.is_restored(self.owner_url)

    def note_migrated(self) -> None:
        """Note that all is done."""
        fingerprint.mark(self.owner_url)

    def let_serve(self) -> None:
        """Let the serving role use what the migrations made."""
        with psycopg.connect(self.direct_url) as connection:
            app = connection.info.user
        grant(self.owner_url, app)

    def needs_static_files(self) -> bool:
        """Say whether the files for the browser have to be collected."""
        stamp = self.home / "static-files"
        return (
            not (self.home / "static").is_dir()
            or not stamp.exists()
            or stamp.read_text() != fingerprint.of_static_files()
        )

    def note_static_files(self) -> None:
        """Note which files were collected."""
        (self.home / "static-files").write_text(fingerprint.of_static_files())


@contextmanager
def opened(*, alone: bool = False) -> Iterator[Installation]:
    """Give the installation with its database reachable, the embedded one started where nobody has yet.

    With `alone`, an embedded database that another process runs is a reason to stop (Busy).
    """
    home = places.prepared_home()
    secret = places.secret_key(home)
    if given := os.environ.get("TREFFPUNKT_DATABASE_URL"):
        direct = os.environ.get("TREFFPUNKT_DIRECT_DATABASE_URL") or given
        owner = os.environ.get("TREFFPUNKT_OWNER_DATABASE_URL") or direct
        yield Installation(home, secret, given, owner, direct)
        return
    server = Server(home / "database")
    started = True
    try:
        address = server.start()
    except Busy:
        if alone:
            raise
        started = False
        address = server.attach()
    try:
        app = address.url(APP)
        yield Installation(home, secret, app, address.url(OWNER), app, server if started else None)
    finally:
        if started:
            server.stop()
