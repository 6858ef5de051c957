"""Taking the answers that come from guests' calendars."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent, LinkHolder
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record
from treffpunkt.meetings import rules
from treffpunkt.meetings.itip import Reply, read_mail
from treffpunkt.meetings.models import CalendarReply, Invitation, Meeting
from treffpunkt.meetings.services import news
from treffpunkt.meetings.services.invitations import answer
from treffpunkt.meetings.services.numbering import locked
from treffpunkt.network.models import Channel

Outcome = CalendarReply.Outcome
_STATES = {
    "ACCEPTED": Invitation.State.ACCEPTED,
    "TENTATIVE": Invitation.State.TENTATIVE,
    "DECLINED": Invitation.State.DECLINED,
}


def take_mail(raw: bytes) -> list[CalendarReply]:
    """Take the answers of a mail that came in; none where it answers no invitation of ours.

    The UID of an entry is as secret as a link: only its guest knows it. The address has to be known as well, since
    an entry can be forwarded. What was taken before is not taken again.
    """
    return [taken for reply in read_mail(raw) if (taken := take_reply(reply=reply))]


@transaction.atomic
def take_reply(*, reply: Reply) -> CalendarReply | None:
    """Count one answer, or keep it with the reason why it does not count."""
    meant = Invitation.objects.filter(uid=reply.uid.partition("@")[0]).select_related("meeting").first()
    if meant is None or not (meant.actor_id or meant.staff_id):
        return None
    meeting = locked(meant.meeting)
    invitation = meeting.invitations.select_for_update(of=("self",)).select_related("actor", "staff").get(pk=meant.pk)
    invitation.meeting = meeting
    if known := invitation.replies.filter(digest=reply.digest).first():
        return known
    outcome = _refusal(invitation, reply) or _counted(invitation, reply)
    taken = CalendarReply.objects.create(
        invitation=invitation, digest=reply.digest, answer=reply.answer, sequence=reply.sequence,
        stamped_at=reply.stamped_at, proposed_at=reply.proposed_at, outcome=outcome,
        comment="" if outcome == Outcome.STRANGER else reply.comment,
    )  # fmt: skip
    if outcome in (Outcome.STRANGER, Outcome.PROPOSAL):
        record(_guest(invitation), f"invitation.{outcome}", invitation, invitation.meeting)
    return taken


@transaction.atomic
def settle_reply(*, by: Agent, reply: CalendarReply) -> CalendarReply:
    """Note that somebody has dealt with a proposal or with an answer from an unknown address."""
    reply = CalendarReply.objects.select_for_update(of=("self",)).select_related("invitation__meeting").get(pk=reply.pk)
    require(rules.may_edit(by, reply.invitation.meeting))
    if reply.settled_at is None:
        reply.settled_at = now()
        reply.save(update_fields=["settled_at"])
        record(by, "invitation.reply_settled", reply.invitation, reply.invitation.meeting)
    return reply


@transaction.atomic
def decline_proposal(*, by: Agent, reply: CalendarReply) -> CalendarReply:
    """Turn down the time that a guest's calendar proposed; she and her calendar hear that the meeting stays when it is."""
    before = (
        CalendarReply.objects.select_for_update(of=("self",)).select_related("invitation__meeting").get(pk=reply.pk)
    )
    meeting = before.invitation.meeting
    require(rules.may_edit(by, meeting))
    if before.outcome != Outcome.PROPOSAL:
        raise DomainError(_("No other time is proposed in it."))
    if before.settled_at:
        return before
    if meeting.state != Meeting.State.INVITING or meeting.starts < now():
        raise DomainError(_("Nobody is invited to this meeting at present, so nobody is told."))
    news.tell_proposal_declined(meeting=meeting, reply=before)
    before.settled_at = now()
    before.save(update_fields=["settled_at"])
    record(by, "invitation.proposal_declined", before.invitation, meeting)
    return before


@transaction.atomic
def count_reply(*, by: Agent, reply: CalendarReply) -> CalendarReply:
    """Count an answer that came from an unknown address, since somebody knows whose it is."""
    locked(reply.invitation.meeting)
    reply = settle_reply(by=by, reply=reply)
    if reply.answer not in _STATES or reply.outcome != Outcome.STRANGER:
        raise DomainError(_("There is no answer in it that could be counted."))
    answer(by=by, invitation=reply.invitation, state=_STATES[reply.answer])
    return reply


def _refusal(invitation: Invitation, reply: Reply) -> str:
    """Say why an answer does not count; empty where it does."""
    if reply.mail not in _addresses(invitation):
        return Outcome.STRANGER
    if reply.answer == "COUNTER":
        return Outcome.PROPOSAL if reply.proposed_at else Outcome.UNCLEAR
    if reply.answer not in _STATES:
        return Outcome.UNCLEAR
    meeting = invitation.meeting
    if meeting.moved_at and reply.stamped_at < meeting.moved_at and reply.sequence < meeting.calendar_sequence:
        return Outcome.OUTDATED
    counted = invitation.replies.filter(outcome__in=(Outcome.TAKEN, Outcome.SAME)).first()
    if counted and counted.stamped_at > reply.stamped_at:
        return Outcome.OLDER
    if (
        invitation.answered_at
        and invitation.answered_at > reply.stamped_at
        and invitation.state != Invitation.State.SENT
    ):
        # Answered since by link or to one of us: what was said last counts.
        return Outcome.SAME if _STATES[reply.answer] == invitation.state else Outcome.OLDER
    return ""


def _counted(invitation: Invitation, reply: Reply) -> str:
    before = invitation.state
    try:
        after = answer(
            by=_guest(invitation), invitation=invitation, state=_STATES[reply.answer],
            remark=reply.comment or None, via=Invitation.Via.CALENDAR,
        )  # fmt: skip
    except DomainError:
        return Outcome.CLOSED
    return Outcome.SAME if after.state == before else Outcome.TAKEN


def _addresses(invitation: Invitation) -> set[str]:
    if invitation.staff:
        return {invitation.staff.email.lower()}
    own = Channel.objects.filter(actor=invitation.actor_id, channel_kind=Channel.Kind.MAIL)
    return {value.lower() for value in own.values_list("value", flat=True)}


def _guest(invitation: Invitation) -> LinkHolder:
    """Give the agent that a calendar's answer makes of its guest: what the link would."""
    holder: UUID | None = invitation.actor_id or invitation.staff_id
    return LinkHolder(purpose="invitation", subject_kind=invitation.kind, subject_id=invitation.pk, agent_id=holder)
