"""Minutes out for correction: proposed behind a link, taken over or left, revised, locked."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.factories.meetings import (
    a_colleague,
    a_community,
    a_coordinator,
    a_correction,
    a_meeting,
    a_statement,
    an_actor,
    holder_of,
    in_review,
)
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import as_of, now
from treffpunkt.core.errors import DomainError, Forbidden, Stale
from treffpunkt.core.personal import PersonalDataFound
from treffpunkt.core.subject import acting_as
from treffpunkt.journal.queries import thread
from treffpunkt.meetings import pdf, reviewing, rules
from treffpunkt.meetings.models import Correction, Meeting, Minutes, Statement
from treffpunkt.meetings.services import minutes, notes
from treffpunkt.meetings.services.corrections import MOST_OF_ONE, leave, propose_correction, take_over
from treffpunkt.meetings.services.forgetting import forget_corrections, forget_guests
from treffpunkt.meetings.services.meetings import end_meeting, start_meeting
from treffpunkt.network.services.erasing import erase_actor
from treffpunkt.network.stored import stored_about
from treffpunkt.post.models import Message

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not any(pdf.FONTS.glob("*.ttf")), reason="fonts are copied by `npm run build`"),
]
BETTER = "كل شيء واضح، إلا المواعيد."


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """Keep stored files apart."""
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def host():
    """Give a host."""
    return a_coordinator()


@pytest.fixture
def meeting(host):
    """Give a meeting of Arabic speakers."""
    return a_meeting(host)


def later(days: float):
    return as_of(now() + timedelta(days=days))


def propose(guest, text=BETTER, language="ar", **values):
    """Propose something behind the link to the minutes."""
    row = reviewing.newest(guest.meeting)[language]
    holder = holder_of(guest, "minutes", row)
    return propose_correction(by=holder, minutes=row, id=uuid4(), text=text, **({"number": 1} | values))


def revisions(meeting, language="ar"):
    return list(Minutes.objects.filter(meeting=meeting, language=language).order_by("revision"))


def test_everybody_who_came_gets_the_link_until_a_day(host, meeting):
    guest = in_review(host, meeting, an_actor())[0]
    for _ in range(2):
        minutes.send_review(by=SYSTEM, meeting=meeting)

    letter = Message.objects.get(template="meetings/messages/minutes_review")
    assert (letter.to_id, letter.language) == (guest.actor_id, "ar")
    assert (meeting.state, meeting.corrections_until) == ("reviewing", rules.local_day(meeting) + timedelta(days=10))
    assert [(row.revision, row.final) for row in revisions(meeting)] == [(1, False)]


def test_proposal_is_taken_over_as_the_host_words_it_and_marked_in_the_next_revision(host, meeting):
    guest = in_review(host, meeting, an_actor())[0]
    proposed = propose(guest)
    statement = take_over(
        by=host, correction=proposed, text=BETTER, gist="Klar ist alles, nur nicht wann.", word="شكراً"
    )

    assert (statement.text, statement.gist) == (BETTER, "Klar ist alles, nur nicht wann.")
    assert [one.state for one in reviewing.proposals(host, meeting)] == ["taken"]
    written = minutes.revise_minutes(by=host, meeting=meeting)
    assert minutes.revise_minutes(by=host, meeting=meeting) == []
    assert {row.language for row in written} == {"ar", "de"}
    _first, second = revisions(meeting)
    assert second.content["topics"][0]["statements"][0]["change"] == "changed"
    assert {"correction.proposed", "correction.taken", "minutes.revised"} <= {one.verb for one in thread(meeting.pk)}


def test_what_is_missing_becomes_a_statement_under_its_topic(host, meeting):
    guest = in_review(host, meeting, an_actor())[0]
    proposed = propose(guest, "نلتقي كل شهر.", number=None, topic=7)
    statement = take_over(by=host, correction=proposed, text=proposed.text, gist="Wir treffen uns monatlich.")
    again = take_over(by=host, correction=proposed, text=proposed.text, gist="Wir treffen uns monatlich.")
    with pytest.raises(Stale):  # by somebody else, who has not seen these words
        take_over(by=host, correction=proposed, text="anders")

    assert (statement.item.position, statement.language, statement.said_by) == (7, "ar", None)
    assert again.pk == statement.pk
    minutes.revise_minutes(by=host, meeting=meeting)
    assert revisions(meeting)[-1].content["topics"][-1]["statements"][0]["change"] == "new"


def test_left_proposal_keeps_the_word_of_the_host_for_whoever_proposed_it(host, meeting):
    guest, other = in_review(host, meeting, an_actor(), an_actor())
    proposed = propose(guest)
    for _ in range(2):
        leave(by=host, correction=proposed, word="قيل في اللقاء هكذا.")

    row = reviewing.newest(meeting)["ar"]
    assert [(one.state, one.word) for one in reviewing.own(holder_of(guest, "minutes", row), row)] == [
        ("left", "قيل في اللقاء هكذا.")
    ]
    assert reviewing.own(holder_of(other, "minutes", row), row) == []
    assert Statement.objects.get(meeting=meeting).text != BETTER


def test_only_whoever_was_invited_proposes_and_once_for_each_id(host, meeting):
    guest = in_review(host, meeting, an_actor())[0]
    row = reviewing.newest(meeting)["ar"]
    pk = uuid4()
    for _ in range(2):
        propose_correction(by=holder_of(guest, "minutes", row), minutes=row, id=pk, text=BETTER, number=1)
    assert Correction.objects.count() == 1
    stranger = holder_of(guest, "minutes", row).__class__("minutes", row.kind, row.pk, an_actor().pk)
    for holder in (stranger, holder_of(guest)):
        with pytest.raises(Forbidden):
            propose_correction(by=holder, minutes=row, id=uuid4(), text=BETTER, number=1)


@pytest.mark.parametrize("number", [0, 2, -1, 9_999])
def test_statement_that_does_not_stand_there_is_refused(host, meeting, number):
    guest = in_review(host, meeting, an_actor())[0]
    with pytest.raises(DomainError):
        propose(guest, number=number)


def test_personal_data_is_asked_about(host, meeting):
    guest = in_review(host, meeting, an_actor())[0]
    with pytest.raises(PersonalDataFound):
        propose(guest, "Frau Haddad erreicht man unter +49 30 23125 011.")
    assert propose(guest, "Frau Haddad hat das gesagt.", keep_findings=True).state == "waiting"


def test_nobody_fills_the_list(host, meeting):
    guest = in_review(host, meeting, an_actor())[0]
    for _ in range(MOST_OF_ONE):
        propose(guest)
    with pytest.raises(DomainError):
        propose(guest)


def test_two_hosts_at_once_see_both_texts(host, meeting):
    guest = in_review(host, meeting, an_actor())[0]
    proposed = propose(guest)
    version = proposed.statement.version
    notes.change_statement(by=host, statement=proposed.statement, version=version, gist="Schon geändert.")
    with pytest.raises(Stale):
        take_over(by=host, correction=proposed, text=BETTER, version=version)


def test_after_the_day_nothing_is_proposed_and_the_minutes_are_locked(host, meeting):
    guest = in_review(host, meeting, an_actor())[0]
    propose(guest)
    assert minutes.lock_due() == 0
    with later(11):
        with pytest.raises(DomainError):
            propose(guest)
        assert minutes.lock_due() == 0  # a proposal waits for a host
        leave(by=host, correction=Correction.objects.get())
        assert minutes.lock_due() == 1
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.CLOSED


def test_last_day_itself_counts_in_the_zone_of_the_meeting(host):
    meeting = a_meeting(host, zone="Asia/Tokyo")
    guest = in_review(host, meeting, an_actor())[0]
    last = meeting.corrections_until
    with as_of(now().replace(year=last.year, month=last.month, day=last.day, hour=14, minute=59)):
        propose(guest)
    with (
        as_of(now().replace(year=last.year, month=last.month, day=last.day, hour=15, minute=1)),
        pytest.raises(DomainError),
    ):
        propose(guest)


def test_last_day_is_moved_within_bounds(host, meeting):
    in_review(host, meeting, an_actor())
    today = rules.local_day(meeting)
    assert minutes.move_last_day(by=host, meeting=meeting, until=today).corrections_until == today
    for until in (today - timedelta(days=1), today + timedelta(days=91)):
        with pytest.raises(DomainError):
            minutes.move_last_day(by=host, meeting=meeting, until=until)


def test_locked_by_hand_the_final_revision_goes_to_everybody(host, meeting):
    guest = in_review(host, meeting, an_actor())[0]
    proposed = propose(guest)
    minutes.close_meeting(by=host, meeting=meeting, summary="Alles klar.")
    for _ in range(2):
        minutes.send_minutes(by=SYSTEM, meeting=meeting)

    proposed.refresh_from_db()
    assert proposed.state == "left"
    first, last = revisions(meeting)
    assert [(row.revision, row.final) for row in (first, last)] == [(1, False), (2, True)]
    assert last.content["summary"]["change"] == "new"
    letter = Message.objects.get(template="meetings/messages/minutes")
    assert letter.context["corrected"] is True
    with pytest.raises(DomainError):
        take_over(by=host, correction=proposed, text=BETTER)
    with pytest.raises(Forbidden):
        a_statement(host, meeting)


def test_database_keeps_what_is_locked(host, meeting):
    in_review(host, meeting, an_actor())
    Minutes.objects.update(pdf="")  # a file may go, its text stays
    minutes.close_meeting(by=host, meeting=meeting, summary="Alles klar.")
    said, row = Statement.objects.get(meeting=meeting), revisions(meeting)[0]
    changes = (
        lambda: Statement.objects.filter(pk=said.pk).update(text="anders"),
        lambda: Statement.objects.filter(pk=said.pk).update(confidential=True),
        lambda: Statement.objects.filter(pk=said.pk).delete(),
        lambda: Statement.objects.bulk_create([_copy(said)]),
        lambda: Minutes.objects.filter(pk=row.pk).update(content={}),
        lambda: Minutes.objects.filter(pk=row.pk).delete(),
        lambda: Meeting.objects.filter(pk=meeting.pk).update(summary="anders"),
        lambda: Meeting.objects.filter(pk=meeting.pk).update(state="held"),
    )
    with acting_as(str(host.pk)):
        for change in changes:
            with pytest.raises(IntegrityError), transaction.atomic():
                change()
        Statement.objects.filter(pk=said.pk).update(said_by=None, statement_kind="need")


def _copy(said: Statement) -> Statement:
    return Statement(
        id=uuid4(), meeting=said.meeting, item=said.item, seq=said.seq + 1000, text="neu", noted_at=said.noted_at
    )


def test_proposals_go_with_the_person_and_the_name_out_of_locked_minutes(host, meeting):
    guest = in_review(host, meeting, an_actor(name="Samira Haddad"))[0]
    proposed = propose(guest, "قالت Samira Haddad ذلك.", keep_findings=True)
    assert any(category.key == "corrections" and category.lines for category in stored_about(guest.actor, by=SYSTEM))
    take_over(by=host, correction=proposed, text=proposed.text, keep_findings=True)
    minutes.close_meeting(by=host, meeting=meeting)
    minutes.send_minutes(by=SYSTEM, meeting=meeting)

    erase_actor(by=host, actor=guest.actor)
    forget_guests(by=SYSTEM, actor_ids=[guest.actor_id])

    assert not Correction.objects.exists()
    assert "Haddad" not in str(list(Minutes.objects.values_list("content", flat=True)))
    assert not Statement.objects.filter(text__contains="Haddad").exists()


def test_proposals_go_after_their_time_once_the_minutes_are_locked(host, meeting):
    a_correction(host, meeting)
    soon = now() + timedelta(days=1)
    assert forget_corrections(soon) == 0
    minutes.close_meeting(by=host, meeting=meeting)
    assert forget_corrections(soon) == 1


def test_only_whoever_closes_a_meeting_sees_and_decides(host, meeting):
    proposed = a_correction(host, meeting)
    counsellor = a_colleague()
    meeting.communities.add(a_community("ar", counsellor))

    assert reviewing.proposals(counsellor, meeting) == []
    for act in (
        lambda: take_over(by=counsellor, correction=proposed, text="x"),
        lambda: leave(by=counsellor, correction=proposed),
    ):
        with pytest.raises(Forbidden):
            act()


def test_meeting_that_was_not_held_is_not_corrected(host, meeting):
    with pytest.raises(DomainError):
        minutes.review_minutes(by=host, meeting=meeting)
    start_meeting(by=host, meeting=meeting)
    held = end_meeting(by=host, meeting=meeting)
    for service in (minutes.revise_minutes, minutes.send_review):
        with pytest.raises(DomainError):
            service(by=host, meeting=held)
