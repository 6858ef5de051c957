"""What the pages of a meeting share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Field, Form
from django.http import Http404, QueryDict
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


def take_version(form: Form, version: object) -> None:
    """Let a form that was stale be sent once more, now that both texts were shown."""
    data = QueryDict(mutable=True)
    for name in form.data:
        data.setlist(name, form.data.getlist(name) if isinstance(form.data, QueryDict) else [form.data[name]])
    data["version"] = str(version)
    form.data = data


def conflicting(form: Form, stored: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Name what stands now where it differs from what was typed, each with the label of its field."""
    differing = []
    for name, value in stored.items():
        field = form.fields.get(name)
        if field is None or name in ("version", "id"):
            continue
        stands, typed = _words(field, value), _words(field, form.cleaned_data.get(name))
        if stands != typed:
            differing.append((str(field.label), stands))
    return differing


def _words(field: Field, value: Any) -> str:
    """Say a value as the form shows it: choices by their labels, whatever their order."""
    if value in (None, ""):
        return ""
    several = value if isinstance(value, (list, tuple, set, QuerySet)) else [value]
    labels = {str(getattr(key, "value", key)): str(label) for key, label in getattr(field, "choices", ())}
    keys = (str(getattr(one, "pk", one)) for one in several)
    return ", ".join(sorted(labels.get(key, key) for key in keys))


def may_edit_or_403(request: StaffRequest, meeting: Meeting) -> None:
    """Refuse whoever neither hosts nor coordinates."""
    if not rules.may_edit(request.user, meeting):
        raise PermissionDenied
