"""Finding a date: propose moments, ask guests by a link, choose the moment that suits best."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from treffpunkt.core.agent import SYSTEM, Agent
from treffpunkt.core.clock import now, today
from treffpunkt.core.dates import spoken_day, spoken_when
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record, record_many
from treffpunkt.meetings import polls, rules
from treffpunkt.meetings.models import DatePoll, Meeting, PollGuest, PollMoment
from treffpunkt.meetings.services.invitations import Sent, plan_invitations
from treffpunkt.meetings.services.meetings import change_meeting
from treffpunkt.meetings.services.news import receiver
from treffpunkt.meetings.services.poll_settling import settle
from treffpunkt.meetings.services.poll_settling import waiting as waiting_messages
from treffpunkt.meetings.times import moment as moment_of
from treffpunkt.network.rules import viewable_actors
from treffpunkt.network.services.asking import note_asked
from treffpunkt.network.services.reaching import language_of
from treffpunkt.network.services.telling import being_told
from treffpunkt.people.models import Staff
from treffpunkt.post.models import Message
from treffpunkt.post.services import Draft, send_many
from treffpunkt.tasks.models import Task
from treffpunkt.tasks.services import create_task

S = DatePoll.State
QUESTION, REMINDER = "meetings/messages/date_poll", "meetings/messages/date_poll_reminder"
MOST_MOMENTS = 20
FURTHEST = timedelta(days=730)
# How long the link shows what became of it, after the last day to answer.
LINK_DAYS_AFTER = 30

When = tuple[date, time]


@transaction.atomic
def begin_poll(
    *, by: Agent, meeting: Meeting, moments: Iterable[tuple[date, time]], until: date, id: UUID | None = None
) -> DatePoll:
    """Propose moments for a meeting, on the clock of its zone, to be answered until a day; nobody is asked yet.

    While one search goes on there is no second one: it is given back.
    """
    meeting = _locked(by, meeting)
    known = meeting.polls.filter(state__in=DatePoll.GOING_ON).first()
    if known is not None:
        return known
    poll = DatePoll(id=id or uuid7(), meeting=meeting, zone=meeting.zone, until=until)
    rows = _moments(poll, moments)
    _check(poll, rows)
    poll.save()
    PollMoment.objects.bulk_create(rows)
    record(by, "poll.begun", meeting)
    return poll


@transaction.atomic
def change_poll(
    *, by: Agent, poll: DatePoll, version: int, moments: Iterable[tuple[date, time]], until: date
) -> DatePoll:
    """Change the moments and the last day to answer; a moment that somebody has answered stays."""
    poll = _going_on(by, poll)
    poll.advance(version)
    poll.until = until
    standing = {row.starts: row for row in poll.moments.all()}
    wanted = {row.starts: row for row in _moments(poll, moments, standing)}
    answered = {pk for answers in poll.guests.values_list("answers", flat=True) for pk in answers}
    gone = [row for starts, row in standing.items() if starts not in wanted]
    if any(str(row.pk) in answered for row in gone):
        raise DomainError(_("Somebody has answered a moment already; it stays among those proposed."))
    _check(poll, list(wanted.values()))
    PollMoment.objects.filter(pk__in=[row.pk for row in gone]).delete()
    PollMoment.objects.bulk_create(row for starts, row in wanted.items() if starts not in standing)
    poll.save()
    if poll.task:
        Task.objects.filter(pk=poll.task.pk).update(due=until)
    record(by, "poll.changed", poll.meeting)
    return poll


@transaction.atomic
def ask_guests(
    *, by: Agent, poll: DatePoll, actor_ids: Iterable[UUID] = (), staff_ids: Iterable[UUID] = ()
) -> list[PollGuest]:
    """Choose who is asked, each once; nobody is written to before `send_poll`. Gives those who are new."""
    poll = _going_on(by, poll)
    asked, colleagues = [*actor_ids], [*staff_ids]
    known = set(poll.guests.values_list("actor_id", flat=True)) | set(poll.guests.values_list("staff_id", flat=True))
    actors = viewable_actors(by).filter(pk__in=asked, erased_at=None, not_a_person=False).order_by("pk")
    staff = Staff.objects.filter(pk__in=colleagues, is_active=True).order_by("pk")
    fresh = [PollGuest(poll=poll, actor=one, language=language_of(one)) for one in actors if one.pk not in known]
    fresh += [PollGuest(poll=poll, staff=one, language=one.language or "de") for one in staff if one.pk not in known]
    return PollGuest.objects.bulk_create(fresh, batch_size=1000)


@transaction.atomic
def drop_guest(*, by: Agent, guest: PollGuest) -> None:
    """Leave somebody out who was not written to yet."""
    poll = _going_on(by, guest.poll)
    guest = poll.guests.select_for_update().get(pk=guest.pk)
    if guest.sent_at:
        raise DomainError(_("The question is on its way to this person already."))
    guest.delete()


@transaction.atomic
def send_poll(*, by: Agent, poll: DatePoll) -> Sent:
    """Ask everybody chosen who was not asked yet, each in their language and by their channel; twice is once."""
    poll = _going_on(by, poll)
    if not poll.guests.exists():
        raise DomainError(_("Nobody is chosen to be asked yet."))
    if now() >= poll.closes_at:
        raise DomainError(_("The last day to answer is over. Choose a later one first."))
    rows = list(polls.asked(poll).filter(sent_at=None).select_for_update(of=("self",)))
    letters = Letters(poll)
    drafts = {row.pk: letters.draft(QUESTION, row, occasion=f"poll:{row.pk}") for row in rows}
    messages = send_many(_written(drafts.values()))
    told = [row for row in rows if drafts[row.pk]]
    PollGuest.objects.filter(pk__in=[row.pk for row in told]).update(sent_at=now())
    being_told(message.to_id for message in messages if message.tells)
    note_asked(by=by, ids=[row.actor_id for row in told if row.actor_id])
    if told and poll.state == S.DRAFT:
        poll.move_to(S.OPEN)
        poll.task = _task(by, poll)
        poll.save(update_fields=["state", "task"])
    if told:
        record(by, "poll.sent", poll.meeting)
        record_many(by, "poll.asked", [(row, [row.actor] if row.actor else []) for row in told])
    return _sent(messages, [row.pk for row in rows if not drafts[row.pk]])


@transaction.atomic
def remind_of_poll(*, by: Agent, poll: DatePoll) -> Sent:
    """Remind those who have not answered, each at most once a day; whoever has not been told yet is left out."""
    poll = _going_on(by, poll)
    if not poll.takes_answers:
        raise DomainError(_("Nobody can answer any more. Choose a later last day first."))
    rows = list(polls.asked(poll).filter(answered_at=None, sent_at__isnull=False))
    waiting = set(waiting_messages(rows).values_list("about_id", flat=True))
    letters = Letters(poll)
    drafts = [
        letters.draft(REMINDER, row, occasion=f"poll_reminder:{row.pk}:{today()}")
        for row in rows
        if row.pk not in waiting
    ]
    messages = send_many(_written(drafts))
    PollGuest.objects.filter(pk__in=[message.about_id for message in messages]).update(reminded_at=now())
    if messages:
        record(by, "poll.reminded", poll.meeting)
    return _sent(messages, [])


@transaction.atomic
def choose_moment(*, by: Agent, poll: DatePoll, moment: PollMoment, everybody: bool = False) -> Meeting:
    """Give the meeting its date; whoever can come is put on the guest list, or with `everybody` all who were asked.

    The invitation tells them; choosing the same moment again changes nothing.
    """
    meeting = _locked(by, poll.meeting)
    poll = meeting.polls.select_for_update(of=("self",)).select_related("task").get(pk=poll.pk)
    poll.meeting = meeting
    if poll.state == S.DECIDED and poll.chosen_id == moment.pk:
        return meeting
    if moment.poll_id != poll.pk:
        raise DomainError(_("This moment was not proposed for this meeting."))
    if poll.state not in DatePoll.GOING_ON:
        raise DomainError(_("The search for a date is over."))
    if moment.starts <= now():
        raise DomainError(_("This moment is past."))
    if poll.state == S.DRAFT:
        poll.move_to(S.OPEN)
    poll.move_to(S.DECIDED)
    poll.chosen = moment
    poll.advance()
    poll.save()
    settle(by, poll, done=True)
    day, time = _on_the_clock_of(meeting, moment, poll)
    meeting = change_meeting(by=by, meeting=meeting, version=meeting.version, day=day, time=time)
    guests = [
        guest
        for guest in poll.guests.all()
        if everybody or guest.answers.get(str(moment.pk)) in (DatePoll.Answer.YES, DatePoll.Answer.MAYBE)
    ]
    if guests:
        plan_invitations(
            by=by, meeting=meeting,
            actor_ids=[guest.actor_id for guest in guests if guest.actor_id],
            staff_ids=[guest.staff_id for guest in guests if guest.staff_id],
        )  # fmt: skip
    record(by, "poll.decided", meeting)
    return meeting


@transaction.atomic
def end_poll(*, by: Agent, poll: DatePoll) -> DatePoll:
    """End the search without a date; nobody can answer any more, and what has not gone out yet is taken back."""
    poll = _going_on(by, poll, even_ended=True)
    if poll.state == S.ENDED:
        return poll
    poll.move_to(S.ENDED)
    poll.advance()
    poll.save()
    settle(by, poll, done=False)
    record(by, "poll.ended", poll.meeting)
    return poll


@dataclass
class Letters:
    """The questions of one search; what guests of one language read alike is written once."""

    poll: DatePoll

    def __post_init__(self) -> None:
        self._context: dict[str, dict[str, str]] = {}
        self._moments = list(self.poll.moments.all())
        self._host = self.poll.meeting.hosts.first()

    def draft(self, template: str, guest: PollGuest, *, occasion: str) -> Draft | None:
        """Write one guest's question, or nothing where no channel leads to them."""
        to = receiver(guest)
        if to is None:
            return None
        return Draft(
            template=template,
            to=to,
            language=guest.language,
            occasion=occasion,
            context=self._for(guest.language),
            link={
                "purpose": rules.POLL,
                "subject_kind": guest.kind,
                "subject_id": str(guest.pk),
                "days": max(0, (self.poll.until - today()).days) + LINK_DAYS_AFTER,
            },
            about=guest,
            tells=template == QUESTION and guest.actor_id is not None,
        )

    def _for(self, language: str) -> dict[str, str]:
        if language not in self._context:
            zone = self.poll.zone
            spoken = [f"– {spoken_when(row.starts, zone, language)}" for row in self._moments]
            self._context[language] = {
                "moments": "\n".join(spoken),
                "until": spoken_day(self.poll.until, language),
                "host": self._host.name if self._host else "",
            }
        return self._context[language]


def _locked(by: Agent, meeting: Meeting) -> Meeting:
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    require(rules.may_edit(by, meeting))
    if meeting.state not in rules.BEFORE:
        raise DomainError(_("This meeting is over, so no date is looked for."))
    return meeting


def _going_on(by: Agent, poll: DatePoll, *, even_ended: bool = False) -> DatePoll:
    meeting = _locked(by, poll.meeting)
    poll = meeting.polls.select_for_update(of=("self",)).select_related("task").get(pk=poll.pk)
    poll.meeting = meeting
    if poll.state not in DatePoll.GOING_ON and not (even_ended and poll.state == S.ENDED):
        raise DomainError(_("The search for a date is over."))
    return poll


def _on_the_clock_of(meeting: Meeting, moment: PollMoment, poll: DatePoll) -> When:
    """Tell when a moment is on the clock of the meeting, which may have gone to another zone since it was proposed."""
    if meeting.zone == poll.zone:
        return moment.day, moment.time
    there = moment.starts.astimezone(ZoneInfo(meeting.zone))
    return there.date(), there.time()


def _moments(poll: DatePoll, moments: Iterable[When], standing: Collection[datetime] = ()) -> list[PollMoment]:
    """Make the moments (not yet saved), each once, in the order of time; those standing may be past by now."""
    rows = {}
    for day, at in moments:
        at = at.replace(second=0, microsecond=0, tzinfo=None)
        starts = moment_of(day, at, poll.zone)
        if starts not in standing and not today() <= day <= today() + FURTHEST:
            raise DomainError(_("Propose days from today on, within the next two years."))
        rows[starts] = PollMoment(poll=poll, day=day, time=at, starts=starts)
    return sorted(rows.values(), key=lambda row: row.starts)


def _check(poll: DatePoll, rows: list[PollMoment]) -> None:
    if len(rows) < 2:
        raise DomainError(_("Propose at least two moments, so that there is something to choose."))
    if len(rows) > MOST_MOMENTS:
        raise DomainError(_("Propose at most %(number)s moments.") % {"number": MOST_MOMENTS})
    if not today() <= poll.until <= rows[-1].day:
        raise DomainError(_("The last day to answer lies between today and the last moment proposed."))


def _task(by: Agent, poll: DatePoll) -> Task:
    host = poll.meeting.hosts.order_by("name", "id").first()
    with translation.override("de"):
        title = _("Choose the date: %(name)s") % {"name": poll.meeting.name}
    return create_task(by=SYSTEM, title=title, owner=host, due=poll.until, about=poll.meeting)


def _written(drafts: Iterable[Draft | None]) -> Iterator[Draft]:
    return (draft for draft in drafts if draft is not None)


def _sent(messages: list[Message], unreachable: list[UUID]) -> Sent:
    mails = sum(message.channel == Message.Channel.MAIL for message in messages)
    return Sent(mails=mails, chats=len(messages) - mails, unreachable=unreachable)
