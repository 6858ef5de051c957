"""The database is away and comes back; the disk is full and has room again: docs/reliability.md."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.people import a_coordinator
from tests.factories.post import a_mail
from tests.journeys.words import say
from tests.support.house import House, Visitor, a_house, kept_database
from treffpunkt.post.models import Message
from treffpunkt.tasks.models import Task

MEGABYTES = 400  # of the small disk; a migrated database takes a quarter


@pytest.fixture(scope="module")
def disk() -> Iterator[Path]:
    """Give a small disk."""
    folder = Path(tempfile.mkdtemp(prefix="treffpunkt-disk-"))
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}M,mode=755", "tmpfs", folder], capture_output=True, check=False
    )
    if done.returncode:
        folder.rmdir()
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)
    folder.rmdir()


@pytest.fixture(scope="module")
def built_house(disk: Path, pytestconfig, django_db_blocker) -> Iterator[House]:
    """Run an installation on the small disk."""
    with a_house(kept_database(pytestconfig), django_db_blocker, parent=disk) as one:
        yield one


@pytest.mark.parametrize("language", ["de", "ar"])
def test_pages_say_in_the_readers_language_that_the_database_is_away(house: House, language: str):
    guest = Visitor(house.port, language=language)
    os.kill(house.up.child("postgres -D"), signal.SIGKILL)

    seen = []
    for status in (503, 200):
        house.wait(lambda status=status: seen.append(guest.get("/sign-in/")) or seen[-1][0] == status)

    away = [page for status, page in seen if status == 503]
    assert away
    assert all(say("We are away for a moment", language=language) in page for page in away)
    assert {status for status, _page in seen} == {200, 503}


def test_worker_goes_on_when_the_database_is_back(house: House):
    os.kill(house.up.child("postgres -D"), signal.SIGKILL)
    house.wait(lambda: a_mail())

    house.wait(lambda: not Message.objects.exclude(state=Message.State.SENT).exists())


def test_full_disk_refuses_what_does_not_fit_and_loses_nothing(house: House, disk: Path):
    desk = house.visitor(a_coordinator())
    assert desk.post("/tasks/add/", title="Vor dem vollen Datenträger")[0] == 302
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(2**20))
        except OSError:
            pass

    answers: list[int] = []
    while 503 not in answers and len(answers) < 200:
        answers.append(desk.post("/tasks/add/", title=f"Aufgabe {len(answers)}", note=secrets.token_hex(2400))[0])
    assert set(answers) <= {302, 503}
    assert 503 in answers, house.up.said[-4000:]

    ballast.unlink()
    house.wait(lambda: desk.post("/tasks/add/", title="Danach")[0] == 302)
    titles = list(Task.objects.values_list("title", flat=True))
    assert {"Vor dem vollen Datenträger", "Danach"} <= set(titles)
    stored = {f"Aufgabe {number}" for number, status in enumerate(answers) if status == 302}
    assert stored <= set(titles)
