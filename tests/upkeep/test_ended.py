"""What was erased, closed or revoked stays so, also when an older database comes back."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connection, transaction
from uuid_utils.compat import uuid4

from tests.factories.network import a_coordinator, an_actor
from tests.factories.people import a_counsellor
from treffpunkt.core.clock import now
from treffpunkt.jobs.ending import end_again
from treffpunkt.journal.models import Entry
from treffpunkt.journal.services import record
from treffpunkt.links import services as links
from treffpunkt.links.models import Link
from treffpunkt.network.models import Actor
from treffpunkt.network.services.erasing import erase_actor, mentions_of
from treffpunkt.network.services.phone import note_lost_phone
from treffpunkt.people.models import Session, Staff
from treffpunkt.people.services.accounts import change_roles
from treffpunkt.people.services.closing import deactivate_staff, forget_second_step, reactivate_staff
from treffpunkt.tasks.services import create_task
from treffpunkt.upkeep import listing, services
from treffpunkt.upkeep.listing import Ended
from treffpunkt.upkeep.models import Erasure


@pytest.fixture(autouse=True)
def list_path(settings, tmp_path) -> Path:
    settings.ERASURES_FILE = tmp_path / "apart" / "erasures.jsonl"
    return settings.ERASURES_FILE


@pytest.mark.django_db(transaction=True)
def test_erasing_writes_an_id_and_no_name_outside_the_database(list_path):
    actor = an_actor(name="Amina Haddad")

    erase_actor(by=a_coordinator(), actor=actor)

    assert listing.read(list_path) == {Ended("network.actor", str(actor.pk))}
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

    assert (services.keep_list(), services.keep_list()) == (1, 0)
    assert listing.read(list_path) == {Ended("network.actor", str(actor.pk))}


@pytest.mark.django_db
def test_older_database_forgets_again(list_path):
    kept, gone = an_actor(name="Bea"), an_actor(name="Amina Haddad")
    listing.add(list_path, [Ended("network.actor", str(gone.pk)), Ended("network.actor", str(uuid4()))])

    assert end_again() == {"people erased": 1}

    gone.refresh_from_db()
    assert (gone.name, gone.erased_at is None) == ("", False)
    assert Actor.objects.get(pk=kept.pk).name == "Bea"
    assert services.forgotten_erasures() == []
    assert end_again() == {}


@pytest.mark.django_db
def test_older_database_forgets_again_what_was_decided_and_nothing_else(list_path):
    coordinator, actor = a_coordinator(), an_actor(name="Amina Haddad")
    titles = ("Amina Haddad anrufen", "Amina Haddad ist eine Dichterin", "Amina fragen", "Amina ist ein Vorname")
    called, poet, asked, name = before = [create_task(by=coordinator, title=title) for title in titles]
    keys = {one.pk: one.key for one in mentions_of(actor)}
    erase_actor(by=coordinator, actor=actor, spare=[keys[str(poet.pk)]], also=[keys[str(asked.pk)]])
    services.keep_list()
    assert "Amina" not in list_path.read_text()
    Erasure.objects.all().delete()
    back_to(actor, *before)

    assert end_again() == {"people erased": 1}

    for task in before:
        task.refresh_from_db()
    assert "Amina" not in called.title + asked.title
    assert (poet.title, name.title) == titles[1::2]
    assert len(listing.read(list_path)) == 1
    assert services.keep_list() == 0


@pytest.mark.django_db
def test_what_was_decided_about_texts_makes_it_no_other_erasure(list_path):
    actor = an_actor(name="Amina Haddad")
    task = create_task(by=(coordinator := a_coordinator()), title="Amina fragen")
    erase_actor(by=coordinator, actor=actor, also=[f"{task.kind}:{task.pk}:title"])
    listing.add(list_path, [Ended("network.actor", str(actor.pk))])  # as an earlier version wrote it

    assert Erasure.objects.get().which == [f"+{task.kind}:{task.pk}:title"]
    assert services.forgotten_erasures() == []


@pytest.mark.django_db
def test_places_that_were_not_found_are_not_noted(list_path):
    erase_actor(by=a_coordinator(), actor=an_actor(name="Amina Haddad"), spare=["Amina"], also=["Amina Haddad"])

    assert Erasure.objects.get().which == []


@pytest.mark.django_db
def test_database_of_an_earlier_version_knows_its_erasures(list_path):
    actor = an_actor()
    erase_actor(by=a_coordinator(), actor=actor)
    with connection.cursor() as cursor:  # found before the real one
        cursor.execute(
            "create temporary table upkeep_erasure as select id, record_kind, record_id from public.upkeep_erasure"
        )

    assert services.known_to_have_ended() == {Ended("network.actor", str(actor.pk))}


def test_half_a_line_of_a_power_cut_harms_nothing(list_path):
    first, second = Ended("network.actor", "1"), Ended("network.actor", "2")
    listing.add(list_path, [first])
    with list_path.open("a") as file:
        file.write('{"kind": "network.ac')

    listing.add(list_path, [first, second])

    assert listing.read(list_path) == {first, second}
    assert json.loads(list_path.read_text().splitlines()[-1])["id"] == "2"


def test_several_writers_lose_nothing_and_double_nothing(list_path):
    every = [Ended("network.actor", str(number)) for number in range(60)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda one: listing.add(list_path, [one, every[0]]), every))

    assert listing.read(list_path) == set(every)
    assert len(list_path.read_text().splitlines()) == len(every)


def back_to(*rows) -> None:
    """Let an older database come back: these rows as they were, and nothing in the journal."""
    Entry.objects.all().delete()
    for row in rows:
        row.save(force_insert=not type(row).objects.filter(pk=row.pk).exists())


@pytest.mark.django_db
def test_account_that_was_closed_stays_closed_until_somebody_opens_it(list_path):
    coordinator, gone, came_back = a_coordinator(), a_counsellor(), a_counsellor()
    deactivate_staff(by=coordinator, staff=gone)
    reactivate_staff(by=coordinator, staff=deactivate_staff(by=coordinator, staff=came_back))
    services.keep_list()
    back_to(gone, came_back)
    Session.objects.create(session_key="x" * 32, staff=gone, expire_date=now())

    assert end_again() == {"accounts closed": 1}

    gone.refresh_from_db()
    came_back.refresh_from_db()
    assert (gone.is_active, came_back.is_active) == (False, True)
    assert not Session.objects.filter(staff=gone).exists()
    assert end_again() == {}
    reactivate_staff(by=coordinator, staff=gone)  # on purpose, after all
    services.keep_list()
    assert end_again() == {}


@pytest.mark.django_db
def test_passkey_that_was_removed_does_not_come_back_and_what_was_kept_stays(list_path, client):
    coordinator, staff, careful = a_coordinator(), a_counsellor(), a_counsellor()
    stolen = Authenticator.objects.create(user=staff, type="totp", data={})
    one, kept = (Authenticator.objects.create(user=careful, type="webauthn", data={"of": name}) for name in "ab")
    forget_second_step(by=coordinator, staff=staff)
    one.delete()
    record(careful, "staff.second_step_changed", careful)  # as removing one's own passkey does
    services.keep_list()
    back_to(stolen, one)

    assert end_again() == {"passkeys and apps removed": 2}

    assert list(Authenticator.objects.all()) == [kept]
    later = Authenticator.objects.create(user=staff, type="totp", data={})
    assert end_again() == {}
    assert Authenticator.objects.filter(pk=later.pk).exists()


@pytest.mark.django_db
def test_phone_that_was_lost_opens_nothing_and_gets_no_message(list_path):
    actor = an_actor()
    channel = actor.channels.create(channel_kind="telegram", value="@amina", preferred=True)
    links.issue("meetings.answer", subject_kind="x", subject_id=uuid4(), holder_id=actor.pk)
    links.issue("meetings.answer", subject_kind="x", subject_id=(other := uuid4()))
    before = list(Link.objects.all())
    note_lost_phone(by=a_coordinator(), actor=actor, unsafe=[channel.pk])
    links.revoke(subject_id=other)
    services.keep_list()
    back_to(channel, *before)

    assert end_again() == {"phones lost": 1, "links revoked": 1}

    channel.refresh_from_db()
    assert (channel.safe, channel.preferred) == (False, False)
    assert not Link.objects.filter(revoked_at=None).exists()
    assert "amina" not in list_path.read_text()
    assert end_again() == {}


@pytest.mark.django_db
def test_roles_that_were_taken_do_not_come_back(list_path):
    coordinator, staff = a_coordinator(), a_counsellor(roles=["counsellor", "legal_reviewer"])
    before = Staff.objects.get(pk=staff.pk)
    change_roles(by=coordinator, staff=staff, roles=["counsellor"])
    services.keep_list()
    back_to(before)

    assert end_again() == {"roles changed": 1}

    staff.refresh_from_db()
    assert staff.roles == ["counsellor"]
    assert end_again() == {}
    change_roles(by=coordinator, staff=staff, roles=["counsellor", "legal_reviewer"])  # on purpose, after all
    services.keep_list()
    assert end_again() == {}


@pytest.mark.django_db
def test_recovery_code_that_was_used_opens_nothing_any_more(list_path):
    staff, replaced = a_counsellor(), a_counsellor()
    sheets = [RecoveryCodes.activate(one) for one in (staff, replaced)]
    before = [Authenticator.objects.get(pk=sheet.instance.pk) for sheet in sheets]
    codes = [sheet.generate_codes()[2] for sheet in sheets]
    for sheet, code in zip(sheets, codes, strict=True):
        assert sheet.validate_code(code)
        sheet.instance.record_usage()
    services.keep_list()
    before[1].created_at = now()  # another sheet than the one that was used
    back_to(*before)

    assert end_again() == {"recovery codes used": 1}

    first, second = (Authenticator.objects.get(pk=one.pk).wrap() for one in before)
    assert (first.validate_code(codes[0]), second.validate_code(codes[1])) == (False, True)
    assert first.validate_code(first.generate_codes()[3])
    assert end_again() == {}
