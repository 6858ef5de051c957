"""Who leads what: adding somebody to a space or an organisation, and the end of a role."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from treffpunkt.core.errors import require
from treffpunkt.network import rules
from treffpunkt.network.models import Actor, Organisation, Role, Space
from treffpunkt.network.services.actors import create_actor
from treffpunkt.network.services.roles import add_role, end_role
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.network import finding
from treffpunkt.web.network.answering import sent, tried
from treffpunkt.web.network.forms.actors import EndRoleForm, PlaceOfRoleForm, RoleForm, SomebodyForm

_ACTOR = "network.actor"
_SPACE, _ORGANISATION = "network.space", "network.organisation"


def add_to_space(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say who leads a space: somebody we know, or somebody new."""
    space = get_object_or_404(rules.viewable_spaces(request.user), pk=pk)
    require(rules.may_edit_space(request.user, space))
    form = SomebodyForm(sent(request))
    if form.is_valid() and _somebody(request, form, space=space):
        return redirect("web:network:space", pk=pk)
    return page(request, "web/network/add_role.html", {"form": form, "record": space, "space": space})


def add_to_organisation(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say whom to contact in an organisation."""
    organisation = get_object_or_404(rules.viewable_organisations(request.user), pk=pk)
    require(rules.may_edit_organisation(request.user, organisation))
    form = SomebodyForm(sent(request), roles=(Role.Kind.CONTACT,))
    if form.is_valid() and _somebody(request, form, organisation=organisation):
        return redirect("web:network:organisation", pk=pk)
    context = {"form": form, "record": organisation, "organisation": organisation}
    return page(request, "web/network/add_role.html", context)


def add_to_actor(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say what a person leads, or for which organisation they speak."""
    actor = get_object_or_404(rules.viewable_actors(request.user), pk=pk)
    require(rules.may_edit_actor(request.user, actor))
    form = PlaceOfRoleForm(sent(request), roles=(*RoleForm.ROLES, Role.Kind.CONTACT))
    if form.is_valid():
        typed = form.cleaned_data["where"]
        where = finding.chosen(request.user, form.cleaned_data["chosen"])
        close: list[Any] = []
        if where is None:
            where, close = finding.meant(request.user, typed, _SPACE, _ORGANISATION)
        if isinstance(where, (Space, Organisation)):
            to = {"space": where} if isinstance(where, Space) else {"organisation": where}
            made = tried(form, lambda: add_role(by=request.user, actor=actor, **to, **_role(form)))
            if made is not None:
                messages.success(request, _("Saved."))
                return redirect("web:network:actor", pk=pk)
        elif close:
            form.offer(close)
        else:
            form.add_error("where", _("We have no group or organisation of this name. Enter it first."))
    return page(request, "web/network/add_role.html", {"form": form, "record": actor, "actor": actor})


def end(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask for the last day of a role and end it."""
    role = get_object_or_404(Role.objects.select_related("actor", "space", "organisation"), pk=pk)
    record = _seen(request, role)
    form = EndRoleForm(sent(request))
    if form.is_valid():
        done = tried(form, lambda: end_role(by=request.user, role=role, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Saved."))
            return redirect(_page_of(record), pk=record.pk)
    context = {"form": form, "role": role, "record": record, "back": _page_of(record)}
    return page(request, "web/network/end_role.html", context)


def _seen(request: StaffRequest, role: Role) -> Space | Organisation:
    if role.space_id is not None:
        return get_object_or_404(rules.viewable_spaces(request.user), pk=role.space_id)
    return get_object_or_404(rules.viewable_organisations(request.user), pk=role.organisation_id)


def _page_of(record: Any) -> str:
    return f"web:network:{record._meta.model_name}"


def _role(form: RoleForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("role", "since", "evidence")}


def _somebody(request: StaffRequest, form: SomebodyForm, **to: Any) -> bool:
    """Add who is meant; ask first where several people may be."""
    by, typed = request.user, form.cleaned_data["name"]
    actor: Actor | None = None
    if form.cleaned_data["chosen"] != finding.NEW:
        actor = finding.chosen(by, form.cleaned_data["chosen"])
        if actor is None:
            actor, close = finding.meant(by, typed, _ACTOR)
            if close:
                form.offer(close, new=_("Nobody of these: “%(name)s” is new") % {"name": typed})
                return False
    made = tried(form, lambda: _added(request, form, actor, typed, to))
    if made is None:
        return False
    messages.success(request, _("Saved."))
    return True


def _added(request: StaffRequest, form: SomebodyForm, actor: Actor | None, typed: str, to: dict[str, Any]) -> Role:
    if actor is None:
        name: dict[str, Any] = {"handle": typed} if typed.startswith("@") else {"name": typed}
        kind = Actor.Kind.CONTACT if "organisation" in to else Actor.Kind.ADMINISTRATOR
        actor = create_actor(by=request.user, actor_kind=kind, owner=request.user, **name)
    return add_role(by=request.user, actor=actor, **to, **_role(form))
