"""What the pages of a meeting share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from treffpunkt.links.services import address
from treffpunkt.meetings import rules, running
from treffpunkt.meetings.models import Meeting, SmallGroup
from treffpunkt.ui.pages import StaffRequest


def seen(request: StaffRequest, pk: UUID) -> Meeting:
    """Fetch a meeting the reader may see, or answer 404."""
    return get_object_or_404(rules.viewable(request.user), pk=pk)


def seen_running(request: StaffRequest, pk: UUID) -> Any:
    """Fetch a meeting the reader may see, with what its notes page watches, or answer 404."""
    meeting = running.board(request.user, pk)
    if meeting is None:
        raise Http404
    return meeting


def address_of_phones(place: Meeting | SmallGroup) -> str:
    """Give the address at which people write from their phones, parted for typing; nothing while it is closed."""
    if not place.phones:
        return ""
    head, _slash, token = address(place.phones).rstrip("/").rpartition("/")
    return f"{head}/{token[:4]}-{token[4:]}/"


def may_edit_or_403(request: StaffRequest, meeting: Meeting) -> None:
    """Refuse whoever neither hosts nor coordinates."""
    if not rules.may_edit(request.user, meeting):
        raise PermissionDenied
