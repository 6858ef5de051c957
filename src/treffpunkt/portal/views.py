"""Where a link leads: each purpose has its page, and no other opens it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from treffpunkt.meetings.rules import EVALUATION, PHONES, POLL, PRESENTING
from treffpunkt.portal import about
from treffpunkt.portal.access import did, succession
from treffpunkt.portal.agreements import views as agreements
from treffpunkt.portal.door import Guest, behind_link, closed
from treffpunkt.portal.meetings import evaluation, phones, polls, presenting
from treffpunkt.portal.meetings import views as meetings


def _to_sign_in(guest: Guest) -> HttpResponse:
    """Lead a new colleague to where staff sign in."""
    return redirect("invited", token=guest.token)


PAGES = {
    "invitation": meetings.invitation,
    "minutes": meetings.minutes,
    "agreement": agreements.agreement,
    "succession": succession.shown,
    PHONES: phones.show,
    EVALUATION: evaluation.shown,
    POLL: polls.poll,
    PRESENTING: presenting.shown,
    "did": did.shown,
    "about": about.shown,
    "staff_invitation": _to_sign_in,
}


@require_safe
@behind_link()
def open_link(guest: Guest) -> HttpResponse:
    """Show the page of the link's purpose; reading changes nothing."""
    show = PAGES.get(guest.link.purpose)
    return show(guest) if show else closed(guest.request)
