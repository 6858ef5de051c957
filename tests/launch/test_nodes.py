"""Two machines on one database: what is begun on one goes on on the other."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from tests.support.browsing import Browser, Refused
from tests.support.cluster import Cluster, named
from tests.support.mail import MailServer, free_port

MAIL = "miriam@example.org"
PATIENCE = 90  # seconds; generous, for a busy machine
CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")


@dataclass
class Node:
    """One machine: a data folder of its own, pages, and a worker when it is wanted."""

    home: Path
    port: int
    environment: dict[str, str]
    browsers: list[Browser] = field(default_factory=list)

    @contextmanager
    def running(self, *command: str) -> Iterator[None]:
        """Run one of our commands there."""
        said = (self.home / f"{command[0]}.log").open("ab")
        process = subprocess.Popen(
            [sys.executable, "-m", "treffpunkt.launch", *command], env=self.environment, stdout=said, stderr=said
        )
        try:
            yield
            assert process.poll() is None, (self.home / f"{command[0]}.log").read_text()
        finally:
            for browser in self.browsers:
                browser.close()
            process.terminate()
            process.wait(20)
            said.close()

    def browser(self, cookies: dict[str, str] | None = None) -> Browser:
        """Open a browser that the proxy sends to this machine."""
        self.browsers.append(Browser(self.port, cookies={} if cookies is None else cookies))
        return self.browsers[-1]


@pytest.fixture(scope="module")
def database(cluster: Cluster) -> Iterator[Cluster]:
    """Give a migrated database of this module's own, by its addresses."""
    name = f"nodes_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    cluster.clone(name)
    yield Cluster(*(named(url, name) for url in (cluster.admin, cluster.owner, cluster.app, cluster.direct)))
    cluster.drop(name)


@pytest.fixture
def nodes(database: Cluster, smtp: MailServer, tmp_path: Path) -> Iterator[tuple[Node, Node]]:
    """Run pages and a worker on two machines that share database, secret and files."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TREFFPUNKT_", "PYTEST_"))}
    shared = {
        "TREFFPUNKT_DATABASE_URL": database.app,
        "TREFFPUNKT_DIRECT_DATABASE_URL": database.direct,
        "TREFFPUNKT_SECRET_KEY": "two machines, one secret " * 3,
        "TREFFPUNKT_FILES": str(tmp_path / "shared files"),
        "TREFFPUNKT_SMTP_URL": smtp.url,
        "TREFFPUNKT_WEB_WORKERS": "1",
    }
    found = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        port = free_port()
        own = {"TREFFPUNKT_HOME": str(tmp_path / name), "TREFFPUNKT_BASE_URL": f"http://127.0.0.1:{port}"}
        found.append(Node(tmp_path / name, port, clean | shared | own))
    with ExitStack() as stack:
        for node in found:
            stack.enter_context(node.running("web", "--port", str(node.port)))
            stack.enter_context(node.running("worker"))
        for node in found:
            until(lambda node=node: node.browser().get("/sign-in/").status == 200)
        yield found[0], found[1]


def until(true) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            if true():
                return
        except (OSError, Refused):
            pass
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def staff(node: Node) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "treffpunkt.launch", "createstaff", "--email", MAIL, "--name", "Miriam Brandt",
         "--role", "coordinator"],
        env=node.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_what_begins_on_one_machine_goes_on_on_the_other(nodes, smtp, database):
    first, second = nodes
    staff(first)

    # The code is asked for on one machine, mailed by a worker of either, and typed in on the other.
    here = first.browser()
    here.get("/sign-in/")
    place = here.post("/sign-in/", {"email": MAIL}).location
    until(lambda: smtp.to(MAIL))
    code = CODE.search(smtp.to(MAIL)[-1].get_content()).group()
    there = second.browser(here.cookies)
    there.get(place)
    assert there.post(place, {"code": code}).location == "/"
    assert here.get("/").status == 200

    # A file comes in on one machine, is worked on by a worker of either, and is seen on both.
    form = here.get("/import/upload/").form("target")
    content = "Name;Link;Mitglieder\nFrauen in Köln;https://www.facebook.com/groups/abc;1200\n".encode()
    place = here.post("/import/upload/", form | {"target": "spaces"}, ("gruppen.csv", content)).location
    found = place.removesuffix("columns/")
    there.post(place, there.get(place).form("column_0"))
    until(lambda: f"{found}apply/" in here.get(found).text)
    here.post(f"{found}apply/", {})
    until(lambda: "Frauen in Köln" in there.get("/network/spaces/").text)
    # Two workers take up the same jobs, and each is done once.
    assert len(smtp.to(MAIL)) == 1
    with psycopg.connect(database.direct) as connection:
        assert connection.execute("select count(*) from network_space").fetchone()[0] == 1


def test_attempts_count_on_all_machines_together(nodes):
    browsers = [node.browser() for node in nodes]
    for browser in browsers:
        browser.get("/sign-in/")

    for number in range(8):
        browsers[number % 2].post("/sign-in/", {"email": "somebody@example.org"})
    for browser in browsers:
        with pytest.raises(Refused, match="429"):
            browser.post("/sign-in/", {"email": "somebody@example.org"})


def test_machines_that_start_at_once_migrate_once(cluster, tmp_path):
    name = f"at_once_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    cluster.clone(name, "template1")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("TREFFPUNKT_", "PYTEST_"))}
    try:
        running = [
            subprocess.Popen(
                [sys.executable, "-m", "treffpunkt.launch", "migrate"],
                env=clean | {
                    "TREFFPUNKT_HOME": str(tmp_path / machine),
                    "TREFFPUNKT_DATABASE_URL": named(cluster.app, name),
                    "TREFFPUNKT_DIRECT_DATABASE_URL": named(cluster.direct, name),
                    "TREFFPUNKT_OWNER_DATABASE_URL": named(cluster.owner, name),
                },
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            )
            for machine in ("first", "second")
        ]  # fmt: skip
        said = [process.communicate(timeout=300)[0] for process in running]

        assert [process.returncode for process in running] == [0, 0], said
        assert sum("Bringing the database up to date" in text for text in said) == 1
        with psycopg.connect(named(cluster.direct, name)) as connection:
            assert connection.execute("select count(*) from vocabulary_place").fetchone()[0] > 5000
    finally:
        cluster.drop(name)
