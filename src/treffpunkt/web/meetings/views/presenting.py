"""What an organisation wants changed in its entry: looked at, taken over or put aside."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from treffpunkt.core.errors import DomainError, Stale
from treffpunkt.meetings import rules
from treffpunkt.meetings.presenting import changes
from treffpunkt.meetings.services.presenting import put_entry_aside, release_entry
from treffpunkt.network.rules import may_edit_organisation
from treffpunkt.ui.context import language_name
from treffpunkt.ui.pages import StaffRequest, page


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show what stands and what is proposed beside each other; a POST takes it over or puts it aside."""
    rows = rules.viewable_presentations(request.user).select_related("item__meeting", "organisation")
    found = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        given = request.POST.get("version", "")
        version = int(given) if given.isdecimal() and len(given) < 10 else found.version
        act = put_entry_aside if "aside" in request.POST else release_entry
        try:
            act(by=request.user, presentation=found, version=version)
        except Stale:
            messages.error(request, _("The organisation has said something else meanwhile. Please look again."))
            return redirect("web:meetings:entry", pk=pk)
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("web:meetings:entry", pk=pk)
        messages.success(request, _("Put aside.") if "aside" in request.POST else _("The entry is up to date."))
        return redirect("web:meetings:live", pk=found.item.meeting_id)
    labels = {
        "name": _("Name"), "purpose": _("What it does"), "audience": _("For whom"), "languages": _("Languages"),
        "website": _("Website"), "phone": _("Phone"),
    }  # fmt: skip
    lines = [(labels[one.part], one, _said(one.part, one.before), _said(one.part, one.after)) for one in changes(found)]
    may = may_edit_organisation(request.user, found.organisation)
    context = {"presentation": found, "meeting": found.item.meeting, "lines": lines, "may_release": may}
    return page(request, "web/meetings/entry.html", context)


def _said(part: str, text: str) -> str:
    if part == "languages":
        return ", ".join(language_name(tag) for tag in text.split(",") if tag)
    return text
