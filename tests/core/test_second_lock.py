"""The second lock: what the database shows to whom, asked past the application's rules."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from tests.factories import network
from tests.factories.meetings import a_colleague, a_community, a_coordinator, a_meeting, a_statement
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.subject import NOBODY, acting, acting_as, as_system, subject_of
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import Meeting, Statement
from treffpunkt.meetings.noting import statements_since
from treffpunkt.meetings.services.meetings import end_meeting, start_meeting
from treffpunkt.meetings.services.minutes import close_meeting
from treffpunkt.meetings.services.notes import change_statement, note_statement, remove_statement, turn_into_task
from treffpunkt.meetings.telling import content
from treffpunkt.network import rules as network_rules
from treffpunkt.network.models import Contact
from treffpunkt.network.services.contacts import change_contact
from treffpunkt.network.services.erasing import erase_actor

pytestmark = pytest.mark.django_db
SECRET = "Das bleibt unter uns."


@pytest.fixture
def host():
    """Give who holds the meeting."""
    return a_coordinator()


@pytest.fixture
def colleague():
    """Give who works with the community and has noted nothing."""
    return a_colleague()


@pytest.fixture
def meeting(host, colleague) -> Meeting:
    """Give a meeting that goes on."""
    meeting = a_meeting(host, communities=[a_community("ar", colleague)], hosts=[host])
    return start_meeting(by=host, meeting=meeting)


@pytest.fixture
def secret(host, meeting) -> Statement:
    """Give what was noted in confidence."""
    return a_statement(host, meeting, SECRET, confidential=True)


def asked(query: str, *values: object, subject: str) -> list:
    """Ask the database itself, as somebody."""
    with acting_as(subject), connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def test_the_serving_role_is_bound():
    """Without this the other tests would prove nothing."""
    ((bound,),) = asked(
        "select rolsuper or rolbypassrls or pg_get_userbyid(relowner) = current_user"
        " from pg_roles, pg_class where rolname = current_user and pg_class.oid = 'meetings_statement'::regclass",
        subject=NOBODY,
    )
    if bound and os.environ.get("DATABASE") == "given":
        pytest.skip("needs a serving role that is not the owner: TREFFPUNKT_OWNER_DATABASE_URL")
    assert bound is False


@pytest.mark.parametrize("table", ["meetings_statement", "network_contact"])
def test_no_other_way_leads_around(table):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"alter table {table} disable row level security")


def test_only_note_takers_find_a_confidential_statement(secret, host, meeting, colleague):
    query = "select text from meetings_statement where id = %s"
    writer = a_colleague()
    a_statement(writer, meeting, "Alles klar.") if rules.may_write(writer, meeting) else None

    assert asked(query, secret.pk, subject=subject_of(host)) == [(SECRET,)]
    assert asked(query, secret.pk, subject=subject_of(SYSTEM)) == [(SECRET,)]
    for subject in (subject_of(colleague), subject_of(a_coordinator()), "invitation:x", NOBODY, "' or true --"):
        assert asked(query, secret.pk, subject=subject) == []
        assert asked("select text from meetings_statement where text = %s", SECRET, subject=subject) == []


def test_who_begins_to_take_notes_finds_it(secret, meeting, colleague):
    a_statement(colleague, meeting, "Ich schreibe mit.")

    assert asked("select id from meetings_statement where id = %s", secret.pk, subject=subject_of(colleague))


@pytest.mark.parametrize("change", ["update meetings_statement set gist = 'x'", "delete from meetings_statement"])
def test_nobody_else_changes_it(secret, colleague, change):
    with acting_as(subject_of(colleague)), connection.cursor() as cursor:
        cursor.execute(f"{change} where id = %s", [secret.pk])
        assert cursor.rowcount == 0


def test_rule_and_policy_agree(host, meeting, colleague, secret):
    """Both locks open to the same people, as far as confidence goes."""
    a_statement(host, meeting, "Das darf jeder hören.")
    people = [host, colleague, a_coordinator(), a_colleague(), network.a_member_of_staff("legal_reviewer")]
    meeting.communities.get().counsellors.add(people[3])
    a_statement(people[3], meeting, "Ich auch.")
    for one in people:
        allowed = set(rules.viewable_statements(one).values_list("pk", flat=True))
        seen = {pk for (pk,) in asked("select id from meetings_statement", subject=subject_of(one))}
        assert allowed <= seen
        if allowed:
            assert allowed == seen


def test_contact_log_keeps_confidence(colleague):
    person = network.an_actor(network.a_space())
    written = network.a_contact(a_coordinator(), actor=person, note=SECRET, confidential=True)
    query = "select note from network_contact where id = %s"

    assert asked(query, written.pk, subject=subject_of(written.staff)) == [(SECRET,)]
    assert asked(query, written.pk, subject=subject_of(a_coordinator())) == []
    for one in (written.staff, colleague, a_coordinator()):
        allowed = set(network_rules.viewable_contacts(one).values_list("pk", flat=True))
        assert allowed <= {pk for (pk,) in asked("select id from network_contact", subject=subject_of(one))}


def test_a_request_tells_for_whom_it_reads(secret, host, colleague):
    """In a real request the rules are skipped on purpose: the page finds nothing all the same."""
    seen = {}

    def look(request):
        from django.http import HttpResponse

        seen[request.user.pk] = Statement.objects.filter(pk=secret.pk).exists()
        return HttpResponse()

    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory

    from treffpunkt.site.middleware import database_subject

    for user in (host, colleague, AnonymousUser()):
        request = RequestFactory().get("/")
        request.user = user
        database_subject(look)(request)

    assert seen == {host.pk: True, colleague.pk: False, None: False}


@pytest.mark.django_db(transaction=True)
def test_setting_ends_with_its_transaction():
    """What a pooler hands on to the next one must be nobody's."""
    query = "select coalesce(current_setting('app.subject', true), '')"
    staff = subject_of(a_coordinator())
    with acting_as(staff):
        assert asked(query, subject=staff) == [(staff,)]
        with as_system():
            assert asked(query, subject="system") == [("system",)]
        assert asked(query, subject=staff) == [(staff,)]

    with connection.cursor() as cursor:
        cursor.execute("show app.subject")
        assert cursor.fetchone() == ("",)


@pytest.mark.django_db(transaction=True)
def test_jobs_reach_everything_without_a_transaction_of_their_own():
    """What retention blanks is blanked also where it was noted in confidence."""
    person = network.an_actor(network.a_space())
    written = network.a_contact(a_coordinator(), actor=person, note=SECRET, confidential=True)

    assert Contact.objects.filter(pk=written.pk).exists()
    assert [row.note for row in Contact.objects.filter(pk=written.pk).iterator()] == [SECRET]
    assert Contact.objects.filter(pk=written.pk).update(note="") == 1
    with connection.cursor() as cursor:
        cursor.execute("show app.subject")  # no row, no transaction: what is left of the last one
        assert cursor.fetchone() == ("",)


@pytest.mark.django_db(transaction=True)
def test_an_error_inside_leaves_nobody_behind():
    staff = subject_of(a_coordinator())
    with acting_as(staff):
        with pytest.raises(ZeroDivisionError), transaction.atomic(), as_system():
            raise ZeroDivisionError
        assert acting() == staff
        assert asked("select current_setting('app.subject')", subject=staff) == [(staff,)]


def test_web_server_serves_nobody_by_itself():
    done = subprocess.run(
        [sys.executable, "-c", "import treffpunkt.site.wsgi, treffpunkt.core.subject as s; print(repr(s.acting()))"],
        capture_output=True, text=True, check=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "treffpunkt.site.settings"},
    )  # fmt: skip

    assert done.stdout.strip() == "''"


def test_export_reads_for_its_reader_after_the_request_is_over(secret, colleague, host):
    from treffpunkt.ui.exports import csv_response

    def exported(who):
        with acting_as(subject_of(who)):
            response = csv_response("x", ["text"], ([row.text] for row in Statement.objects.order_by("id").iterator()))
        return b"".join(response).decode()

    assert SECRET in exported(host)
    assert SECRET not in exported(colleague)


# --- use cases that must reach over the lock ------------------------------------------------------------------


def as_staff(who):
    """Act as a request of this account does."""
    return acting_as(subject_of(who))


def test_colleague_makes_confidential_what_she_may_not_read_from_then_on(host, meeting, colleague):
    said = a_statement(host, meeting, "Das war im Vertrauen.")
    with as_staff(colleague):
        change_statement(by=colleague, statement=said, version=said.version, confidential=True)
        changes = statements_since(colleague, meeting, 0)

        assert changes.removed == [said.pk]
        assert changes.statements == []
        assert not Statement.objects.filter(pk=said.pk).exists()


def test_confidential_promises_stay_out_of_minutes_whoever_writes_them(host, meeting, secret, colleague):
    with as_staff(host):
        turn_into_task(by=host, statement=secret, title="Heimliches klären")
    for who in (host, a_coordinator(), colleague):
        with as_staff(who):
            assert content(meeting, "de")["tasks"] == []


def test_close_blanks_what_was_taken_back_in_confidence(host, meeting, secret):
    with as_staff(host):
        remove_statement(by=host, statement=secret)
        end_meeting(by=host, meeting=meeting)
    other = a_coordinator()
    with as_staff(other):
        close_meeting(by=other, meeting=meeting, summary="Gut.")

    secret.refresh_from_db()
    assert secret.text == "…"


def test_the_same_id_twice_tells_nothing(host, meeting, secret, colleague):
    with as_staff(colleague), pytest.raises(Exception, match="^$"):
        note_statement(by=colleague, meeting=meeting, id=secret.pk, item=secret.item, text="Noch einmal.")


def test_erasing_reaches_what_others_wrote_in_confidence():
    person, other = network.an_actor(network.a_space()), network.a_coordinator()
    written = network.a_contact(a_coordinator(), actor=person, note=SECRET, confidential=True)
    with as_staff(other):
        erase_actor(by=other, actor=person)

    assert Contact.objects.get(pk=written.pk).note == ""


def test_coordinator_makes_an_entry_confidential_for_its_writer():
    person, other = network.an_actor(network.a_space()), network.a_coordinator()
    written = network.a_contact(a_coordinator(), actor=person, note="Bitte nicht weitersagen.")
    with as_staff(other):
        change_contact(by=other, contact=written, confidential=True)
        assert not Contact.objects.filter(pk=written.pk).exists()

    person.refresh_from_db()
    assert person.last_contact_at == written.at


def test_staff_note_in_confidence_through_the_page(meeting, host):
    browser = Client()
    browser.force_login(host, backend=settings.AUTHENTICATION_BACKENDS[0])
    item = meeting.agenda.order_by("position")[0]
    values = {"item": item.pk, "text": SECRET, "confidential": "on", "id": "019acb9c-0000-7000-8000-000000000001"}

    assert browser.post(f"/meetings/{meeting.pk}/live/note/", values).status_code == 302
    assert SECRET in browser.get(f"/meetings/{meeting.pk}/live/").content.decode()
    other = Client()
    other.force_login(a_coordinator(), backend=settings.AUTHENTICATION_BACKENDS[0])
    assert SECRET not in other.get(f"/meetings/{meeting.pk}/live/").content.decode()
