"""What we did for a group, as those who lead it read it: a few numbers, in their language, nobody named."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from treffpunkt.agreements.did import Line, did
from treffpunkt.agreements.queries import guest_told
from treffpunkt.core.clock import today
from treffpunkt.core.dates import digits, spoken_day
from treffpunkt.portal.door import Guest, closed, render, speak


def shown(guest: Guest) -> HttpResponse:
    """Show the figures of the months that are over."""
    party = guest_told(guest.by)
    if party is None:
        return closed(guest.request)
    with speak(guest.chosen["lang"] or party.language):
        language = get_language() or "en"
        told = did(party.agreement, language, today())

        def said(day: date) -> str:
            return spoken_day(day, language, guest.digits)

        def written(lines: list[Line]) -> list[tuple[str, str]]:
            few = _("under %(limit)s") % {"limit": digits(5, language, guest.digits)}
            numbers = [few if one.number is None else digits(one.number, language, guest.digits) for one in lines]
            return [(one.label, number) for one, number in zip(lines, numbers, strict=True)]

        context = {
            "title": _("What became of it"),
            "told": told,
            "since": said(told.since),
            "until": said(told.until),
            "lines": written(told.lines),
            "topics": [(label, written(lines)) for label, lines in told.topics],
        }
        return render(guest, "portal/access/did.html", context)
