"""The way into a video room."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from treffpunkt.core.errors import DomainError
from treffpunkt.meetings.services.rooms import enter_room
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.meetings.views.common import seen


@require_POST
def room(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Open the room and show the way in; a page of ours lets no form lead to another server."""
    meeting, by = seen(request, pk), request.user
    try:
        address = enter_room(by=by, meeting=meeting, name=by.name, language=by.language)
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("web:meetings:detail", pk=pk)
    return page(request, "web/meetings/room.html", {"meeting": meeting, "address": address})
