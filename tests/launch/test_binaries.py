"""PostgreSQL from the system, where the wheel is missing."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from treffpunkt.launch import binaries
from treffpunkt.launch.embedded import APP, DATABASE, Server
from treffpunkt.launch.problems import Problem


@pytest.fixture
def without_wheel(monkeypatch):
    """Look for a wheel that nobody has."""
    monkeypatch.setattr(binaries, "WHEEL", "a_wheel_that_nobody_has")


@pytest.fixture
def folder():
    """Give a folder the server's own user reaches."""
    found = Path(tempfile.mkdtemp(prefix="treffpunkt-up-"))
    found.chmod(0o711 if os.geteuid() == 0 else 0o700)
    yield found
    shutil.rmtree(found, ignore_errors=True)


def test_database_of_the_system_serves_where_the_wheel_is_missing(without_wheel, folder):
    try:
        programs = binaries.find()
    except Problem:
        pytest.skip("no PostgreSQL 15 or newer on this system")
    server = Server(folder)
    address = server.start()
    try:
        with address.connect(APP, DATABASE) as connection:
            assert connection.info.server_version // 10000 == programs.version
            assert connection.execute("show server_encoding").fetchone() == ("UTF8",)
    finally:
        server.stop(10)


def test_who_has_no_database_at_all_is_told_what_to_do(without_wheel, monkeypatch):
    monkeypatch.setattr(binaries, "_system", list)

    with pytest.raises(Problem, match="apt install postgresql"):
        binaries.find()


def test_data_of_another_version_are_not_opened(without_wheel):
    with pytest.raises(Problem):
        binaries.find(wanted=9)
