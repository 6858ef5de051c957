"""Calendar entries (RFC 5545, RFC 5546): one guest each, a neutral title, a UID and a number that follow the row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.utils import parseaddr
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress, vText
from icalendar.parser import Contentline

from treffpunkt.core.clock import now
from treffpunkt.meetings import wording
from treffpunkt.meetings.models import Invitation, Meeting

# The years for which the rules of a zone are written out.
DESCRIBED = (date(2020, 1, 1), date(2041, 1, 1))
METHODS = frozenset({"REQUEST", "CANCEL", "PUBLISH", "DECLINECOUNTER"})
# What the calendar of the guest is told about an answer we know already.
_ANSWERS = {"accepted": "ACCEPTED", "tentative": "TENTATIVE", "declined": "DECLINED"}


def entry(invitation: Invitation, *, mail: str = "", method: str = "REQUEST", meeting: Meeting | None = None) -> str:
    """Write the calendar entry of one invitation; `mail` is the guest's own address, the only one in it.

    REQUEST asks for an answer (and tells of changes), CANCEL takes the entry out, DECLINECOUNTER says that a time the
    guest proposed is not taken, PUBLISH is the file that a guest takes from her page, without any address.
    """
    return Entries(meeting or invitation.meeting).entry(invitation, mail=mail, method=method)


@dataclass
class Entries:
    """The calendar entries of one meeting; what is the same for all guests of one language is written once."""

    meeting: Meeting
    _alike: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def entry(
        self, invitation: Invitation, *, mail: str = "", method: str = "REQUEST", answers: int | None = None
    ) -> str:
        """Write one guest's entry: see `entry` above; `answers` is the number of the entry that is answered."""
        wanted = (invitation.language, method)
        if wanted not in self._alike:
            self._alike[wanted] = self._around(*wanted)
        before, after = self._alike[wanted]
        if answers is not None:
            after = re.sub(r"(?m)^SEQUENCE:\d+", f"SEQUENCE:{min(answers, self.meeting.calendar_sequence)}", after)
        own = f"UID:{invitation.uid}@{domain()}\r\n"
        if mail and method != "PUBLISH":
            own += _guest(invitation, mail)
        return before + own + after

    def _around(self, language: str, method: str) -> tuple[str, str]:
        """Write what stands before and after the guest's own lines."""
        meeting, zone = self.meeting, ZoneInfo(self.meeting.zone)
        calendar = Calendar()
        calendar.add("prodid", "-//Treffpunkt//Meetings//EN")
        calendar.add("version", "2.0")
        calendar.add("method", method)
        event = Event()
        event.add("dtstamp", now())
        event.add("sequence", meeting.calendar_sequence)
        event.add("dtstart", meeting.starts.astimezone(zone))
        event.add("dtend", (meeting.starts + timedelta(minutes=meeting.minutes_long)).astimezone(zone))
        event.add("summary", wording.calendar_title(meeting, language))
        event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
        event.add("class", "PRIVATE")
        event.add("transp", "OPAQUE")
        if meeting.form != Meeting.Form.ONLINE and meeting.venue:
            event.add("location", meeting.venue)
        if method != "CANCEL":
            event.add("description", _description(language))
        event.add("organizer", organizer())
        calendar.add_component(event)
        text: str = calendar.to_ical().decode()
        head, mark, rest = text.partition("BEGIN:VEVENT\r\n")
        return head + _time_zone(meeting.zone) + mark, rest


def _description(language: str) -> str:
    with translation.override(wording.catalogue(language)):
        return wording.in_script(_("Everything else stands behind the link in our message."), language)


def _guest(invitation: Invitation, mail: str) -> str:
    answer = _ANSWERS.get(invitation.state, "NEEDS-ACTION")
    parameters = f"CUTYPE=INDIVIDUAL;PARTSTAT={answer};ROLE=REQ-PARTICIPANT;RSVP=TRUE"
    line: Any = Contentline(f"ATTENDEE;{parameters}:mailto:{mail}")  # type: ignore[no-untyped-call]
    return f"{line.to_ical().decode()}\r\n"


def organizer() -> vCalAddress:
    """Give who invites: the sender of our mail."""
    name, mail = parseaddr(settings.MAIL_FROM)
    organizer = vCalAddress(f"mailto:{mail}")
    if name:
        organizer.params["CN"] = vText(name)
    return organizer


def domain() -> str:
    """Give what stands behind the @ of our entries' UIDs."""
    return parseaddr(settings.MAIL_FROM)[1].partition("@")[2] or "localhost"


def time_zones(meetings: Iterable[Meeting]) -> str:
    """Write out each zone of some meetings once."""
    return "".join(_time_zone(zone) for zone in sorted({meeting.zone for meeting in meetings}))


@lru_cache(maxsize=64)
def _time_zone(zone: str) -> str:
    """Write out a zone, the same whatever the meeting: programs keep the first description they read of a name.

    Adding the missing zones to each calendar (`add_missing_timezones`) costs ten times as much as all the rest.
    """
    described = Timezone.from_tzinfo(ZoneInfo(zone), zone, first_date=DESCRIBED[0], last_date=DESCRIBED[1])
    described.pop("comment", None)
    text: str = described.to_ical().decode()
    return text
