"""What a calendar file says of meetings: name, day, time, length and place of each; no people, no descriptions."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from time import monotonic
from typing import Any

from django.utils.translation import gettext as _

from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import tidy
from treffpunkt.meetings.calendar_files.files import contents
from treffpunkt.meetings.calendar_files.places import place_of
from treffpunkt.meetings.calendar_files.repeating import next_dates, repeats
from treffpunkt.meetings.calendar_files.zones import Clock, clock_of, is_day, known_zone, value_of

# So many events of a file are looked at, and for so many seconds.
MOST_EVENTS = 500
PATIENCE = 5.0
SHORTEST, USUAL, LONGEST = 10, 90, 720
_MAIL = re.compile(r"(?:mailto:)?[^\s<>()\[\],;:]+@[^\s<>()\[\],;:]+\.[^\s<>()\[\],;:]+")


@dataclass(frozen=True)
class Offered:
    """A date of an event that could be planned; `at` is None where the file names only a day."""

    key: str
    day: date
    at: time | None


@dataclass
class Event:
    """An event as a meeting: `dates` is empty, and `why` says why, where it cannot be planned."""

    name: str
    zone: str = ""
    minutes_long: int = USUAL
    venue: str = ""
    room: str = ""
    dates: list[Offered] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    why: str = ""

    def leave_out(self, why: str) -> Event:
        """Say why the event cannot be planned."""
        self.dates, self.why = [], why
        return self


@dataclass
class Read:
    """The events of a file, and what has to be said of the file as a whole."""

    events: list[Event] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_file(raw: bytes, *, zone: str) -> Read:
    """Read a calendar file; times without a zone are taken in `zone`. Raises DomainError where there is no event."""
    content, found, began = contents(raw), Read(), monotonic()
    changed = _changed_dates(content.events)
    for number, (event, method, usual) in enumerate(content.events):
        if number >= MOST_EVENTS or monotonic() - began > PATIENCE:
            found.notes.append(
                _("The file holds %(all)s events; only the first %(number)s were looked at.")
                % {"all": len(content.events), "number": number}
            )
            break
        found.events.append(_understood(event, method, known_zone(usual) or zone, changed))
    if content.damaged:
        found.notes.append(_("Parts of the file are damaged and could not be read."))
    if content.others:
        found.notes.append(_("Tasks, notes and free times in the file are left out."))
    return found


def _understood(component: Any, method: str, usual: str, changed: dict[str, set[datetime]]) -> Event:
    event = Event(_name(component))
    if not event.name:
        event.name = _("Meeting from a calendar")
        event.notes.append(_("It has no name; please give it one."))
    if method == "CANCEL" or str(component.get("STATUS", "")).upper() == "CANCELLED":
        return event.leave_out(_("It is cancelled."))
    if method in ("REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"):
        return event.leave_out(_("It is an answer to an invitation, not a meeting."))
    start = _one(component.get("DTSTART"))
    if not isinstance(value_of(start), date):
        return event.leave_out(_("It has no date that can be read."))
    clock = clock_of(start, usual)
    event.zone, place = clock.zone, place_of(component)
    event.venue, event.room = _without_mail(place.venue), place.room
    if clock.note:
        event.notes.append(clock.note)
    try:
        _measure(event, component, start.dt)
        _date(event, component, clock, start.dt, changed)
    except DomainError as error:
        return event.leave_out(str(error.message))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError):
        return event.leave_out(_("Its time cannot be understood."))
    return event


def _measure(event: Event, component: Any, start: Any) -> None:
    """Find the length, in minutes a meeting can have."""
    end, lasts = value_of(_one(component.get("DTEND"))), value_of(_one(component.get("DURATION")))
    if is_day(start):
        event.notes.append(_("It names no time, only the day; please say when it begins."))
        if is_day(end) and end - start > timedelta(days=1):
            event.notes.append(_("It lasts several days; the meeting is planned on the first."))
        return
    if isinstance(end, datetime) and (end.tzinfo is None) == (start.tzinfo is None):
        lasts = end - start
    if not isinstance(lasts, timedelta) or lasts <= timedelta():
        event.notes.append(_("It names no end; %(minutes)s minutes are taken.") % {"minutes": USUAL})
        return
    minutes = int(lasts.total_seconds() // 60)
    event.minutes_long = min(max(minutes, SHORTEST), LONGEST)
    if event.minutes_long != minutes:
        event.notes.append(
            _("A meeting lasts 10 minutes to 12 hours; %(minutes)s minutes are taken.")
            % {"minutes": event.minutes_long}
        )


def _date(event: Event, component: Any, clock: Clock, start: Any, changed: dict[str, set[datetime]]) -> None:
    """Find the dates that can be planned: those to come, on a clock that shows them."""
    first, since = clock.wall(start), clock.wall(now())
    if is_day(start):
        since = datetime.combine(since.date(), time())
    uid, moved = _uid(component, event.name, first), _one(component.get("RECURRENCE-ID"))
    walls = [first]
    if moved is None and repeats(component):
        found = next_dates(component, first, clock, since)
        walls = [wall for wall in found.walls if wall not in changed.get(uid, ())]
        event.notes += found.notes
    walls = [wall for wall in walls if wall + timedelta(minutes=event.minutes_long) >= since]
    if not walls:
        raise DomainError(_("It is past."))
    why = ""
    for wall in walls:
        try:
            told = clock.told(wall)
        except DomainError as error:
            why = str(error.message)
            event.notes.append(f"{wall:%d.%m.%Y}: {why}")
            continue
        # An event that is moved stays the same one; a date of a repeated one is named by when it was to be.
        named = ""
        if moved is not None:
            named = clock.wall(moved.dt).isoformat()
        elif repeats(component):
            named = wall.isoformat()
        at = None if is_day(start) else told.time().replace(second=0, microsecond=0)
        event.dates.append(Offered(key_of(uid, named), told.date(), at))
    if not event.dates:
        event.notes = [note for note in event.notes if not note.endswith(why)]
        raise DomainError(why)


def key_of(uid: str, named: str) -> str:
    """Name an event, or one date of it, by a hash that stays the same in every file."""
    return hashlib.sha256(f"{uid}\n{named}".encode(errors="replace")).hexdigest()


def _changed_dates(events: list[tuple[Any, str, str]]) -> dict[str, set[datetime]]:
    """Name the dates of repeated events that stand in the file once more, changed."""
    found: dict[str, set[datetime]] = {}
    for event, _method, _zone in events:
        value = value_of(_one(event.get("RECURRENCE-ID")))
        start = _one(event.get("DTSTART"))
        if isinstance(value, date) and isinstance(value_of(start), date):
            try:
                wall = clock_of(_one(event.get("RECURRENCE-ID")), "UTC").wall(value)
            except (ValueError, OverflowError, TypeError, AttributeError):
                continue
            found.setdefault(str(event.get("UID", "")), set()).add(wall)
    return found


def _uid(component: Any, name: str, first: datetime) -> str:
    return str(_one(component.get("UID")) or "") or f"{name} {first.isoformat()}"


def _name(component: Any) -> str:
    return _without_mail(tidy(str(_one(component.get("SUMMARY")) or "")[:1000]))[:200].strip()


def _without_mail(text: str) -> str:
    return tidy(_MAIL.sub("", text)).strip(" ,;()<>-")


def _one(value: Any) -> Any:
    """Take the first where a file says a thing twice."""
    return next(iter(value), None) if isinstance(value, list) else value
