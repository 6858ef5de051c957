"""The network at a glance."""

from __future__ import annotations

from django.http import HttpResponse

from treffpunkt.network import rules
from treffpunkt.ui.lists import capped_count
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.network.lists import totals


def home(request: StaffRequest) -> HttpResponse:
    """Show the four subjects of the network with their sizes, and what to do next."""
    by = request.user
    return page(
        request,
        "web/network/home.html",
        {
            "spaces": totals(by),
            "people": capped_count(rules.viewable_actors(by).filter(erased_at=None)),
            "organisations": capped_count(rules.viewable_organisations(by)),
            "communities": rules.communities_of(by).select_related("language"),
            "may_add": rules.may_create(by),
        },
    )
