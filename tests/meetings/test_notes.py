"""Live notes by several people: nothing lost, nothing doubled, nothing told to the wrong people."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.meetings import (
    a_colleague,
    a_community,
    a_coordinator,
    a_meeting,
    a_statement,
    an_actor,
    invited,
)
from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import DomainError, Forbidden, Stale
from treffpunkt.core.personal import PersonalDataFound
from treffpunkt.core.subject import acting_as, subject_of
from treffpunkt.journal.queries import results_of, thread
from treffpunkt.meetings import noting
from treffpunkt.meetings.models import Meeting, Statement
from treffpunkt.meetings.services import meetings, notes
from treffpunkt.tasks.rules import viewable as viewable_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    """Give a host, a counsellor who writes along, and a colleague of another community."""
    host, writer, stranger = a_coordinator(), a_colleague(), a_colleague()
    meeting = a_meeting(host, communities=[a_community("ar", writer)])
    return host, writer, stranger, meetings.start_meeting(by=host, meeting=meeting)


def test_statement_is_noted_in_its_language(team):
    _, writer, _, meeting = team

    statement = a_statement(writer, meeting, "تسأل نساء كثيرات عن حق الإقامة.")

    assert (statement.language, statement.statement_kind, statement.seq) == ("ar", "note", 1)
    assert statement.noted_by == writer
    assert thread(meeting.pk)[0].verb == "statement.noted"


def test_same_statement_sent_twice_is_stored_once(team):
    _, writer, _, meeting = team
    first = a_statement(writer, meeting, "Wir brauchen Karten.")

    again = a_statement(writer, meeting, "Wir brauchen Karten.", id=first.pk)

    assert (again, again.seq, Statement.objects.count()) == (first, 1, 1)


def test_id_of_another_meeting_is_refused(team):
    host, writer, _, meeting = team
    first = a_statement(writer, meeting)
    other = a_meeting(host)

    with pytest.raises(Forbidden):
        a_statement(host, other, id=first.pk)


def test_strangers_and_guests_note_nothing(team):
    *_, stranger, meeting = team
    guest = LinkHolder("invitation", "meetings.invitation", uuid4(), uuid4())

    for by in (stranger, guest):
        with pytest.raises(Forbidden):
            a_statement(by, meeting)


@pytest.mark.parametrize("text", ["", "   ", "\u202e\u200f"])
def test_empty_statement_is_refused(team, text):
    with pytest.raises(DomainError):
        a_statement(team[0], team[3], text)


def test_time_of_a_device_that_is_ahead_is_not_believed(team):
    host, _, _, meeting = team

    late = a_statement(host, meeting, noted_at=now() - timedelta(hours=2))
    ahead = a_statement(host, meeting, noted_at=now() + timedelta(days=2))

    assert late.noted_at < now() - timedelta(hours=1)
    assert ahead.noted_at <= now()
    assert noting.statements(host, meeting) == [late, ahead]


def test_name_of_a_guest_is_found_before_saving(team):
    host = team[0]
    guest_meeting = a_meeting(host)
    invited(host, guest_meeting, an_actor(name="Amira Haddad"))

    with pytest.raises(PersonalDataFound) as caught:
        a_statement(host, guest_meeting, "Das hat Amira schon versucht.")
    assert [finding.kind for finding in caught.value.findings] == ["name"]
    assert not Statement.objects.exists()

    assert a_statement(host, guest_meeting, "Das hat Amira schon versucht.", keep_findings=True).pk


def test_phone_number_in_a_gist_is_found(team):
    host, _, _, meeting = team
    statement = a_statement(host, meeting)

    with pytest.raises(PersonalDataFound) as caught:
        notes.change_statement(by=host, statement=statement, version=1, gist="Anrufen unter 0176 1234567")
    assert caught.value.field == "gist"


def test_what_was_kept_knowingly_is_not_asked_about_again(team):
    host, _, _, meeting = team
    statement = a_statement(host, meeting, "Anrufen unter 0176 1234567", keep_findings=True)

    assert notes.change_statement(by=host, statement=statement, version=1, gist="Telefonische Hilfe.").gist


def test_change_renews_the_number_and_stale_ones_are_refused(team):
    host, writer, _, meeting = team
    statement = a_statement(writer, meeting)
    changed = notes.change_statement(
        by=host,
        statement=statement,
        version=1,
        statement_kind="need",
        women_specific=True,
        gist="Alles ist klar.",
    )
    assert (changed.seq, changed.version, changed.statement_kind) == (2, 2, "need")

    with pytest.raises(Stale) as caught:
        notes.change_statement(by=writer, statement=statement, version=1, gist="Anders")
    assert caught.value.current.gist == "Alles ist klar."


def test_removed_statement_is_told_and_can_come_back(team):
    host, writer, _, meeting = team
    statement = a_statement(writer, meeting)
    notes.remove_statement(by=writer, statement=statement)
    notes.remove_statement(by=writer, statement=statement)

    changes = noting.statements_since(host, meeting, 1)
    assert (changes.removed, changes.statements, changes.seq) == ([statement.pk], [], 2)
    notes.restore_statement(by=writer, statement=statement)
    assert noting.statements_since(host, meeting, 2).statements == [statement]


def test_confidential_stays_with_the_note_takers(team):
    host, writer, _, meeting = team
    reader = a_colleague()
    meeting.communities.first().counsellors.add(reader)
    secret = a_statement(writer, meeting, "Das bleibt unter uns.", confidential=True)

    assert noting.statements(reader, meeting) == []
    assert noting.statements_since(reader, meeting, 0).removed == [secret.pk]
    assert noting.statements(host, meeting) == noting.statements(writer, meeting) == [secret]
    with pytest.raises(Forbidden):
        notes.change_statement(by=reader, statement=secret, version=1, confidential=False)
    with pytest.raises(Forbidden):
        notes.remove_statement(by=reader, statement=secret)


def test_who_writes_is_shown_for_a_while(team):
    host, writer, stranger, meeting = team
    notes.note_presence(by=host, meeting=meeting)
    notes.note_presence(by=host, meeting=meeting)
    notes.note_presence(by=writer, meeting=meeting)
    meeting.writing.filter(staff=writer).update(seen_at=now() - timedelta(minutes=5))

    assert noting.who_writes(meeting) == [host]
    with pytest.raises(Forbidden):
        notes.note_presence(by=stranger, meeting=meeting)


def test_statement_becomes_a_task_and_both_are_linked(team):
    host, writer, _, meeting = team
    statement = a_statement(writer, meeting, "Wir schicken eine Karte mit den Fristen.")

    task = notes.turn_into_task(
        by=writer, statement=statement, title="Karte mit Fristen schicken", owner=host, due=today()
    )

    statement.refresh_from_db()
    assert (task.owner, task.about_id, statement.statement_kind) == (host, meeting.pk, "task")
    assert [origin.result_id for origin in results_of([statement.pk])] == [task.pk]
    assert noting.statements(host, meeting)[0].results


def test_statement_becomes_a_promise_of_a_guest(team):
    host, _, _, meeting = team
    actor = an_actor()

    promise = notes.turn_into_promise(
        by=host, statement=a_statement(host, meeting), title="يثبّت المنشور", promised_by=actor, owner=host
    )

    assert (promise.promised_by_id, promise.language) == (actor.pk, "ar")
    assert "task.created" in [entry.verb for entry in thread(actor.pk)]
    assert "statement.became_promise" in [entry.verb for entry in thread(promise.pk)]


def test_closed_meeting_takes_no_notes(team):
    host, _, _, meeting = team
    Meeting.objects.update(state="closed")

    with pytest.raises(Forbidden):
        a_statement(host, meeting)


def test_notes_cost_the_same_with_one_and_with_thirty(team):
    host, _, _, meeting = team

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            noting.statements(host, meeting)
            noting.statements_since(host, meeting, 0)
        return len(caught)

    a_statement(host, meeting)
    few = cost()
    for _ in range(29):
        a_statement(host, meeting)
    assert cost() == few <= 6


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_view_that_reads_along_ends_with_what_stands(team, data):
    host, writer, _, _ = team
    meeting = meetings.start_meeting(by=host, meeting=a_meeting(host, communities=team[3].communities.all()))
    known: dict[UUID, str] = {}
    screen: dict[UUID, str] = {}
    seq = 0
    for step in data.draw(st.lists(st.sampled_from(["note", "again", "change", "remove", "read"]), max_size=14)):
        by = data.draw(st.sampled_from([host, writer]))
        if step == "note":
            row = a_statement(by, meeting, f"Satz {len(known)}")
            known[row.pk] = row.text
        elif step == "read":
            changes = noting.statements_since(host, meeting, seq)
            seq = changes.seq
            screen |= {row.pk: row.text for row in changes.statements}
            screen = {pk: text for pk, text in screen.items() if pk not in changes.removed}
        elif known:
            row = Statement.objects.get(pk=data.draw(st.sampled_from(sorted(known))))
            if step == "again":
                a_statement(by, meeting, row.text, id=row.pk)
            elif step == "change":
                known[row.pk] = f"{row.text} anders"
                notes.change_statement(by=by, statement=row, version=row.version, text=known[row.pk])
            else:
                notes.remove_statement(by=by, statement=row)
                del known[row.pk]
    changes = noting.statements_since(host, meeting, seq)
    screen |= {row.pk: row.text for row in changes.statements}
    screen = {pk: text for pk, text in screen.items() if pk not in changes.removed}
    assert screen == known


@pytest.mark.django_db(transaction=True)
def test_three_people_writing_at_once_lose_and_double_nothing(team):
    host, writer, _, meeting = team
    each = 12
    ids = [[uuid4() for _ in range(each)] for _ in range(3)]
    stop = threading.Event()

    def write(by, own):
        try:
            for number, pk in enumerate(own):
                a_statement(by, meeting, f"Satz {number}", id=pk)
                if number % 3 == 0:
                    a_statement(by, meeting, f"Satz {number}", id=pk)  # sent again after a lost connection
        finally:
            connection.close()

    def read():
        seq, seen = 0, []
        try:
            while True:
                last = stop.is_set()
                changes = noting.statements_since(host, meeting, seq)
                seq = changes.seq
                seen += [row.seq for row in changes.statements]
                if last:
                    return seen
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        reader = pool.submit(read)
        writers = [pool.submit(write, by, own) for by, own in zip((host, writer, host), ids, strict=True)]
        wait(writers)
        stop.set()
    for future in writers:
        future.result()

    assert reader.result() == list(range(1, 3 * each + 1))
    assert Statement.objects.filter(meeting=meeting).count() == 3 * each


def test_nobody_becomes_a_note_taker_by_writing_afterwards(team):
    host, writer, _, meeting = team
    reader = a_colleague()
    meeting.communities.first().counsellors.add(reader)
    secret = a_statement(writer, meeting, "Das bleibt unter uns.", confidential=True)
    meetings.end_meeting(by=host, meeting=meeting)
    own = a_statement(reader, meeting, "Mir fällt noch etwas ein.", confidential=True)

    assert noting.statements(reader, meeting) == [own]
    assert set(noting.statements(writer, meeting)) == {secret, own}
    changes = noting.statements_since(reader, meeting, 0)
    assert (changes.statements, changes.removed) == ([own], [secret.pk])
    with acting_as(subject_of(reader)):
        assert set(Statement.objects.filter(meeting=meeting)) == {own}


def test_task_that_grew_from_something_confidential_is_its_owners(team):
    _, writer, _, meeting = team
    reader = a_colleague()
    meeting.communities.first().counsellors.add(reader)
    secret = a_statement(writer, meeting, "Das bleibt unter uns.", confidential=True)
    task, again = (
        notes.turn_into_task(by=writer, statement=secret, title="Vertraulich nachfragen", owner=writer, id=UUID(int=7))
        for _twice in range(2)
    )
    open_one = a_statement(writer, meeting, "Das dürfen alle wissen.")
    told = notes.turn_into_task(by=writer, statement=open_one, title="Allen sagen", owner=writer)

    assert (again, list(viewable_tasks(reader))) == (task, [told])

    open_one.refresh_from_db()
    notes.change_statement(by=writer, statement=open_one, version=open_one.version, confidential=True)
    assert list(viewable_tasks(reader)) == []
    open_one.refresh_from_db()
    notes.change_statement(by=writer, statement=open_one, version=open_one.version, confidential=False)
    assert list(viewable_tasks(reader)) == [told]
