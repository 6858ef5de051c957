"""Days and hours of the demo story."""

from __future__ import annotations

from datetime import UTC, date, datetime, time


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Give a time of a day, as the story counts hours."""
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)
