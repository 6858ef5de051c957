"""Reading the search for a date: which moment suits whom, and one's own answers behind a link."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from treffpunkt.core.agent import LinkHolder
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import DatePoll, Meeting, PollGuest, PollMoment
from treffpunkt.network.models import Actor
from treffpunkt.network.services.reaching import with_ways

Answer = DatePoll.Answer


@dataclass(frozen=True)
class Column:
    """A moment with the number of each answer; `is_best` marks those that suit best."""

    moment: PollMoment
    yes: int
    maybe: int
    no: int
    is_best: bool = False

    @property
    def weight(self) -> int:
        """Weigh the answers: a yes counts twice an “if need be”."""
        return 2 * self.yes + self.maybe

    @property
    def number(self) -> int:
        """Count who could come."""
        return self.yes + self.maybe


@dataclass(frozen=True)
class Row:
    """What one guest answered, in the order of the columns; empty where she did not."""

    guest: PollGuest
    cells: list[tuple[Column, str]]


@dataclass(frozen=True)
class Grid:
    """Who can when: the moments, those that suit best first, and the guests who answered."""

    columns: list[Column]
    rows: list[Row]
    asked: int
    answered: int


def poll_of(meeting: Meeting) -> DatePoll | None:
    """Find the search for a meeting's date that is going on, or the last one."""
    return meeting.polls.select_related("meeting", "chosen", "task").order_by("-id").first()


def grid(poll: DatePoll) -> Grid:
    """Put together who can when."""
    guests = list(poll.guests.select_related("actor", "staff").order_by("id"))
    counts = {moment: Counter(guest.answers.get(str(moment.pk)) for guest in guests) for moment in poll.moments.all()}
    found = [
        Column(moment, count[Answer.YES], count[Answer.MAYBE], count[Answer.NO]) for moment, count in counts.items()
    ]
    best = max((column.weight for column in found), default=0)
    columns = [
        Column(one.moment, one.yes, one.maybe, one.no, is_best=bool(best) and one.weight == best)
        for one in sorted(found, key=lambda one: (-one.weight, -one.yes, one.moment.starts))
    ]
    answered = [guest for guest in guests if guest.answered_at]
    rows = [
        Row(guest, [(column, guest.answers.get(str(column.moment.pk), "")) for column in columns]) for guest in answered
    ]
    return Grid(columns, rows, sum(guest.sent_at is not None for guest in guests), len(answered))


def asked(poll: DatePoll) -> QuerySet[PollGuest]:
    """List who is asked with all that writing to them needs, without those who were erased."""
    return (
        poll.guests.filter(Q(actor=None) | Q(actor__erased_at=None))
        .select_related("staff")
        .prefetch_related(Prefetch("actor", with_ways(Actor.objects.all())))
        .order_by("id")
    )


def guest_of(by: LinkHolder) -> PollGuest | None:
    """Find whose answers a link is for; none once the guest was erased."""
    return (
        rules.viewable_poll_guests(by)
        .filter(Q(actor=None) | Q(actor__erased_at=None))
        .select_related("poll__meeting", "poll__chosen", "actor", "staff")
        .prefetch_related("poll__moments")
        .first()
    )


def own_answers(guest: PollGuest) -> list[tuple[PollMoment, str]]:
    """Give each moment in the order of time with one's own answer to it."""
    return [(moment, guest.answers.get(str(moment.pk), "")) for moment in guest.poll.moments.all()]
