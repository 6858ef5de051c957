"""A meeting from its preparation to its end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.jobs import defer
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import AgendaItem, Meeting, Series
from treffpunkt.meetings.rooms import new_jitsi_room
from treffpunkt.meetings.services import news
from treffpunkt.meetings.services.agenda import items_from_meeting, items_from_topics, spend_time
from treffpunkt.meetings.services.groups import dissolve
from treffpunkt.meetings.services.invitations import plan_anew
from treffpunkt.meetings.services.offers import take_offers_back
from treffpunkt.meetings.services.phones import time_phones
from treffpunkt.meetings.services.poll_settling import end_search
from treffpunkt.meetings.services.seats import move_up
from treffpunkt.meetings.services.waves import let_days_fall
from treffpunkt.meetings.times import moment
from treffpunkt.network.models import Community
from treffpunkt.people.models import Staff
from treffpunkt.search.services import index

FIELDS = frozenset(
    {"name", "title", "greeting", "languages", "day", "time", "zone", "minutes_long", "form", "room", "room_kind", "dial_in", "venue", "seats",
     "series", "companions_welcome", "offer_hours"}
)  # fmt: skip
# For so long at most a free seat is kept for the first on the waiting list.
MOST_OFFER_HOURS = 14 * 24
_KEY = re.compile(r"[0-9a-f]{64}")
# A change of these is told to the guests and to their calendars.
WHEN = frozenset({"day", "time", "zone"})
TOLD = WHEN | {"minutes_long", "form", "venue"}


@transaction.atomic
def create_meeting(
    *,
    by: Agent,
    name: str,
    day: date,
    time: time,
    communities: Iterable[Community],
    hosts: Iterable[Staff] = (),
    languages: Iterable[str] = (),
    minutes_long: int = 90,
    zone: str = "Europe/Berlin",
    form: str = Meeting.Form.ONLINE,
    room: str = "",
    room_kind: str = "",
    dial_in: str = "",
    venue: str = "",
    seats: int | None = None,
    companions_welcome: bool = False,
    offer_hours: int = 48,
    series: Series | None = None,
    title: Mapping[str, str] | None = None,
    greeting: Mapping[str, str] | None = None,
    agenda_from: Meeting | None = None,
    calendar_key: str = "",
    id: UUID | None = None,
) -> Meeting:
    """Prepare a meeting at a wall time in an IANA zone, with the seven topics or a past meeting's agenda.

    Without hosts whoever prepares it hosts it; without languages those of its communities and German are spoken.
    The same `id` twice makes one meeting; a `calendar_key`, of an event in a calendar file, is taken once.
    """
    require(rules.may_create(by))
    if id and (known := rules.viewable(by).filter(pk=id).first()):
        return known
    groups = list(communities)
    meeting = Meeting(
        id=id or uuid7(), name=tidy(name), day=day, time=time, zone=zone, minutes_long=minutes_long, form=form,
        room=room.strip(), room_kind=room_kind, dial_in=tidy(dial_in), venue=tidy(venue), seats=seats, series=series, title=_texts(title),
        companions_welcome=companions_welcome, offer_hours=offer_hours,
        greeting=_texts(greeting), languages=list(languages) or _spoken(groups), calendar_key=calendar_key,
    )  # fmt: skip
    _check(meeting, groups)
    meeting.starts = moment(meeting.day, meeting.time, meeting.zone)
    _save_once(meeting)
    meeting.communities.set(groups)
    meeting.hosts.set(list(hosts) or Staff.objects.filter(pk__in=[by.agent_id] if by.agent_id else []))
    AgendaItem.objects.bulk_create(
        items_from_meeting(meeting, agenda_from) if agenda_from else items_from_topics(meeting)
    )
    _make_findable(meeting)
    record(by, "meeting.created", meeting, *groups, *([series] if series else []))
    return meeting


@transaction.atomic
def change_meeting(*, by: Agent, meeting: Meeting, version: int, **changes: Any) -> Meeting:
    """Change a meeting; a new time, length or place is told to everyone invited, and to their calendars.

    A postponed meeting that gets a new day is being invited to again; so it is where its old one is given and still
    lies ahead, as it takes place on that day after all.
    """
    meeting = _locked(by, meeting)
    meeting.advance(version)
    if meeting.state in (Meeting.State.CLOSED, Meeting.State.CANCELLED):
        raise DomainError(_("This meeting is over and stays as it was."))
    communities, hosts = changes.pop("communities", None), changes.pop("hosts", None)
    unknown = changes.keys() - FIELDS
    if unknown:
        raise TypeError(f"a meeting has no {', '.join(sorted(unknown))}")
    fields = _take(meeting, changes)
    groups = list(communities) if communities is not None else list(meeting.communities.all())
    _check(meeting, groups)
    meeting.starts = moment(meeting.day, meeting.time, meeting.zone)
    moved = bool(WHEN & set(fields))
    given = moved or (bool(WHEN & changes.keys()) and meeting.starts > now())
    again = given and meeting.state == Meeting.State.POSTPONED
    if moved or again:
        meeting.moved_at = now()
        time_phones(meeting)
    if again:
        meeting.move_to(Meeting.State.INVITING)
    tell = again or (bool(TOLD & set(fields)) and meeting.state == Meeting.State.INVITING)
    if tell:
        meeting.calendar_sequence += 1
    meeting.save()
    if communities is not None:
        meeting.communities.set(groups)
        fields.append("communities")
    if hosts is not None:
        meeting.hosts.set(hosts)
        fields.append("hosts")
    if {"name", "title"} & set(fields):
        _make_findable(meeting)
    if fields or again:
        record(by, "meeting.moved" if moved or again else "meeting.changed", meeting, *groups, fields=fields)
    if "day" in fields:
        let_days_fall(by=by, meeting=meeting)
    if tell:
        take_offers_back(meeting)
        news.tell_changed(by=by, meeting=meeting, moved=moved, back=again and not moved)
    if tell or "seats" in fields:
        move_up(meeting=meeting)
    return meeting


@transaction.atomic
def postpone_meeting(*, by: Agent, meeting: Meeting) -> Meeting:
    """Let the day fall; the guests hear that a new one follows, and their calendars drop the old one.

    To whom the invitation has not gone out, it will be sent with the new day.
    """
    meeting = _locked(by, meeting)
    meeting.move_to(Meeting.State.POSTPONED)
    meeting.advance()
    meeting.calendar_sequence += 1
    meeting.save()
    take_offers_back(meeting)
    record(by, "meeting.postponed", meeting, *meeting.communities.all())
    unheard = news.tell_cancelled(by=by, meeting=meeting, postponed=True)
    plan_anew(by=by, meeting=meeting, invitations=unheard)
    return meeting


@transaction.atomic
def cancel_meeting(*, by: Agent, meeting: Meeting) -> Meeting:
    """Cancel the meeting for good; the guests hear of it, and their calendars drop it."""
    meeting = _locked(by, meeting)
    heard = meeting.state == Meeting.State.POSTPONED
    meeting.move_to(Meeting.State.CANCELLED)
    meeting.advance()
    meeting.calendar_sequence += 1
    meeting.save()
    take_offers_back(meeting)
    end_search(by=by, meeting=meeting)
    record(by, "meeting.cancelled", meeting, *meeting.communities.all())
    news.tell_cancelled(by=by, meeting=meeting, calendar=not heard)
    return meeting


@transaction.atomic
def start_meeting(*, by: Agent, meeting: Meeting) -> Meeting:
    """Begin the meeting, or take it up again after ending it too early; begun twice it runs once."""
    meeting = _locked(by, meeting, writing=True)
    if meeting.state == Meeting.State.RUNNING:
        return meeting
    meeting.move_to(Meeting.State.RUNNING)
    meeting.advance()
    meeting.started_at = meeting.started_at or now()
    meeting.ended_at = None
    meeting.save()
    time_phones(meeting)
    end_search(by=by, meeting=meeting)
    record(by, "meeting.started", meeting, *meeting.communities.all())
    first = meeting.current_item or meeting.agenda.order_by("position").first()
    return open_item(by=by, meeting=meeting, item=first) if first else meeting


@transaction.atomic
def open_item(*, by: Agent, meeting: Meeting, item: AgendaItem) -> Meeting:
    """Turn to a topic: the clock of the one before stops, this one's goes on."""
    meeting = _locked(by, meeting, writing=True)
    if meeting.state != Meeting.State.RUNNING:
        raise DomainError(_("The meeting has not begun."))
    if item.meeting_id != meeting.pk:
        raise DomainError(_("This topic belongs to another meeting."))
    before = meeting.current_item
    if before and before.pk == item.pk and before.opened_at:
        return meeting
    present = now()
    if before:
        spend_time(before, present)
    AgendaItem.objects.filter(pk=item.pk).update(opened_at=present)
    item.opened_at = present
    meeting.current_item = item
    meeting.save(update_fields=["current_item"])
    return meeting


@transaction.atomic
def end_meeting(*, by: Agent, meeting: Meeting) -> Meeting:
    """End the meeting: all clocks stop; notes can still be written until the minutes are out."""
    meeting = _locked(by, meeting, writing=True)
    if meeting.state == Meeting.State.HELD:
        return meeting
    meeting.move_to(Meeting.State.HELD)
    meeting.advance()
    meeting.ended_at = now()
    if meeting.current_item:
        spend_time(meeting.current_item, meeting.ended_at)
    meeting.save()
    time_phones(meeting)
    dissolve(meeting)
    record(by, "meeting.held", meeting, *meeting.communities.all())
    if meeting.room_kind == Meeting.Room.BBB:
        defer("meetings.close_room", meeting_id=str(meeting.pk))
    return meeting


def _save_once(meeting: Meeting) -> None:
    """Save a new meeting; an event of a calendar file that is planned already is refused."""
    if not meeting.calendar_key:
        meeting.save()
        return
    try:
        with transaction.atomic():
            meeting.save()
    except IntegrityError as error:
        if "calendar_key" not in str(error):
            raise
        raise DomainError(_("“%(name)s” is planned already.") % {"name": meeting.name}) from None


def _locked(by: Agent, meeting: Meeting, *, writing: bool = False) -> Meeting:
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("current_item").get(pk=meeting.pk)
    require(rules.may_edit(by, meeting) or (writing and rules.may_write(by, meeting)))
    return meeting


def _take(meeting: Meeting, changes: Mapping[str, Any]) -> list[str]:
    fields = []
    for name, value in changes.items():
        if name in ("title", "greeting"):
            value = _texts(value)
        elif name in ("name", "venue", "dial_in"):
            value = tidy(value)
        elif name == "room":
            value = value.strip()
        elif name == "languages":
            value = list(value)
        if getattr(meeting, name) != value:
            setattr(meeting, name, value)
            fields.append(name)
    return fields


def _check(meeting: Meeting, communities: list[Community]) -> None:
    if not meeting.name:
        raise DomainError(_("The meeting needs a name."))
    if not communities:
        raise DomainError(_("Say which community the meeting is for."))
    if meeting.calendar_key and not _KEY.fullmatch(meeting.calendar_key):
        raise DomainError(_("There is no such event in a calendar file."))
    if meeting.form != Meeting.Form.ONLINE and not meeting.venue:
        raise DomainError(_("Say where the meeting takes place."))
    if not 1 <= meeting.offer_hours <= MOST_OFFER_HOURS:
        raise DomainError(_("A free seat is kept for one hour to two weeks."))
    if meeting.minutes_long < 1:
        raise DomainError(_("The meeting needs a length in minutes."))
    _furnish(meeting)
    if meeting.room and not meeting.room.lower().startswith(("https://", "http://")):
        raise DomainError(_("The address of the video room begins with https://."))


def _furnish(meeting: Meeting) -> None:
    """Give the meeting the kind of room that was chosen."""
    if meeting.room_kind not in Meeting.Room.values:
        raise DomainError(_("There is no such video room."))
    if meeting.room_kind == Meeting.Room.BBB:
        meeting.room = ""
    elif meeting.room_kind == Meeting.Room.JITSI and not meeting.room.startswith(f"{settings.JITSI_URL}/"):
        meeting.room = new_jitsi_room()


def _make_findable(meeting: Meeting) -> None:
    index(meeting, names=list(dict.fromkeys([meeting.name, *meeting.title.values()])))


def _spoken(communities: Iterable[Community]) -> list[str]:
    return list(dict.fromkeys([*(community.language_id for community in communities), "de"]))


def _texts(texts: Mapping[str, str] | None) -> dict[str, str]:
    return {language: tidy(text, lines=True) for language, text in (texts or {}).items() if text and text.strip()}
