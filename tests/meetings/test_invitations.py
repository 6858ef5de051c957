"""Inviting people and hearing their answers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from uuid_utils.compat import uuid7

from tests.factories.meetings import (
    a_colleague,
    a_community,
    a_coordinator,
    a_meeting,
    a_statement,
    an_actor,
    holder_of,
    in_the_past,
    invited,
)
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.jobs.work.meetings import actor_erased
from treffpunkt.journal.queries import thread
from treffpunkt.links.models import Link
from treffpunkt.meetings import outside, queries
from treffpunkt.meetings.models import Invitation, Meeting
from treffpunkt.meetings.services import meetings
from treffpunkt.meetings.services.invitations import (
    answer,
    drop_invitation,
    note_attendance,
    plan_invitations,
    remind,
    send_invitations,
)
from treffpunkt.network.models import Role, Space
from treffpunkt.network.services.erasing import erase_actor
from treffpunkt.post.models import Message
from treffpunkt.vocabulary.models import Platform

pytestmark = pytest.mark.django_db
S = Invitation.State


def test_plan_skips_who_cannot_be_invited():
    host = a_coordinator()
    meeting = a_meeting(host)
    guest, machine, erased = an_actor(), an_actor(not_a_person=True), an_actor(erased_at=now())
    stranger = UUID(str(uuid7()))
    plan_invitations(by=host, meeting=meeting, actor_ids=[guest.pk])

    planned = plan_invitations(
        by=host, meeting=meeting, actor_ids=[guest.pk, machine.pk, erased.pk, stranger], staff_ids=[host.pk]
    )

    assert planned.skipped == {
        guest.pk: "invited",
        machine.pk: "machine",
        erased.pk: "erased",
        stranger: "unknown",
    }
    assert [row.staff for row in planned.invitations] == [host]
    assert not Message.objects.exists()


def test_mail_carries_a_link_and_a_calendar_entry():
    host = a_coordinator()
    meeting = a_meeting(host)

    (invitation,) = invited(host, meeting, an_actor(language="ar"))

    message = Message.objects.get()
    assert (invitation.state, invitation.language, message.language) == (S.SENT, "ar", "ar")
    assert (message.channel, message.occasion) == ("mail", f"invitation:{invitation.pk}:1")
    assert "METHOD:REQUEST" in message.calendar
    assert Link.objects.get().subject_id == invitation.pk
    assert Meeting.objects.get().state == Meeting.State.INVITING


def test_guest_known_by_a_handle_gets_a_text_in_the_send_list():
    host = a_coordinator()
    meeting = a_meeting(host)
    actor = an_actor(mail=False, chat=True, owner=host)

    invited(host, meeting, actor)

    message = Message.objects.get()
    assert (message.channel, message.state, message.owner_id) == ("chat", "by_hand", host.pk)
    assert message.calendar == ""
    assert message.chat_url


def test_guest_whom_no_channel_reaches_stays_planned():
    host = a_coordinator()
    meeting = a_meeting(host)
    planned = plan_invitations(by=host, meeting=meeting, actor_ids=[an_actor(mail=False).pk])

    sent = send_invitations(by=host, meeting=meeting)

    assert (sent.mails, sent.chats, sent.unreachable) == (0, 0, [planned.invitations[0].pk])
    assert Invitation.objects.get().state == S.PLANNED


def test_sending_again_sends_nothing_twice():
    host = a_coordinator()
    meeting = a_meeting(host)
    invited(host, meeting, an_actor())

    assert send_invitations(by=host, meeting=meeting).mails == 0
    assert Message.objects.count() == 1


def test_many_invitations_cost_as_many_queries_as_few():
    def cost(number: int) -> int:
        host = a_coordinator()
        meeting = a_meeting(host)
        ids = [an_actor().pk for _ in range(number)]
        plan_invitations(by=host, meeting=meeting, actor_ids=ids)
        with CaptureQueriesContext(connection) as caught:
            assert send_invitations(by=host, meeting=meeting).mails == number
        return len(caught)

    cost(1)  # asks for the job of delivery, which then waits
    assert cost(40) == cost(2)


def test_meeting_of_the_past_invites_nobody():
    host = a_coordinator()

    with pytest.raises(DomainError):
        plan_invitations(by=host, meeting=a_meeting(host, day=in_the_past()), actor_ids=[an_actor().pk])


def test_counsellor_who_does_not_host_invites_nobody():
    counsellor = a_colleague()
    meeting = a_meeting(communities=[a_community("ar", counsellor)])

    with pytest.raises(Forbidden):
        plan_invitations(by=counsellor, meeting=meeting, actor_ids=[an_actor().pk])


def test_guest_answers_by_her_link_again_and_again():
    host = a_coordinator()
    meeting = a_meeting(host)
    (invitation,) = invited(host, meeting, an_actor())
    guest = holder_of(invitation)

    for state in ("accepted", "declined", "tentative", "accepted", "accepted"):
        row = answer(by=guest, invitation=invitation, state=state, remark="Ich brauche Übersetzung.")
        assert (row.state, row.answered_via) == (state, "link")

    assert row.remark == "Ich brauche Übersetzung."
    assert [entry.verb for entry in thread(invitation.pk)][:2] == [
        "invitation.accepted",
        "invitation.tentative",
    ]
    assert list(queries.answers_since(host, now() - timedelta(hours=1), most=5)) == [invitation]


def test_link_answers_for_its_own_guest_only():
    host = a_coordinator()
    meeting = a_meeting(host)
    first, second = invited(host, meeting, an_actor(), an_actor())

    with pytest.raises(Forbidden):
        answer(by=holder_of(first), invitation=second, state="declined")
    with pytest.raises(Forbidden):
        answer(by=holder_of(first, purpose="minutes"), invitation=first, state="declined")


def test_counsellor_notes_an_answer_and_strangers_do_not():
    counsellor, stranger = a_colleague(), a_colleague()
    host = a_coordinator()
    meeting = a_meeting(host, communities=[a_community("ar", counsellor)])
    (invitation,) = invited(host, meeting, an_actor())

    assert answer(by=counsellor, invitation=invitation, state="accepted").answered_via == "staff"
    with pytest.raises(Forbidden):
        answer(by=stranger, invitation=invitation, state="declined")


def test_full_meeting_keeps_a_waiting_list_that_moves_up():
    host = a_coordinator()
    meeting = a_meeting(host, seats=1)
    first, second, third = invited(host, meeting, an_actor(), an_actor(), an_actor())
    Message.objects.update(state=Message.State.SENT)

    states = [answer(by=holder_of(row), invitation=row, state="accepted").state for row in (first, second, third)]
    assert states == ["accepted", "waiting", "waiting"]

    answer(by=holder_of(first), invitation=first, state="declined")
    message = Message.objects.get(template__endswith="offered")
    assert message.about_id == second.pk
    assert answer(by=holder_of(second), invitation=second, state="accepted").state == "accepted"
    assert queries.answer_counts(meeting) == dict.fromkeys(S.values, 0) | {
        "declined": 1,
        "accepted": 1,
        "waiting": 1,
    }

    meeting.refresh_from_db()
    meetings.change_meeting(by=host, meeting=meeting, version=meeting.version, seats=None)
    assert queries.answer_counts(meeting)["waiting"] == 0
    assert Message.objects.get(template__endswith="moved_up").about_id == third.pk


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seats=st.integers(0, 3),
    answers=st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["accepted", "tentative", "declined"])), max_size=14),
)
def test_no_seat_is_given_twice_or_stays_empty(db, seats, answers):
    host = a_coordinator()
    meeting = a_meeting(host, seats=seats)
    rows = invited(host, meeting, *(an_actor() for _ in range(5)))

    for number, state in answers:
        answer(by=holder_of(rows[number]), invitation=rows[number], state=state)
        counts = queries.answer_counts(meeting)
        kept = Invitation.objects.filter(meeting=meeting, offered_until__isnull=False).count()
        assert counts["accepted"] + kept <= seats
        assert counts["waiting"] == kept or counts["accepted"] + kept == seats


@pytest.mark.parametrize("state", ["sent", "planned", "waiting", "maybe", ""])
def test_answer_is_yes_maybe_or_no(state):
    host = a_coordinator()
    (invitation,) = invited(host, a_meeting(host), an_actor())

    with pytest.raises(DomainError):
        answer(by=holder_of(invitation), invitation=invitation, state=state)


def test_nobody_answers_once_the_meeting_is_over_or_cancelled():
    host = a_coordinator()
    meeting = a_meeting(host)
    (invitation,) = invited(host, meeting, an_actor())
    Meeting.objects.update(starts=now() - timedelta(hours=1))
    with pytest.raises(DomainError):
        answer(by=holder_of(invitation), invitation=invitation, state="accepted")

    Meeting.objects.update(starts=now() + timedelta(days=1))
    meetings.cancel_meeting(by=host, meeting=meeting)
    with pytest.raises(DomainError):
        answer(by=holder_of(invitation), invitation=invitation, state="accepted")


def test_reminder_goes_to_those_who_have_not_answered_once_a_day():
    host = a_coordinator()
    meeting = a_meeting(host)
    silent, heard, _unread = invited(host, meeting, an_actor(), an_actor(), an_actor(mail=False, chat=True))
    Message.objects.filter(about_id__in=[silent.pk, heard.pk]).update(state=Message.State.SENT)
    answer(by=holder_of(heard), invitation=heard, state="tentative")

    assert remind(by=host, meeting=meeting).mails == 1
    assert remind(by=host, meeting=meeting).mails == 0
    assert Message.objects.get(template__endswith="reminder").about_id == silent.pk


def test_attendance_is_noted_once_the_meeting_has_begun():
    host = a_coordinator()
    meeting = a_meeting(host)
    came, absent = invited(host, meeting, an_actor(), an_actor())
    with pytest.raises(DomainError):
        note_attendance(by=host, meeting=meeting, attendance={came.pk: "attended"})
    meeting = meetings.start_meeting(by=host, meeting=meeting)

    noted = {came.pk: "attended", absent.pk: "excused"}
    assert note_attendance(by=host, meeting=meeting, attendance=noted) == 2
    assert note_attendance(by=host, meeting=meeting, attendance=noted) == 0
    assert queries.meetings(host).get().attended == 1


def test_planned_guest_can_be_taken_off_the_list():
    host = a_coordinator()
    meeting = a_meeting(host)
    planned = plan_invitations(by=host, meeting=meeting, actor_ids=[an_actor().pk]).invitations[0]

    drop_invitation(by=host, invitation=planned)
    assert not Invitation.objects.exists()
    (sent,) = invited(host, meeting, an_actor())
    with pytest.raises(DomainError):
        drop_invitation(by=host, invitation=sent)


def test_candidates_are_the_people_of_the_meetings_communities_by_reach():
    host = a_coordinator()
    arabic, french = a_community("ar"), a_community("fr")
    meeting = a_meeting(host, communities=[arabic])
    platform = Platform.objects.get_or_create(key="facebook", defaults={"name": "Facebook"})[0]
    spaces = {}
    for community in (arabic, french):
        spaces[community] = Space.objects.create(name=community.name, platform=platform)
        spaces[community].communities.add(community)
    small, big, elsewhere, no = (
        an_actor(potential_reach=10), an_actor(potential_reach=900), an_actor(language="fr"), an_actor(standing="declined"),
    )  # fmt: skip
    for actor in (small, big, no):
        Role.objects.create(actor=actor, space=spaces[arabic])
    Role.objects.create(actor=elsewhere, space=spaces[french])

    assert list(queries.candidates(host, meeting)) == [big, small]
    invited(host, meeting, big)
    assert list(queries.candidates(host, meeting, language="ar")) == [small]
    assert not queries.candidates(host, meeting, language="de").exists()


def test_candidates_lead_groups_of_its_language_that_nobody_has_put_into_a_community():
    host = a_coordinator()
    meeting = a_meeting(host, communities=[a_community("ar")])
    platform = Platform.objects.get_or_create(key="facebook", defaults={"name": "Facebook"})[0]
    leader, french = an_actor(), an_actor(language="fr")
    for actor, language in ((leader, "ar"), (french, "fr")):
        space = Space.objects.create(name=f"neu {language}", platform=platform, language_id=language)
        Role.objects.create(actor=actor, space=space)

    assert list(queries.candidates(host, meeting)) == [leader]
    assert set(queries.candidates(host, meeting, anybody=True)) == {leader, french}


def test_erased_guest_leaves_nothing_but_a_number():
    host = a_coordinator()
    meeting = a_meeting(host, seats=1)
    actor = an_actor()
    first, second = invited(host, meeting, actor, an_actor())
    Message.objects.update(state=Message.State.SENT)
    answer(by=holder_of(first), invitation=first, state="accepted", remark="Bitte mit Übersetzung für Amira.")
    answer(by=holder_of(second), invitation=second, state="accepted")
    statement = a_statement(host, meeting, said_by=actor)
    erase_actor(by=host, actor=actor)

    for _ in range(2):
        actor_erased(actor_id=str(actor.pk))

    first.refresh_from_db()
    second.refresh_from_db()
    statement.refresh_from_db()
    assert (first.state, first.remark, second.state, statement.said_by) == ("declined", "", "waiting", None)
    assert second.offered_until is not None
    assert outside.guest_invitation(holder_of(first)) is None
    meetings.cancel_meeting(by=host, meeting=meeting)
    assert not Message.objects.filter(about_id=first.pk, template__endswith="cancelled").exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_take_the_last_seat_at_once_do_not_both_get_it():
    host = a_coordinator()
    rows = invited(host, a_meeting(host, seats=1), *(an_actor() for _ in range(4)))

    def accept(row):
        try:
            return answer(by=holder_of(row), invitation=row, state="accepted").state
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        states = sorted(pool.map(accept, rows))
    assert states == ["accepted", "waiting", "waiting", "waiting"]
