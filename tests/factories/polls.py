"""Searches for a date for tests, made as people make them: through services."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.clock import today
from treffpunkt.meetings.models import DatePoll, Meeting, PollGuest, PollMoment
from treffpunkt.meetings.services.poll_answers import answer_poll
from treffpunkt.meetings.services.polls import ask_guests, begin_poll, send_poll
from treffpunkt.network.models import Actor
from treffpunkt.people.models import Staff


def proposed() -> list[tuple[date, time]]:
    """Give three evenings to propose, three weeks from now."""
    return [(today() + timedelta(days=21 + number), time(18)) for number in range(3)]


def a_poll(by: Staff, meeting: Meeting, *actors: Actor, **values: Any) -> DatePoll:
    """Look for a date of a meeting, and ask people."""
    given = {"moments": proposed(), "until": today() + timedelta(days=7)} | values
    poll = begin_poll(by=by, meeting=meeting, **given)
    if actors:
        ask_guests(by=by, poll=poll, actor_ids=[actor.pk for actor in actors])
        send_poll(by=by, poll=poll)
    return DatePoll.objects.select_related("meeting").get(pk=poll.pk)


def asked(poll: DatePoll) -> list[PollGuest]:
    """Give who is asked, in order."""
    return list(poll.guests.select_related("poll__meeting", "actor").order_by("id"))


def moments(poll: DatePoll) -> list[PollMoment]:
    """Give the moments in the order of time."""
    return list(poll.moments.order_by("starts"))


def holder_of(guest: PollGuest) -> LinkHolder:
    """Give the agent that the link makes of its holder."""
    return LinkHolder(purpose="poll", subject_kind=guest.kind, subject_id=guest.pk, agent_id=guest.actor_id)


def answered(guest: PollGuest, *answers: str) -> PollGuest:
    """Answer behind the link, moment by moment."""
    given = {moment.pk: state for moment, state in zip(moments(guest.poll), answers, strict=False) if state}
    return answer_poll(by=holder_of(guest), guest=guest, answers=given)
