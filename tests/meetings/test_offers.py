"""The waiting list: a free seat is kept for the first in line until a moment, then for the next."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta

import pytest
from django.db import connection

from tests.factories.meetings import a_coordinator, a_meeting, an_actor, holder_of, invited
from treffpunkt.core.clock import as_of, now
from treffpunkt.meetings.models import Invitation, Meeting
from treffpunkt.meetings.services import meetings
from treffpunkt.meetings.services.invitations import answer
from treffpunkt.meetings.services.offers import let_due_offers_lapse
from treffpunkt.meetings.services.seats import deadline
from treffpunkt.post.models import Message
from treffpunkt.post.rendering import render

pytestmark = pytest.mark.django_db
S = Invitation.State


def a_full_meeting(guests: int = 4, seats: int = 1, **values) -> tuple[Meeting, list[Invitation]]:
    """Give a meeting whose seats are taken by the first guests; the others wait in their order."""
    host = a_coordinator()
    meeting = a_meeting(host, seats=seats, **values)
    rows = invited(host, meeting, *(an_actor() for _ in range(guests)))
    Message.objects.update(state="sent")
    for row in rows:
        answer(by=holder_of(row), invitation=row, state="accepted")
    return meeting, rows


def line_of(meeting: Meeting) -> list[tuple[str, bool]]:
    """Give each guest's state and whether a seat is kept for them, in the order of planning."""
    rows = meeting.invitations.order_by("id")
    return [(row.state, row.offered_until is not None) for row in rows]


def offered_in_time(meeting: Meeting) -> None:
    """Let what is to be sent go out."""
    Message.objects.filter(state="queued").update(state="sent")


def test_first_in_line_has_two_days_to_take_the_seat():
    meeting, (first, second, *_rest) = a_full_meeting()

    answer(by=holder_of(first), invitation=first, state="declined")

    assert line_of(meeting) == [("declined", False), ("waiting", True), ("waiting", False), ("waiting", False)]
    second.refresh_from_db()
    assert timedelta(hours=47) < second.offered_until - now() <= timedelta(hours=48)
    text = render(Message.objects.get(about_id=second.pk, template__endswith="offered"))
    assert "في موعد أقصاه" in text.body
    assert answer(by=holder_of(second), invitation=second, state="accepted").state == "accepted"
    assert line_of(meeting)[1:] == [("accepted", False), ("waiting", False), ("waiting", False)]


def test_who_does_not_answer_goes_to_the_end_and_the_next_is_asked():
    meeting, (first, second, third, fourth) = a_full_meeting()
    answer(by=holder_of(first), invitation=first, state="declined")
    offered_in_time(meeting)

    assert let_due_offers_lapse() == 0
    with as_of(now() + timedelta(hours=49)):
        assert let_due_offers_lapse() == 1
        assert let_due_offers_lapse() == 0
    assert line_of(meeting)[1:] == [("waiting", False), ("waiting", True), ("waiting", False)]
    assert Message.objects.get(template__endswith="lapsed").about_id == second.pk

    # The next does not want it: it goes on to the fourth, though the second stands in the line as well.
    with as_of(now() + timedelta(hours=50)):
        answer(by=holder_of(third), invitation=third, state="declined")
        assert line_of(meeting)[1:] == [("waiting", False), ("declined", False), ("waiting", True)]
        answer(by=holder_of(fourth), invitation=fourth, state="accepted")
        answer(by=holder_of(fourth), invitation=fourth, state="declined")
        # Another seat: now it is her turn again.
        assert line_of(meeting)[1] == ("waiting", True)


def test_seat_nobody_took_is_not_offered_round_and_round_but_can_be_had():
    meeting, (first, second) = a_full_meeting(guests=2)
    answer(by=holder_of(first), invitation=first, state="declined")
    offered_in_time(meeting)

    for days in (3, 6, 9):
        with as_of(now() + timedelta(days=days)):
            let_due_offers_lapse()
    assert Message.objects.filter(template__endswith="offered").count() == 1
    assert answer(by=holder_of(second), invitation=second, state="accepted").state == "accepted"


def test_whom_our_message_did_not_reach_keeps_her_place():
    meeting, (first, second, third, _fourth) = a_full_meeting()
    answer(by=holder_of(first), invitation=first, state="declined")

    with as_of(now() + timedelta(hours=49)):
        assert let_due_offers_lapse() == 0
    assert line_of(meeting)[1:3] == [("waiting", False), ("waiting", True)]
    assert Message.objects.get(about_id=second.pk, template__endswith="offered").state == "cancelled"
    assert not Message.objects.filter(template__endswith="lapsed").exists()

    answer(by=holder_of(third), invitation=third, state="declined")
    assert line_of(meeting)[1] == ("waiting", True)


def test_whom_our_message_did_not_reach_is_offered_the_seat_anew_where_nobody_else_waits():
    meeting, (first, second) = a_full_meeting(guests=2)
    answer(by=holder_of(first), invitation=first, state="declined")

    later = now() + timedelta(hours=49)
    with as_of(later):
        assert let_due_offers_lapse() == 0
    second.refresh_from_db()
    assert (second.state, second.offered_until > later) == ("waiting", True)
    offers = Message.objects.filter(about_id=second.pk, template__endswith="offered").order_by("id")
    assert [message.state for message in offers] == ["cancelled", "queued"]

    # This time it went out, and she let it pass: the seat is not offered round and round.
    offered_in_time(meeting)
    with as_of(later + timedelta(hours=49)):
        assert let_due_offers_lapse() == 1
    assert line_of(meeting)[1] == ("waiting", False)


@pytest.mark.parametrize(
    ("left", "kept"),
    [
        (timedelta(days=10), timedelta(hours=48)),
        (timedelta(days=2), timedelta(hours=24)),
        (timedelta(hours=6), timedelta(hours=3)),
        (timedelta(minutes=90), timedelta(hours=1)),
        (timedelta(minutes=30), timedelta(minutes=30)),
    ],
)
def test_near_the_meeting_the_time_is_shorter(left, kept):
    meeting = Meeting(starts=now() + left, offer_hours=48)

    assert deadline(meeting, meeting.starts - left) == meeting.starts - left + kept


def test_each_meeting_has_its_own_time():
    meeting, (first, second, *_rest) = a_full_meeting(offer_hours=6)
    answer(by=holder_of(first), invitation=first, state="declined")

    second.refresh_from_db()
    assert second.offered_until - now() <= timedelta(hours=6)


def test_maybe_keeps_no_seat():
    meeting, (first, second, *_rest) = a_full_meeting()
    answer(by=holder_of(first), invitation=first, state="tentative")
    answer(by=holder_of(second), invitation=second, state="tentative")

    assert line_of(meeting)[1:] == [("tentative", False), ("waiting", True), ("waiting", False)]


def test_postponed_meeting_keeps_no_seats_and_asks_again_for_the_new_day():
    meeting, (first, _second, *_rest) = a_full_meeting()
    answer(by=holder_of(first), invitation=first, state="declined")
    host = meeting.hosts.get()

    meeting = meetings.postpone_meeting(by=host, meeting=meeting)
    assert [kept for _state, kept in line_of(meeting)] == [False] * 4
    with as_of(now() + timedelta(days=3)):
        assert let_due_offers_lapse() == 0

    day = meeting.day + timedelta(days=7)
    meetings.change_meeting(by=host, meeting=meeting, version=meeting.version, day=day)
    assert line_of(meeting)[1] == ("waiting", True)


@pytest.mark.parametrize("change", [{"time": time(19)}, {"form": "on_site", "venue": "Beratungsstelle, Hauptstraße 1"}])
def test_seat_that_is_kept_is_offered_anew_for_the_new_time_or_place(change):
    meeting, (first, second, *_rest) = a_full_meeting(offer_hours=24)
    answer(by=holder_of(first), invitation=first, state="declined")
    second.refresh_from_db()
    before = second.offered_until
    meeting.refresh_from_db()

    with as_of(now() + timedelta(hours=20)):
        meetings.change_meeting(by=meeting.hosts.get(), meeting=meeting, version=meeting.version, **change)

    assert line_of(meeting)[1:] == [("waiting", True), ("waiting", False), ("waiting", False)]
    second.refresh_from_db()
    assert second.offered_until > before
    told = Message.objects.filter(about_id=second.pk).exclude(state="sent").order_by("id")
    assert [(message.template.rpartition("/")[2], message.state) for message in told] == [
        ("offered", "cancelled"), ("changed", "queued"), ("offered", "queued"),
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_taking_the_seat_while_it_lapses_leaves_one_truth():
    for _round in range(3):
        meeting, (first, second, third) = a_full_meeting(guests=3)
        answer(by=holder_of(first), invitation=first, state="declined")
        Message.objects.filter(state="queued").update(state="sent")
        Invitation.objects.filter(pk=second.pk).update(offered_until=now() - timedelta(seconds=1))

        def take(invitation=second) -> None:
            answer(by=holder_of(invitation), invitation=invitation, state="accepted")
            connection.close()

        def lapse() -> None:
            let_due_offers_lapse()
            connection.close()

        with ThreadPoolExecutor(2) as both:
            for done in [both.submit(take), both.submit(lapse)]:
                done.result()

        in_time = [("accepted", False), ("waiting", False)]
        too_late = [("waiting", False), ("waiting", True)]
        assert line_of(meeting)[1:] in (in_time, too_late)
        messages = Message.objects.filter(about_id=third.pk, template__endswith="offered").count()
        assert messages == (line_of(meeting)[1:] == too_late)


@pytest.mark.django_db(transaction=True)
def test_two_who_give_up_and_take_at_once_fill_every_seat_once():
    meeting, rows = a_full_meeting(guests=4, seats=2)
    first, second, third, fourth = rows
    answer(by=holder_of(first), invitation=first, state="declined")

    def act(invitation: Invitation, state: str) -> None:
        answer(by=holder_of(invitation), invitation=invitation, state=state)
        connection.close()

    with ThreadPoolExecutor(2) as both:
        for done in [both.submit(act, second, "declined"), both.submit(act, third, "accepted")]:
            done.result()

    assert line_of(meeting) == [("declined", False), ("declined", False), ("accepted", False), ("waiting", True)]
    assert Message.objects.filter(about_id=fourth.pk, template__endswith="offered").count() == 1
