"""Reading a meeting while it is held: who is here, what waits, what stands on the shared screen."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from treffpunkt.core.agent import Agent, LinkHolder
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import AgendaItem, Contribution, Invitation, Meeting, SmallGroup, Statement


@dataclass(frozen=True)
class Place:
    """Where a link lets somebody write: the meeting, perhaps one of its groups, perhaps as whose guest."""

    meeting: Meeting
    group: SmallGroup | None = None
    invitation: Invitation | None = None


@dataclass(frozen=True)
class Presence:
    """How many are here; `key` changes whenever something about it does."""

    here: int
    key: str


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


def presence(meeting: Meeting) -> Presence:
    """Count who is here; one query."""
    found = meeting.invitations.aggregate(
        here=Count("pk", filter=Q(attendance=Invitation.Attendance.ATTENDED)), every=Count("pk"), version=Sum("version")
    )
    return Presence(found["here"], f"{found['every']}-{found['version'] or 0}-{meeting.others_here}")


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


def phones_changed_since(meeting: Meeting, seq: int) -> bool:
    """Say whether anything came by phone, or was decided about it, after the number `seq`."""
    return meeting.contributions.filter(seq__gt=seq).exists()


def groups(meeting: Meeting) -> list[SmallGroup]:
    """List the groups of the present round, with their topic and who takes notes."""
    rows = meeting.small_groups.filter(closed_at=None).select_related("item").prefetch_related("takers")
    return list(rows.order_by("number"))


def on_screen(meeting: Meeting, item: AgendaItem | None) -> QuerySet[Statement]:
    """List what may stand on the shared screen under a topic: nothing confidential, nothing taken off it."""
    rows = Statement.objects.filter(meeting=meeting, item=item, removed_at=None, confidential=False, on_screen=True)
    return rows.select_related("group").order_by("noted_at", "id")
