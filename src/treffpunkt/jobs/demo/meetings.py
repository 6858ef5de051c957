"""The meetings of the demo story: planned, invited to, held, written down and told of."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from uuid_utils.compat import uuid7

from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.clock import as_of
from treffpunkt.core.clock import today as this_day
from treffpunkt.jobs.demo.along import write_along
from treffpunkt.jobs.demo.cast import Cast
from treffpunkt.jobs.demo.moments import moment
from treffpunkt.jobs.demo.world import Said
from treffpunkt.meetings.models import Invitation, Meeting, Series, Statement
from treffpunkt.meetings.services import invitations as inviting
from treffpunkt.meetings.services import meetings as holding
from treffpunkt.meetings.services import minutes as closing
from treffpunkt.meetings.services import notes as noting
from treffpunkt.meetings.services.needs import answer_with_needs
from treffpunkt.meetings.services.series import create_series
from treffpunkt.people.models import Staff
from treffpunkt.post.delivery import deliver_due
from treffpunkt.post.models import Message
from treffpunkt.post.services import mark_sent
from treffpunkt.tasks.models import Task
from treffpunkt.tasks.services import close_task

# What the public page calls a season of meetings.
SEASONS = {
    "de": "Netzwerktreffen", "en": "Networking meetings", "ar": "لقاءات التواصل والتعاون", "fr": "Rencontres du réseau",
    "sr": "Сусрети за умрежавање", "es": "Encuentros de la red",
}  # fmt: skip
# What the first guests of a coming meeting need, by their place on the list.
NEEDS: dict[int, dict[str, Any]] = {
    0: {"companions": 1},
    1: {"interpreting": "fa"},
    3: {"sign_language": True, "companions": 1},
}


def plan_series(coordinator: Staff, cast: list[Cast], name: str, begins: date, ends: date) -> Series:
    """A season of meetings for every community."""
    return create_series(
        by=coordinator,
        name=name,
        begins=begins,
        ends=ends,
        communities=[one.community for one in cast],
        title={tag: f"{words} {name.rpartition(' ')[2]}" for tag, words in SEASONS.items()},
        contact=coordinator,
    )


def plan_meeting(one: Cast, series: Series, day: date, seats: int = 30) -> Meeting:
    """An evening of one community, online, with whoever counsels there."""
    world = one.world
    return holding.create_meeting(
        by=one.coordinator,
        name=f"Treffen der {world.name[0].lower()}{world.name[1:].removesuffix('e Community')}en Community",
        day=day,
        time=time(18, 0),
        communities=[one.community],
        hosts=[one.coordinator, one.counsellor],
        languages=[world.language, "de"],
        room=f"https://meet.example.org/treffpunkt-{world.language}",
        seats=seats,
        companions_welcome=True,
        series=series,
        title={world.language: world.title},
    )


def let_meeting_come(
    one: Cast, series: Series, day: date, *, guests: int, answers: int, ago: int, seats: int = 30
) -> Meeting:
    """A meeting that is still to come: invitations went out some days ago, and the first answers are in."""
    sent = this_day() - timedelta(days=ago)
    with as_of(moment(sent - timedelta(days=2))):
        meeting = plan_meeting(one, series, day, seats)
    with as_of(moment(sent)):
        invitations = _invite(one, meeting, guests)
        deliver_due()
        if ago > 2:
            _send_texts(one)
    pattern = ("accepted", "accepted", "tentative", "accepted", "declined", "accepted")
    for number, invitation in enumerate(invitations[:answers]):
        hours = (ago * 24 - 2) * (number + 1) // (answers + 1)
        with as_of(moment(sent, 10) + timedelta(hours=hours)):
            _answer(invitation, pattern[number % len(pattern)], **NEEDS.get(number, {}))
    if answers > 6:  # somebody cannot come after all: her seat is kept for the first in line
        with as_of(moment(sent, 10) + timedelta(hours=ago * 24 - 14)):
            _answer(invitations[5], "declined")
    return meeting


def hold_meeting(
    one: Cast, series: Series, day: date, *, guests: int, come: int, noted: bool = True, along: bool = False
) -> Meeting:
    """A meeting that was held; unless it was `noted`, nothing that was said is known."""
    with as_of(moment(day - timedelta(days=28))):
        meeting = plan_meeting(one, series, day)
    with as_of(moment(day - timedelta(days=21))):
        invitations = _invite(one, meeting, guests)
        deliver_due()
        _send_texts(one)
    for number, invitation in enumerate(invitations):
        with as_of(moment(day - timedelta(days=20), 12) + timedelta(hours=9 * number)):
            if number < come + 2:
                _answer(invitation, "accepted" if number < come else "declined")
    begun = moment(day, 16, 2)
    with as_of(begun):
        holding.start_meeting(by=one.coordinator, meeting=meeting)
        inviting.note_attendance(
            by=one.coordinator,
            meeting=meeting,
            attendance={invitation.pk: "attended" for invitation in invitations[:come]},
        )
    if noted:
        _write_down(one, meeting, begun)
    if along:
        write_along(one, meeting, begun)
    with as_of(begun + timedelta(minutes=92)):
        holding.end_meeting(by=one.coordinator, meeting=meeting)
    return meeting


def begin_season(one: Cast, series: Series, day: date) -> None:
    """A short first meeting: who comes again, and who stays away."""
    meeting = hold_meeting(one, series, day, guests=12, come=8, noted=False)
    with as_of(moment(day + timedelta(days=2), 10)):
        closing.close_meeting(
            by=one.coordinator, meeting=meeting, summary="Kennenlernen; die Themen folgen im nächsten Treffen."
        )
        closing.send_minutes(by=one.coordinator, meeting=meeting)
        deliver_due()
        _send_texts(one)


def hold_whole_meeting(one: Cast, series: Series, day: date, *, guests: int, come: int) -> None:
    """A meeting whose minutes went out two days later."""
    meeting = hold_meeting(one, series, day, guests=guests, come=come)
    with as_of(moment(day + timedelta(days=2), 10)):
        closing.close_meeting(
            by=one.coordinator,
            meeting=meeting,
            summary=one.world.summary,
            summaries={one.world.language: one.world.summary_there},
        )
        closing.send_minutes(by=one.coordinator, meeting=meeting)
        deliver_due()
        _send_texts(one)


def _invite(one: Cast, meeting: Meeting, guests: int) -> list[Invitation]:
    inviting.plan_invitations(
        by=one.coordinator, meeting=meeting, actor_ids=[actor.pk for actor in one.guests[:guests]]
    )
    inviting.send_invitations(by=one.coordinator, meeting=meeting)
    return list(meeting.invitations.select_related("actor").order_by("id"))


def _send_texts(one: Cast) -> None:
    """Send by hand what waits for chats."""
    for message in Message.objects.filter(state=Message.State.BY_HAND):
        mark_sent(by=one.coordinator, message=message)


def _answer(invitation: Invitation, state: str, **needs: Any) -> None:
    guest = LinkHolder(
        purpose="invitation",
        subject_kind=invitation.kind,
        subject_id=invitation.pk,
        agent_id=invitation.actor_id,
    )
    if needs:
        answer_with_needs(by=guest, invitation=invitation, state=state, **needs)
    else:
        inviting.answer(by=guest, invitation=invitation, state=state)


def _write_down(one: Cast, meeting: Meeting, begun: datetime) -> None:
    """Topic after topic, what was said, and what came of it."""
    agenda = list(meeting.agenda.order_by("position"))
    opened = 0
    for number, said in enumerate(one.world.said):
        spoken = begun + timedelta(minutes=6 + 9 * number)
        with as_of(spoken):
            if said.topic != opened:
                opened = said.topic
                holding.open_item(by=one.coordinator, meeting=meeting, item=agenda[opened - 1])
            statement = noting.note_statement(
                by=one.counsellor,
                meeting=meeting,
                id=uuid7(),
                item=agenda[opened - 1],
                text=said.text,
                language="de" if not said.gist and said.kind == "task" else one.world.language,
                statement_kind=said.kind,
                women_specific=said.women,
                gist=said.gist,
                keep_findings=True,
            )
            promised = _what_came_of_it(one, said, statement, spoken.date())
        if promised and promised.due and promised.due < this_day():
            with as_of(moment(promised.due, 11)):
                close_task(by=one.counsellor, task=promised)


def _what_came_of_it(one: Cast, said: Said, statement: Statement, day: date) -> Task | None:
    if not said.task:
        return None
    due = day + timedelta(days=said.days)
    if said.kind == "promise":
        return noting.turn_into_promise(
            by=one.counsellor,
            statement=statement,
            title=said.task,
            promised_by=one.actors[0],
            owner=one.counsellor,
            due=due,
        )
    return noting.turn_into_task(by=one.counsellor, statement=statement, title=said.task, owner=one.counsellor, due=due)
