"""Answers of calendars that a person has to look at."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.core.errors import DomainError
from treffpunkt.meetings import rules
from treffpunkt.meetings.services.replies import count_reply, decline_proposal, settle_reply
from treffpunkt.ui.pages import StaffRequest


@require_POST
def settle(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Count an answer from an unknown address, turn down a time that is proposed, or note that one has dealt with it."""
    reply = get_object_or_404(rules.viewable_replies(request.user).select_related("invitation"), pk=pk)
    try:
        if "count" in request.POST:
            count_reply(by=request.user, reply=reply)
            messages.success(request, _("The answer counts."))
        elif "decline" in request.POST:
            decline_proposal(by=request.user, reply=reply)
            messages.success(request, _("The guest and her calendar hear that the date stays."))
        else:
            settle_reply(by=request.user, reply=reply)
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect("web:meetings:detail", pk=reply.invitation.meeting_id)
