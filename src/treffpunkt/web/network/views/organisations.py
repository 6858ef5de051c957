"""Organisations: the list, one organisation, entering and changing it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.agreements.queries import with_organisation
from treffpunkt.core.errors import require
from treffpunkt.core.text import localized, read_as
from treffpunkt.network import rules
from treffpunkt.network.models import Organisation, Role
from treffpunkt.network.services.organisations import change_organisation, create_organisation
from treffpunkt.tasks.queries import open_about
from treffpunkt.ui.lists import listing
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.agreements.panels import agreed
from treffpunkt.web.journal import thread
from treffpunkt.web.network import words
from treffpunkt.web.network.answering import sent, tried
from treffpunkt.web.network.forms.organisations import PURPOSES, OrganisationForm
from treffpunkt.web.network.lists import ORGANISATION_SORTS, OrganisationFilters, communities_in, logged
from treffpunkt.web.network.similar import asked_about, similar
from treffpunkt.web.network.views.merging import moved
from treffpunkt.web.rows import address_of


def organisations(request: StaffRequest) -> HttpResponse:
    """List organisations with what they do, in the reader's language where we have it."""
    by = request.user
    filters = OrganisationFilters(request.GET, by=by)
    found = listing(
        request, rules.viewable_organisations(by).select_related("place"), filters=filters, sorts=ORGANISATION_SORTS
    )
    url, language = address_of("web:network:organisation"), get_language() or "de"
    rows = [
        {
            "url": url % one.pk,
            "name": one.name,
            "beside": read_as(one.name, one.reading),
            "kind": one.organisation_kind,
            "place": one.place.name if one.place else "",
            "purpose": localized(one.purpose, language),
        }
        for one in found.rows
    ]
    context = {"list": found, "rows": rows, "may_add": rules.may_create(by)}
    return page(request, "web/network/organisations.html", context)


def organisation(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show an organisation: what it does, whom to contact there, what touched it."""
    by = request.user
    seen = rules.viewable_organisations(by).select_related("place").annotate(belongs_to=communities_in(Organisation))
    found = seen.filter(pk=pk).first()
    if found is None:
        return moved("network.organisation", pk)
    spoken = [(found.purpose[code], code) for code in (*PURPOSES, *found.purpose) if found.purpose.get(code)]
    first = localized(found.purpose, get_language() or "de")
    return page(
        request,
        "web/network/organisation.html",
        {
            "organisation": found,
            "first": first,
            "audience": localized(found.audience, get_language() or "de"),
            "purposes": [pair for pair in dict.fromkeys(spoken) if pair != first],
            "website": words.shown_address(found.website),
            "roles": Role.objects.present().filter(organisation=found).select_related("actor").order_by("since", "id"),
            "tasks": open_about(found.pk),
            "contacts": logged(by, found),
            "kinds": words.OUTCOME_KINDS,
            "agreements": agreed(with_organisation(by, pk)),
            "thread": thread(request, found.pk),
            "may_edit": rules.may_edit_organisation(by, found),
        },
    )


def add(request: StaffRequest) -> HttpResponse:
    """Enter an organisation."""
    by = request.user
    require(rules.may_create(by))
    form = OrganisationForm(sent(request), by=by)
    asked = asked_about(request, "network.organisation", form) if form.is_valid() else []
    if form.is_valid() and not asked:
        made = tried(form, lambda: create_organisation(by=by, **form.values()))
        if made is not None:
            messages.success(request, _("“%(name)s” is entered.") % {"name": made.name})
            return redirect("web:network:organisation", pk=made.pk)
    status = 422 if asked else None
    return page(request, "web/network/organisation_form.html", {"form": form, "asked": asked}, status=status)


@require_POST
def alike(request: StaffRequest) -> HttpResponse:
    """Show what is called like the organisation being entered, while one types."""
    by = request.user
    require(rules.may_create(by))
    return page(request, "web/network/_similar.html", {"similar": similar(by, "network.organisation", request.POST)})


def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change what is known about an organisation."""
    by = request.user
    found = get_object_or_404(rules.viewable_organisations(by), pk=pk)
    require(rules.may_edit_organisation(by, found))
    form = OrganisationForm(sent(request), by=by, instance=found)
    if form.is_valid():
        version = form.typed_version()
        done = tried(form, lambda: change_organisation(by=by, organisation=found, version=version, **form.values()))
        if done is not None:
            messages.success(request, _("Saved."))
            return redirect("web:network:organisation", pk=pk)
    return page(request, "web/network/organisation_form.html", {"form": form, "organisation": found})
