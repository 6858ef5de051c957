"""A fresh link: asked for on the page, sent the way we know, and shown on the device it arrives at."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from treffpunkt.agreements.services import links as agreements
from treffpunkt.meetings.services import links as meetings
from treffpunkt.people.limits import Limit
from treffpunkt.portal.door import RENEWED, Guest, behind_link

# Whoever has somebody else's link must not be able to fill her mailbox.
PER_DAY = Limit("a fresh link", 3, 24 * 3600)
PAGES = ("link", "about_you")
_SENDING = {"agreement": agreements.send_fresh_link}


@require_POST
@behind_link(*RENEWED, expired=True)
def send(guest: Guest) -> HttpResponse:
    """Send a fresh link to whom this one belongs; the page tells neither where to nor whether we know a way."""
    enough = PER_DAY.count(guest.link.subject_id, guest.link.holder_id)
    if not enough:
        _SENDING.get(guest.link.purpose, meetings.send_fresh_link)(by=guest.by)
    return redirect(guest.url(_page(guest), fresh="enough" if enough else "sent"))


@require_POST
@behind_link(*RENEWED)
def show(guest: Guest) -> HttpResponse:
    """Let this be the browser in which a fresh link shows what is personal; the first one stays it."""
    response = redirect(guest.url(_page(guest)))
    if guest.may_show:
        guest.remember(response)
    return response


def _page(guest: Guest) -> str:
    wanted = guest.request.GET.get("page", "")
    return wanted if wanted in PAGES else "link"
