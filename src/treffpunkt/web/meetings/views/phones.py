"""What comes by phone: the link that opens it, and what is done with what waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from treffpunkt.core.errors import DomainError
from treffpunkt.core.personal import PersonalDataFound
from treffpunkt.core.text import as_uuid
from treffpunkt.meetings import rules, running
from treffpunkt.meetings.models import Contribution, Meeting, SmallGroup
from treffpunkt.meetings.services.phones import (
    bring_back,
    close_phones,
    open_phones,
    put_aside,
    release_contribution,
)  # fmt: skip
from treffpunkt.ui.pages import StaffRequest, page, wanted_part
from treffpunkt.web.meetings.notes import marked
from treffpunkt.web.meetings.views.common import address_of_phones, seen
from treffpunkt.web.qr import code


@require_http_methods(["GET", "POST"])
def phones(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show the link by which phones write along, as a code to scan and to type; open and close it."""
    meeting = seen(request, pk)
    wanted = as_uuid(request.GET.get("group", ""))
    group = get_object_or_404(meeting.small_groups, pk=wanted, closed_at=None) if wanted else None
    if request.method == "POST":
        step = close_phones if "close" in request.POST else open_phones
        try:
            step(by=request.user, meeting=meeting, group=group)
        except DomainError as error:
            messages.error(request, str(error.message))
        query = f"?group={group.pk}" if group else ""
        return redirect(reverse("web:meetings:phones", args=[pk]) + query)
    place: Meeting | SmallGroup = group or meeting
    address = address_of_phones(place)
    context = {
        "meeting": meeting,
        "group": group,
        "address": address,
        "code": code(address) if address else "",
        "waiting": running.waiting(request.user, meeting),
        "aside": running.put_aside(request.user, meeting),
        "may_open": rules.is_open_to_notes(meeting) and meeting.state not in (Meeting.State.HELD, "reviewing"),
        "may_write": rules.is_open_to_notes(meeting),
    }
    return page(request, "web/meetings/phones.html", context)


@require_POST
def release(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Make a statement of what came by phone; where it tells who somebody is, ask first."""
    found = _seen(request, pk)
    try:
        release_contribution(by=request.user, contribution=found, keep_findings="keep" in request.POST)
    except PersonalDataFound as error:
        return _waiting(request, found, asked=(found.pk, marked(found.text, error.findings)))
    except DomainError as error:
        messages.error(request, str(error.message))
    return _waiting(request, found)


@require_POST
def aside(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Put aside what came by phone."""
    return _decided(request, pk, put_aside)


@require_POST
def back(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Let it wait again."""
    return _decided(request, pk, bring_back)


def _decided(request: StaffRequest, pk: UUID, step: Callable[..., Contribution]) -> HttpResponse:
    found = _seen(request, pk)
    try:
        step(by=request.user, contribution=found)
    except DomainError as error:
        messages.error(request, str(error.message))
    return _waiting(request, found)


def _seen(request: StaffRequest, pk: UUID) -> Contribution:
    return get_object_or_404(rules.viewable_contributions(request.user).select_related("meeting"), pk=pk)


def _waiting(request: StaffRequest, found: Contribution, *, asked: tuple[UUID, str] | None = None) -> HttpResponse:
    """Show what waits now: the part of the notes page, or a page of its own."""
    meeting = found.meeting
    if not wanted_part(request) and asked is None:
        return redirect("web:meetings:phones", pk=meeting.pk)
    context: dict[str, Any] = {
        "meeting": meeting,
        "waiting": running.waiting(request.user, meeting),
        "aside": running.put_aside(request.user, meeting),
        "asked": asked[0] if asked else None,
        "marked": asked[1] if asked else "",
        "may_write": rules.is_open_to_notes(meeting),
    }
    template = "web/meetings/live.html" if wanted_part(request) else "web/meetings/phones.html"
    return page(request, template, context, status=422 if asked and not wanted_part(request) else 200)
