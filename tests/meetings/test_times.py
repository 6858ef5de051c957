"""The wall clock people agree on and the moment it means."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from treffpunkt.core.errors import DomainError
from treffpunkt.meetings.times import moment


@pytest.mark.parametrize(
    ("day", "at", "zone", "expected"),
    [
        (date(2026, 11, 26), time(18), "Europe/Berlin", datetime(2026, 11, 26, 17, tzinfo=UTC)),
        (date(2027, 6, 3), time(18), "Europe/Berlin", datetime(2027, 6, 3, 16, tzinfo=UTC)),
        (date(2027, 6, 3), time(18), "Asia/Amman", datetime(2027, 6, 3, 15, tzinfo=UTC)),
        # The hour that comes twice: the first is meant.
        (date(2026, 10, 25), time(2, 30), "Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_wall_time_becomes_a_moment(day, at, zone, expected):
    assert moment(day, at, zone) == expected


def test_hour_that_does_not_exist_is_refused():
    with pytest.raises(DomainError, match="02:30"):
        moment(date(2027, 3, 28), time(2, 30), "Europe/Berlin")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc/passwd", "Europe"])
def test_unknown_zone_is_refused(zone):
    with pytest.raises(DomainError):
        moment(date(2027, 3, 28), time(18), zone)
