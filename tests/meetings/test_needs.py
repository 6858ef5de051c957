"""What guests need and whom they bring: noted, summed up, read by few, forgotten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep

import pytest
from django.db import connection, transaction

from tests.factories.meetings import a_colleague, a_community, a_coordinator, a_meeting, an_actor, holder_of, invited
from tests.meetings.test_replies import reply_to
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import as_of
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.core.personal import PersonalDataFound
from treffpunkt.core.subject import NOBODY, acting_as, subject_of
from treffpunkt.jobs import retention
from treffpunkt.jobs.work.meetings import actor_erased
from treffpunkt.journal.models import Entry
from treffpunkt.meetings import queries
from treffpunkt.meetings.models import Invitation, Needs
from treffpunkt.meetings.needs import needed, needs_of
from treffpunkt.meetings.services.forgetting import forget_guests
from treffpunkt.meetings.services.invitations import answer
from treffpunkt.meetings.services.meetings import change_meeting
from treffpunkt.meetings.services.needs import answer_with_needs, note_needs
from treffpunkt.meetings.services.numbering import locked
from treffpunkt.meetings.services.replies import take_mail
from treffpunkt.meetings.services.seats import note_company
from treffpunkt.network.services.erasing import erase_actor
from treffpunkt.network.services.merging import merge_records
from treffpunkt.network.stored import stored_about
from treffpunkt.post.models import Message

pytestmark = pytest.mark.django_db
S = Invitation.State


@pytest.fixture
def host():
    """Give who holds the meeting."""
    return a_coordinator()


@pytest.fixture
def counsellor():
    """Give who works with the community and does not hold the meeting."""
    return a_colleague()


@pytest.fixture
def meeting(host, counsellor):
    """Give a meeting on site to which guests may bring somebody."""
    return a_meeting(
        host, communities=[a_community("ar", counsellor)], hosts=[host], form="on_site", venue="Rathaus",
        companions_welcome=True, seats=3,
    )  # fmt: skip


class TestNeeds:
    def test_hosts_read_whose_they_are_and_others_sums(self, host, counsellor, meeting):
        first, second, away = invited(host, meeting, an_actor(), an_actor(), an_actor())
        answer_with_needs(
            by=holder_of(first), invitation=first, state="accepted", interpreting="fa", children=2, other="Ruhe"
        )
        note_needs(by=counsellor, invitation=second, interpreting="fa", step_free=True)
        note_needs(by=host, invitation=away, children=3)
        answer(by=holder_of(away), invitation=away, state="declined")

        seen, summed = needed(host, meeting), needed(counsellor, meeting)
        assert seen.sums == summed.sums
        assert (seen.sums.children, seen.sums.interpreting, seen.sums.step_free) == (2, [("fa", 2)], 1)
        assert set(seen.by_guest) == {first.pk, second.pk}
        assert summed.by_guest == {}
        assert needs_of(counsellor, first) is None
        assert needs_of(holder_of(first), first).children == 2
        assert needs_of(holder_of(second), first) is None

    def test_database_shows_them_to_nobody_else(self, host, counsellor, meeting):
        first, second = invited(host, meeting, an_actor(), an_actor())
        note_needs(by=host, invitation=first, sign_language=True)

        for by, number in ((host, 1), (counsellor, 0), (holder_of(first), 1), (holder_of(second), 0)):
            with acting_as(subject_of(by)):
                assert Needs.objects.count() == number
        with acting_as(NOBODY):
            assert Needs.objects.count() == 0

    def test_whoever_cannot_see_them_takes_nothing_away(self, host, counsellor, meeting):
        (guest,) = invited(host, meeting, an_actor())
        note_needs(by=host, invitation=guest, interpreting="fa", children=2)

        note_needs(by=counsellor, invitation=guest, step_free=True, added=True)
        found = needs_of(host, guest)
        assert (found.interpreting, found.children, found.step_free) == ("fa", 2, True)

        note_needs(by=host, invitation=guest)
        assert not Needs.objects.exists()

    def test_words_are_looked_at_first(self, host, meeting):
        (guest,) = invited(host, meeting, an_actor())
        words = "Bitte Frau Sabine Keller fragen, 0170 1234567"

        with pytest.raises(PersonalDataFound):
            answer_with_needs(by=holder_of(guest), invitation=guest, state="accepted", other=words)
        guest.refresh_from_db()
        assert (guest.state, Needs.objects.count()) == ("sent", 0)

        answer_with_needs(by=holder_of(guest), invitation=guest, state="accepted", other=words, keep_findings=True)
        assert needs_of(host, guest).other == words

    def test_odd_values_are_refused(self, host, meeting):
        (guest,) = invited(host, meeting, an_actor())

        for odd in ({"interpreting": "xx-nix"}, {"children": 10}, {"children": -1}):
            with pytest.raises(DomainError):
                note_needs(by=host, invitation=guest, **odd)
        with pytest.raises(Forbidden):
            note_needs(by=a_colleague(), invitation=guest, children=1)

    def test_journal_hears_nothing(self, host, meeting):
        (guest,) = invited(host, meeting, an_actor())
        before = Entry.objects.count()

        note_needs(by=holder_of(guest), invitation=guest, sign_language=True, other="Leise Umgebung")

        assert Entry.objects.count() == before

    def test_they_are_told_to_the_person_and_go_with_them(self, host, meeting):
        actor = an_actor()
        (guest,) = invited(host, meeting, actor)
        note_needs(by=host, invitation=guest, interpreting="fa", children=2, other="Leise Umgebung")

        told = {one.key: one for one in stored_about(actor, by=SYSTEM)}["needs"]
        assert "Leise Umgebung" in told.lines[0][1]
        assert told.until == meeting.starts + timedelta(days=14)

        erase_actor(by=host, actor=actor)
        actor_erased(str(actor.pk))
        assert not Needs.objects.exists()

    def test_they_go_two_weeks_after_the_meeting(self, host, meeting):
        (guest,) = invited(host, meeting, an_actor())
        note_needs(by=host, invitation=guest, children=1)

        with as_of(meeting.starts + timedelta(days=13)):
            assert retention.run()["needs"] == 0
        with as_of(meeting.starts + timedelta(days=15)):
            assert retention.run()["needs"] == 1
        assert not Needs.objects.exists()

    def test_one_of_two_records_keeps_them(self, host, meeting):
        one, other = an_actor(), an_actor()
        _first, second = invited(host, meeting, one, other)
        note_needs(by=host, invitation=second, children=2)

        merge_records(by=SYSTEM, kept=one, gone=other)

        assert Needs.objects.get().invitation.actor_id == one.pk


class TestCompanions:
    def test_take_seats(self, host, meeting):
        first, second, third = invited(host, meeting, an_actor(), an_actor(), an_actor())

        states = [
            answer(by=holder_of(row), invitation=row, state="accepted", companions=number).state
            for row, number in ((first, 1), (second, 1), (third, 0))
        ]

        # Two and two are more than three; a single one still fits.
        assert states == ["accepted", "waiting", "accepted"]

    def test_who_has_a_seat_keeps_it_where_there_is_none_for_two(self, host, meeting):
        first, second, third = invited(host, meeting, an_actor(), an_actor(), an_actor())
        for row in (first, second, third):
            answer(by=holder_of(row), invitation=row, state="accepted")

        with pytest.raises(DomainError):
            answer(by=holder_of(first), invitation=first, state="accepted", companions=1)
        with pytest.raises(DomainError):
            note_company(by=host, invitation=first, companions=1)

        first.refresh_from_db()
        assert (first.state, first.companions) == ("accepted", 0)

    def test_whoever_holds_a_seat_keeps_it_where_there_are_fewer_by_now(self, host, meeting):
        rows = invited(host, meeting, an_actor(), an_actor(), an_actor())
        for row in rows:
            answer(by=holder_of(row), invitation=row, state="accepted")
        meeting.refresh_from_db()
        change_meeting(by=host, meeting=meeting, version=meeting.version, seats=1)

        answered = answer(by=holder_of(rows[2]), invitation=rows[2], state="accepted", remark="Ich komme später.")

        assert (answered.state, answered.remark) == ("accepted", "Ich komme später.")
        with pytest.raises(DomainError):
            answer(by=holder_of(rows[2]), invitation=rows[2], state="accepted", companions=1)

    def test_seat_of_a_companion_who_stays_away_goes_to_who_waits(self, host, meeting):
        first, second, third = invited(host, meeting, an_actor(), an_actor(), an_actor())
        Message.objects.update(state="sent")
        answer(by=holder_of(first), invitation=first, state="accepted", companions=1)
        answer(by=holder_of(second), invitation=second, state="accepted")
        answer(by=holder_of(third), invitation=third, state="accepted")
        assert queries.answer_counts(meeting)["waiting"] == 1

        answer(by=holder_of(first), invitation=first, state="accepted", companions=0)

        assert Message.objects.filter(about_id=third.pk).count() == 2

    def test_invitation_for_one_is_for_one(self, host, meeting):
        first, second = invited(host, meeting, an_actor(), an_actor())
        note_company(by=host, invitation=first, welcome=False)

        with pytest.raises(DomainError):
            answer(by=holder_of(first), invitation=first, state="accepted", companions=1)
        with pytest.raises(DomainError):
            answer(by=holder_of(second), invitation=second, state="accepted", companions=2)

    def test_only_who_prepares_the_meeting_says_who_may(self, counsellor, host, meeting):
        (guest,) = invited(host, meeting, an_actor())

        with pytest.raises(Forbidden):
            note_company(by=counsellor, invitation=guest, welcome=False)
        assert note_company(by=counsellor, invitation=guest, companions=1).companions == 1

    def test_whoever_does_not_come_brings_nobody(self, host, meeting):
        (guest,) = invited(host, meeting, an_actor())
        answer(by=holder_of(guest), invitation=guest, state="accepted", companions=1)

        assert answer(by=holder_of(guest), invitation=guest, state="declined").companions == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["link", "calendar", "erasing"])
def test_whoever_answers_waits_for_the_meeting_before_touching_her_row(way):
    """All lock the meeting first, else a round of reminders and an answer would stop each other."""
    host = a_coordinator()
    (row,) = invited(host, a_meeting(host), an_actor())
    raw = reply_to(row, "ACCEPTED")
    works = {
        "link": lambda: answer_with_needs(by=holder_of(row), invitation=row, state="accepted", children=1),
        "calendar": lambda: take_mail(raw),
        "erasing": lambda: forget_guests(by=SYSTEM, actor_ids=[row.actor_id]),
    }

    def work() -> None:
        try:
            works[way]()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            locked(row.meeting)
            going = pool.submit(work)
            wait_for_a_lock()
            assert not going.done()
            Invitation.objects.select_for_update(of=("self",), nowait=True).get(pk=row.pk)
        going.result()


def wait_for_a_lock() -> None:
    """Wait until somebody waits for a row of ours."""
    for _try in range(200):
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from pg_locks where not granted")
            if cursor.fetchone()[0]:
                return
        sleep(0.02)
    raise AssertionError("nobody waits")
