"""A running installation with the demo story: the real web server, a database of its own, jobs on demand."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.conf import settings as configured
from django.db import connection, connections
from django.test import override_settings

from tests.support.cluster import Cluster, named, prepare
from tests.support.database import use
from tests.support.mail import free_port
from treffpunkt.launch import fingerprint

STARTS_WITHIN = 60  # seconds; generous, for a busy machine


@dataclass
class Live:
    """The installation as a journey uses it: where it answers, who signs in, and its background jobs."""

    url: str
    home: Path
    database: str  # as a worker reaches it
    served: tuple[str, str] = ("", "")  # as the web server reaches it, and as its owner does

    def sign_in(self, email: str, *, language: str = "") -> dict[str, str]:
        """Open a session for a member of staff and give its cookie, for journeys that are not about signing in."""
        from allauth.account.internal.flows.login import record_authentication
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

        from treffpunkt.people.models import Staff
        from treffpunkt.people.sessions import SessionStore

        staff = Staff.objects.get(email=email)
        if language:
            Staff.objects.filter(pk=staff.pk).update(language=language)
        session = SessionStore()
        session[SESSION_KEY] = str(staff.pk)
        session[BACKEND_SESSION_KEY] = configured.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
        record_authentication(SimpleNamespace(session=session), staff, "code")
        session.create()
        return {"name": configured.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": self.url}

    def work(self) -> None:
        """Do every background job that is due, as the worker does."""
        with (
            _connected(self.database),
            ThreadPoolExecutor(1) as thread,
        ):  # the browser's own event loop runs in this one
            thread.submit(_work).result()


def _work() -> None:
    from procrastinate.contrib.django import app

    try:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
            worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, concurrency=1)
    finally:
        connections.close_all()


@pytest.fixture(scope="session")
def story_home(tmp_path_factory) -> Path:
    """Give the folder of the story's files, the same for all workers of a session."""
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "story"
    home.mkdir(exist_ok=True)
    return home


@pytest.fixture(scope="session")
def story(cluster: Cluster, story_home: Path) -> str:
    """Name a database that holds the demo story, told once, to be cloned."""
    # It is told as of today; a server that outlives the tests may still hold yesterday's, or an older one.
    name = f"treffpunkt_story_{date.today():%Y%m%d}_{fingerprint.of_database()[:8]}"
    with cluster.alone("treffpunkt_story"):
        if not cluster.exists(name):
            cluster.clone(name)
            prepare(named(cluster.direct, name), "demo", home=story_home, TREFFPUNKT_DEMO="1")
    return name


@pytest.fixture(scope="module")
def story_database(cluster, story, test_database, django_db_setup, django_db_blocker) -> Iterator[None]:
    """Let the tests of a module use a database that holds the demo story; what they write stays until its end."""
    name = f"{test_database}_story"
    cluster.clone(name, story)
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        before = dict(connection.settings_dict)
        use(named(cluster.app, name))
        yield
        connection.close()
        connection.settings_dict.update(before)
    cluster.drop(name)


@pytest.fixture(scope="session")
def live_server_of_journeys(
    cluster: Cluster, story: str, story_home: Path, tmp_path_factory
) -> Iterator[tuple[Live, str]]:
    """Run the web server for all journeys of this worker; each of them finds the story as it was told."""
    database = f"journey_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    cluster.clone(database, story)
    live = Live(
        url=f"http://127.0.0.1:{free_port()}",
        home=tmp_path_factory.mktemp("installation"),
        database=named(cluster.direct, database),
    )
    if (story_home / "files").exists():  # not there when a server that outlives the tests holds the story already
        shutil.copytree(story_home / "files", live.home / "files")
    live.served = (named(cluster.app, database), named(cluster.owner, database))
    with _serving(live):
        yield live, database
    cluster.drop(database)


@pytest.fixture
def live(live_server_of_journeys, cluster: Cluster, story: str, django_db_blocker, settings) -> Iterator[Live]:
    """Give the running installation, its story told anew; the test may read and write its database."""
    server, database = live_server_of_journeys
    with started_over(server, database, cluster, story, django_db_blocker):
        yield server


@contextmanager
def started_over(live: Live, database: str, cluster: Cluster, story: str, blocker) -> Iterator[None]:
    """Bring the story back to its beginning and let this process use its database."""
    cluster.clone(database, story)
    with (
        blocker.unblock(),
        override_settings(DEMO=True, BASE_URL=live.url, FILES_ROOT=live.home / "files"),
        _connected(named(cluster.app, database)),
    ):
        yield


@contextmanager
def _connected(url: str) -> Iterator[None]:
    before = dict(connection.settings_dict)
    use(url)
    connection.settings_dict["CONN_MAX_AGE"] = 0  # so that the worker closes the connections of its threads
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


@contextmanager
def serving_beside(live: Live, **settings: str) -> Iterator[str]:
    """Run a second web server of the same installation with other settings; give its address."""
    other = Live(url=f"http://127.0.0.1:{free_port()}", home=live.home, database=live.database, served=live.served)
    with _serving(other, **settings):
        yield other.url


@contextmanager
def _serving(live: Live, **settings: str) -> Iterator[None]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TREFFPUNKT_", "PYTEST_"))}
    environment = (
        clean
        | {
            "TREFFPUNKT_HOME": str(live.home),
            "TREFFPUNKT_DATABASE_URL": live.served[0],
            "TREFFPUNKT_DIRECT_DATABASE_URL": live.database,
            "TREFFPUNKT_OWNER_DATABASE_URL": live.served[1],
            "TREFFPUNKT_SECRET_KEY": configured.SECRET_KEY,
            "TREFFPUNKT_BASE_URL": live.url,
            "TREFFPUNKT_DEMO": "1",
            "TREFFPUNKT_WEB_WORKERS": "1",
        }
        | settings
    )
    said = live.home / "web.log"
    with said.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "treffpunkt.launch", "web", "--port", live.url.rpartition(":")[2]],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(process, f"{live.url}/sign-in/", said)
        yield
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], url: str, said: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(url, timeout=5):
                return
        except HTTPError as error:
            raise AssertionError(f"{url} answers {error.code}:\n{said.read_text()}") from error
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the web server does not answer:\n{said.read_text()}")
