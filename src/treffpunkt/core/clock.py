"""The time, in one place, so that a jump of the clock has one place to be seen."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """Tell the present moment, aware, in UTC."""
    return timezone.now()


def today(zone: str | None = None) -> date:
    """Tell the present day in an IANA zone, by default in the reader's."""
    return timezone.localdate(timezone=ZoneInfo(zone) if zone else None)
