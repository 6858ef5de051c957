"""Inviting people, hearing their answers, keeping the waiting list, noting who came."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent, LinkHolder, is_system
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record, record_many
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import Invitation, Meeting
from treffpunkt.meetings.services import news
from treffpunkt.meetings.services.seats import check_companions, fits, forget_needs_of_guest, give_up_place, move_up
from treffpunkt.network.models import Actor
from treffpunkt.network.rules import viewable_actors
from treffpunkt.network.services.asking import note_asked
from treffpunkt.network.services.reaching import language_of
from treffpunkt.network.services.telling import heard_from
from treffpunkt.people.models import Staff
from treffpunkt.post.models import Message
from treffpunkt.post.services import send_many

S = Invitation.State
ANSWERS = frozenset({S.ACCEPTED, S.TENTATIVE, S.DECLINED})


@dataclass(frozen=True)
class Planned:
    """Who is on the list now, and who could not be put on it and why."""

    invitations: list[Invitation] = field(default_factory=list)
    # By id: "unknown", "erased", "machine" (not a person) or "invited" (already).
    skipped: dict[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """How many messages are on their way: by mail, and by hand in chats; and whom no channel reaches."""

    mails: int = 0
    chats: int = 0
    unreachable: list[UUID] = field(default_factory=list)


@transaction.atomic
def plan_invitations(
    *, by: Agent, meeting: Meeting, actor_ids: Iterable[UUID] = (), staff_ids: Iterable[UUID] = ()
) -> Planned:
    """Put people on the list of guests, each once; nobody is told before `send_invitations`."""
    meeting = _locked(meeting)
    require(rules.may_edit(by, meeting))
    _still_ahead(by, meeting)
    asked, colleagues = dict.fromkeys(actor_ids), dict.fromkeys(staff_ids)
    invited = set(meeting.invitations.values_list("actor_id", flat=True))
    invited |= set(meeting.invitations.values_list("staff_id", flat=True))
    actors = {row.pk: row for row in viewable_actors(by).filter(pk__in=asked)}
    staff = {row.pk: row for row in Staff.objects.filter(pk__in=colleagues, is_active=True)}
    skipped: dict[UUID, str] = {}
    fresh: list[Invitation] = []
    for pk in (*asked, *colleagues):
        actor, colleague = actors.get(pk), staff.get(pk)
        if reason := _reason_against(pk, actor, colleague, invited):
            skipped[pk] = reason
            continue
        fresh.append(
            Invitation(
                meeting=meeting, actor=actor, staff=colleague, uid=secrets.token_hex(16),
                language=language_of(actor) if actor else colleague.language if colleague else "de",
            )
        )  # fmt: skip
    Invitation.objects.bulk_create(fresh, batch_size=1000)
    if fresh:
        record(by, "meeting.guests_planned", meeting)
    return Planned(fresh, skipped)


@transaction.atomic
def drop_invitation(*, by: Agent, invitation: Invitation) -> None:
    """Take somebody off the list as long as they have not been told."""
    meeting = _locked(invitation.meeting)
    require(rules.may_edit(by, meeting))
    invitation = meeting.invitations.select_for_update().get(pk=invitation.pk)
    if invitation.state != S.PLANNED:
        raise DomainError(_("This invitation has been sent; it can only be answered now."))
    invitation.delete()


@transaction.atomic
def send_invitations(*, by: Agent, meeting: Meeting, ids: Collection[UUID] | None = None) -> Sent:
    """Send the planned invitations that are in no wave (or those of `ids`): by mail with a calendar entry, or into
    the send-list.

    A dozen queries whatever their number; a second call sends nothing twice.
    """
    meeting = _locked(meeting)
    require(rules.may_edit(by, meeting))
    _still_ahead(by, meeting)
    if meeting.state == Meeting.State.DRAFT:
        meeting.move_to(Meeting.State.INVITING)
        meeting.save(update_fields=["state"])
    elif meeting.state != Meeting.State.INVITING:
        raise DomainError(_("This meeting has no day to invite to."))
    planned = news.guests(meeting).filter(state=S.PLANNED)
    chosen = planned.filter(wave=None) if ids is None else _chosen(planned, ids)
    rows = list(chosen.select_for_update(of=("self",)))
    messages, unreachable = news.invite(letters=news.Letters(meeting), invitations=rows)
    told = [row for row in rows if row.pk not in set(unreachable)]
    Invitation.objects.filter(pk__in=[row.pk for row in told]).update(
        state=S.SENT, sent_at=now(), version=F("version") + 1
    )
    record_many(by, "invitation.sent", [(row, [row.actor] if row.actor else []) for row in told])
    note_asked(by=by, ids=[row.actor_id for row in told if row.actor_id])
    if told:
        record(by, "meeting.invitations_sent", meeting, *meeting.communities.all())
    return _counted(messages, unreachable)


def plan_anew(*, by: Agent, meeting: Meeting, invitations: Iterable[Invitation]) -> None:
    """Put guests back among those to be invited, as their invitation never went out; the caller holds the lock."""
    rows = list(invitations)
    Invitation.objects.filter(pk__in=[row.pk for row in rows], state=S.SENT).update(
        state=S.PLANNED, wave=None, sent_at=None, version=F("version") + 1
    )
    told = [(row, [meeting, *([row.actor] if row.actor else [])]) for row in rows]
    record_many(by, "invitation.taken_back", told)


@transaction.atomic
def remind(*, by: Agent, meeting: Meeting, ids: Collection[UUID] | None = None) -> Sent:
    """Remind those who have not answered, each at most once a day; whoever has not been told yet is left out."""
    meeting = _locked(meeting)
    require(rules.may_edit(by, meeting))
    _still_ahead(by, meeting)
    if meeting.state != Meeting.State.INVITING:
        raise DomainError(_("This meeting has no day to invite to."))
    rows = list(_chosen(news.guests(meeting).filter(state=S.SENT), ids))
    waiting = news.unread(row.pk for row in rows)
    rows = [row for row in rows if row.pk not in waiting]
    letters = news.Letters(meeting)
    drafts = {row.pk: letters.draft(news.REMINDER, row, occasion=f"reminder:{row.pk}:{today()}") for row in rows}
    messages = send_many([draft for draft in drafts.values() if draft])
    reminded = {message.about_id for message in messages if message.about_id}
    Invitation.objects.filter(pk__in=reminded).update(reminded_at=now())
    record_many(
        by,
        "invitation.reminded",
        [(row, [row.actor] if row.actor else []) for row in rows if row.pk in reminded],
    )
    if reminded:
        record(by, "meeting.reminded", meeting)
    return _counted(messages, [pk for pk, draft in drafts.items() if draft is None])


@transaction.atomic
def answer(
    *,
    by: Agent,
    invitation: Invitation,
    state: str,
    remark: str | None = None,
    via: str = "",
    companions: int | None = None,
) -> Invitation:
    """Take the answer to an invitation: accepted, tentative or declined, again and again until the meeting.

    Where all seats are taken an acceptance waits; where one becomes free, it is offered to the first in line. Whoever
    has a seat keeps it where there is none for a companion (DomainError). Without `companions` it stays who she brings.
    """
    if state not in ANSWERS:
        raise DomainError(_("The answer is yes, maybe or no."))
    meeting = _locked(invitation.meeting)
    invitation = (
        meeting.invitations.select_for_update(of=("self",)).select_related("actor", "staff").get(pk=invitation.pk)
    )
    require(rules.may_answer(by, invitation))
    invitation.meeting = meeting
    open_to_answers(by, meeting)
    before, held = invitation.state, _held(invitation)
    invitation.companions = _companions(invitation, state, companions)
    wanted = _seated(meeting, invitation, S(state), held)
    if remark is not None:
        invitation.remark = tidy(remark)[:500]
    if wanted != S.WAITING:
        give_up_place(invitation)
    elif before != S.WAITING:
        invitation.waiting_since = now()
    if wanted != before:
        invitation.move_to(wanted)
        invitation.answered_at = now()
    elif invitation.answered_at is None or (meeting.moved_at and invitation.answered_at < meeting.moved_at):
        # Said again after the time was changed: the answer holds for the new time.
        invitation.answered_at = now()
    by_whom = Invitation.Via.LINK if isinstance(by, LinkHolder) else Invitation.Via.STAFF
    invitation.answered_via = via if via in Invitation.Via.values and via else by_whom
    invitation.advance()
    invitation.save()
    if isinstance(by, LinkHolder) and invitation.answered_via == Invitation.Via.LINK and not invitation.opened_on:
        Invitation.objects.filter(pk=invitation.pk).update(opened_on=today())
    if wanted == S.DECLINED:
        forget_needs_of_guest(invitation)
    if isinstance(by, LinkHolder) and invitation.actor_id:
        heard_from([invitation.actor_id], at=now())
    if wanted != before:
        record(
            by,
            f"invitation.{wanted.value}",
            invitation,
            meeting,
            *([invitation.actor] if invitation.actor else []),
        )
    if _held(invitation) < held:
        move_up(meeting=meeting)
    return invitation


def _held(invitation: Invitation) -> int:
    """Count the seats that a guest has, or that are kept for her."""
    seated = invitation.state == S.ACCEPTED or invitation.offered_until is not None
    return 1 + invitation.companions if seated else 0


def _companions(invitation: Invitation, state: str, wanted: int | None) -> int:
    """Say whom a guest brings with this answer; nobody where she does not come."""
    if state == S.DECLINED:
        return 0
    if wanted is None:
        return invitation.companions
    check_companions(invitation, wanted)
    return wanted


def _seated(meeting: Meeting, invitation: Invitation, wanted: Invitation.State, held: int) -> Invitation.State:
    """Let an acceptance wait where there are no seats for it; what somebody holds already she keeps."""
    needed = 1 + invitation.companions
    if wanted != S.ACCEPTED or needed <= held or fits(meeting, invitation, invitation.companions):
        return wanted
    if held:
        raise DomainError(_("There is no second seat at present. One is kept."))
    return S.WAITING


def open_to_answers(by: Agent, meeting: Meeting) -> None:
    """Refuse an answer where there is nothing to come to any more, or not yet again."""
    if meeting.state == Meeting.State.CANCELLED:
        raise DomainError(_("This meeting has been cancelled."))
    if meeting.state == Meeting.State.POSTPONED:
        raise DomainError(_("This meeting is postponed; we will write to you when there is a new day."))
    over = meeting.state in (Meeting.State.HELD, Meeting.State.REVIEWING, Meeting.State.CLOSED)
    if over or (isinstance(by, LinkHolder) and meeting.state != Meeting.State.RUNNING and meeting.starts < now()):
        raise DomainError(_("This meeting is over."))


@transaction.atomic
def note_attendance(*, by: Agent, meeting: Meeting, attendance: Mapping[UUID, str]) -> int:
    """Note who was there, excused or absent, by invitation; returns how many were changed."""
    meeting = _locked(meeting)
    require(rules.may_write(by, meeting))
    if meeting.state not in (Meeting.State.RUNNING, Meeting.State.HELD, Meeting.State.REVIEWING):
        raise DomainError(_("Who came is noted once the meeting has begun."))
    if not set(attendance.values()) <= set(Invitation.Attendance.values):
        raise DomainError(_("Somebody was there, excused or absent."))
    rows = list(meeting.invitations.select_for_update(of=("self",)).select_related("actor").filter(pk__in=attendance))
    changed = [row for row in rows if row.attendance != attendance[row.pk]]
    for row in changed:
        row.attendance = attendance[row.pk]
        row.version += 1
    Invitation.objects.bulk_update(changed, ["attendance", "version"])
    came = [row for row in changed if row.attendance == Invitation.Attendance.ATTENDED]
    heard_from([row.actor_id for row in came if row.actor_id], at=min(meeting.starts, now()))
    record_many(by, "invitation.attended", [(row, [row.actor] if row.actor else []) for row in came])
    return len(changed)


def _reason_against(pk: UUID, actor: Actor | None, colleague: Staff | None, invited: Collection[UUID | None]) -> str:
    if actor is None and colleague is None:
        return "unknown"
    if actor is not None and actor.erased_at:
        return "erased"
    if actor is not None and actor.not_a_person:
        return "machine"
    return "invited" if pk in invited else ""


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


def _chosen(rows: QuerySet[Invitation], ids: Collection[UUID] | None) -> QuerySet[Invitation]:
    return rows if ids is None else rows.filter(pk__in=ids)


def _still_ahead(by: Agent, meeting: Meeting) -> None:
    if meeting.starts < now() and not is_system(by):
        raise DomainError(_("This meeting lies in the past."))


def _counted(messages: list[Message], unreachable: list[UUID]) -> Sent:
    mails = sum(message.channel == Message.Channel.MAIL for message in messages)
    return Sent(mails=mails, chats=len(messages) - mails, unreachable=unreachable)
