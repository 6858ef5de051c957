"""How somebody likes to read, and, for coordination, who works here."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.core.errors import DomainError, require
from treffpunkt.people import rules, services
from treffpunkt.people.models import Staff
from treffpunkt.people.queries import active_staff
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.settings.forms import SettingsForm, StaffForm


def home(request: StaffRequest) -> HttpResponse:
    """Change how one likes to read."""
    form = SettingsForm.of(request.user, request.POST or None)
    if form.is_valid():
        staff = services.change_settings(by=request.user, **form.cleaned_data)
        with translation.override(staff.language):
            messages.success(request, _("Your settings are kept."))
        return redirect("web:settings:home")
    may_manage = rules.may_manage_staff(request.user)
    return page(request, "web/settings/home.html", {"form": form, "may_manage": may_manage})


def staff(request: StaffRequest) -> HttpResponse:
    """List who works here."""
    require(rules.may_manage_staff(request.user))
    return page(request, "web/settings/staff.html", {"staff": active_staff()})


def add_staff(request: StaffRequest) -> HttpResponse:
    """Make an account."""
    require(rules.may_manage_staff(request.user))
    form = StaffForm(request.POST or None)
    if form.is_valid():
        try:
            services.create_staff(by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error("email", str(error.message))
        else:
            messages.success(request, _("The account is made. They can sign in with a code by mail at once."))
            return redirect("web:settings:staff")
    return page(request, "web/settings/add_staff.html", {"form": form})


@require_POST
def close_staff(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Close an account."""
    services.deactivate_staff(by=request.user, staff=get_object_or_404(Staff, pk=pk))
    messages.success(request, _("The account is closed."))
    return redirect("web:settings:staff")
