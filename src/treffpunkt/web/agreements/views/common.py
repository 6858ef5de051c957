"""What the pages of an agreement share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from treffpunkt.agreements import rules
from treffpunkt.agreements.models import Agreement
from treffpunkt.core.errors import DomainError, require
from treffpunkt.ui.pages import StaffRequest


def seen(request: StaffRequest, pk: UUID) -> Agreement:
    """Fetch an agreement the reader may see, or answer 404."""
    return get_object_or_404(rules.viewable(request.user).select_related("owner", "current"), pk=pk)


def edited(request: StaffRequest, pk: UUID) -> Agreement:
    """Fetch an agreement the reader may change: 404 where it is not seen, 403 where it is only seen."""
    found = seen(request, pk)
    require(rules.may_edit(request.user, found))
    return found


def done(request: StaffRequest, pk: UUID, act: Callable[[], Any], said: str) -> HttpResponse:
    """Do one step and go back to the agreement's page; what forbids it is said there."""
    try:
        act()
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, said)
    return redirect("web:agreements:detail", pk=pk)
