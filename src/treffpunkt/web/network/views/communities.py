"""Language communities: the list with its figures, one community, changing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from babel import Locale
from django.contrib import messages
from django.db.models import Count, F, Q, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from treffpunkt.core.errors import require
from treffpunkt.network import rules
from treffpunkt.network.models import Actor, Role, Space
from treffpunkt.network.services.communities import change_community, create_community
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.journal import thread
from treffpunkt.web.network.answering import sent, tried
from treffpunkt.web.network.forms.communities import CommunityForm
from treffpunkt.web.network.lists import SPACE_COLUMNS, large, space_rows

_SHOWN = 12


def communities(request: StaffRequest) -> HttpResponse:
    """List communities with their groups, potential reach and who works with them."""
    by = request.user
    found = list(rules.communities_of(by).select_related("language").prefetch_related("counsellors"))
    figures = _figures()
    rows = [{"community": one, **figures.get(one.pk, {"spaces": 0, "members": 0, "close": 0})} for one in found]
    return page(request, "web/network/communities.html", {"rows": rows, "may_edit": rules.may_edit_communities(by)})


def community(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show a community: its largest groups, the people with the widest reach, its counsellors."""
    by = request.user
    found = get_object_or_404(
        rules.communities_of(by).select_related("language").prefetch_related("counsellors", "platforms"), pk=pk
    )
    spaces = rules.viewable_spaces(by).filter(communities=found)
    largest = spaces.only(*SPACE_COLUMNS).order_by(F("members").desc(nulls_last=True), "-pk")[:_SHOWN]
    roles = Role.objects.present().filter(space__communities=found)
    people = (
        Actor.objects.filter(pk__in=roles.values("actor"), erased_at=None, not_a_person=False)
        .only("name", "reading", "handle", "standing", "potential_reach")
        .order_by("-potential_reach", "-pk")[:_SHOWN]
    )
    figures = _figures().get(found.pk, {"spaces": 0, "members": 0, "close": 0})
    return page(
        request,
        "web/network/community.html",
        {
            "community": found,
            "figures": figures,
            "countries": _countries(found.countries),
            "spaces": space_rows(largest),
            "people": people,
            "thread": thread(request, found.pk),
            "may_edit": rules.may_edit_communities(by),
            "may_add": rules.may_create(by),
        },
    )


def add(request: StaffRequest) -> HttpResponse:
    """Enter a community."""
    by = request.user
    require(rules.may_edit_communities(by))
    form = CommunityForm(sent(request))
    if form.is_valid():
        made = tried(form, lambda: create_community(by=by, **form.values()))
        if made is not None:
            messages.success(request, _("“%(name)s” is entered.") % {"name": made.name})
            return redirect("web:network:community", pk=made.pk)
    return page(request, "web/network/community_form.html", {"form": form})


def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change a community and who works with it."""
    by = request.user
    found = get_object_or_404(rules.communities_of(by), pk=pk)
    require(rules.may_edit_communities(by))
    form = CommunityForm(sent(request), instance=found)
    if form.is_valid():
        version = form.typed_version()
        done = tried(form, lambda: change_community(by=by, community=found, version=version, **form.values()))
        if done is not None:
            messages.success(request, _("Saved."))
            return redirect("web:network:community", pk=pk)
    return page(request, "web/network/community_form.html", {"form": form, "community": found})


def _figures() -> dict[UUID, dict[str, Any]]:
    """Count the groups of communities, sum their members, count where we are inside."""
    return large("network.communities", _counted, lambda found: sum(one["spaces"] for one in found.values()))


def _counted() -> dict[UUID, dict[str, Any]]:
    close = Q(space__state__in=[Space.State.JOINED, Space.State.COOPERATING])
    found = Space.communities.through.objects.values("community").annotate(
        spaces=Count("pk"), members=Sum("space__members"), close=Count("pk", filter=close)
    )
    return {
        row["community"]: {"spaces": row["spaces"], "members": row["members"] or 0, "close": row["close"]}
        for row in found
    }


def _countries(codes: list[str]) -> list[str]:
    names = Locale.parse((get_language() or "de").split("-")[0]).territories
    return [names.get(code, code) for code in codes]
