"""A whole installation to be broken: `treffpunkt up` with fsync on, a real mail server, and a look into its data."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as configured
from django.db import InterfaceError, OperationalError, connection
from psycopg import sql

from tests.support.cluster import TEMPLATE
from tests.support.database import use
from tests.support.mail import MailServer, free_port
from tests.support.up import STARTS_WITHIN, Up, run
from treffpunkt.launch import fingerprint
from treffpunkt.launch.embedded import APP, DATABASE, OWNER, SUPERUSER, Server

Outcome = tuple[int, str]


class House:
    """The installation: `up` runs it, `smtp` takes its mail; models are read and services called in its database."""

    def __init__(self, home: Path, smtp: MailServer) -> None:
        self.home, self.smtp, self.port = home, smtp, free_port()
        self.up = self.start()

    def start(self) -> Up:
        """Start it, or start it again after it was killed, and wait until it answers."""
        self.up = Up(
            self.home,
            port=self.port,
            TREFFPUNKT_SMTP_URL=self.smtp.url,
            TREFFPUNKT_SECRET_KEY=configured.SECRET_KEY,
            TREFFPUNKT_WEB_WORKERS="1",
        )
        self.up.wait_for_page()
        return self.up

    def wait(self, done: Callable[[], object], seconds: float = STARTS_WITHIN) -> None:
        """Wait until something holds, whatever becomes of the database meanwhile."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                if done():
                    return
            except (OperationalError, InterfaceError):
                connection.close()
            time.sleep(0.02)
        raise AssertionError(f"this never came:\n{self.up.said[-6000:]}")

    def visitor(self, staff, language: str = "de") -> Visitor:
        """Sit a member of staff down at a browser."""
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

        from treffpunkt.people.sessions import SessionStore

        session = SessionStore()
        session[SESSION_KEY] = str(staff.pk)
        session[BACKEND_SESSION_KEY] = configured.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
        session.create()
        return Visitor(self.port, f"{configured.SESSION_COOKIE_NAME}={session.session_key}", language)


class Visitor:
    """A browser without a screen: sends forms as the pages do."""

    def __init__(self, port: int, cookie: str = "", language: str = "de") -> None:
        self.port, self.language = port, language
        self.token = "k" * 32
        self.cookie = f"{cookie}; csrftoken={self.token}"

    def get(self, path: str) -> Outcome:
        """Open a page; (0, "") where nobody answers."""
        return self._ask("GET", path)

    def post(self, path: str, **fields: object) -> Outcome:
        """Send a form, as the script on the page does."""
        return self._ask("POST", path, urlencode({"csrfmiddlewaretoken": self.token, **fields}))

    def _ask(self, method: str, path: str, body: str = "") -> Outcome:
        line = HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {
            "Cookie": self.cookie,
            "Accept-Language": self.language,
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json, text/html",
        }
        try:
            line.request(method, path, body or None, headers)
            answer: HTTPResponse = line.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, HTTPException):
            return 0, ""
        finally:
            line.close()


@contextmanager
def installed(home: Path, kept: Path) -> Iterator[None]:
    """Make an installation with a migrated database: from the tests' own template where there is one."""
    database = home / "database"
    if kept.exists():
        database.mkdir(parents=True)
        home.chmod(0o711)
        subprocess.run(["cp", "-a", f"{kept}/.", str(database)], check=True)
        server = Server(database)
        address = server.start()
        with address.connect(SUPERUSER, "postgres") as admin:
            admin.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(DATABASE)))
            admin.execute(
                sql.SQL("create database {} template {} owner {} strategy file_copy").format(
                    *map(sql.Identifier, (DATABASE, TEMPLATE, OWNER))
                )
            )
            admin.execute(sql.SQL("drop database {}").format(sql.Identifier(TEMPLATE)))
        fingerprint.mark(address.url(OWNER))
        server.stop(10)
    else:
        done = run(home, "migrate")
        assert done.returncode == 0, done.stderr
    place = (database / "elsewhere").resolve()
    yield
    if place.exists() and place != database / "elsewhere":
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def a_house(kept: Path, blocker, parent: Path | None = None) -> Iterator[House]:
    """Give a running installation; this process reads and writes its database too."""
    folder = Path(tempfile.mkdtemp(prefix="treffpunkt-house-", dir=parent))
    folder.chmod(0o755)
    home = folder / "home"
    smtp = MailServer(free_port())
    controller = Controller(smtp, hostname="127.0.0.1", port=smtp.port)
    controller.start()
    before = dict(connection.settings_dict)
    try:
        with installed(home, kept):
            house = House(home, smtp)
            try:
                with blocker.unblock():
                    use(Server(home / "database").attach().url(APP))
                    yield house
            finally:
                connection.close()
                connection.settings_dict.update(before)
                if house.up.process.poll() is None:
                    house.up.stop()
    finally:
        controller.stop(no_assert=True)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def built_house(pytestconfig, django_db_blocker) -> Iterator[House]:
    """Run one installation for the tests of a file."""
    with a_house(kept_database(pytestconfig), django_db_blocker) as one:
        yield one


@pytest.fixture
def house(built_house: House, private_files, settings) -> House:
    """Give an installation that the tests of one file break, one after the other."""
    settings.FILES_ROOT = built_house.home / "files"
    connection.close()  # the test before may have killed the server behind it
    return built_house


def kept_database(config: pytest.Config) -> Path:
    """Name the folder of the migrated database that test sessions keep."""
    cache = Path(str(config.cache.mkdir("database"))) if config.cache else Path(os.devnull)
    return cache / fingerprint.of_database()
