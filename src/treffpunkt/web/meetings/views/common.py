"""What the pages of a meeting share."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from treffpunkt.meetings import rules
from treffpunkt.meetings.models import Meeting
from treffpunkt.ui.pages import StaffRequest


def seen(request: StaffRequest, pk: UUID) -> Meeting:
    """Fetch a meeting the reader may see, or answer 404."""
    return get_object_or_404(rules.viewable(request.user), pk=pk)


def may_edit_or_403(request: StaffRequest, meeting: Meeting) -> None:
    """Refuse whoever neither hosts nor coordinates."""
    if not rules.may_edit(request.user, meeting):
        raise PermissionDenied
