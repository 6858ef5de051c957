"""Calendar entries (RFC 5545, RFC 5546): one guest each, a neutral title, a UID and a number that follow the row."""

from __future__ import annotations

from datetime import date, timedelta
from email.utils import parseaddr
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from treffpunkt.core.clock import now
from treffpunkt.meetings import wording
from treffpunkt.meetings.models import Invitation, Meeting

METHODS = frozenset({"REQUEST", "CANCEL", "PUBLISH"})
# What the calendar of the guest is told about an answer we know already.
_ANSWERS = {"accepted": "ACCEPTED", "tentative": "TENTATIVE", "declined": "DECLINED"}


def entry(invitation: Invitation, *, mail: str = "", method: str = "REQUEST", meeting: Meeting | None = None) -> str:
    """Write the calendar entry of one invitation; `mail` is the guest's own address, the only one in it.

    REQUEST asks for an answer (and tells of changes), CANCEL takes the entry out, PUBLISH is the file that a guest
    takes from her page, without any address.
    """
    meeting = meeting or invitation.meeting
    calendar = Calendar()
    calendar.add("prodid", "-//Treffpunkt//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    event = Event()
    event.add("uid", f"{invitation.uid}@{_domain()}")
    event.add("dtstamp", now())
    event.add("sequence", meeting.calendar_sequence)
    starts = meeting.starts.astimezone(ZoneInfo(meeting.zone))
    event.add("dtstart", starts)
    event.add("dtend", (meeting.starts + timedelta(minutes=meeting.minutes_long)).astimezone(ZoneInfo(meeting.zone)))
    event.add("summary", wording.calendar_title(meeting, invitation.language))
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    if meeting.form != Meeting.Form.ONLINE and meeting.venue:
        event.add("location", meeting.venue)
    if method != "CANCEL":
        event.add("description", _description(invitation.language))
    event.add("organizer", _organizer())
    if mail and method != "PUBLISH":
        event.add("attendee", _guest(invitation, mail), encode=False)
    calendar.add_component(event)
    text: str = calendar.to_ical().decode()
    head, mark, rest = text.partition("BEGIN:VEVENT")
    return head + _time_zone(meeting.zone, meeting.starts.year) + mark + rest


def _description(language: str) -> str:
    with translation.override(wording.catalogue(language)):
        return wording.in_script(_("Everything else stands behind the link in our message."), language)


def _guest(invitation: Invitation, mail: str) -> vCalAddress:
    guest = vCalAddress(f"mailto:{mail}")
    guest.params["CUTYPE"] = vText("INDIVIDUAL")
    guest.params["ROLE"] = vText("REQ-PARTICIPANT")
    guest.params["PARTSTAT"] = vText(_ANSWERS.get(invitation.state, "NEEDS-ACTION"))
    guest.params["RSVP"] = vText("TRUE")
    return guest


def _organizer() -> vCalAddress:
    name, mail = parseaddr(settings.MAIL_FROM)
    organizer = vCalAddress(f"mailto:{mail}")
    if name:
        organizer.params["CN"] = vText(name)
    return organizer


def _domain() -> str:
    return parseaddr(settings.MAIL_FROM)[1].partition("@")[2] or "localhost"


@lru_cache(maxsize=64)
def _time_zone(zone: str, year: int) -> str:
    """Write out a zone once for the years around a meeting.

    Adding the missing zones to each calendar (`add_missing_timezones`) costs ten times as much as all the rest.
    """
    described = Timezone.from_tzinfo(
        ZoneInfo(zone), zone, first_date=date(year - 1, 1, 1), last_date=date(year + 2, 1, 1)
    )
    described.pop("comment", None)
    text: str = described.to_ical().decode()
    return text
