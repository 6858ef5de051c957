"""What a guest needs and whom she brings, noted by us when she tells it by phone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from treffpunkt.core.errors import DomainError
from treffpunkt.core.personal import PersonalDataFound
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import Invitation
from treffpunkt.meetings.needs import needs_of
from treffpunkt.meetings.services.needs import note_needs
from treffpunkt.meetings.services.seats import note_company
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.meetings.forms.needs import GuestNeedsForm, told


def needs(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note what a guest told us; what stands there already only the hosts read."""
    rows = rules.viewable_invitations(request.user).select_related("meeting", "actor", "staff")
    invitation = get_object_or_404(rows, pk=pk)
    sees = rules.sees_needs(request.user, invitation.meeting)
    may_allow = rules.may_edit(request.user, invitation.meeting)
    first = told(invitation, needs_of(request.user, invitation))
    form = GuestNeedsForm(request.POST or None, may_allow=may_allow, initial=first)
    findings: list[str] = []
    if form.is_valid():
        try:
            _note(request, form, invitation, added=not sees)
        except PersonalDataFound as error:
            findings = [one.of(form.cleaned_data["other"]) for one in error.findings]
            form.add_error("other", str(error.message))
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Saved."))
            return redirect("web:meetings:detail", pk=invitation.meeting_id)
    context = {"meeting": invitation.meeting, "guest": invitation, "form": form, "sees": sees, "findings": findings}
    return page(request, "web/meetings/needs.html", context)


@transaction.atomic
def _note(request: StaffRequest, form: GuestNeedsForm, invitation: Invitation, *, added: bool) -> None:
    """Note both or neither."""
    data = form.cleaned_data
    note_needs(
        by=request.user, invitation=invitation, keep_findings="keep" in request.POST, added=added, **form.needs()
    )
    companions = int(data["companions"])
    note_company(by=request.user, invitation=invitation, companions=companions, welcome=data.get("welcome"))
