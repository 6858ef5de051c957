"""`treffpunkt up` as somebody at a terminal sees it."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.mail import free_port
from tests.support.up import Up, command_of, none_alive, page, run


@pytest.fixture(scope="module")
def migrated() -> Iterator[Path]:
    """Give a data folder that was migrated once, to be copied: migrating is the slow part."""
    home = Path(tempfile.mkdtemp(prefix="treffpunkt-up-")) / "data with spaces"
    home.parent.chmod(0o755)
    done = run(home, "migrate")
    assert done.returncode == 0, done.stderr
    yield home
    shutil.rmtree(home.parent, ignore_errors=True)


@contextmanager
def copy_of(migrated: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="treffpunkt-up-"))
    folder.chmod(0o755)
    subprocess.run(["cp", "-a", str(migrated), str(folder)], check=True)
    yield folder / migrated.name
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def home(migrated) -> Iterator[Path]:
    """Give a data folder of this test's own, its path with spaces."""
    with copy_of(migrated) as folder:
        yield folder


@pytest.fixture(scope="module")
def first_home(migrated) -> Iterator[Path]:
    """Give the data folder of the one that keeps running."""
    with copy_of(migrated) as folder:
        yield folder


@pytest.fixture(scope="module")
def shared(first_home) -> Iterator[Up]:
    """Give one that runs, for tests that leave it running."""
    up = Up(first_home)
    up.wait_for_page()
    yield up
    up.stop(signal.SIGINT)


def test_page_answers_and_the_database_is_ours(shared):
    words = {word for pid in shared.children for word in command_of(pid).replace("/", " ").split()}

    assert {"web", "worker", "postgres"} <= words


def test_second_start_says_where_the_first_runs(shared):
    second = run(shared.home, "up", "--port", str(free_port()))

    assert second.returncode == 1
    assert f"already runs on this data at http://127.0.0.1:{shared.port}" in second.stderr
    assert second.stderr.count("\n") == 1


def test_account_is_made_once_while_it_runs(shared):
    words = ("createstaff", "--email", "ayla@example.org", "--name", "Ayla Demir", "--role", "coordinator")
    done, twice = run(shared.home, *words), run(shared.home, *words)

    assert (done.returncode, twice.returncode) == (0, 1)
    assert "ayla@example.org may sign in" in done.stdout
    assert twice.stderr.startswith("treffpunkt: ")
    assert twice.stderr.count("\n") == 1


def test_secrets_are_private(first_home):
    for name in ("secret-key", "database/passwords.json"):
        assert (first_home / name).stat().st_mode & 0o077 == 0


def test_killed_web_server_comes_back_and_sigterm_stops_everything(home):
    up = Up(home)
    up.wait_for_page()

    os.kill(up.child("launch web"), signal.SIGKILL)
    time.sleep(0.5)
    up.wait_for_page()
    children = up.children

    up.stop()
    assert none_alive(children, 0)
    assert up.process.returncode == 0
    assert re.search(r"web +\| was killed by signal 9; starting it again", up.said)
    assert up.said.endswith("Treffpunkt has stopped.\n")
    assert "Bringing the database up to date" not in up.said  # which is what makes a restart quick


def test_killed_launcher_leaves_nothing_and_starts_again(home):
    up = Up(home)
    up.wait_for_page()
    children = up.children

    up.kill()
    again = Up(up.home)
    again.wait_for_page()

    assert none_alive(children)
    again.stop()


def test_taken_port_is_named_with_a_remedy(home):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = run(home, "up", "--port", str(other.getsockname()[1]))

    assert done.returncode == 1
    assert "is taken" in done.stderr
    assert "make run PORT=" in done.stderr
    assert done.stderr.count("\n") == 1


def test_demo_story_is_told_beside_the_pages_and_once_more_where_it_was_cut_off(home):
    cut_off = Up(home, "--demo")
    assert "story-being-told" in cut_off.wait_for_page()
    cut_off.stop()

    up = Up(home, "--demo")
    up.wait_for(lambda: "koordination@example.org" in page(up.port))
    assert "story-being-told" not in page(up.port)
    up.stop()

    again = Up(home, "--demo")
    again.wait_for_page()
    again.stop()
    assert "story" not in again.said


def test_demo_stays_on_this_machine(home):
    done = run(home, "up", "--demo", "--host", "0.0.0.0")

    assert done.returncode == 1
    assert "this machine only" in done.stderr


def ordinary_user() -> str | None:
    for name in ("nobody", "daemon"):
        try:
            uid = pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
        works = subprocess.run(
            ["setpriv", "--reuid", name, "--regid", "nogroup", "--clear-groups", "--", sys.executable, "-c",
             "import subprocess, sys, treffpunkt; subprocess.check_call([sys.executable, '-c', ''])"],
            capture_output=True, check=False, cwd="/",
        )  # fmt: skip
        if uid and works.returncode == 0:
            return name
    return None


@pytest.mark.skipif(os.geteuid() != 0, reason="every other test runs as an ordinary user already")
def test_ordinary_user_starts_it():
    user = shutil.which("setpriv") and ordinary_user()
    if not user:
        pytest.skip("no ordinary user can run this Python")
    folder = Path(tempfile.mkdtemp(prefix="treffpunkt-up-"))
    try:
        shutil.chown(folder, user)
        up = Up(folder / "data", user=user)
        up.wait_for_page()
        up.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root owns folders that the server's user cannot enter")
def test_root_keeps_data_in_a_closed_folder(tmp_path):
    tmp_path.chmod(0o700)
    done = run(tmp_path / "data", "manage", "version")

    place = (tmp_path / "data" / "database" / "elsewhere").resolve()
    try:
        assert done.returncode == 0, done.stderr
        assert (place / "data" / "PG_VERSION").exists()
    finally:
        shutil.rmtree(place, ignore_errors=True)
