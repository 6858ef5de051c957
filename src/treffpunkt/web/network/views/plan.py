"""Whom to talk to next: the stored plan, with the reasons in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from treffpunkt.core.agent import Agent
from treffpunkt.network import rules
from treffpunkt.network.models import Actor, Pick
from treffpunkt.network.queries import Suggestion
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.ui.templatetags.ui import num
from treffpunkt.web.network import choices
from treffpunkt.web.rows import address_of


def plan(request: StaffRequest) -> HttpResponse:
    """Show who is next, given what happened so far: over everything, or for one community."""
    by = request.user
    own = choices.communities(by)
    offered = ([("", _("All communities"))] if rules.sees_all(by) else []) + own
    asked = request.GET.get("community", "")
    chosen = asked if any(asked == key for key, _name in offered) else (offered[0][0] if offered else None)
    picks = list(open_picks(by, chosen)) if chosen is not None else []
    names = {UUID(key): name for key, name in own}
    return page(
        request,
        "web/network/plan.html",
        {
            "offered": [(key, name, key == chosen) for key, name in offered],
            "lines": [line(pick, names) for pick in picks],
            "reach": picks[-1].reach_so_far if picks else 0,
            "may_add": rules.may_create(by),
        },
    )


def open_picks(by: Agent, community: str = "") -> QuerySet[Pick]:
    """List the stored plan of everything or of one community, without those contacted since."""
    rows = Pick.objects.filter(actor__in=rules.viewable_actors(by)).select_related("actor__owner")
    rows = rows.filter(actor__standing=Actor.Standing.UNKNOWN, actor__erased_at=None)
    return rows.filter(community=UUID(community) if community else None).order_by("position")


def line(pick: Pick, names: Mapping[UUID, str]) -> dict[str, Any]:
    """Say a line of the plan in words."""
    actor = pick.actor
    return {
        "url": address_of("web:network:actor") % actor.pk,
        "actor": actor,
        "name": str(actor),
        "reason": reason(pick),
        "bridges": [names[pk] for pk in pick.communities_bridged if pk in names],
        "pick": pick,
    }


def reason(pick: Pick | Suggestion) -> str:
    """Say in words why somebody is next."""
    if pick.reach_added:
        text = ngettext(
            "reaches about %(members)s members in %(number)s group where we have no access",
            "reaches about %(members)s members in %(number)s groups where we have no access",
            pick.spaces_open,
        )
        return text % {"members": num(_rounded(pick.reach_added)), "number": num(pick.spaces_open)}
    text = ngettext(
        "leads %(number)s group where we have no access",
        "leads %(number)s groups where we have no access",
        pick.spaces_open,
    )
    return text % {"number": num(pick.spaces_open)}


def _rounded(number: int) -> int:
    """Round to two places that count: the sizes are estimates of the platforms."""
    step = 10 ** max(len(str(number)) - 2, 0)
    return int(round(number / step) * step)
