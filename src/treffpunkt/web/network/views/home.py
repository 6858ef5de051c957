"""The network at a glance."""

from __future__ import annotations

from django.http import HttpResponse

from treffpunkt.network import rules
from treffpunkt.network.models import Space
from treffpunkt.ui.lists import capped_count
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.network.lists import overdue, totals
from treffpunkt.web.network.views.plan import line, open_picks

_NEXT = 3
# Where we are inside, the loss of the only key would cost most.
_INSIDE = (Space.State.JOINED, Space.State.COOPERATING)


def home(request: StaffRequest) -> HttpResponse:
    """Show the four subjects of the network with their sizes, and what wants attention."""
    by = request.user
    spaces = rules.viewable_spaces(by)
    communities = list(rules.communities_of(by))
    names = {one.pk: one.name for one in communities}
    asked = "" if rules.sees_all(by) else str(communities[0].pk) if communities else ""
    picks = open_picks(by, asked)[:_NEXT] if asked or rules.sees_all(by) else []
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
            "lines": [line(pick, names) for pick in picks],
            "may_add": rules.may_create(by),
        },
    )
