"""The demo story: three evenings are proposed for a meeting, and people say which suit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.clock import as_of, today
from treffpunkt.meetings.models import Meeting
from treffpunkt.meetings.services.invitations import plan_invitations
from treffpunkt.meetings.services.poll_answers import answer_poll
from treffpunkt.meetings.services.polls import ask_guests, begin_poll, send_poll
from treffpunkt.meetings.services.waves import make_wave
from treffpunkt.network.models import Actor
from treffpunkt.people.models import Staff
from treffpunkt.post.delivery import deliver_due

# What those who answered said of each evening.
ANSWERS = (("no", "yes", "yes"), ("maybe", "yes", "no"), ("yes", "maybe", "yes"), ("no", "yes", "maybe"))

HOURS = (2, 8, 11, 29)


def look_for_a_date(coordinator: Staff, meeting: Meeting, guests: Sequence[Actor]) -> None:
    """Propose three evenings and ask; some have answered."""
    evenings = [(meeting.day + timedelta(days=ahead), time(hour)) for ahead, hour in ((-2, 18), (0, 18), (1, 19))]
    sent = datetime.combine(today() - timedelta(days=3), time(10), tzinfo=UTC)
    with as_of(sent):
        poll = begin_poll(by=coordinator, meeting=meeting, moments=evenings, until=today() + timedelta(days=6))
        ask_guests(by=coordinator, poll=poll, actor_ids=[guest.pk for guest in guests])
        send_poll(by=coordinator, poll=poll)
        deliver_due()
    proposed = list(poll.moments.order_by("starts"))
    for number, (guest, said) in enumerate(zip(poll.guests.order_by("id")[: len(ANSWERS)], ANSWERS, strict=False)):
        holder = LinkHolder(purpose="poll", subject_kind=guest.kind, subject_id=guest.pk, agent_id=guest.actor_id)
        with as_of(sent + timedelta(hours=HOURS[number])):
            answers = {moment.pk: state for moment, state in zip(proposed, said, strict=True)}
            answer_poll(by=holder, guest=guest, answers=answers)


def put_into_a_wave(coordinator: Staff, meeting: Meeting, guests: Sequence[Actor], day: date) -> None:
    """Leave some people for later: they are invited on a day if seats are still free."""
    planned = plan_invitations(by=coordinator, meeting=meeting, actor_ids=[guest.pk for guest in guests])
    ids = [row.pk for row in planned.invitations]
    if ids:
        make_wave(by=coordinator, meeting=meeting, invitation_ids=ids, goes_on=day, only_if_free=True)
