"""One's own settings: how one reads, how and where one is signed in, when one works."""

from __future__ import annotations

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.core.errors import DomainError
from treffpunkt.people import queries, rules
from treffpunkt.people.services import absences, accounts, closing
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.settings.forms import AbsenceForm, DaysForm, SettingsForm


def home(request: StaffRequest) -> HttpResponse:
    """Change how one likes to read."""
    form = SettingsForm.of(request.user, request.POST or None)
    if form.is_valid():
        staff = accounts.change_settings(by=request.user, **form.cleaned_data)
        with translation.override(staff.language):
            messages.success(request, _("Your settings are kept."))
        return redirect("web:settings:home")
    return page(request, "web/settings/home.html", {"form": form, "may_manage": may_manage(request)})


def access(request: StaffRequest) -> HttpResponse:
    """Show by which ways one signs in, and where one is signed in."""
    ways = list(Authenticator.objects.filter(user=request.user).order_by("created_at"))
    kinds = {kind: [way.wrap() for way in ways if way.type == kind] for kind in Authenticator.Type}
    codes = kinds[Authenticator.Type.RECOVERY_CODES]
    return page(
        request,
        "web/settings/access.html",
        {
            "passkeys": kinds[Authenticator.Type.WEBAUTHN],
            "app": next(iter(kinds[Authenticator.Type.TOTP]), None),
            "codes_left": len(codes[0].get_unused_codes()) if codes else None,
            "sessions": queries.sessions_of(request.user),
            "here": request.session.session_key,
            "may_manage": may_manage(request),
        },
    )


@require_POST
def end_session(request: StaffRequest, handle: str) -> HttpResponse:
    """Sign out on another device."""
    if closing.end_session(by=request.user, handle=handle):
        messages.success(request, _("You are signed out there."))
    return redirect("web:settings:access")


@require_POST
def end_others(request: StaffRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    closing.end_other_sessions(by=request.user, keep=str(request.session.session_key))
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("web:settings:access")


def days(request: StaffRequest) -> HttpResponse:
    """Change on which days one works, and see when one is away."""
    form = DaysForm.of(request.user, request.POST or None)
    if form.is_valid():
        accounts.change_working_days(by=request.user, **form.cleaned_data)
        messages.success(request, _("Your days are kept."))
        return redirect("web:settings:days")
    return _days(request, form, AbsenceForm(by=request.user))


def add_absence(request: StaffRequest) -> HttpResponse:
    """Note when one is away and who stands in."""
    form = AbsenceForm(request.POST or None, by=request.user)
    if form.is_valid():
        try:
            absences.plan_absence(by=request.user, staff=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error("starts", str(error.message))
        else:
            messages.success(request, _("It is noted. Your due tasks go to whoever stands in, and come back to you."))
            return redirect("web:settings:days")
    return _days(request, DaysForm.of(request.user), form)


@require_POST
def end_absence(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take an absence back, one's own or, for coordination, a colleague's."""
    absence = get_object_or_404(rules.viewable_absences(request.user), pk=pk)
    absences.end_absence(by=request.user, absence=absence)
    messages.success(request, _("Welcome back.") if absence.staff_id == request.user.pk else _("It is taken back."))
    if absence.staff_id != request.user.pk:
        return redirect("web:settings:member", pk=absence.staff_id)
    return redirect("web:settings:days")


def may_manage(request: StaffRequest) -> bool:
    """Say whether the tab of the accounts is shown."""
    return rules.may_manage_staff(request.user)


def _days(request: StaffRequest, form: DaysForm, absence_form: AbsenceForm) -> HttpResponse:
    return page(
        request,
        "web/settings/days.html",
        {
            "form": form,
            "absence_form": absence_form,
            "absences": queries.coming_absences(request.user),
            "may_manage": may_manage(request),
        },
    )
