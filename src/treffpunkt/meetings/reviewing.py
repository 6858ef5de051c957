"""Reading minutes while they may be corrected: their revisions, what is proposed, by whom."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from treffpunkt.core.agent import Agent, LinkHolder
from treffpunkt.core.clock import now
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import Correction, Invitation, Meeting, Minutes

S = Correction.State


def newest(meeting: Meeting) -> dict[str, Minutes]:
    """Give the newest revision of a meeting's minutes by language."""
    return {row.language: row for row in meeting.minutes.order_by("revision")}


def waiting(meeting: Meeting) -> int:
    """Count the proposals that wait for a host."""
    return meeting.corrections.filter(state=S.WAITING).count()


def perhaps_over() -> QuerySet[Meeting]:
    """List the meetings whose last day for corrections is over somewhere on earth and of which no proposal waits."""
    asked = Correction.objects.filter(meeting=OuterRef("pk"), state=S.WAITING)
    return Meeting.objects.filter(
        ~Exists(asked), state=Meeting.State.REVIEWING, corrections_until__lte=now().date()
    ).order_by("pk")


def proposals(by: Agent, meeting: Meeting) -> list[Correction]:
    """List what participants proposed, with the statement it is about and who it was; what waits first."""
    rows = rules.viewable_corrections(by).filter(meeting=meeting)
    found = rows.select_related("statement", "item", "statement__item", "invitation__actor", "invitation__staff")
    return sorted(found, key=lambda one: (one.state != S.WAITING, one.created_at, one.pk))


def own(by: LinkHolder, minutes: Minutes) -> list[Correction]:
    """List what the holder of a link to minutes proposed herself, the first one first."""
    return list(rules.viewable_corrections(by).filter(meeting=minutes.meeting_id).order_by("created_at", "id"))


def invitation_of(by: LinkHolder, minutes: Minutes) -> Invitation | None:
    """Find the invitation of whoever holds a link to these minutes."""
    if by.purpose != "minutes" or by.agent_id is None:
        return None
    theirs = Q(actor=by.agent_id, actor__erased_at=None) | Q(staff=by.agent_id)
    return Invitation.objects.filter(theirs, meeting=minutes.meeting_id).first()


def last_revision(meeting: Meeting) -> Minutes | None:
    """Give the last revision in one of its languages."""
    return meeting.minutes.order_by("-revision", "language").first()


def is_behind(meeting: Meeting, last: Minutes | None) -> bool:
    """Say whether something was noted or changed since the last revision."""
    return last is None or meeting.seq > last.content.get("seq", 0)
