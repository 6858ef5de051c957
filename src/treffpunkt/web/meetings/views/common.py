"""What the pages of a meeting share."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import QueryDict
from django.shortcuts import get_object_or_404

from treffpunkt.meetings import rules
from treffpunkt.meetings.models import Meeting
from treffpunkt.ui.pages import StaffRequest


def seen(request: StaffRequest, pk: UUID) -> Meeting:
    """Fetch a meeting the reader may see, or answer 404."""
    return get_object_or_404(rules.viewable(request.user), pk=pk)


def take_version(form: Form, version: object) -> None:
    """Let a form that was stale be sent once more, now that both texts were shown."""
    data = QueryDict(mutable=True)
    for name in form.data:
        data.setlist(name, form.data.getlist(name) if isinstance(form.data, QueryDict) else [form.data[name]])
    data["version"] = str(version)
    form.data = data


def may_edit_or_403(request: StaffRequest, meeting: Meeting) -> None:
    """Refuse whoever neither hosts nor coordinates."""
    if not rules.may_edit(request.user, meeting):
        raise PermissionDenied
