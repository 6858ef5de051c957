"""Which zone a time of a calendar file is meant in: by its name, by Windows' name for it, or as the file describes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import tidy
from treffpunkt.meetings.times import moment

# Meetings of another century are slips, and calendars of some programs hold them.
YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Clock:
    """The clock that a time of a file is read on, the zone it is told in, and what has to be said about that."""

    source: tzinfo
    zone: str
    note: str = ""
    # What the parser made of the zone's name: of a zone we know, its description in the file is not asked.
    own: tzinfo | None = None

    def wall(self, value: Any) -> datetime:
        """Give the wall time of a moment of the file on this clock."""
        if not isinstance(value, datetime):
            return datetime(value.year, value.month, value.day)
        if value.tzinfo is None or value.tzinfo == self.own:
            return value.replace(tzinfo=None)
        return value.astimezone(self.source).replace(tzinfo=None)

    def told(self, wall: datetime) -> datetime:
        """Give the wall time in the zone of the meeting; raises DomainError, saying why, where there is none."""
        try:
            if wall.year not in YEARS:
                raise OverflowError
            if isinstance(self.source, ZoneInfo) and self.source.key == self.zone:
                moment(wall.date(), wall.time(), self.zone)
                return wall
            return wall.replace(tzinfo=self.source).astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        except (ValueError, OverflowError, TypeError, AttributeError, IndexError, KeyError):
            raise DomainError(_("Its time cannot be understood.")) from None


def clock_of(start: Any, usual: str) -> Clock:
    """Find the clock of an event by its beginning; `usual` is the zone in which times without one are taken."""
    value, name = start.dt, _name(start)
    home = ZoneInfo(usual)
    if not isinstance(value, datetime):
        return Clock(home, usual)
    if named := known_zone(name):
        return Clock(ZoneInfo(named), named, own=value.tzinfo)
    said = {"name": tidy(name)[:60], "zone": usual}
    if value.tzinfo is None:
        if name:
            return Clock(
                home, usual, _("The time zone “%(name)s” is unknown; the time is taken as that of %(zone)s.") % said
            )
        return Clock(home, usual, _("It names no time zone; the time is taken as that of %(zone)s.") % said)
    if name and name.upper() not in ("UTC", "GMT", "Z"):
        note = _("The time zone “%(name)s” is as the file describes it; the time is told in %(zone)s.") % said
        return Clock(value.tzinfo, usual, note, own=value.tzinfo)
    return Clock(UTC, usual)


@lru_cache(maxsize=512)
def known_zone(name: str) -> str:
    """Give the IANA zone that a name means, also with something before it or as Windows calls it; else nothing."""
    return next((one for one in _readings(name.strip().strip('"')) if one in _zones()), "")


def _readings(name: str) -> Iterator[str]:
    parts = name.split("/")
    for begin in range(min(len(parts), 8)):
        yield "/".join(parts[begin:]).replace(" ", "_")
    yield WINDOWS_TO_OLSON.get(name, "")


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(one for one in available_timezones() if "/" in one and not one.startswith(("Etc/", "SystemV/")))


def _name(start: Any) -> str:
    return str(getattr(start, "params", {}).get("TZID", ""))[:200]


def value_of(found: Any) -> Any:
    """Give the value of a date of a file; nothing where it stands twice, is missing or broken."""
    try:
        return getattr(found, "dt", None)
    except ValueError:  # what the parser could not read raises once it is asked for
        return None


def is_day(value: Any) -> bool:
    """Say whether a date of a file is a day without a time."""
    return isinstance(value, date) and not isinstance(value, datetime)
