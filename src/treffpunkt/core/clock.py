"""The time, in one place, so that a jump of the clock has one place to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told", default=None)
_silent: ContextVar[bool] = ContextVar("silent", default=False)


def now() -> datetime:
    """Tell the present moment, aware, in UTC."""
    if _silent.get():
        raise RuntimeError("What is written here is kept, so a moment or a day must be handed on as a value.")
    return _told.get() or timezone.now()


def today(zone: str | None = None) -> date:
    """Tell the present day in an IANA zone, by default in the reader's."""
    return timezone.localdate(now(), timezone=ZoneInfo(zone) if zone else None)


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Act as of another moment: how the demo story tells of past seasons, and tests of a clock that jumps."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


@contextmanager
def silent() -> Iterator[None]:
    """Refuse to tell the time: for what is written once and kept, where a moment would grow old."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)
