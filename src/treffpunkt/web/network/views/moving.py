"""A space that moved to another place."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.core import clock
from treffpunkt.core.errors import require
from treffpunkt.network import over_time, rules
from treffpunkt.network.models import Role
from treffpunkt.network.services.relocating import relocate_to_new, take_back_move
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.network.answering import sent, tried
from treffpunkt.web.network.forms.over_time import RelocationForm


def relocate(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask where a space has moved to and who goes along."""
    by = request.user
    space = get_object_or_404(rules.viewable_spaces(by), pk=pk)
    require(rules.may_edit_space(by, space))
    roles = list(
        Role.objects.present().filter(space=space, actor__erased_at=None).select_related("actor").order_by("role", "id")
    )
    initial = {
        "name": space.name,
        "day": clock.today(),
        "leaves": "dormant",
        "along": [str(one.pk) for one in roles],
    }
    form = RelocationForm(sent(request), roles=roles, initial=initial)
    if form.is_valid():
        moved = tried(form, lambda: relocate_to_new(by=by, space=space, **form.values()))
        if moved is not None:
            messages.success(request, _("The move is noted. The history goes on here."))
            return redirect("web:network:space", pk=moved.new_id)
    moved = over_time.moved(by, pk)
    return page(request, "web/network/relocate.html", {"space": space, "form": form, "moved": moved})


@require_POST
def stay(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take out a move that was entered by mistake."""
    space = get_object_or_404(rules.viewable_spaces(request.user), pk=pk)
    require(rules.may_edit_space(request.user, space))
    moved = over_time.moved(request.user, pk)
    if moved is None:
        messages.error(request, _("There is nothing to take back any more."))
    else:
        take_back_move(by=request.user, moved=moved)
        messages.success(request, _("The move is taken out. States and roles are as they were entered."))
    return redirect("web:network:space", pk=pk)
