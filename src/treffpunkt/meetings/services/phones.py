"""What participants write from their phones: sent by link, waiting until somebody of us releases it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent, LinkHolder
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.personal import PersonalDataFound, find_personal_data
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.links import services as links
from treffpunkt.meetings import rules
from treffpunkt.meetings.languages import guess
from treffpunkt.meetings.models import AgendaItem, Contribution, Invitation, Meeting, SmallGroup, Statement
from treffpunkt.meetings.services.notes import note_statement, noted
from treffpunkt.meetings.services.numbering import locked, next_number

S = Contribution.State
# What was written before the end and had no connection may still arrive for so long.
LATE = timedelta(minutes=30)
# The link of a meeting that nobody ends closes by itself so long after its planned end.
LEFT_OPEN = timedelta(hours=4)
# More at once nobody can look at; whoever floods a meeting fills this and nothing else.
MOST_WAITING = 200
LONGEST, LONGEST_NAME = 1000, 60


@transaction.atomic
def open_phones(*, by: Agent, meeting: Meeting, group: SmallGroup | None = None) -> str:
    """Open the link by which everybody in the meeting, or in one of its groups, writes from their phones.

    Gives its address, short enough to be typed; open already, it stays the same.
    """
    meeting = locked(meeting)
    require(rules.may_write(by, meeting))
    if meeting.state not in (Meeting.State.DRAFT, Meeting.State.INVITING, Meeting.State.RUNNING):
        raise DomainError(_("This meeting is over."))
    place = _place(meeting, group)
    if not place.phones:
        place.phones = links.short_key()
        place.save(update_fields=["phones"])
        wanted = links.Wanted(place.phones, rules.PHONES, place.kind, place.pk, expires=_until(meeting))
        links.issue_many([wanted])
        record(by, "meeting.phones_opened", meeting)
    return links.address(place.phones)


@transaction.atomic
def close_phones(*, by: Agent, meeting: Meeting, group: SmallGroup | None = None) -> None:
    """Close that link at once; what has arrived stays. Opened again, it is another one."""
    meeting = locked(meeting)
    require(rules.may_write(by, meeting))
    place = _place(meeting, group)
    if place.phones:
        place.phones = ""
        place.save(update_fields=["phones"])
        links.revoke(subject_id=place.pk, purpose=rules.PHONES)
        record(by, "meeting.phones_closed", meeting)


def time_phones(meeting: Meeting) -> None:
    """Let the links end with the meeting, whenever that is; what was written before may still arrive for a while."""
    until = meeting.ended_at + LATE if meeting.ended_at else _until(meeting)
    places: list[Meeting | SmallGroup] = [meeting, *meeting.small_groups.exclude(phones="")]
    for place in places:
        if place.phones:
            links.end_by(subject_id=place.pk, purpose=rules.PHONES, until=until)


@transaction.atomic
def contribute(
    *,
    by: LinkHolder,
    meeting: Meeting,
    id: UUID,
    text: str,
    group: SmallGroup | None = None,
    item: AgendaItem | None = None,
    language: str = "",
    shown_name: str = "",
    as_guest: bool = True,
    sent_at: datetime | None = None,
    keep_findings: bool = False,
) -> Contribution:
    """Send a statement from a phone; it waits until it is released. The same `id` twice is stored once.

    `language` is the one its writer reads; in which she wrote is guessed. `as_guest` says that the guest to whom the
    link was sent holds it in her own hands; else the name is a name and no more. Raises PersonalDataFound where the text may
    tell who somebody is, unless `keep_findings` says that its writer has looked at it.
    """
    meeting = locked(meeting)
    require(rules.may_contribute(by, meeting, group))
    if known := Contribution.objects.filter(pk=id).first():
        require(known.meeting_id == meeting.pk)
        return known
    _still_open(meeting)
    invitation = meeting.invitations.filter(pk=by.subject_id).first() if by.purpose == "invitation" else None
    group = group or _group_of(invitation)
    shown_name = tidy(shown_name)[:LONGEST_NAME]
    if not shown_name or not as_guest:  # whoever gives no name is nobody to us as well
        invitation, by = None, replace(by, agent_id=None)
    text = tidy(text, lines=True)[:LONGEST]
    if not text:
        raise DomainError(_("Nothing has been written yet."))
    if meeting.contributions.filter(state=S.WAITING).count() >= MOST_WAITING:
        raise DomainError(_("A great deal is waiting already. Please try again in a few minutes."))
    if not keep_findings and (found := find_personal_data(text)):
        raise PersonalDataFound(found)
    contribution = Contribution(
        id=id, meeting=meeting, item=_topic(meeting, group, item), group=group, invitation=invitation, text=text,
        language=guess(text, [tag for tag in (language, *meeting.languages) if tag]),
        shown_name=shown_name, sent_at=noted(sent_at), seq=next_number(meeting),
    )  # fmt: skip
    contribution.save(force_insert=True)
    record(by, "contribution.sent", contribution)
    return contribution


@transaction.atomic
def release_contribution(*, by: Agent, contribution: Contribution, keep_findings: bool = False) -> Statement:
    """Make a statement of what came by phone, under its topic and with the name its writer chose; twice is once.

    Raises PersonalDataFound where it may tell who somebody is, guests of the meeting included.
    """
    meeting, contribution = _both_locked(contribution)
    require(rules.may_write(by, meeting))
    if contribution.state == S.RELEASED:
        return Statement.objects.get(pk=contribution.pk)
    item = contribution.item or meeting.current_item or meeting.agenda.order_by("position").first()
    if item is None:
        raise DomainError(_("The meeting has no topics."))
    guest = contribution.invitation.actor if contribution.invitation and contribution.shown_name else None
    statement = note_statement(
        by=by, meeting=meeting, id=contribution.pk, item=item, text=contribution.text, language=contribution.language,
        said_by=guest, noted_at=contribution.sent_at, group=contribution.group, by_phone=True,
        shown_name=contribution.shown_name, keep_findings=keep_findings,
    )  # fmt: skip
    meeting.refresh_from_db(fields=["seq"])
    contribution.text = contribution.shown_name = ""
    _decide(by, meeting, contribution, S.RELEASED)
    return statement


@transaction.atomic
def put_aside(*, by: Agent, contribution: Contribution) -> Contribution:
    """Put aside what came by phone; until the minutes are out it can be brought back."""
    meeting, contribution = _both_locked(contribution)
    require(rules.may_write(by, meeting))
    if contribution.state == S.WAITING:
        _decide(by, meeting, contribution, S.ASIDE)
    return contribution


@transaction.atomic
def bring_back(*, by: Agent, contribution: Contribution) -> Contribution:
    """Let what was put aside wait again."""
    meeting, contribution = _both_locked(contribution)
    require(rules.may_write(by, meeting))
    if contribution.state == S.ASIDE:
        _decide(by, meeting, contribution, S.WAITING)
    return contribution


def forget_contributions(meeting: Meeting) -> None:
    """Let go of what was never released, and of the names chosen for the meeting: its minutes are out."""
    meeting.contributions.exclude(text="", shown_name="").update(text="", shown_name="")
    meeting.contributions.exclude(invitation=None).update(invitation=None)


def _decide(by: Agent, meeting: Meeting, contribution: Contribution, state: Contribution.State) -> None:
    contribution.move_to(state)
    contribution.decided_by_id = by.agent_id if by.agent_kind == "staff" else None
    contribution.decided_at = now()
    contribution.seq = next_number(meeting)
    contribution.save()
    record(by, f"contribution.{state.value}", contribution)


def _until(meeting: Meeting) -> datetime:
    return max(now(), meeting.starts + timedelta(minutes=meeting.minutes_long)) + LEFT_OPEN


def _place(meeting: Meeting, group: SmallGroup | None) -> Meeting | SmallGroup:
    if group is None:
        return meeting
    require(group.meeting_id == meeting.pk)
    return SmallGroup.objects.select_for_update().get(pk=group.pk)


def _both_locked(contribution: Contribution) -> tuple[Meeting, Contribution]:
    meeting = locked(Meeting(pk=contribution.meeting_id))
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("item", "group", "invitation__actor")
    return meeting, rows.get(pk=contribution.pk)


def _still_open(meeting: Meeting) -> None:
    if meeting.state == Meeting.State.RUNNING:
        return
    if meeting.state in rules.BEFORE:
        raise DomainError(_("The meeting has not begun."))
    if meeting.ended_at is None or meeting.ended_at + LATE < now() or meeting.state == Meeting.State.CLOSED:
        raise DomainError(_("This meeting is over."))


def _group_of(invitation: Invitation | None) -> SmallGroup | None:
    group = invitation.small_group if invitation else None
    return group if group and group.closed_at is None else None


def _topic(meeting: Meeting, group: SmallGroup | None, item: AgendaItem | None) -> AgendaItem | None:
    if item and item.meeting_id == meeting.pk:
        return item
    return (group.item if group else None) or meeting.current_item
