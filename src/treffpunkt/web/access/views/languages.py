"""A language on one page: its groups, rights and promises; to be read, printed, and handed to a colleague."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from treffpunkt.agreements import rules
from treffpunkt.agreements.language import whole
from treffpunkt.agreements.services.languages import hand_over_language
from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.network.models import Community
from treffpunkt.network.rules import communities_of
from treffpunkt.people.rules import may_manage_staff
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.access.forms import LanguageForm
from treffpunkt.web.access.words import RIGHT_KINDS


@require_safe
def shown(request: StaffRequest) -> HttpResponse:
    """List the communities one works with."""
    by = request.user
    require(rules.may_watch(by))
    found = communities_of(by).select_related("language").prefetch_related("counsellors").order_by("sorting", "id")
    return page(request, "web/access/languages.html", {"communities": found})


@require_safe
def one(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show a community's groups, rights, people and promises."""
    found = _community(request, pk)
    may = may_manage_staff(request.user)
    context = {
        "community": found,
        "language": whole(request.user, found, today()),
        "kinds": RIGHT_KINDS,
        "form": LanguageForm(community=found) if may else None,
        "today": today(),
    }
    return page(request, "web/access/language.html", context)


@require_POST
def hand_over(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Hand the language to a colleague."""
    found = _community(request, pk)
    require(may_manage_staff(request.user))
    form = LanguageForm(request.POST, community=found)
    if form.is_valid():
        try:
            done = hand_over_language(by=request.user, community=found, **form.cleaned_data)
        except DomainError as error:
            messages.error(request, str(error.message))
        else:
            said = _("Handed over: %(agreements)s agreements, %(people)s people, %(promises)s promises.")
            messages.success(request, said % vars(done))
        return redirect("web:access:language", pk=pk)
    context = {
        "community": found, "language": whole(request.user, found, today()), "kinds": RIGHT_KINDS, "form": form,
        "today": today(),
    }  # fmt: skip
    return page(request, "web/access/language.html", context)


def _community(request: StaffRequest, pk: UUID) -> Community:
    require(rules.may_watch(request.user))
    rows = communities_of(request.user).select_related("language").prefetch_related("counsellors")
    return get_object_or_404(rows, pk=pk)
