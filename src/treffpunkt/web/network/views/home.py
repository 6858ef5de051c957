"""The network at a glance."""

from __future__ import annotations

from django.http import HttpResponse

from treffpunkt.network import rules
from treffpunkt.network.models import Space
from treffpunkt.network.over_time import silent
from treffpunkt.network.queries import plan
from treffpunkt.ui.lists import capped_count
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.network.lists import overdue, totals
from treffpunkt.web.network.plans import reason
from treffpunkt.web.rows import address_of

_NEXT = 3
# Where we are inside, the loss of the only key would cost most.
_INSIDE = (Space.State.JOINED, Space.State.COOPERATING)


def home(request: StaffRequest) -> HttpResponse:
    """Show the four subjects of the network with their sizes, and what wants attention."""
    by = request.user
    spaces = rules.viewable_spaces(by)
    communities = list(rules.communities_of(by))
    url = address_of("web:network:actor")
    return page(
        request,
        "web/network/home.html",
        {
            "spaces": totals(by),
            "people": capped_count(rules.viewable_actors(by).filter(erased_at=None)),
            "organisations": capped_count(rules.viewable_organisations(by)),
            "communities": communities,
            "single": capped_count(spaces.filter(administrator_count=1, state__in=_INSIDE)),
            "overdue": capped_count(overdue(spaces)),
            "silent": capped_count(silent(spaces)),
            "lines": [
                {"url": url % one.actor.pk, "name": str(one.actor), "reason": reason(one), "actor": one.actor}
                for one in plan(by, most=_NEXT, with_spaces=False)
            ],
            "may_add": rules.may_create(by),
        },
    )
