"""“May I post a link here today?”: chosen in a tap or two, answered on one screen, readable without a connection."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe
from uuid_utils.compat import uuid7

from treffpunkt.agreements import rules
from treffpunkt.agreements.in_use import SPACE_COLUMNS, asked_about
from treffpunkt.agreements.services.uses import note_use
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import as_uuid, tidy
from treffpunkt.network.rules import viewable_spaces
from treffpunkt.search.queries import find_ids
from treffpunkt.ui.pages import StaffRequest, one_or_404, own_address, page
from treffpunkt.ui.workers import worker_script
from treffpunkt.web.access.answering import cards, space_to_ask_about

MOST, FOUND, KEPT = 24, 12, 60
SAID = {
    "yes": gettext_noop("Noted: it works."),
    "no": gettext_noop("Noted. It stands on the radar until somebody has settled it."),
}


@require_safe
def may_i(request: StaffRequest) -> HttpResponse:
    """Choose the group: those used last stand first, the others are a few letters away."""
    by = request.user
    require(rules.may_watch(by))
    text = tidy(request.GET.get("q", ""))[:120]
    if text:
        ids = find_ids(text, "network.space", viewable_spaces(by), FOUND)
        known = {one.pk: one for one in viewable_spaces(by).filter(pk__in=ids).only(*SPACE_COLUMNS)}
        spaces = [known[pk] for pk in ids if pk in known]
    else:
        spaces = asked_about(by, most=MOST)
    context = {"cards": cards(by, spaces), "text": text, "more": not text and len(spaces) == MOST}
    return page(request, "web/access/may_i.html", context | _kept())


@require_safe
def here(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Answer for one group: yes, ask first or no, how it was agreed to be done, and what the group wants."""
    by = request.user
    require(rules.may_watch(by))
    (card,) = cards(by, [one_or_404(space_to_ask_about, by, pk)])
    context = {"card": card, "mark": uuid7(), "now": now()}
    return page(request, "web/access/may_i_here.html", context | _kept())


@require_POST
def note(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note with a tap that a right works, or does not."""
    right = get_object_or_404(rules.viewable_rights(request.user).select_related("agreement"), pk=pk)
    works, mark = request.POST.get("works"), as_uuid(request.POST.get("mark", ""))
    if works in SAID:
        try:
            note_use(by=request.user, right=right, worked=works == "yes", id=uuid5(mark, str(pk)) if mark else None)
        except DomainError as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _(SAID[works]))
    back = own_address(request.POST.get("next", ""))
    return redirect(back or reverse("web:access:may_i_here", args=[right.space_id]))


@require_safe
def pocket(request: StaffRequest) -> HttpResponse:
    """Give all answers on one page, to be kept on the device: it names nobody who leads a group."""
    by = request.user
    require(rules.may_watch(by))
    shown = cards(by, asked_about(by, most=KEPT), nameless=True)
    return page(request, "web/access/pocket.html", {"cards": shown, "now": now()})


@require_safe
@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    """Give the script that keeps that page; the browser lets it see nothing but the pages below its own address."""
    return worker_script("pocket-worker")


def _kept() -> dict[str, str]:
    return {"pocket_url": reverse("web:access:pocket"), "worker_url": reverse("web:access:worker")}
