"""When an agreement is looked at again."""

from __future__ import annotations

from datetime import date, datetime, time

from treffpunkt.retention.periods import months_after


def months_on(day: date, months: int) -> date:
    """Give the day some months on; from the last day of a month to the last of a shorter one."""
    return months_after(datetime.combine(day, time()), months).date()
