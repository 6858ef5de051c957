"""What either side promised: what is due, and whether it was kept."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from treffpunkt.agreements import rules
from treffpunkt.agreements.models import Commitment
from treffpunkt.agreements.promised import promised, promises
from treffpunkt.agreements.services.promises import note_kept
from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.ui.lists import listing
from treffpunkt.ui.pages import StaffRequest, own_address, page
from treffpunkt.web.access.lists import PROMISE_SORTS, PromiseFilters


@require_safe
def shown(request: StaffRequest) -> HttpResponse:
    """List promises of both sides, the most urgent first, with how they were kept before."""
    by = request.user
    require(rules.may_watch(by))
    found = listing(request, promises(by), filters=PromiseFilters(request.GET, by=by), sorts=PROMISE_SORTS)
    return page(request, "web/access/promises.html", {"list": found, "rows": promised(found.rows), "today": today()})


@require_POST
def kept(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note with a tap whether a promise was kept; `due` is the day the page showed, so that a second tap does nothing."""
    found = get_object_or_404(rules.viewable_commitments(request.user).select_related("agreement"), pk=pk)
    given = request.POST if "kept" in request.POST else request.GET
    try:
        day = date.fromisoformat(given.get("due", "")) if given.get("due") else None
    except ValueError:
        day = None
    if given.get("kept") in ("yes", "no"):
        _note(request, found, given.get("kept") == "yes", day)
    return redirect(own_address(request.POST.get("next", "")) or reverse("web:access:promises"))


def _note(request: StaffRequest, found: Commitment, was_kept: bool, day: date | None) -> None:
    try:
        note_kept(by=request.user, commitment=found, kept=was_kept, due=day)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Noted: kept.") if was_kept else _("Noted: not kept."))
