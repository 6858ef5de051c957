"""From the wall clock people agree on to the moment, and the hours that do not exist."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from treffpunkt.core.errors import DomainError


def moment(day: date, at: time, zone: str) -> datetime:
    """Give the moment of a wall time in an IANA zone.

    An hour that the clocks skip is refused; of an hour that comes twice in the night of winter time the first is meant.
    """
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, IsADirectoryError):
        raise DomainError(_("There is no time zone called “%(zone)s”.") % {"zone": zone}) from None
    local = datetime.combine(day, at.replace(tzinfo=None, fold=0), tzinfo=place)
    found = local.astimezone(UTC)
    if found.astimezone(place).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise DomainError(
            _("On that night the clocks are put forward: %(time)s does not exist. Please choose another time.")
            % {"time": f"{at:%H:%M}"}
        )
    return found
