"""What the guests of a meeting need: summed up for everybody who prepares it, by guest for its hosts alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from treffpunkt.core import prepared
from treffpunkt.core.agent import Agent, LinkHolder
from treffpunkt.core.subject import as_system
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import Invitation, Meeting, Needs
from treffpunkt.people.models import Staff

# Whoever does not come, or waits for a seat, needs nothing there.
_COUNTED = (Invitation.State.SENT, Invitation.State.ACCEPTED, Invitation.State.TENTATIVE)


@dataclass(frozen=True)
class Sums:
    """How much is needed at a meeting, without a word about who needs it."""

    children: int = 0
    interpreting: list[tuple[str, int]] = field(default_factory=list)
    sign_language: int = 0
    step_free: int = 0
    other: int = 0

    def __bool__(self) -> bool:
        return bool(self.children or self.interpreting or self.sign_language or self.step_free or self.other)


@dataclass(frozen=True)
class Needed:
    """The sums of a meeting, and for who may read it what each guest needs."""

    sums: Sums
    by_guest: dict[UUID, Needs]


def needed(by: Agent, meeting: Meeting, hosts: Iterable[Staff] | None = None) -> Needed:
    """Sum up what the guests of a meeting need; by guest only for its hosts. One query."""
    if rules.sees_needs(by, meeting, hosts):
        rows = prepared.rows(_needs, meeting.pk)
        return Needed(_summed(rows), {row.invitation_id: row for row in rows})
    with as_system():
        return Needed(_summed(prepared.rows(_needs, meeting.pk)), {})


def needs_of(by: Agent, invitation: Invitation) -> Needs | None:
    """Give what a guest needs, to her and to the hosts of the meeting."""
    own = isinstance(by, LinkHolder) and by.purpose == "invitation" and by.subject_id == invitation.pk
    if not own and not rules.sees_needs(by, invitation.meeting):
        return None
    return Needs.objects.filter(invitation=invitation).first()


def _needs(meeting_id: UUID) -> QuerySet[Needs]:
    found = Needs.objects.filter(invitation__meeting=meeting_id, invitation__state__in=_COUNTED)
    return found.order_by("invitation")


def _summed(rows: Iterable[Needs]) -> Sums:
    every = list(rows)
    languages = Counter(row.interpreting for row in every if row.interpreting)
    return Sums(
        children=sum(row.children for row in every),
        interpreting=sorted(languages.items(), key=lambda pair: (-pair[1], pair[0])),
        sign_language=sum(row.sign_language for row in every),
        step_free=sum(row.step_free for row in every),
        other=sum(bool(row.other) for row in every),
    )
