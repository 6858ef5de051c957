"""What is stored about a person: shown, handed out, erased."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.core.errors import require
from treffpunkt.network import rules
from treffpunkt.network.models import Actor
from treffpunkt.network.services.actors import erase_actor, export_actor
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.network.answering import sent, tried
from treffpunkt.web.network.forms.actors import EraseForm


def stored(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show what is stored about a person, and why."""
    by = request.user
    actor = _counted(request, pk)
    return page(
        request,
        "web/network/stored.html",
        {
            "actor": actor,
            "may_edit": rules.may_edit_actor(by, actor),
            "may_export": rules.may_export_actor(by, actor),
            "may_erase": rules.may_erase_actor(by, actor),
        },
    )


@require_POST
def export(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Hand out what is stored about a person as a file; that it was handed out is noted."""
    actor = get_object_or_404(rules.viewable_actors(request.user), pk=pk)
    values = export_actor(by=request.user, actor=actor)
    response = JsonResponse(values, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="treffpunkt-person.json"'
    return response


def erase(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say what will be gone, in numbers, and erase it once that is confirmed."""
    by = request.user
    actor = _counted(request, pk)
    require(rules.may_erase_actor(by, actor))
    form = EraseForm(sent(request))
    if form.is_valid():
        done = tried(form, lambda: erase_actor(by=by, actor=actor))
        if done is not None:
            messages.success(request, _("The person is erased."))
            return redirect("web:network:actors")
    return page(request, "web/network/erase_actor.html", {"form": form, "actor": actor})


def _counted(request: StaffRequest, pk: UUID) -> Actor:
    rows = rules.viewable_actors(request.user).select_related("owner")
    return get_object_or_404(
        rows.annotate(
            channel_number=Count("channels", distinct=True),
            role_number=Count("roles", distinct=True),
            contact_number=Count("contacts", distinct=True),
            note_number=Count("contacts", filter=~Q(contacts__note=""), distinct=True),
        ),
        pk=pk,
        erased_at=None,
    )
