"""The dates of an event that repeats: the next few, whatever the rule asks for, within a bounded time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from heapq import merge
from typing import Any

from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _

from treffpunkt.meetings.calendar_files.zones import Clock, is_day

# So many dates of one event stand on the page.
MOST = 10
# Dates later than that are not planned from a file.
AHEAD = timedelta(days=2 * 366)
# So many past dates are gone through before we give up.
_PATIENCE = 20_000
_UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
# With these a rule can ask for days that never come, and be looked for until the end of time.
_NEVER_MET = frozenset({"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"})
_OFTENER_THAN_DAILY = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})


@dataclass
class Dates:
    """Wall times on the clock of the event, and what was left out."""

    walls: list[datetime] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def repeats(event: Any) -> bool:
    """Say whether an event has more dates than one."""
    return any(event.get(name) is not None for name in ("RRULE", "RDATE"))


def next_dates(event: Any, first: datetime, clock: Clock, since: datetime) -> Dates:
    """List the next dates of an event that begins at the wall time `first`; `since` is the wall time now."""
    found, past = Dates(), 0
    try:
        left_out = {_as(one, first) for one in _listed_dates(event, "EXDATE", clock)}
        added = sorted(_as(one, first) for one in _listed_dates(event, "RDATE", clock))
        source: Iterator[datetime] = merge([first], added, _by_rule(event, first, clock))
        before: datetime | None = None
        for number, wall in enumerate(source):
            if wall > since + AHEAD or number > _PATIENCE:
                break
            if wall == before or wall in left_out:
                continue
            before = wall
            if wall < since:
                past += 1
            elif len(found.walls) == MOST:
                found.notes.append(_("It repeats further; the next %(number)s dates stand here.") % {"number": MOST})
                break
            else:
                found.walls.append(wall)
    except _UNREADABLE:
        found.walls = found.walls or [first]
        found.notes.append(_("The rule by which it repeats cannot be read; only its first dates stand here."))
    if not past:
        found.walls = found.walls or [first]
    if past and found.walls:
        found.notes.append(_("Its dates that are past are left out."))
    return found


def _by_rule(event: Any, first: datetime, clock: Clock) -> Iterator[datetime]:
    for recur in _listed(event.get("RRULE"))[:1]:
        rule = {str(name).upper(): value for name, value in dict(recur).items()}
        until = [
            clock.wall(one) if not is_day(one) else datetime.combine(one, time.max)
            for one in _listed(rule.pop("UNTIL", None))
        ]
        _refuse(rule)
        text = ";".join(f"{name}={','.join(str(one) for one in _listed(value))}" for name, value in rule.items())
        for wall in rrulestr(text, dtstart=first):
            if until and wall > until[0]:
                return
            yield wall


def _refuse(rule: dict[str, Any]) -> None:
    """Raise ValueError for a rule that no meeting repeats by."""
    frequency = str(next(iter(_listed(rule.get("FREQ"))), "")).upper()
    interval = int(next(iter(_listed(rule.get("INTERVAL"))), 1))
    if frequency not in _FREQUENCIES or not 1 <= interval <= 1000 or rule.keys() & _OFTENER_THAN_DAILY:
        raise ValueError(frequency)
    if frequency in ("DAILY", "WEEKLY") and rule.keys() & _NEVER_MET:
        raise ValueError(frequency)
    if any(not 1 <= int(one) <= 12 for one in _listed(rule.get("BYMONTH"))):
        raise ValueError(frequency)


def _listed_dates(event: Any, name: str, clock: Clock) -> Iterator[Any]:
    for several in _listed(event.get(name)):
        for one in getattr(several, "dts", ()):
            value = one.dt[0] if isinstance(one.dt, tuple) else one.dt
            yield value if is_day(value) else clock.wall(value)


def _as(value: Any, first: datetime) -> datetime:
    """Give a day without a time that of the event."""
    return datetime.combine(value, first.time()) if is_day(value) else value


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [] if value is None else [value]
