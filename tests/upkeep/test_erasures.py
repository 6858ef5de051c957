"""What was erased stays erased, also when an older database comes back."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import transaction
from uuid_utils.compat import uuid4

from tests.factories.network import a_coordinator, an_actor
from treffpunkt.jobs.erasing import erase_again
from treffpunkt.network.models import Actor
from treffpunkt.network.services.erasing import erase_actor
from treffpunkt.upkeep import listing, services
from treffpunkt.upkeep.listing import Erased
from treffpunkt.upkeep.models import Erasure


@pytest.fixture(autouse=True)
def list_path(settings, tmp_path) -> Path:
    settings.ERASURES_FILE = tmp_path / "apart" / "erasures.jsonl"
    return settings.ERASURES_FILE


@pytest.mark.django_db(transaction=True)
def test_erasing_writes_an_id_and_no_name_outside_the_database(list_path):
    actor = an_actor(name="Amina Haddad")

    erase_actor(by=a_coordinator(), actor=actor)

    assert listing.read(list_path) == {Erased("network.actor", str(actor.pk))}
    assert "Amina" not in list_path.read_text()
    assert list_path.stat().st_mode & 0o077 == 0


@pytest.mark.django_db(transaction=True)
def test_erasing_that_is_rolled_back_leaves_no_line(list_path):
    actor = an_actor()
    coordinator = a_coordinator()

    with transaction.atomic():
        erase_actor(by=coordinator, actor=actor)
        transaction.set_rollback(True)

    assert listing.read(list_path) == set()
    assert not Erasure.objects.exists()


@pytest.mark.django_db
def test_job_writes_what_a_killed_process_could_not(list_path, deferred):
    actor = an_actor()
    erase_actor(by=a_coordinator(), actor=actor)  # the test's transaction never commits: nothing was written yet
    assert not list_path.exists()
    assert "upkeep.keep_erasures" in deferred.names

    assert (services.keep_erasures(), services.keep_erasures()) == (1, 0)
    assert listing.read(list_path) == {Erased("network.actor", str(actor.pk))}


@pytest.mark.django_db
def test_older_database_forgets_again(list_path):
    kept, gone = an_actor(name="Bea"), an_actor(name="Amina Haddad")
    listing.add(list_path, [Erased("network.actor", str(gone.pk)), Erased("network.actor", str(uuid4()))])

    assert erase_again() == 1

    gone.refresh_from_db()
    assert (gone.name, gone.erased_at is None) == ("", False)
    assert Actor.objects.get(pk=kept.pk).name == "Bea"
    assert services.forgotten_erasures() == []
    assert erase_again() == 0


def test_half_a_line_of_a_power_cut_harms_nothing(list_path):
    first, second = Erased("network.actor", "1"), Erased("network.actor", "2")
    listing.add(list_path, [first])
    with list_path.open("a") as file:
        file.write('{"kind": "network.ac')

    listing.add(list_path, [first, second])

    assert listing.read(list_path) == {first, second}
    assert json.loads(list_path.read_text().splitlines()[-1])["id"] == "2"


def test_several_writers_lose_nothing_and_double_nothing(list_path):
    every = [Erased("network.actor", str(number)) for number in range(60)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda one: listing.add(list_path, [one, every[0]]), every))

    assert listing.read(list_path) == set(every)
    assert len(list_path.read_text().splitlines()) == len(every)
