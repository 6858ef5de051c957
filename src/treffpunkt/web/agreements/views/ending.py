"""Pausing, going on, ending, replacing, looking at it again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.agreements.reviews import months_on
from treffpunkt.agreements.services import ending, news
from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.agreements.forms.hands import EndForm, ReplaceForm, ReviewForm
from treffpunkt.web.agreements.views.common import done, edited
from treffpunkt.web.network.answering import sent


@require_POST
def pause(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Pause an agreement."""
    found = edited(request, pk)
    return done(request, pk, lambda: ending.suspend(by=request.user, agreement=found), _("It is paused."))


@require_POST
def resume(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Go on with a paused agreement."""
    found = edited(request, pk)
    return done(request, pk, lambda: ending.resume(by=request.user, agreement=found), _("It goes on."))


def end(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask, say who is told, and end it."""
    found = edited(request, pk)
    form = EndForm(sent(request))
    if form.is_valid():
        tell = form.cleaned_data["tell"]
        return done(request, pk, lambda: ending.end(by=request.user, agreement=found, tell=tell), _("It has ended."))
    reached = sum(news.receiver(party) is not None for party in news.parties(found)) if found.is_running else 0
    context = {
        "form": form,
        "agreement": found,
        "reached": reached,
        "rights": found.rights.exclude(state="ended").count(),
    }
    return page(request, "web/agreements/end.html", context)


def replace(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Choose the agreement that takes its place."""
    found = edited(request, pk)
    form = ReplaceForm(sent(request), by=request.user, agreement=found)
    if form.is_valid():
        successor = form.cleaned_data["successor"]
        try:
            ending.replace(by=request.user, agreement=found, successor=successor)
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Replaced. Both pages lead to each other."))
            return redirect("web:agreements:detail", pk=pk)
    return page(request, "web/agreements/replace.html", {"form": form, "agreement": found})


def review(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note that it still suits, and when it is looked at next."""
    found = edited(request, pk)
    form = ReviewForm(sent(request), initial={"next_on": months_on(today(), found.review_every)})
    if form.is_valid():
        try:
            ending.review(by=request.user, agreement=found, next_on=form.cleaned_data["next_on"])
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Noted: it still suits."))
            return redirect("web:agreements:detail", pk=pk)
    return page(request, "web/agreements/review.html", {"form": form, "agreement": found})
