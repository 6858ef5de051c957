"""Who works here: inviting, roles, closing and handing over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_POST

from treffpunkt.core.errors import DomainError, require
from treffpunkt.network.services.profiles import hand_over_profiles
from treffpunkt.people import queries, rules
from treffpunkt.people.models import Staff
from treffpunkt.people.services import absences, accounts, closing
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.settings.forms import AbsenceForm, HandOverForm, InviteForm, RolesForm
from treffpunkt.web.settings.leaving import PARTS, owned

STEPS: dict[str, tuple[Callable[..., Any], str]] = {
    "close": (closing.deactivate_staff, gettext_noop("The account is closed, and every session of it has ended.")),
    "open": (closing.reactivate_staff, gettext_noop("The account is open again.")),
    "invite": (accounts.invite_again, gettext_noop("A new link is on its way.")),
    "forget": (closing.forget_second_step, gettext_noop("The code by mail opens the account again.")),
}


def staff(request: StaffRequest) -> HttpResponse:
    """List who works here."""
    require(rules.may_manage_staff(request.user))
    return page(request, "web/settings/staff.html", {"staff": queries.everybody(), "may_manage": True})


def add_staff(request: StaffRequest) -> HttpResponse:
    """Invite somebody."""
    require(rules.may_manage_staff(request.user))
    form = InviteForm(request.POST or None, by=request.user)
    if form.is_valid():
        try:
            invited = accounts.invite_staff(by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error("email", str(error.message))
        else:
            messages.success(request, _("The invitation is on its way. Its link opens the account for two weeks."))
            return redirect("web:settings:member", pk=invited.pk)
    return page(request, "web/settings/add_staff.html", {"form": form})


def member(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show one account: its roles, and what it looks after."""
    found = _member(request, pk)
    return _member_page(request, found)


def roles(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Give somebody other roles."""
    found = _member(request, pk)
    form = RolesForm(request.POST or None, by=request.user, staff=found)
    if form.is_valid():
        try:
            accounts.change_roles(by=request.user, staff=found, roles=form.cleaned_data["roles"])
        except DomainError as error:
            form.add_error("roles", str(error.message))
        else:
            messages.success(request, _("The roles are changed."))
            return redirect("web:settings:member", pk=pk)
    return _member_page(request, found, roles_form=form)


def hand_over(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show everything somebody looks after, and give all of it, or what is chosen, to a colleague."""
    by = request.user
    found = _member(request, pk)
    form = HandOverForm(request.POST if request.method == "POST" else None, leaver=found)
    if form.is_valid():
        said = _handed_over(by, found, form)
        if said:
            messages.success(request, said)
            return redirect("web:settings:hand_over", pk=pk)
        form.add_error(None, _("Nothing is chosen. Tick what is to be handed over."))
    parts, texts = owned(by, found)
    return page(
        request,
        "web/settings/hand_over.html",
        {
            "person": found,
            "is_me": found.pk == by.pk,
            "form": form,
            "parts": [part for part in parts if part.number],
            "texts": texts,
            "owns_anything": any(part.number for part in parts) or bool(texts),
            "may_change": rules.may_give(by, set(found.roles)),
        },
    )


@transaction.atomic
def _handed_over(by: Staff, leaver: Staff, form: HandOverForm) -> str:
    """Hand over what is chosen, in one go; say how much, and to whom. Empty where nothing was chosen."""
    to, chosen = form.cleaned_data["to"], form.chosen()
    if form.cleaned_data["what"] == "retire":
        if "profiles" not in chosen:
            return ""
        number = hand_over_profiles(by=by, leaver=leaver, to=None, ids=chosen["profiles"])
        return ngettext("%(count)s profile is retired.", "%(count)s profiles are retired.", number) % {"count": number}
    number = 0
    for part in PARTS:
        if part.key in chosen:
            # With everything else a profile that bears the name of who leaves is retired, not given on.
            heir = None if part.key == "profiles" and form.cleaned_data["what"] == "all" else to
            number += part.hand(by=by, leaver=leaver, to=heir, ids=chosen[part.key])
    if not chosen:
        return ""
    said = ngettext("%(name)s looks after %(count)s thing now.", "%(name)s looks after %(count)s things now.", number)
    return said % {"name": to.name, "count": number}


def add_absence(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note that a colleague is away, for whoever cannot do it themselves."""
    found = _member(request, pk)
    require(rules.may_plan_absence(request.user, found))
    form = AbsenceForm(request.POST or None, by=found)
    if form.is_valid():
        try:
            absences.plan_absence(by=request.user, staff=found, **form.cleaned_data)
        except DomainError as error:
            form.add_error("starts", str(error.message))
        else:
            messages.success(request, _("It is noted."))
            return redirect("web:settings:member", pk=pk)
    return _member_page(request, found, absence_form=form)


@require_POST
def step(request: StaffRequest, pk: UUID, name: str) -> HttpResponse:
    """Close an account, open it, invite anew, or forget a lost second step."""
    found = _member(request, pk)
    service, said = STEPS[name]
    try:
        service(by=request.user, staff=found)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _(said))
    return redirect("web:settings:member", pk=pk)


def _member(request: StaffRequest, pk: UUID) -> Staff:
    require(rules.may_manage_staff(request.user))
    return get_object_or_404(rules.manageable(request.user).select_related("covered_by"), pk=pk)


def _member_page(request: StaffRequest, found: Staff, **forms: Any) -> HttpResponse:
    parts, texts = owned(request.user, found)
    may_plan = rules.may_plan_absence(request.user, found)
    return page(
        request,
        "web/settings/member.html",
        {
            "person": found,
            "is_me": found.pk == request.user.pk,
            "may_change": rules.may_give(request.user, set(found.roles)),
            "parts": [part for part in parts if part.number],
            "texts": texts,
            "owns_anything": any(part.number for part in parts) or bool(texts),
            "absences": queries.coming_absences(found) if may_plan else [],
            "may_plan": may_plan,
            "second_step": Authenticator.objects.filter(user=found).exists(),
            "roles_form": RolesForm(by=request.user, staff=found),
            "absence_form": AbsenceForm(by=found),
            **forms,
        },
    )
