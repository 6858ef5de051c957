"""Who sees and does what with meetings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from treffpunkt.core.agent import Agent, LinkHolder, has_role, is_system
from treffpunkt.core.clock import today
from treffpunkt.meetings.models import (
    CalendarReply,
    Contribution,
    Correction,
    Invitation,
    Meeting,
    Minutes,
    Needs,
    PollGuest,
    Presentation,
    Series,
    SmallGroup,
    Statement,
)
from treffpunkt.network.rules import communities_of
from treffpunkt.people.models import Staff
from treffpunkt.people.queries import covered_ids

COORDINATION = "coordinator"
COUNSELLING = "counsellor"
# What the link is for by which participants write from their phones.
PHONES = "phones"
# What the link is for by which somebody answers the three questions.
EVALUATION = "evaluation"
# What the link is for behind which somebody says which date suits.
POLL = "poll"
# What the link is for by which an organisation looks at its entry before it explains what it does.
PRESENTING = "presentation"
S = Meeting.State
BEFORE = frozenset({S.DRAFT, S.INVITING, S.POSTPONED})
AFTERWARDS = frozenset({S.HELD, S.REVIEWING, S.CLOSED})
OPEN_TO_NOTES = frozenset({S.DRAFT, S.INVITING, S.RUNNING, S.HELD, S.REVIEWING})


def viewable(by: Agent) -> QuerySet[Meeting]:
    """Whoever works with a community sees its meetings; hosts see theirs, coordination sees all."""
    if is_system(by) or has_role(by, COORDINATION):
        return Meeting.objects.all()
    if by.agent_kind != "staff":
        return Meeting.objects.none()
    of_communities = Meeting.communities.through.objects.filter(
        meeting=OuterRef("pk"), community__in=communities_of(by).values("pk")
    )
    return Meeting.objects.filter(Exists(of_communities) | Exists(_hosting(by)))


def viewable_series(by: Agent) -> QuerySet[Series]:
    """Whoever works with a community sees its series; coordination sees all."""
    if is_system(by) or has_role(by, COORDINATION):
        return Series.objects.all()
    if by.agent_kind != "staff":
        return Series.objects.none()
    of_communities = Series.communities.through.objects.filter(
        series=OuterRef("pk"), community__in=communities_of(by).values("pk")
    )
    return Series.objects.filter(Exists(of_communities))


def viewable_invitations(by: Agent) -> QuerySet[Invitation]:
    """Staff see the invitations of the meetings they see; the holder of a link sees the one it is for."""
    if isinstance(by, LinkHolder):
        if by.purpose != "invitation":
            return Invitation.objects.none()
        return Invitation.objects.filter(pk=by.subject_id)
    return Invitation.objects.filter(meeting__in=viewable(by).values("pk"))


def viewable_poll_guests(by: Agent) -> QuerySet[PollGuest]:
    """Staff see who is asked for a date of the meetings they see; the holder of a link sees her own answers."""
    if isinstance(by, LinkHolder):
        return PollGuest.objects.filter(pk=by.subject_id) if by.purpose == POLL else PollGuest.objects.none()
    return PollGuest.objects.filter(poll__meeting__in=viewable(by).values("pk"))


def viewable_replies(by: Agent) -> QuerySet[CalendarReply]:
    """Whoever sees an invitation sees what a calendar answered to it; staff alone do."""
    if by.agent_kind == "link":
        return CalendarReply.objects.none()
    return CalendarReply.objects.filter(invitation__in=viewable_invitations(by).values("pk"))


def viewable_statements(by: Agent) -> QuerySet[Statement]:
    """List the statements of the meetings one sees; confidential ones only to those who took notes there."""
    standing = Statement.objects.filter(removed_at=None, meeting__in=viewable(by).values("pk"))
    if is_system(by):
        return standing
    hosting = Meeting.hosts.through.objects.filter(meeting=OuterRef("meeting"), staff=by.agent_id)
    noting = taken_there(by).filter(meeting=OuterRef("meeting"))
    return standing.filter(Q(confidential=False) | Q(noted_by=by.agent_id) | Exists(hosting) | Exists(noting))


def viewable_contributions(by: Agent) -> QuerySet[Contribution]:
    """Staff see what came by phone to the meetings they see; nobody outside sees what others sent."""
    return Contribution.objects.filter(meeting__in=viewable(by).values("pk"))


def viewable_presentations(by: Agent) -> QuerySet[Presentation]:
    """Staff see the slots of organisations at the meetings they see; the holder of a link the one it is for."""
    if isinstance(by, LinkHolder):
        if by.purpose != PRESENTING:
            return Presentation.objects.none()
        return Presentation.objects.filter(pk=by.subject_id)
    return Presentation.objects.filter(item__meeting__in=viewable(by).values("pk"))


def may_tell_entry(by: Agent, presentation: Presentation) -> bool:
    """The holder of the link says what the entry of the organisation should be."""
    return isinstance(by, LinkHolder) and by.purpose == PRESENTING and by.subject_id == presentation.pk


def viewable_corrections(by: Agent) -> QuerySet[Correction]:
    """Whoever closes a meeting sees what participants propose to its minutes; a participant sees her own."""
    if not isinstance(by, LinkHolder):
        return Correction.objects.filter(meeting__in=editable(by).values("pk"))
    if by.purpose != "minutes" or by.agent_id is None:
        return Correction.objects.none()
    theirs = Q(invitation__actor=by.agent_id) | Q(invitation__staff=by.agent_id)
    return Correction.objects.filter(theirs, meeting__in=Minutes.objects.filter(pk=by.subject_id).values("meeting"))


def may_contribute(by: Agent, meeting: Meeting, group: SmallGroup | None = None) -> bool:
    """Whoever holds a link to the meeting, to one of its groups or to an invitation sends statements to it."""
    if not isinstance(by, LinkHolder):
        return False
    if by.purpose == "invitation":
        return Invitation.objects.filter(pk=by.subject_id, meeting=meeting).exists()
    if by.purpose != PHONES:
        return False
    return by.subject_id == (group.pk if group else meeting.pk)


def may_create(by: Agent) -> bool:
    """Coordination and counselling prepare meetings."""
    return is_system(by) or has_role(by, COORDINATION, COUNSELLING)


def editable(by: Agent) -> QuerySet[Meeting]:
    """Give the meetings that one may prepare and change, as `may_edit` says it of one."""
    if is_system(by) or has_role(by, COORDINATION):
        return Meeting.objects.all()
    if by.agent_kind != "staff":
        return Meeting.objects.none()
    return Meeting.objects.filter(Exists(_hosting(by)))


def may_edit(by: Agent, meeting: Meeting) -> bool:
    """Its hosts, whoever stands in for one, and coordination prepare, change and cancel a meeting."""
    return is_system(by) or has_role(by, COORDINATION) or _is_among(by, meeting.hosts.all())


def may_edit_series(by: Agent, series: Series) -> bool:
    """Coordination and the contact person change a series."""
    return (
        is_system(by) or has_role(by, COORDINATION) or (by.agent_kind == "staff" and series.contact_id == by.agent_id)
    )


def may_edit_topics(by: Agent) -> bool:
    """Coordination keeps the topics from which agendas are made."""
    return is_system(by) or has_role(by, COORDINATION)


def may_edit_texts(by: Agent) -> bool:
    """Coordination says what guests are written."""
    return is_system(by) or has_role(by, COORDINATION)


def is_open_to_notes(meeting: Meeting) -> bool:
    """Say whether notes are taken in a meeting: until its minutes are out."""
    return meeting.state in OPEN_TO_NOTES


def local_day(meeting: Meeting) -> date:
    """Tell which day it is where the meeting is."""
    return today(meeting.zone)


def is_open_to_corrections(meeting: Meeting) -> bool:
    """Say whether participants may propose corrections of the minutes: until their last day is over."""
    last = meeting.corrections_until
    return meeting.state == S.REVIEWING and last is not None and local_day(meeting) <= last


def may_write(by: Agent, meeting: Meeting) -> bool:
    """Whoever of the staff sees the meeting takes notes in it, until its minutes are out."""
    return is_open_to_notes(meeting) and (is_system(by) or viewable(by).filter(pk=meeting.pk).exists())


def may_close(by: Agent, meeting: Meeting) -> bool:
    """Its hosts and coordination close a meeting and send its minutes."""
    return may_edit(by, meeting)


def may_answer(by: Agent, invitation: Invitation) -> bool:
    """The holder of the link answers for herself; staff of the meeting note an answer for a guest."""
    if isinstance(by, LinkHolder):
        return by.purpose == "invitation" and by.subject_id == invitation.pk
    return is_system(by) or viewable(by).filter(pk=invitation.meeting_id).exists()


def may_answer_poll(by: Agent, guest: PollGuest) -> bool:
    """The holder of the link says for herself which date suits; whoever prepares the meeting notes it for a guest."""
    if isinstance(by, LinkHolder):
        return by.purpose == POLL and by.subject_id == guest.pk
    return may_edit(by, guest.poll.meeting)


def reads_confidential(by: Agent, meeting: Meeting) -> bool:
    """Confidential statements stay with the note-takers: the hosts and whoever noted something while it was held."""
    return is_system(by) or _hosts(by, meeting) or taken_there(by).filter(meeting=meeting).exists()


def taken_there(by: Agent) -> QuerySet[Statement]:
    """List what somebody noted while a meeting was held: not what she let pass from phones or added afterwards."""
    held = Q(meeting__ended_at=None) | Q(created_at__lt=F("meeting__ended_at"))
    return Statement.objects.filter(held, noted_by=by.agent_id, by_phone=False, removed_at=None)


def sees_needs(by: Agent, meeting: Meeting, hosts: Iterable[Staff] | None = None) -> bool:
    """What each guest needs only the hosts of a meeting read, and whoever stands in for one."""
    return is_system(by) or _is_among(by, meeting.hosts.all() if hosts is None else hosts)


def viewable_needs(by: Agent) -> QuerySet[Needs]:
    """List what guests need at the meetings for which one sees it by guest."""
    if is_system(by):
        return Needs.objects.all()
    if by.agent_kind != "staff":
        return Needs.objects.none()
    return Needs.objects.filter(Exists(_hosting(by, "invitation__meeting")))


def _hosts(by: Agent, meeting: Meeting) -> bool:
    # All of them, since pages have them at hand already.
    return by.agent_kind == "staff" and any(host.pk == by.agent_id for host in meeting.hosts.all())


def _is_among(by: Agent, hosts: Iterable[Staff]) -> bool:
    """Say whether somebody is one of the hosts or stands in for one."""
    return by.agent_kind == "staff" and any(by.agent_id in (host.pk, host.covered_by_id) for host in hosts)


def _hosting(by: Agent, which: str = "pk") -> QuerySet:  # type: ignore[type-arg]
    mine = Q(staff=by.agent_id) | Q(staff__in=covered_ids(by))
    return Meeting.hosts.through.objects.filter(mine, meeting=OuterRef(which))
