"""Professional profiles: the list, entering and changing them, what became of them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from treffpunkt.core.errors import require
from treffpunkt.network import rules
from treffpunkt.network.models import Profile
from treffpunkt.network.services.profiles import change_profile, create_profile, move_profile
from treffpunkt.ui.context import Shell
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.journal import thread
from treffpunkt.web.network import words
from treffpunkt.web.network.answering import sent, tried
from treffpunkt.web.network.forms.profiles import ProfileForm, ProfileStateForm

_MOST = 300


def profiles(request: StaffRequest) -> HttpResponse:
    """List professional profiles: those in use first, then those that are no longer used."""
    by = request.user
    require(rules.may_create(by))
    rows = rules.viewable_profiles(by).select_related("platform", "staff").order_by("staff__name", "platform__position")
    found = list(rows[:_MOST])
    return page(
        request,
        "web/network/profiles.html",
        {
            "used": [one for one in found if one.state != Profile.State.RETIRED],
            "retired": [one for one in found if one.state == Profile.State.RETIRED],
            "kinds": words.PROFILE_KINDS,
            "check_url": reverse("public:profile", args=[Shell(request).language]),
        },
    )


def profile(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show a profile, as we keep it and as whoever checks it is told."""
    found = get_object_or_404(rules.viewable_profiles(request.user).select_related("platform", "staff"), pk=pk)
    return page(
        request,
        "web/network/profile.html",
        {
            "profile": found,
            "state_kind": words.PROFILE_KINDS[found.state],
            "shown_address": words.shown_address(found.address),
            "also": [(one, words.shown_address(one)) for one in found.also],
            "thread": thread(request, found.pk),
            "check_url": reverse("public:profile", args=[Shell(request).language]),
        },
    )


def add(request: StaffRequest) -> HttpResponse:
    """Enter a profile: one's own, or for coordination anybody's."""
    by = request.user
    require(rules.may_create(by))
    form = ProfileForm(sent(request), by=by, initial={"staff": by.pk if not rules.sees_all(by) else None})
    if form.is_valid():
        made = tried(form, lambda: create_profile(by=by, **form.values()))
        if made is not None:
            messages.success(
                request, _("The profile is entered. Whoever asks on our public page is told that it is ours.")
            )
            return redirect("web:network:profile", pk=made.pk)
    return page(request, "web/network/profile_form.html", {"form": form})


def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change what is known about a profile."""
    by = request.user
    found = get_object_or_404(rules.viewable_profiles(by), pk=pk)
    form = ProfileForm(sent(request), by=by, instance=found)
    if form.is_valid():
        version = form.typed_version()
        done = tried(form, lambda: change_profile(by=by, profile=found, version=version, **form.values()))
        if done is not None:
            messages.success(request, _("Saved."))
            return redirect("web:network:profile", pk=pk)
    return page(request, "web/network/profile_form.html", {"form": form, "profile": found})


def move(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say that a platform limits or blocks a profile, that it is back, or that nobody uses it any more."""
    by = request.user
    found = get_object_or_404(rules.viewable_profiles(by), pk=pk)
    form = ProfileStateForm(sent(request), profile=found)
    if form.is_valid():
        done = tried(form, lambda: move_profile(by=by, profile=found, state=form.cleaned_data["state"]))
        if done is not None:
            messages.success(request, _("The state is now “%(state)s”.") % {"state": done.get_state_display()})
            return redirect("web:network:profile", pk=pk)
    return page(request, "web/network/move_profile.html", {"form": form, "profile": found})
