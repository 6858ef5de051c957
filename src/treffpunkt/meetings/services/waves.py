"""Waves of invitations: put together, sent by hand or by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from treffpunkt.core.agent import SYSTEM, Agent
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import DatePoll, Invitation, Meeting, Wave
from treffpunkt.meetings.services.invitations import Sent, send_invitations
from treffpunkt.meetings.services.seats import taken

# Nobody is written to at night: a wave goes out from then on, on the clock of its meeting.
FROM_HOUR = time(9)
SENDING = (Meeting.State.DRAFT, Meeting.State.INVITING)


@transaction.atomic
def make_wave(
    *, by: Agent, meeting: Meeting, invitation_ids: Iterable[UUID], goes_on: date | None = None,
    only_if_free: bool = False, id: UUID | None = None,
) -> Wave:  # fmt: skip
    """Put guests who are not invited yet into the next wave; with a day it goes out by itself, else by hand."""
    meeting = _locked(by, meeting)
    if id and (known := meeting.waves.filter(pk=id).first()):
        return known
    _check_day(meeting, goes_on)
    rows = meeting.invitations.filter(pk__in=list(invitation_ids), state=Invitation.State.PLANNED)
    if not rows.exists():
        raise DomainError(_("Tick somebody who is not invited yet."))
    last = meeting.waves.aggregate(last=Max("number"))["last"] or 0
    wave = Wave(meeting=meeting, number=last + 1, goes_on=goes_on, only_if_free=only_if_free)
    if id:
        wave.pk = id
    wave.save(force_insert=True)
    rows.update(wave=wave)
    record(by, "meeting.wave_made", meeting)
    return wave


@transaction.atomic
def change_wave(*, by: Agent, wave: Wave, goes_on: date | None, only_if_free: bool = False) -> Wave:
    """Let a wave that has not gone out go on another day, or when somebody sends it; its guests stay in it."""
    meeting = _locked(by, wave.meeting)
    wave = meeting.waves.select_for_update().get(pk=wave.pk)
    if wave.sent_at:
        raise DomainError(_("This wave is out already."))
    if goes_on != wave.goes_on:
        _check_day(meeting, goes_on)
    wave.goes_on, wave.only_if_free = goes_on, only_if_free
    wave.save(update_fields=["goes_on", "only_if_free"])
    record(by, "meeting.wave_changed", meeting)
    return wave


@transaction.atomic
def send_wave(*, by: Agent, wave: Wave) -> Sent:
    """Invite everybody of a wave now, whatever its day; twice is once. Whom no channel reaches is in no wave any more."""
    meeting = _locked(by, wave.meeting)
    wave = meeting.waves.select_for_update().get(pk=wave.pk)
    if wave.sent_at:
        return Sent()
    if meeting.state not in SENDING or meeting.starts <= now():
        raise DomainError(_("Nobody can be invited to this meeting at present."))
    ids = list(meeting.invitations.filter(wave=wave, state=Invitation.State.PLANNED).values_list("pk", flat=True))
    sent = send_invitations(by=by, meeting=meeting, ids=ids)
    meeting.invitations.filter(pk__in=sent.unreachable).update(wave=None)
    wave.sent_at = now()
    wave.save(update_fields=["sent_at"])
    return sent


@transaction.atomic
def dissolve_wave(*, by: Agent, wave: Wave) -> None:
    """Take a wave apart that has not gone out; its guests stay on the list and are invited with the next sending."""
    meeting = _locked(by, wave.meeting)
    wave = meeting.waves.select_for_update().get(pk=wave.pk)
    if wave.sent_at:
        raise DomainError(_("This wave is out already."))
    wave.delete()
    record(by, "meeting.wave_dissolved", meeting)


def let_days_fall(*, by: Agent, meeting: Meeting) -> None:
    """Leave it to us to send the waves whose day is not before the meeting any more; the caller holds its lock."""
    if meeting.waves.filter(sent_at=None, goes_on__gte=meeting.day).update(goes_on=None):
        record(by, "meeting.wave_changed", meeting)


def send_due_waves() -> int:
    """Send the waves whose day has come; those for free seats wait until there are some. Gives how many went out."""
    due = Wave.objects.filter(
        sent_at=None, goes_on__isnull=False, meeting__state__in=SENDING, meeting__starts__gt=now()
    )
    waiting = due.exclude(meeting__polls__state__in=DatePoll.GOING_ON).select_related("meeting")
    return sum(_send_if_due(wave) for wave in waiting.order_by("goes_on", "number"))


@transaction.atomic
def _send_if_due(wave: Wave) -> bool:
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=wave.meeting_id)
    if wave.goes_on is None or now() < datetime.combine(wave.goes_on, FROM_HOUR, tzinfo=ZoneInfo(meeting.zone)):
        return False
    if wave.only_if_free and not has_free_seats(meeting):
        return False
    send_wave(by=SYSTEM, wave=wave)
    return True


def _check_day(meeting: Meeting, day: date | None) -> None:
    if day is not None and not today(meeting.zone) <= day < meeting.day:
        raise DomainError(_("The day lies between today and the day of the meeting."))


def has_free_seats(meeting: Meeting) -> bool:
    """Say whether somebody more could come."""
    return meeting.seats is None or taken(meeting) < meeting.seats


def _locked(by: Agent, meeting: Meeting) -> Meeting:
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    require(rules.may_edit(by, meeting))
    return meeting
