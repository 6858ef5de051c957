"""Calendars that programs of staff subscribe to."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from treffpunkt.meetings import outside
from treffpunkt.meetings.feeds import feed as write
from treffpunkt.meetings.services.feeds import FEED, reader
from treffpunkt.portal.door import Guest, behind_link, closed


@require_safe
@behind_link(FEED)
def feed(guest: Guest) -> HttpResponse:
    """Give the calendar as it is now; a closed account reads nothing any more."""
    staff = reader(guest.by)
    if staff is None:
        return closed(guest.request)
    found = outside.feed(staff, guest.by)
    return HttpResponse(write(found, staff.language, pages=True), content_type="text/calendar; charset=utf-8")
