"""Reading a meeting while it is held: who is here, what waits, what stands on the shared screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from treffpunkt.core import prepared
from treffpunkt.core.agent import Agent, LinkHolder
from treffpunkt.core.clock import now
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import AgendaItem, Contribution, Invitation, Meeting, SmallGroup, Statement, Writing


@dataclass(frozen=True)
class Place:
    """Where a link lets somebody write: the meeting, perhaps one of its groups, perhaps as whose guest."""

    meeting: Meeting
    group: SmallGroup | None = None
    invitation: Invitation | None = None


# A note-taker who was not heard of for so long has left.
HERE_WITHIN = timedelta(seconds=45)


def board(by: Agent, pk: UUID) -> Meeting | None:
    """Fetch a meeting one may see with what its notes page watches; one query.

    `here`: how many are here; `here_key` changes with anything about that; `phones_seq`: the number of the last change
    of what came by phone; `phones_waiting`: how many wait; `writers`: names of who writes along; `in_confidence`:
    whether one reads what is confidential; `group_count`: how many small groups talk just now.
    """
    found: Meeting | None = prepared.first(_board, by, pk, now() - HERE_WITHIN)
    if found is not None:
        found.here_key = f"{found.guest_versions}-{found.others_here}"  # type: ignore[attr-defined]
    return found


def _board(by: Agent, pk: UUID, since: datetime) -> QuerySet[Meeting]:
    guests = Invitation.objects.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    sent = Contribution.objects.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    here = Writing.objects.filter(meeting=OuterRef("pk"), seen_at__gte=since).order_by("staff__name", "pk")
    groups = SmallGroup.objects.filter(meeting=OuterRef("pk"), closed_at=None).order_by().values("meeting")
    hosting = Meeting.hosts.through.objects.filter(meeting=OuterRef("pk"), staff=by.agent_id)
    noting = rules.taken_there(by).filter(meeting=OuterRef("pk"))
    attended = Q(attendance=Invitation.Attendance.ATTENDED)
    still = Q(state=Contribution.State.WAITING)
    return rules.viewable(by).filter(pk=pk).annotate(
        here=_number(guests.annotate(n=Count("pk", filter=attended))),
        # Every change of a guest's row counts its version up; a newcomer adds one.
        guest_versions=_number(guests.annotate(n=Sum("version"))),
        phones_seq=_number(sent.annotate(n=Max("seq"))),
        phones_waiting=_number(sent.annotate(n=Count("pk", filter=still))),
        group_count=_number(groups.annotate(n=Count("pk"))),
        writers=ArraySubquery(here.values("staff__name")),
        in_confidence=ExpressionWrapper(Exists(hosting) | Exists(noting), BooleanField()),
    )  # fmt: skip


def _number(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.values("n"), output_field=BigIntegerField()), 0)


def place_of(by: LinkHolder) -> Place | None:
    """Find where the holder of a link writes; nothing where it opens nothing any more."""
    if by.purpose == "invitation":
        invited = rules.viewable_invitations(by).filter(Q(actor=None) | Q(actor__erased_at=None))
        found = invited.select_related("meeting", "small_group").first()
        if found is None:
            return None
        group = found.small_group
        return Place(found.meeting, group if group and group.closed_at is None else None, found)
    if by.purpose != rules.PHONES:
        return None
    if by.subject_kind == SmallGroup._meta.label_lower:
        one = SmallGroup.objects.filter(pk=by.subject_id, closed_at=None).select_related("meeting", "item").first()
        return Place(one.meeting, one) if one else None
    meeting = Meeting.objects.filter(pk=by.subject_id).first()
    return Place(meeting) if meeting else None


def guests(meeting: Meeting) -> list[Invitation]:
    """List who may be here: those who said yes or maybe first, then those who have not answered, each by name."""
    order = {"accepted": 0, "tentative": 1, "waiting": 2, "sent": 2, "planned": 2, "declined": 3}
    rows = meeting.invitations.exclude(actor=None, staff=None).select_related("actor", "staff", "small_group")
    return sorted(rows, key=lambda row: (order[row.state], str(row.actor or row.staff or "").casefold(), row.pk))


def waiting(by: Agent, meeting: Meeting) -> list[Contribution]:
    """List what came by phone and waits, the oldest first."""
    rows = rules.viewable_contributions(by).filter(meeting=meeting, state=Contribution.State.WAITING)
    return list(rows.select_related("item", "group"))


def put_aside(by: Agent, meeting: Meeting) -> list[Contribution]:
    """List what came by phone and was put aside, as long as it is kept."""
    rows = rules.viewable_contributions(by).filter(meeting=meeting, state=Contribution.State.ASIDE).exclude(text="")
    return list(rows.select_related("item", "group"))


def groups(meeting: Meeting) -> list[SmallGroup]:
    """List the groups of the present round, each with its topic."""
    rows = meeting.small_groups.filter(closed_at=None).select_related("item")
    return list(rows.order_by("number"))


def on_screen(meeting: Meeting, item: AgendaItem | None) -> QuerySet[Statement]:
    """List what may stand on the shared screen under a topic: nothing confidential, nothing taken off it."""
    rows = Statement.objects.filter(meeting=meeting, item=item, removed_at=None, confidential=False, on_screen=True)
    return rows.select_related("group").order_by("noted_at", "id")
