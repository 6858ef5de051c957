"""Calendars to subscribe to: the meetings of a colleague, of a community, and those everybody may know of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.crypto import salted_hmac
from icalendar import Calendar, Event

from treffpunkt.core.clock import now
from treffpunkt.meetings import wording
from treffpunkt.meetings.calendar import domain, organizer, time_zones
from treffpunkt.meetings.models import Meeting

# How often a calendar may ask again.
_REFRESH = timedelta(hours=2)


def feed(meetings: Iterable[Meeting], language: str, *, pages: bool = False) -> str:
    """Write a calendar of meetings, with neutral titles; with `pages` each leads to its page for staff.

    Costs one entry a meeting, each time zone once. An entry keeps its UID from one reading to the next, and tells
    nothing about the record's id.
    """
    rows = list(meetings)
    calendar = Calendar()
    calendar.add("prodid", "-//Treffpunkt//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("refresh-interval", _REFRESH, {"VALUE": "DURATION"})
    for meeting in rows:
        calendar.add_component(_event(meeting, language, pages=pages))
    text: str = calendar.to_ical().decode()
    return text.replace("END:VCALENDAR", time_zones(rows) + "END:VCALENDAR")


def _event(meeting: Meeting, language: str, *, pages: bool) -> Event:
    zone = ZoneInfo(meeting.zone)
    event = Event()
    event.add("uid", f"{salted_hmac('treffpunkt.calendar', str(meeting.pk)).hexdigest()[:32]}@{domain()}")
    event.add("dtstamp", now())
    event.add("sequence", meeting.calendar_sequence)
    event.add("dtstart", meeting.starts.astimezone(zone))
    event.add("dtend", (meeting.starts + timedelta(minutes=meeting.minutes_long)).astimezone(zone))
    event.add("summary", wording.calendar_title(meeting, language))
    event.add("organizer", organizer())
    if meeting.form != Meeting.Form.ONLINE and meeting.venue and pages:
        event.add("location", meeting.venue)
    if pages:
        event.add("url", f"{settings.BASE_URL}/meetings/{meeting.pk}/")
    return event
