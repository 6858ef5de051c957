"""Who is here: one tap a guest, newcomers by their name, everybody else as a number."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import as_uuid, tidy
from treffpunkt.meetings import rules, running
from treffpunkt.meetings.models import Meeting
from treffpunkt.meetings.services.arrivals import count_others, note_arrival, note_here
from treffpunkt.network.models import Actor
from treffpunkt.network.rules import viewable_actors
from treffpunkt.search.queries import find_ids
from treffpunkt.ui.pages import StaffRequest, page, wanted_part
from treffpunkt.web.meetings.views.common import seen, seen_running

MOST_FOUND = 20


@require_http_methods(["GET", "POST"])
def here(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show who may be here, each with one tap; find whoever came besides."""
    if request.method == "POST":
        meeting = seen(request, pk)
        try:
            _note(request, meeting)
        except DomainError as error:
            messages.error(request, str(error.message))
        if not wanted_part(request):
            return redirect("web:meetings:here", pk=pk)
    meeting = seen_running(request, pk)
    wanted = tidy(request.GET.get("q", ""))[:120]
    context = {
        "meeting": meeting,
        "guests": running.guests(meeting),
        "wanted": wanted,
        "found": _found(request.user, meeting, wanted) if wanted and not wanted_part(request) else [],
        "may_write": rules.is_open_to_notes(meeting) and meeting.state not in rules.BEFORE,
    }
    return page(request, "web/meetings/here.html", context)


def _note(request: StaffRequest, meeting: Meeting) -> None:
    """Do what the pressed button says: its name, and in its value who, or how many."""
    for name in ("here", "gone"):
        if chosen := as_uuid(request.POST.get(name, "")):
            rows = rules.viewable_invitations(request.user).filter(meeting=meeting)
            note_here(by=request.user, invitation=get_object_or_404(rows, pk=chosen), here=name == "here")
    if chosen := as_uuid(request.POST.get("arrived", "")):
        actor = get_object_or_404(viewable_actors(request.user), pk=chosen, erased_at=None)
        note_arrival(by=request.user, meeting=meeting, actor=actor)
        messages.success(request, _("Noted as here."))
    others = request.POST.get("others", "")
    if others.isascii() and others.isdigit() and len(others) < 5:
        count_others(by=request.user, meeting=meeting, others=int(others))


def _found(by: Agent, meeting: Meeting, wanted: str) -> list[Actor]:
    """Find people by name or handle who are not on the guest list."""
    hits = find_ids(wanted, "network.actor", viewable_actors(by).values("pk"), 100)
    rows = viewable_actors(by).filter(pk__in=hits, erased_at=None, not_a_person=False)
    guests = meeting.invitations.exclude(actor=None).values("actor")
    return list(rows.exclude(pk__in=guests).order_by("sorting", "pk")[:MOST_FOUND])
