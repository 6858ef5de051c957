"""Calendars that one's own program subscribes to."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from treffpunkt.core.text import as_uuid
from treffpunkt.links.queries import open_subjects
from treffpunkt.meetings.services.feeds import FEED, close_feed, open_feed
from treffpunkt.network.models import Community
from treffpunkt.network.rules import communities_of
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.settings.views.own import may_manage


def calendars(request: StaffRequest) -> HttpResponse:
    """List one's own calendar and those of one's communities; make or close the address of one."""
    by = request.user
    shown = ""
    if request.method == "POST":
        community = _community(request)
        if "close" in request.POST:
            close_feed(by=by, community=community)
            messages.success(request, _("The address is closed."))
            return redirect("web:settings:calendars")
        shown = open_feed(by=by, community=community)
    opened = open_subjects(FEED, by.pk)
    rows = [{"key": "", "name": _("My meetings"), "open": by.pk in opened}]
    rows += [
        {"key": str(pk), "name": name, "open": pk in opened}
        for pk, name in communities_of(by).order_by("sorting", "id").values_list("pk", "name")
    ]
    asked = request.POST.get("community", "")
    context = {"rows": rows, "shown": shown, "asked": asked, "may_manage": may_manage(request)}
    return page(request, "web/settings/calendars.html", context)


def _community(request: StaffRequest) -> Community | None:
    asked = request.POST.get("community", "")
    return get_object_or_404(communities_of(request.user), pk=as_uuid(asked)) if asked else None
