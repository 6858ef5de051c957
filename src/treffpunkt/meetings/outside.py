"""What those outside see of meetings: by a link of theirs, in a calendar, on the public page."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from treffpunkt.core import prepared
from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.clock import now
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import DatePoll, Invitation, Meeting, Minutes, Series
from treffpunkt.meetings.queries import COMING
from treffpunkt.people.models import Staff


def guest_invitation(by: LinkHolder) -> Invitation | None:
    """Find the invitation that a link is for, with its meeting and who is invited; none once they were erased."""
    if by.purpose != "invitation":
        return None
    found: Invitation | None = prepared.first(_guest_invitation, by.subject_id)
    return found


def _guest_invitation(invitation: UUID) -> QuerySet[Invitation]:
    found = Invitation.objects.filter(Q(actor=None) | Q(actor__erased_at=None), pk=invitation)
    return found.select_related("meeting", "actor", "staff")


def invitation_of_holder(by: LinkHolder) -> Invitation | None:
    """Find the invitation of whoever holds a link to an invitation or to minutes."""
    if by.purpose == "invitation":
        return guest_invitation(by)
    minutes = guest_minutes(by)
    if minutes is None or by.agent_id is None:
        return None
    theirs = Q(actor=by.agent_id, actor__erased_at=None) | Q(staff=by.agent_id)
    return minutes.meeting.invitations.filter(theirs).select_related("meeting", "actor", "staff").first()


def guest_minutes(by: LinkHolder) -> Minutes | None:
    """Find the minutes that a link is for."""
    if by.purpose != "minutes":
        return None
    return Minutes.objects.filter(pk=by.subject_id).select_related("meeting").first()


def feed(staff: Staff, by: LinkHolder) -> QuerySet[Meeting]:
    """List what a calendar shows to whom it is read for: their meetings, or those of the community it is of."""
    recent = now() - timedelta(days=90)
    shown = (Meeting.State.DRAFT, *COMING, Meeting.State.HELD, Meeting.State.REVIEWING, Meeting.State.CLOSED)
    found = rules.viewable(staff).filter(starts__gte=recent, state__in=shown)
    if by.subject_id != staff.pk:
        of_community = Meeting.communities.through.objects.filter(meeting=OuterRef("pk"), community=by.subject_id)
        found = found.filter(Exists(of_community))
    return found.order_by("starts", "id")[:500]


def public_series() -> QuerySet[Series]:
    """List the series of today that everybody may read of: those with a public title."""
    return (
        Series.objects.exclude(title={})
        .filter(ends__gte=now().date())
        .select_related("contact")
        .order_by("begins", "id")
    )


def public_meetings() -> QuerySet[Meeting]:
    """List the meetings to come of these series; everybody may read when they are, and nothing else."""
    return Meeting.objects.filter(
        series__in=public_series().order_by().values("pk"), state=Meeting.State.INVITING, starts__gte=now()
    ).order_by("starts", "id")


def public_timetable() -> QuerySet[Meeting]:
    """List what the public page shows: those meetings, and those planned of the series that show them.

    A meeting whose date is being looked for has none to show.
    """
    looked_for = DatePoll.objects.filter(meeting=OuterRef("pk"), state__in=DatePoll.GOING_ON)
    planned = Q(state=Meeting.State.DRAFT, series__shows_planned=True) & ~Exists(looked_for)
    shown = Meeting.objects.filter(series__in=public_series().order_by().values("pk"), starts__gte=now())
    return shown.filter(Q(state=Meeting.State.INVITING) | planned).order_by("starts", "id")
