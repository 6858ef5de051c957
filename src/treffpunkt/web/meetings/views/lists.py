"""The meetings to come and those that were."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from treffpunkt.meetings import queries, rules
from treffpunkt.ui.lists import Sort, listing
from treffpunkt.ui.pages import StaffRequest, page

SOONEST = (Sort("date", _("Date"), ("starts",)),)
LATEST = (Sort("date", _("Date"), ("-starts",)),)


def meetings(request: StaffRequest) -> HttpResponse:
    """List meetings with the answers to their invitations: those to come, or those that were."""
    past = request.GET.get("show") == "past"
    rows = queries.past(request.user) if past else queries.upcoming(request.user)
    context = {
        "list": listing(request, rows, sorts=LATEST if past else SOONEST),
        "past": past,
        "may_create": rules.may_create(request.user),
    }
    return page(request, "web/meetings/list.html", context)
